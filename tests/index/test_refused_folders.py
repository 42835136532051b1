"""Folders that the system keeps from the user, and disks that are full: one sentence each."""

import os
import sqlite3
from pathlib import Path

import pytest

import index.rebuild as rebuild_module
from index import __main__ as command
from index.build import build
from index.errors import LibraryError
from index.library import Library
from index.rebuild import rebuild

LONG = Path("a" * 300)


@pytest.fixture
def forbidden(tmp_path, monkeypatch) -> Path:
    """A folder that nobody may look into, not even root, who runs tests in containers."""
    stat = os.stat

    def refused(path, *arguments, **options):
        if Path(os.fsdecode(path)).is_relative_to(tmp_path / "closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return stat(path, *arguments, **options)

    monkeypatch.setattr(os, "stat", refused)
    return tmp_path / "closed"


def test_a_library_that_nobody_may_look_into_is_one_sentence(forbidden):
    for use in (Library.open, rebuild):
        with pytest.raises(LibraryError, match=f"library in {forbidden} .*: Permission denied"):
            use(forbidden)


def test_a_build_of_a_library_that_nobody_may_look_into_is_one_sentence(forbidden, tmp_path):
    with pytest.raises(LibraryError, match="cannot be read: Permission denied"):
        build([tmp_path], forbidden)


@pytest.mark.parametrize(
    "arguments",
    [["status", "--library"], ["rebuild", "--library"], ["export", "--library"], ["build"]],
    ids=" ".join,
)
def test_a_name_that_is_too_long_is_one_sentence(arguments, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert command.main([*arguments, str(LONG)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(("The library in aaa", "aaa"))
    assert "File name too long" in said
    assert said.count("\n") == 1


def test_a_rebuild_that_cannot_begin_says_it_of_the_library(shelf, monkeypatch):
    shelf.put(shelf.document("a.txt", "One."))

    def refused(**options):
        raise PermissionError(13, "Permission denied", f"{options['dir']}/rebuilding-x")

    monkeypatch.setattr(rebuild_module, "TemporaryDirectory", refused)
    with pytest.raises(LibraryError, match=r"made anew \(Permission denied\); it is"):
        rebuild(shelf.folder, encoder=shelf.encoder)


def test_a_rebuild_on_a_full_disk_says_it_of_the_library(shelf, monkeypatch):
    shelf.put(shelf.document("a.txt", "One."))

    def full(*_, **__):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(rebuild_module.Update, "take_in", full)
    with pytest.raises(LibraryError) as caught:
        rebuild(shelf.folder, encoder=shelf.encoder)
    assert "rebuilding-" not in str(caught.value)
    assert "(database or disk is full); it is as it was before" in str(caught.value)
