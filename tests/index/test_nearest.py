"""The file of vectors, what came after it and what is gone."""

import json

import pytest

from index import dense, nearest, schema
from index.build import remove
from index.embed import Embedder
from index.library import Library
from index.nearest import open_nearest, recorded
from index.passages import PassageConfig
from index.schema import open_reader
from index.store import Store
from index.update import Update, writing

MANY = 60


@pytest.fixture
def many(shelf):
    """A library whose file takes in what comes after it only when it is a fifth of all."""
    shelf.put(
        shelf.document("many.pdf", *(f"Subject{n} of the report." for n in range(MANY))),
        shelf.document("gone.pdf", "Subject3 and hotels."),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearest, "TAIL", 0.2)
        yield shelf


def files(shelf) -> list[str]:
    return sorted(path.name for path in shelf.folder.glob("passages*"))


def found(shelf, text: str) -> list[int]:
    index = open_nearest(Store(open_reader(shelf.folder)), shelf.folder)
    return index.search(shelf.encoder.encode_query(text), 3)[0].tolist()


def in_file(shelf) -> int:
    record = recorded(Store(open_reader(shelf.folder)))
    return record.load(shelf.folder).size


def test_what_is_added_follows_the_file_until_it_is_much(many):
    many.put(many.document("a.pdf", "Foster carers leave."))
    assert files(many) == ["passages-1.faiss"]
    assert found(many, "foster carers leave")[0] == MANY + 2
    many.put(many.document("b.pdf", *(f"Housing{n} is scarce." for n in range(30))))
    assert files(many) == ["passages-3.faiss"]
    assert in_file(many) == MANY + 32
    assert found(many, "foster carers leave")[0] == MANY + 2
    assert found(many, "housing7 is scarce")[0] == MANY + 10


def test_what_is_gone_leaves_the_file_at_once(many):
    many.put(many.document("a.pdf", "Foster carers leave."))
    remove(["gone.pdf"], many.folder)
    assert files(many) == ["passages-3.faiss"]
    assert in_file(many) == MANY + 1  # what came after it has been taken in
    assert MANY + 1 not in found(many, "subject3 and hotels")


def test_a_library_that_is_open_goes_on_with_the_file_that_has_not_changed(many, monkeypatch):
    library = many.open()
    library.search("hotels")
    many.put(many.document("a.pdf", "Foster carers leave."))
    monkeypatch.setattr(nearest.DenseIndex, "load", None)
    assert library.search("foster carers")[0].doc == "a.pdf"


def test_a_damaged_file_is_made_again_by_the_next_change(many):
    (path,) = many.folder.glob("passages*")
    path.write_bytes(path.read_bytes()[:-9])
    assert found(many, "subject3 and hotels")[0] == MANY + 1
    many.put(many.document("a.pdf", "Foster carers leave."))
    assert files(many) == ["passages-2.faiss"]
    assert in_file(many) == MANY + 2


def test_other_vectors_make_another_file(many):
    many.encoder = type(many.encoder)("other", dim=512)
    with writing(many.folder, create=False) as store:
        embedder = Embedder(store, lambda: many.encoder, PassageConfig(), reuse=False)
        update = Update(store, many.folder, embedder)
        for stored in store.files():
            update.cut_again(stored)
        update.commit()
    assert files(many) == ["passages-2.faiss"]
    assert Library.open(many.folder, many.encoder).search("hotels")[0].doc == "gone.pdf"


def test_a_library_large_enough_is_sorted_into_lists_and_says_so(many, monkeypatch):
    monkeypatch.setattr(dense, "EXACT_UP_TO", 50)
    many.put(many.document("b.pdf", *(f"Housing{n} is scarce." for n in range(30))))
    info = many.open().info()
    assert info.dense.startswith("inverted file")
    assert 0.9 < info.recall <= 1
    many.put(many.document("c.pdf", "One more."))
    assert files(many) == ["passages-2.faiss"]
    assert many.open().search("housing7", top_k=1)[0].text == "Housing7 is scarce."


def test_the_file_of_an_older_library_is_taken_over(many):
    writer = many.store().connection
    (said,) = writer.execute("SELECT value FROM meta WHERE key = 'dense'").fetchone()
    writer.execute("DELETE FROM meta WHERE key = 'dense'")
    values = [("dense_sha256", json.loads(said)["sha256"])]
    writer.executemany("INSERT INTO meta VALUES (?, ?)", values)
    (migration,) = [text for text in schema.MIGRATIONS if "dense_sha256" in str(text)]
    for statement in schema._statements(migration):
        writer.execute(statement)
    assert json.loads(
        writer.execute("SELECT value FROM meta WHERE key = 'dense'").fetchone()[0]
    ) == json.loads(said)
