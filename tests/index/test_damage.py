"""A byte that changed on the disk is found before it is shown, and the library can be made anew."""

import json
import shutil
import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

import index.rebuild as rebuild_module
from index.build import BuildConfig, add, build, remove
from index.corrections import Reading
from index.curate import correct_document, correct_paragraph
from index.digests import SIGNED
from index.errors import DamagedLibraryError, LibraryError, SchemaError
from index.library import Library
from index.rebuild import ASIDE, rebuild
from index.schema import FILE_NAME
from index.verify import verify
from tests.index.interrupted import HashingEncoder
from tests.index.test_interruption import AUTHORITIES, answers, write

CONFIG = BuildConfig(jobs=1)
# What is changed, and whether asking must notice (else only the full check does).
HARM = [
    ("UPDATE paragraph SET number = '7' WHERE number = '2'", True),
    ("UPDATE paragraph SET text = replace(text, '3', '8')", True),
    ("UPDATE paragraph SET heading = 'Elsewhere'", True),
    ("UPDATE paragraph SET key = 'p' || id", True),
    ("UPDATE paragraph SET ordinal = ordinal + 100 WHERE number = '2'", True),
    ("UPDATE document SET year = 2019", True),
    ("UPDATE document SET body = replace(body, '2016', '2018')", True),
    ("UPDATE document SET set_aside = '[]'", False),
    ("UPDATE word SET paragraphs = paragraphs + 1", True),
    ("UPDATE meta SET value = value || ' ' WHERE key = 'model'", True),
    ("UPDATE meta SET value = substr(value, 2) WHERE key = 'dense'", True),
    ("UPDATE meta SET value = '[' WHERE key = 'words'", True),
    ("DELETE FROM meta WHERE key = 'opening'", True),
    ("DELETE FROM paragraph WHERE number = '2'", True),
    ("UPDATE passage SET vector = zeroblob(length(vector))", True),
    ("UPDATE original SET content = zeroblob(length(content)) WHERE document = 1", False),
]


@pytest.fixture(scope="module")
def papers(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("papers")
    write(folder, AUTHORITIES[:4], 2)
    return folder


@pytest.fixture(scope="module")
def good(papers, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("good") / "library"
    build([papers], folder, encoder=HashingEncoder(), config=CONFIG)
    return folder


@pytest.fixture
def folder(good, tmp_path) -> Path:
    return Path(shutil.copytree(good, tmp_path / "library"))


def harm(folder: Path, statement: str) -> None:
    """Change the tables as nothing but a fault would: nothing is signed."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection, connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, definition in triggers:
            connection.execute(definition)


def export(folder: Path) -> list[object]:
    """All that a library says."""
    library = Library.open(folder, HashingEncoder())
    documents = [library.document(card.document.document_id) for card in library.documents()]
    return [(one, library.original(one.document_id)) for one in documents]


def test_a_library_as_it_was_written_has_no_damage(good):
    assert verify(good) == []


@pytest.mark.parametrize(("statement", "at_once"), HARM)
def test_what_was_changed_is_found(good, folder, statement, at_once):
    harm(folder, statement)
    assert verify(folder)
    if at_once:
        with pytest.raises(DamagedLibraryError, match=f"rebuild --library {folder}"):
            answers(folder)
    else:
        assert answers(folder) == answers(good)


# A piece of a definition, as SQLite keeps it in the file, and what its first byte becomes.
DEFINITIONS = [
    (b"heading TEXT", "a column by another name"),
    (b"TABLE paragraph", "no statement any more"),
    (b"typed (", "a table by another name"),
    (b"WITHOUT ROWID", "an option that there is none of"),
    (b"paragraph_moved", "a trigger by another name"),
    (b"UNIQUE,", "a constraint that there is none of"),
]


@pytest.mark.parametrize("bit", [0, 7])
@pytest.mark.parametrize("piece", [pytest.param(piece, id=harmed) for piece, harmed in DEFINITIONS])
def test_a_bit_flipped_in_the_tables_definitions_is_found_and_made_good(
    good, folder, papers, piece, bit
):
    path = folder / FILE_NAME
    content = bytearray(path.read_bytes())
    content[content.index(piece)] ^= 1 << bit
    path.write_bytes(content)
    with pytest.raises(DamagedLibraryError, match=f"rebuild --library {folder}"):
        answers(folder)
    with pytest.raises(DamagedLibraryError, match=f"rebuild --library {folder}"):
        build([papers], folder, encoder=HashingEncoder(), config=CONFIG)
    report = rebuild(folder, encoder=HashingEncoder())
    assert not report.failed
    assert not report.odd
    assert answers(folder) == answers(good)
    assert export(folder) == export(good)


def test_what_was_changed_is_made_anew(good, folder):
    for what in (
        "paragraph SET text = 7",
        "document SET authority = 7",
        "word SET paragraphs = 7",
        "passage SET vector = 7",
    ):
        harm(folder, f"UPDATE {what}")
    assert not rebuild(folder, encoder=HashingEncoder()).failed
    assert verify(folder) == []
    assert answers(folder) == answers(good)
    assert export(folder) == export(good)


def test_what_is_damaged_is_not_shown_when_it_is_asked_for_itself(folder):
    first = Library.open(folder, HashingEncoder()).documents()[0].document.document_id
    harm(folder, "UPDATE original SET content = x'00'")
    harm(folder, "UPDATE document SET set_aside = '[]'")
    library = Library.open(folder, HashingEncoder())
    with pytest.raises(DamagedLibraryError, match="originals"):
        library.original(first)
    with pytest.raises(DamagedLibraryError, match="documents"):
        library.document(first)


def test_a_paragraph_that_sqlites_own_index_leaves_out_is_missed(folder):
    last = Library.open(folder, HashingEncoder()).documents()[-1].document.document_id
    path = folder / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT rootpage FROM sqlite_schema WHERE name = 'paragraph_order'"
        (page,) = connection.execute(query).fetchone()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 + 4] -= 1  # how many entries it has, all on this page
    path.write_bytes(content)
    library = Library.open(folder, HashingEncoder())
    with pytest.raises(DamagedLibraryError, match="paragraphs are missing"):
        library.document(last)
    assert verify(folder)


def test_nothing_is_written_over_damage(folder, papers):
    harm(folder, "UPDATE word SET paragraphs = 9")
    with pytest.raises(DamagedLibraryError):
        build([papers], folder, encoder=HashingEncoder(), config=CONFIG)
    assert verify(folder)


def test_a_rebuild_keeps_corrections_ids_and_how_a_document_came(folder, papers, tmp_path):
    further = tmp_path / "further"
    further.mkdir()
    write(further, AUTHORITIES[5:6], 4)
    add([further], folder, encoder=HashingEncoder(), config=CONFIG)
    library = Library.open(folder, HashingEncoder())
    first = library.documents()[0].document.document_id
    correct_document(folder, first, {"title": "A better title"})
    correct_paragraph(folder, f"{first}#p1", Reading("1", "Put right."), encoder=HashingEncoder())
    wanted, all_of_it, info = answers(folder), export(folder), library.info()
    report = rebuild(folder, encoder=HashingEncoder())
    assert not report.failed
    assert report.version == info.version + 1
    assert report.encoded == 0  # every vector is taken over
    assert answers(folder) == wanted
    assert export(folder) == all_of_it
    assert verify(folder) == []
    assert {path.name for path in folder.iterdir()} >= {FILE_NAME, "quality"}
    assert not list(folder.glob("rebuilding-*"))
    shutil.rmtree(further)
    build([papers], folder, encoder=HashingEncoder(), config=CONFIG)
    assert answers(folder) == wanted  # what was added stays


def test_an_open_library_goes_on_with_the_one_made_anew(folder):
    library = Library.open(folder, HashingEncoder())
    before = library.search("care leavers in hotels")
    rebuild(folder, encoder=HashingEncoder())
    assert library.search("care leavers in hotels") == before


def test_a_change_that_waits_for_a_rebuild_goes_into_the_one_made_anew(folder, monkeypatch):
    put_in_place, threads = rebuild_module._put_in_place, []

    def put_while_another_waits(*arguments, **options):
        name = Library.open(folder, HashingEncoder()).documents()[0].document.document_id
        threads.append(threading.Thread(target=remove, args=([name], folder)))
        threads[0].start()
        time.sleep(0.5)  # it waits for the lock; if it does not yet, it comes afterwards
        put_in_place(*arguments, **options)

    monkeypatch.setattr(rebuild_module, "_put_in_place", put_while_another_waits)
    before = len(Library.open(folder, HashingEncoder()).documents())
    rebuild(folder, encoder=HashingEncoder())
    threads[0].join(30)
    assert len(Library.open(folder, HashingEncoder()).documents()) == before - 1
    assert verify(folder) == []


def test_a_rebuild_leaves_no_index_of_the_former_version(folder):
    former = {path.name for path in folder.glob("*-*.*")}
    rebuild(folder, encoder=HashingEncoder())
    assert len(list(folder.glob("passages-*.faiss"))) == 1
    assert len(list(folder.glob("words-*.index"))) == 1
    assert not former & {path.name for path in folder.glob("*-*.*")}


def test_a_library_of_a_version_that_signed_nothing_is_made_anew_too(good, folder):
    harm(folder, "UPDATE paragraph SET text = 7")
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        for table in SIGNED:
            connection.execute(f"ALTER TABLE {table} DROP COLUMN digest")
        connection.execute("PRAGMA user_version = 7")
    assert not rebuild(folder, encoder=HashingEncoder()).failed
    assert answers(folder) == answers(good)


def test_a_library_of_a_newer_program_is_not_made_anew_by_an_older_one(folder):
    with closing(sqlite3.connect(folder / FILE_NAME)) as connection:
        connection.execute("CREATE TABLE future (x)")
        connection.execute("PRAGMA user_version = 99")
    content = (folder / FILE_NAME).read_bytes()
    with pytest.raises(SchemaError, match="newer version"):
        rebuild(folder, encoder=HashingEncoder())
    assert (folder / FILE_NAME).read_bytes() == content


def test_where_a_file_that_was_kept_is_damaged_the_one_it_came_from_is_taken(folder, papers):
    harm(folder, "UPDATE original SET content = x'00' WHERE document = 1")
    report = rebuild(folder, encoder=HashingEncoder())
    assert not report.failed
    assert verify(folder) == []


def test_what_cannot_be_saved_is_named_and_kept_aside(good, tmp_path):
    papers, folder = tmp_path / "papers", tmp_path / "library"
    papers.mkdir()
    write(papers, AUTHORITIES[:2], 2)
    build([papers], folder, encoder=HashingEncoder(), config=CONFIG)
    shutil.rmtree(papers)
    harm(folder, "UPDATE original SET content = x'00' WHERE document = 1")
    report = rebuild(folder, encoder=HashingEncoder())
    (failure,) = report.failed
    assert "add it again" in failure.message
    assert len(Library.open(folder, HashingEncoder()).documents()) == 1
    assert (folder / ASIDE).is_file()


@pytest.mark.slow
def test_a_page_of_noise_takes_only_its_own_document_with_it(folder):
    wanted, size = answers(folder), 4096
    content = (folder / FILE_NAME).read_bytes()
    saved = 0
    for page in range(1, len(content) // size, 12):
        noise = b"\xa5" * size
        start = page * size
        (folder / FILE_NAME).write_bytes(content[:start] + noise + content[start + size :])
        try:
            found = answers(folder)
        except LibraryError:
            found = None
        assert found in (None, wanted)
        report = rebuild(folder, encoder=HashingEncoder())
        assert answers(folder) == wanted or report.failed or report.odd
        saved += not report.failed
    assert saved


def test_status_verify_says_it_and_leaves_with_1(folder, capsys):
    from index.__main__ import main

    assert main(["status", "--verify", "--library", str(folder)]) == 0
    assert "as it was written" in capsys.readouterr().out
    harm(folder, "UPDATE document SET set_aside = '[]'")
    assert main(["status", "--verify", "--json", "--library", str(folder)]) == 1
    assert "table of documents" in json.loads(capsys.readouterr().out)["damage"][0]
