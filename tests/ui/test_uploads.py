"""Files that users bring: what becomes of each, in a sentence."""

import pytest
import streamlit as st

from index.curate import remove_document
from index.library import Library
from tests.ui.conftest import REPORT, KeywordEncoder
from ui.uploads import Brought, most_megabytes, take_in

GOOD = Brought("wigan-inspection-2019-03-04.md", REPORT.encode())
ANOTHER = Brought("another.txt", b"1. Nobody was asked.\n\n2. Nobody was told.\n")


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "library"


def brought(folder, *files):
    return take_in(files, folder, encoder=KeywordEncoder())


def test_each_file_gets_a_sentence_and_the_good_ones_are_searched(folder):
    said, results = brought(folder, GOOD, Brought("broken.pdf", b"<html>Not found</html>"), ANOTHER)
    assert said == "2 documents added, 1 not taken in."
    assert [one.good for one in results] == [True, False, True]
    assert "Wigan, Inspection report, 4 March 2019" in results[0].sentence
    assert "14 paragraphs, 14 of them numbered" in results[0].sentence
    assert "web page" in results[1].sentence
    assert "no authority recognised" in results[2].sentence
    library = Library.open(folder, KeywordEncoder())
    assert library.search("asked")[0].document_id == results[2].document_id


def test_the_very_same_file_is_recognised_under_another_name(folder):
    _, (first,) = brought(folder, GOOD)
    said, results = brought(folder, Brought("copy.md", GOOD.content), ANOTHER, ANOTHER)
    assert said == "1 document added, 2 here already."
    assert results[0].document_id == first.document_id
    assert "the very same file" in results[0].sentence
    assert "The same file as another.txt" in results[2].sentence
    assert len(Library(folder).documents()) == 2


def test_the_same_report_in_another_form_is_taken_in_with_a_warning(folder):
    body = "\n\n".join(
        f"{number}. Finding {number} tells of care leavers, lodgings and visits of week {number}."
        for number in range(1, 40)
    )
    brought(folder, Brought("one.txt", body.encode()))
    _, (result,) = brought(folder, Brought("two.md", f"# A title\n\n{body}\n".encode()))
    assert result.good
    assert "one.txt" in result.sentence.partition("Please check")[2]


def test_what_was_removed_is_not_brought_back_by_accident(folder):
    _, (result,) = brought(folder, GOOD)
    remove_document(folder, result.document_id)
    said, (result,) = brought(folder, GOOD)
    assert not result.good
    assert "Removed documents" in result.sentence
    assert said == "0 documents added, 1 not taken in."


@pytest.mark.parametrize("name", ["../../outside.txt", "C:\\x\\outside.txt", "/etc/outside.txt"])
def test_no_name_leads_out_of_the_folder(folder, tmp_path, name):
    _, (result,) = brought(folder, Brought(name, ANOTHER.content))
    assert result.good
    assert Library(folder).card(result.document_id).document.doc == "outside.txt"
    assert not list(tmp_path.glob("**/outside.txt"))


def test_the_folder_a_file_came_from_may_name_its_authority(folder):
    _, (result,) = brought(folder, Brought("Reports/wandsworth/report.txt", ANOTHER.content))
    assert Library(folder).card(result.document_id).document.authority == "Wandsworth"


HOSTILE = (
    "nul.txt",
    "COM1.txt",
    "a\0b.txt",
    "line\nend\r\t.txt",
    "\u202etxt.exe.txt",
    "half \ud800 a letter.txt",
    "\U0001f4c4" * 300 + ".txt",
    "x" * 300 + ".txt",
    "x" * 300,
    "y" * 300 + "/" + "é" * 300 + ".txt",
    "<script>alert(1)</script>.txt",
    "'; DROP TABLE document; --.txt",
    "....//....//etc/passwd.txt",
    "\\\\server\\share\\c.txt",
    "C:\\Windows\\system.txt",
    "~/.bashrc.txt",
    "%2e%2e%2fescaped.txt",
    ".txt",
    "...",
    "",
    "/",
    "a:stream.txt",
)


def test_hostile_names_are_taken_as_names(folder, tmp_path):
    files = [
        Brought(name, f"{number}. Nobody was told of {number}.\n".encode())
        for number, name in enumerate(HOSTILE, start=1)
    ]
    _, results = brought(folder, *files)
    assert [one.name for one in results] == list(HOSTILE)
    taken = [Library(folder).card(one.document_id).document.doc for one in results if one.good]
    assert len(taken) >= len(HOSTILE) - 5  # some have no kind that is read
    assert all(one.sentence for one in results)
    for doc in taken:
        assert len(doc.encode()) <= 120
        assert not {*doc} & {*'/\\<>:"|?*\0\n'}
    assert {path.name for path in tmp_path.iterdir()} == {"library"}


def test_an_upload_is_no_larger_than_what_is_read_or_the_server_takes(monkeypatch):
    assert most_megabytes() == min(300, st.get_option("server.maxUploadSize"))
    monkeypatch.setenv("PILCROW_FILE_MEGABYTES", "7")
    assert most_megabytes() == 7
