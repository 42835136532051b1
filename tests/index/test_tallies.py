"""Counts that are kept as paragraphs come and go."""

import sqlite3

import pytest

from index.build import remove
from index.glossary import learn_glossary
from index.schema import FILE_NAME, open_reader
from index.store import Store
from index.tallies import Tallies, count_again

ONE = "Independent reviewing officers (IROs) see plans. It is written by the IRO."
TWO = "The IRO (independent reviewing officer) works in information technology (IT) and it is late."


def tallies(shelf) -> Tallies:
    return Store(open_reader(shelf.folder)).tallies


def everything(shelf) -> list:
    connection = sqlite3.connect(shelf.folder / FILE_NAME)
    found = [
        connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608
        for table in ("word", "typed", "written_out")
    ]
    connection.close()
    return found


def test_the_glossary_kept_is_the_one_learnt_from_all_texts(shelf):
    shelf.put(shelf.document("one.pdf", ONE), shelf.document("two.pdf", TWO))
    assert tallies(shelf).glossary() == learn_glossary([ONE, TWO]) != {}
    assert shelf.open().knowledge().glossary == learn_glossary([ONE, TWO])
    remove(["two.pdf"], shelf.folder)
    assert tallies(shelf).glossary() == learn_glossary([ONE])
    assert shelf.open().knowledge().glossary == learn_glossary([ONE])


@pytest.mark.parametrize("gone", ["one.pdf", "two.pdf"])
def test_what_is_removed_is_counted_as_if_it_had_never_been_there(shelf, tmp_path, gone):
    (tmp_path / "other").mkdir()
    other = type(shelf)(tmp_path / "other")
    texts = {"one.pdf": ONE, "two.pdf": TWO}
    shelf.put(*(shelf.document(doc, text) for doc, text in texts.items()))
    remove([gone], shelf.folder)
    other.put(*(other.document(doc, text) for doc, text in texts.items() if doc != gone))
    assert everything(shelf) == everything(other)


def test_a_library_without_counts_is_counted_again(shelf):
    shelf.put(shelf.document("one.pdf", ONE), shelf.document("two.pdf", TWO))
    before = everything(shelf)
    connection = sqlite3.connect(shelf.folder / FILE_NAME)
    for table in ("typed", "written_out"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    count_again(connection)
    connection.commit()
    assert everything(shelf) == before
