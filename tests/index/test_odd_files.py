"""What is no ordinary file in a folder holds up no build and takes nothing out of the library."""

import os
import sqlite3
from pathlib import Path

import pytest

from index.build import BuildConfig, build, remove
from index.errors import LibraryError
from index.schema import open_reader
from index.store import Store

TEXT = "Report\n\n1. Care leavers live in good homes and staff know them well.\n"


class Shelf:
    """A folder of papers and the library built from it."""

    def __init__(self, root: Path, encoder) -> None:
        self.papers = root / "papers"
        self.papers.mkdir()
        (self.papers / "well.txt").write_text(TEXT, encoding="utf-8")
        self._folder = root / "library"
        self._encoder = encoder

    def build(self):
        config = BuildConfig(jobs=1)
        return build([self.papers], self._folder, encoder=self._encoder, config=config)

    def docs(self):
        connection = open_reader(self._folder)
        try:
            return sorted(stored.doc for stored in Store(connection).files())
        finally:
            connection.close()


def make(path):
    """A document, where this system takes such a name."""
    try:
        path.write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("this system takes no such names")


@pytest.fixture
def shelf(tmp_path, keyword_encoder):
    return Shelf(tmp_path, keyword_encoder)


def only_failure(shelf):
    (failure,) = shelf.build().failed
    assert shelf.docs() == ["well.txt"]
    return failure


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_a_pipe_is_named_and_not_waited_for(shelf):
    os.mkfifo(shelf.papers / "x.pdf")
    assert "x.pdf is no ordinary file" in only_failure(shelf).message


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no such device")
def test_a_link_to_a_device_without_end_is_named_and_not_read(shelf):
    (shelf.papers / "x.pdf").symlink_to("/dev/zero")
    assert "x.pdf is no ordinary file" in only_failure(shelf).message


def test_a_file_over_the_limit_is_named_and_not_digested(shelf, monkeypatch):
    monkeypatch.setenv("PILCROW_FILE_MEGABYTES", "1")
    with (shelf.papers / "x.txt").open("wb") as file:
        file.truncate(1 << 40)
    assert "more than the 1 MB" in only_failure(shelf).message


def test_a_link_that_leads_to_itself_is_named(shelf):
    try:
        (shelf.papers / "x.txt").symlink_to("x.txt")
    except OSError:
        pytest.skip("this system makes no links")
    assert "x.txt cannot be opened" in only_failure(shelf).message


def test_the_documents_of_a_folder_that_cannot_be_opened_stay(shelf, monkeypatch):
    (shelf.papers / "deep").mkdir()
    (shelf.papers / "deep" / "inside.txt").write_text(TEXT.replace("homes", "flats"), "utf-8")
    shelf.build()
    listed = Path.iterdir

    def refused(path):
        if path.name == "deep":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "iterdir", refused)
    report = shelf.build()
    assert [failure.message for failure in report.failed] == [
        "deep is a folder that cannot be opened; see that you may read it, and add it again."
    ]
    assert report.removed == ()
    assert shelf.docs() == ["inside.txt", "well.txt"]


def test_a_file_whose_name_is_not_in_utf8_is_to_be_renamed(shelf):
    make(shelf.papers / os.fsdecode(b"caf\xe9.txt"))
    failure = only_failure(shelf)
    assert failure.doc == "caf?.txt"
    assert failure.message == (
        "caf?.txt has a name that is not in UTF-8; rename it and add it again."
    )


def test_a_folder_whose_name_is_not_in_utf8_is_to_be_renamed(shelf):
    (shelf.papers / os.fsdecode(b"caf\xe9")).mkdir()
    make(shelf.papers / os.fsdecode(b"caf\xe9") / "a.txt")
    assert "a.txt lies in caf?, a name that is not in UTF-8" in only_failure(shelf).message


def test_a_library_folder_that_cannot_be_reached_is_said(tmp_path):
    with pytest.raises(LibraryError, match="cannot be used: File name too long"):
        remove(["a"], tmp_path / ("x" * 300))


def test_a_disk_that_is_full_is_no_damage(shelf, monkeypatch):
    shelf.build()

    def full(store, *_, **__):
        store.connection.execute("ROLLBACK")  # as SQLite itself does then
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        raise error

    monkeypatch.setattr(Store, "insert", full)
    (shelf.papers / "more.txt").write_text(TEXT, encoding="utf-8")
    with pytest.raises(LibraryError, match=r"disk is full.*; it is as it was before"):
        shelf.build()
    assert shelf.docs() == ["well.txt"]
