"""Libraries of other versions, other writers, damaged and missing ones."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from index import schema
from index.digests import OPENING, opening_digest
from index.errors import BusyLibraryError, LibraryError, MissingLibraryError, SchemaError
from index.library import Library
from index.schema import FILE_NAME, open_reader, open_writer, schema_version


def test_a_folder_without_a_library_is_said_to_be_one(tmp_path):
    with pytest.raises(MissingLibraryError, match="python -m index build"):
        open_reader(tmp_path)
    with pytest.raises(MissingLibraryError):
        open_writer(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


def test_a_library_whose_first_build_has_not_finished_is_missing(tmp_path):
    writer = open_writer(tmp_path, create=True)
    with pytest.raises(MissingLibraryError):
        Library.open(tmp_path)
    writer.close()
    with pytest.raises(MissingLibraryError):
        open_writer(tmp_path, create=False)


def test_a_second_writer_is_told_to_wait(shelf, monkeypatch):
    monkeypatch.setattr(schema, "BUSY_SECONDS", 0.1)
    shelf.put(shelf.document("a.pdf", "Care leavers."))
    writer = open_writer(shelf.folder, create=False)
    with pytest.raises(BusyLibraryError, match="another process"):
        shelf.put(shelf.document("b.pdf", "Plans."))
    assert shelf.open().info().documents == 1  # readers are not kept waiting
    writer.close()
    shelf.put(shelf.document("b.pdf", "Plans."))


def test_a_lock_falls_with_its_process(shelf):
    shelf.put(shelf.document("a.pdf", "Care leavers."))
    code = (
        "import os, pathlib, sys; from index.schema import open_writer;"
        "held = open_writer(pathlib.Path(sys.argv[1]), create=False); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(shelf.folder)], check=False)
    shelf.put(shelf.document("b.pdf", "Plans."))
    assert shelf.open().info().documents == 2


def test_an_older_library_is_brought_up_to_date_by_the_next_writer(shelf, monkeypatch):
    shelf.put(shelf.document("a.pdf", "Care leavers."))
    newer = (*schema.MIGRATIONS, "CREATE TABLE mood (name TEXT); INSERT INTO mood VALUES ('new');")
    monkeypatch.setattr(schema, "MIGRATIONS", newer)
    shelf.put(shelf.document("b.pdf", "Plans."))
    reader = open_reader(shelf.folder)
    assert schema_version(reader) == len(newer)
    assert reader.execute("SELECT name FROM mood").fetchall() == [("new",)]
    assert [hit.doc for hit in shelf.open().search("care leavers", top_k=1)] == ["a.pdf"]


def test_opening_an_older_library_brings_it_up_to_date(shelf, monkeypatch):
    shelf.put(shelf.document("a.pdf", "Care leavers."))
    newer = (*schema.MIGRATIONS, "CREATE TABLE mood (name TEXT);")
    monkeypatch.setattr(schema, "MIGRATIONS", newer)
    assert shelf.open().info().documents == 1
    assert schema_version(open_reader(shelf.folder)) == len(newer)


@pytest.mark.parametrize("harm", ["UPDATE word SET paragraphs = paragraphs + 1", None])
def test_what_is_damaged_is_not_signed_as_whole_by_bringing_it_up_to_date(shelf, harm):
    shelf.put(shelf.document("a.pdf", "Care leavers."))
    with closing(sqlite3.connect(shelf.folder / FILE_NAME, isolation_level=None)) as old:
        digest = opening_digest(old, definitions=False)  # as that version signed it
        old.execute("UPDATE meta SET value = ? WHERE key = ?", (digest, OPENING))
        old.execute(f"PRAGMA user_version = {schema._SIGNED}")
        if harm:
            old.execute(harm)
    if harm:
        with pytest.raises(SchemaError, match=r"older version.*is damaged"):
            shelf.open()
    else:
        assert shelf.open().info().documents == 1


def test_a_migration_that_fails_says_so_and_leaves_the_library_as_it_was(shelf, monkeypatch):
    shelf.put(shelf.document("a.pdf", "Care leavers."))
    known = schema.MIGRATIONS
    broken = (*known, "CREATE TABLE mood (name TEXT); INSERT INTO nowhere VALUES (1);")
    monkeypatch.setattr(schema, "MIGRATIONS", broken)
    with pytest.raises(SchemaError, match=r"older version.*nowhere"):
        shelf.open()
    monkeypatch.setattr(schema, "MIGRATIONS", known)
    assert shelf.open().info().documents == 1


def test_a_library_of_a_newer_program_is_refused(shelf):
    shelf.put(shelf.document("a.pdf", "Care leavers."))
    connection = sqlite3.connect(shelf.folder / FILE_NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(SchemaError, match="newer version"):
        Library.open(shelf.folder)
    with pytest.raises(SchemaError, match="newer version"):
        open_writer(shelf.folder, create=True)


def test_a_file_that_is_no_database_is_said_to_be_damaged(tmp_path):
    (tmp_path / FILE_NAME).write_bytes(b"This is a letter to the director." * 200)
    with pytest.raises(LibraryError, match="damaged"):
        Library.open(tmp_path)
    with pytest.raises(LibraryError, match="damaged"):
        open_writer(tmp_path, create=True)


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LibraryError, match="Nothing can be written"):
        open_writer(tmp_path / "file" / "library", create=True)
