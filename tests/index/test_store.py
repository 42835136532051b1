"""What goes into the tables comes out again, or is gone."""

import json
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.build import remove
from index.embed import Embedder
from index.passages import PassageConfig
from index.schema import open_writer
from index.store import Store
from ingest.model import Box, Document, Paragraph, SetAside

words = st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30)
maybe = st.none() | words
days = st.none() | st.dates(date(2000, 1, 1), date(2030, 1, 1))
pages = st.none() | st.integers(1, 200)
boxes = st.builds(Box, st.integers(1, 9), *[st.floats(0, 900) for _ in range(4)])
paragraphs = st.builds(
    Paragraph,
    key=words,
    number=maybe,
    kind=st.sampled_from(["numbered", "bullet", "prose"]),
    heading=maybe,
    text=words,
    page_start=pages,
    page_end=pages,
    label=words,
    section=maybe,
    recommendation=st.booleans(),
    notes=st.lists(words, max_size=2).map(tuple),
    boxes=st.lists(boxes, max_size=2).map(tuple),
    recognised=st.booleans(),
)
documents = st.builds(
    Document,
    doc=words,
    document_id=words,
    sha256=words,
    paragraphs=st.lists(paragraphs, max_size=4, unique_by=lambda one: one.key).map(tuple),
    title=maybe,
    publisher=maybe,
    authority=maybe,
    kind=st.sampled_from(["inspection", "news article"]),
    inspection_start=days,
    inspection_end=days,
    published=days,
    file_date=days,
    judgements=st.dictionaries(words, words, max_size=2),
    pages=pages,
    origin=maybe,
    rights=maybe,
    repeats=maybe,
    handed_over_as=maybe,
    set_aside=st.lists(st.builds(SetAside, st.just("footer"), pages, words), max_size=2).map(tuple),
    warnings=st.lists(words, max_size=2).map(tuple),
)


@pytest.fixture
def store(tmp_path) -> Store:
    return Store(open_writer(tmp_path, create=True))


def insert(store: Store, document: Document, encoder) -> int:
    embedder = Embedder(store, lambda: encoder, PassageConfig(), reuse=True)
    return store.insert(
        document,
        embedder.passages(document.paragraphs),
        original=b"bytes",
        source="file.pdf",
        added=False,
        fingerprint="print",
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(document=documents)
def test_a_document_comes_back_as_it_was_stored(store, keyword_encoder, document):
    row = insert(store, document, keyword_encoder)
    assert store.document(row) == document
    store.delete(row)


def test_vectors_come_back_as_they_were_stored(store, keyword_encoder):
    texts = ["Care leavers wait.", "Plans are late and social workers leave. " * 5]
    paragraphs = [
        Paragraph(f"p{n}", str(n), "numbered", None, text) for n, text in enumerate(texts)
    ]
    insert(store, Document("a", "a", "0", tuple(paragraphs)), keyword_encoder)
    store.set_meta({"dim": str(keyword_encoder.dim)})
    ((ids, vectors),) = store.vectors().batches()
    assert np.array_equal(vectors, keyword_encoder.encode([*keyword_encoder.encoded]))
    assert len(set(ids.tolist())) == 2
    assert len(ids) > 2


def test_words_are_counted_by_paragraph_and_forgotten_with_it(store, keyword_encoder):
    one = insert(
        store,
        Document("a", "a", "0", (Paragraph("p1", "1", "numbered", None, "Care, care and plans"),)),
        keyword_encoder,
    )
    insert(
        store,
        Document("b", "b", "0", (Paragraph("p1", "1", "numbered", None, "Care homes"),)),
        keyword_encoder,
    )
    assert store.tallies.vocabulary() == {"care": 2, "and": 1, "plans": 1, "homes": 1}
    store.delete(one)
    store.tallies.purge()
    assert store.tallies.vocabulary() == {"care": 1, "homes": 1}


def test_what_a_newer_program_has_noted_of_a_paragraph_is_passed_over(store, keyword_encoder):
    row = insert(
        store,
        Document("a", "a", "0", (Paragraph("p1", "1", "numbered", None, "Care"),)),
        keyword_encoder,
    )
    for read, write in (
        ("SELECT body FROM document", "UPDATE document SET body = ?"),
        ("SELECT body FROM paragraph", "UPDATE paragraph SET body = ?"),
    ):
        (body,) = store.connection.execute(read).fetchone()
        later = json.dumps(json.loads(body) | {"mood": "sunny"})
        store.connection.execute(write, (later,))
    assert store.document(row).paragraphs[0].text == "Care"


def test_every_file_forgets_a_removed_document(shelf):
    gone = "Zyxwvut quibblesnatch forgathers"
    shelf.put(
        shelf.document("keep.pdf", "Social workers stay."),
        shelf.document("gone.pdf", gone, "Second paragraph of it."),
        shelf.document("other.pdf", "Plans are late."),
    )
    everything = b"".join(path.read_bytes() for path in sorted(shelf.folder.iterdir()))
    assert b"quibblesnatch" in everything  # of the paragraph, the original and the index
    (gone_id,) = [card for card in shelf.open().documents() if card.document.doc == "gone.pdf"]
    remove(["gone.pdf"], shelf.folder)
    for path in sorted(shelf.folder.iterdir()):
        content = path.read_bytes().lower()
        for word in [*gone.lower().split(), "gone.pdf", gone_id.document.document_id]:
            # An index of words may keep them without the beginning they share with a neighbour.
            assert word.encode() not in content, f"{word} in {path.name}"
            assert word[3:].encode() not in content or word == "gone.pdf", f"{word} in {path.name}"
    assert [hit.doc for hit in shelf.open().search("quibblesnatch forgathers")] != ["gone.pdf"]


def test_every_file_forgets_what_a_replaced_document_said_before(shelf):
    shelf.put(shelf.document("a.pdf", "Zyxwvut quibblesnatch."), shelf.document("b.pdf", "Stay."))
    shelf.put(shelf.document("a.pdf", "Corrected words."))
    for path in sorted(shelf.folder.iterdir()):
        assert b"quibblesnatch" not in path.read_bytes().lower(), path.name


def test_a_search_held_open_does_not_keep_a_removed_text(shelf):
    shelf.put(shelf.document("a.pdf", "Zyxwvut quibblesnatch."), shelf.document("b.pdf", "Stay."))
    library = shelf.open()
    assert library.search("quibblesnatch")[0].doc == "a.pdf"
    remove(["a.pdf"], shelf.folder)
    assert [hit.doc for hit in library.search("quibblesnatch")] == ["b.pdf"]
    for path in sorted(shelf.folder.iterdir()):
        assert b"quibblesnatch" not in path.read_bytes().lower(), path.name


def test_a_paragraph_gives_the_vector_of_its_first_passage(store, keyword_encoder):
    store.set_meta({"dim": str(keyword_encoder.dim)})
    insert(
        store,
        Document("a", "a", "0", (Paragraph("p1", "1", "numbered", None, "Care " * 50),)),
        keyword_encoder,
    )
    ((ids, vectors),) = store.vectors().batches()
    rows = sorted(set(ids.tolist()))
    first = [vectors[ids.tolist().index(row)] for row in rows]
    assert np.array_equal(store.vectors_of(reversed(rows)), np.array(first))
    assert len(vectors) > len(first)
    assert len(store.vectors_of([])) == 0
