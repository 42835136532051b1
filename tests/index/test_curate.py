"""Corrections by hand: seen at once, kept over a rebuild, undone; removal and the way back."""

import json

import pytest

from index.build import build, outdated
from index.corrections import FILE, Reading, read_corrections, wanted_reading
from index.curate import (
    correct_document,
    correct_paragraph,
    erase,
    remove_document,
    removed,
    restore,
    undo_document,
    undo_paragraph,
)
from index.errors import LibraryError
from index.library import Library
from tests.index.conftest import KeywordEncoder

REPORT = "anyshire-inspection-2016-02-16"
TEXT = """# Inspection of services

## Findings

1. Social workers know their children well.

2. Care leavers live in lodgings.

4. Managers check the work of teams.

## Information about this inspection

The report was written by two inspectors who visited in person.
"""
SOURCES = """
["report.md"]
authority = "Anyshire"
kind = "inspection"
published = 2016-02-16
rights = "Open \\"Government\\" Licence"
judgements = { "overall effectiveness" = "good" }
"""


@pytest.fixture
def documents(tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "report.md").write_text(TEXT, encoding="utf-8")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    return folder


@pytest.fixture
def encoder():
    return KeywordEncoder()


@pytest.fixture
def library(documents, tmp_path, encoder):
    folder = tmp_path / "library"
    build([documents], folder, encoder=encoder)
    return Library.open(folder, encoder)


def everything(library):
    """All that a reader sees of the document, and all that a search finds by."""
    return (
        library.card(REPORT).document,
        [one.paragraph for one in library.paragraphs(REPORT)],
        sorted((hit.paragraph_id, hit.score) for hit in library.search("lodgings teams", 50)),
    )


def id_of(library, number):
    return next(
        one.paragraph_id for one in library.paragraphs(REPORT) if one.paragraph.number == number
    )


def read_again(library, documents, encoder):
    """What a new version of the reader does: every file is read once more."""
    origin = f'origin = "version {library.info().version}"\n'
    (documents / "sources.toml").write_text(SOURCES + origin, encoding="utf-8")
    report = build([documents], library.folder, encoder=encoder)
    assert report.replaced == (REPORT,)


def test_a_number_put_right_is_cited_and_said_and_kept_over_a_rebuild(library, documents, encoder):
    before = everything(library)
    wrong = id_of(library, "4")
    correct_paragraph(library.folder, wrong, Reading("3", before[1][2].text), "a slip")
    for _ in range(2):
        cited = library.paragraph(wrong)
        assert cited.citation == "Anyshire 2016, para 3"
        assert cited.paragraph.correction.startswith("Number corrected by hand (read as 4)")
        assert cited.paragraph.correction.endswith(": a slip")
        (hit,) = (one for one in library.search("Anyshire 2016 para 3") if one.number == "3")
        assert (hit.paragraph_id, hit.correction) == (wrong, cited.paragraph.correction)
        read_again(library, documents, encoder)
    undo_paragraph(library.folder, wrong)
    assert everything(library)[1:] == before[1:]
    assert read_corrections(library.folder) == {}


def test_a_text_put_right_is_found_by_its_words_and_not_by_the_old_ones(library, encoder):
    before = everything(library)
    wrong = id_of(library, "2")
    now = Reading("2", "Care leavers live in caravans.")
    correct_paragraph(library.folder, wrong, now, encoder=encoder)
    assert library.search("caravans")[0].paragraph_id == wrong
    assert library.search('"lodgings"') == []
    undo_paragraph(library.folder, wrong, encoder)
    assert everything(library) == before


def test_a_paragraph_without_a_number_gets_one_and_its_label_back(library):
    before = everything(library)
    bullet = next(one for one in library.paragraphs(REPORT) if one.paragraph.number is None)
    now = Reading("7", bullet.paragraph.text)
    correct_paragraph(library.folder, bullet.paragraph_id, now)
    assert library.paragraph(bullet.paragraph_id).paragraph.label == "para 7"
    correct_paragraph(library.folder, bullet.paragraph_id, Reading("5", now.text), "no, 5")
    assert library.paragraph(bullet.paragraph_id).citation.endswith("para 5")
    undo_paragraph(library.folder, bullet.paragraph_id)
    assert everything(library) == before


def test_what_is_only_reported_as_wrong_is_said_and_stays_as_read(library):
    wrong = id_of(library, "2")
    text = library.paragraph(wrong).paragraph.text
    correct_paragraph(library.folder, wrong, Reading("2", text), "half of it is missing")
    cited = library.paragraph(wrong)
    assert (cited.paragraph.number, cited.paragraph.text) == ("2", text)
    assert cited.paragraph.correction.startswith("Reported as wrong")
    with pytest.raises(LibraryError, match="Nothing was changed"):
        correct_paragraph(
            library.folder,
            id_of(library, "1"),
            Reading("1", "Social workers know their children well."),
        )


def test_a_number_that_another_paragraph_has_is_refused(library):
    before = everything(library)
    with pytest.raises(LibraryError, match="a paragraph 2 already"):
        correct_paragraph(library.folder, id_of(library, "1"), Reading("2", "Words."))
    assert everything(library) == before
    assert not (library.folder / FILE).exists()


@pytest.mark.parametrize("number", ["eighty", "87; 88", "<b>", "12345"])
def test_what_cannot_be_a_number_is_refused(number):
    with pytest.raises(LibraryError, match="no paragraph number"):
        wanted_reading(number, "Words.")


def test_a_correction_of_what_is_read_otherwise_now_is_not_laid_over_it(
    library, documents, encoder
):
    wrong = id_of(library, "2")
    correct_paragraph(
        library.folder, wrong, Reading("2", "Care leavers live in caravans."), encoder=encoder
    )
    path = library.folder / FILE
    said = json.loads(path.read_text(encoding="utf-8"))
    (one,) = said.values()
    one["paragraphs"]["p2"]["was"]["text"] = "Another reading."
    path.write_text(json.dumps(said), encoding="utf-8")
    read_again(library, documents, encoder)
    paragraph = library.paragraph(wrong).paragraph
    assert (paragraph.text, paragraph.correction) == ("Care leavers live in lodgings.", None)


def test_metadata_put_right_are_cited_filtered_by_kept_and_undone(library, documents, encoder):
    before = everything(library)
    fields = {"authority": "Otherton", "kind": "monitoring visit", "published": "2017-03-01"}
    correct_document(library.folder, REPORT, fields)
    for _ in range(2):
        document = library.card(REPORT).document
        assert (document.authority, document.year, document.kind) == (
            "Otherton",
            2017,
            "monitoring visit",
        )
        assert library.card(REPORT).name == "Otherton 2017 monitoring visit"
        assert library.facets().authorities == {"Otherton": 1}
        read_again(library, documents, encoder)
    undo_document(library.folder, REPORT)
    after = library.card(REPORT).document
    assert (after.authority, after.published, after.kind) == (
        before[0].authority,
        before[0].published,
        before[0].kind,
    )


def test_a_field_typed_as_it_was_read_is_no_correction(library):
    correct_document(library.folder, REPORT, {"authority": "Otherton"})
    correct_document(library.folder, REPORT, {"authority": "Anyshire", "published": "2016-02-16"})
    assert read_corrections(library.folder) == {}


def test_judgements_put_right_are_kept_and_undone(library, documents, encoder):
    before = library.card(REPORT).document.judgements
    now = "Overall effectiveness:  Inadequate\n\nadoption performance: requires improvement\n"
    correct_document(library.folder, REPORT, {"judgements": now})
    for _ in range(2):
        assert dict(library.card(REPORT).document.judgements) == {
            "overall effectiveness": "inadequate",
            "adoption performance": "requires improvement",
        }
        read_again(library, documents, encoder)
    undo_document(library.folder, REPORT)
    assert library.card(REPORT).document.judgements == before


@pytest.mark.parametrize(
    "fields",
    [
        {"published": "last week"},
        {"kind": "novel"},
        {"judgements": "good"},
        {"judgements": "adoption: rather good"},
    ],
)
def test_a_field_that_cannot_be_is_refused_and_nothing_changes(library, fields):
    before = everything(library)
    with pytest.raises(LibraryError):
        correct_document(library.folder, REPORT, fields)
    assert everything(library) == before


def test_corrections_that_cannot_be_read_are_never_thrown_away(library, documents, encoder):
    path = library.folder / FILE
    path.parent.mkdir(exist_ok=True)
    path.write_text("{", encoding="utf-8")
    with pytest.raises(LibraryError, match="cannot be read"):
        build([documents], library.folder, encoder=encoder)
    with pytest.raises(LibraryError, match="cannot be read"):
        correct_document(library.folder, REPORT, {"authority": "Otherton"})
    assert path.read_text(encoding="utf-8") == "{"


def test_a_removed_document_stays_away_through_builds_and_comes_back_as_it_was(
    library, documents, encoder
):
    before = everything(library)
    remove_document(library.folder, REPORT)
    assert library.documents() == []
    assert library.search("lodgings") == []
    (gone,) = removed(library.folder)
    assert gone.doc == "report.md"
    assert not outdated([documents], library.folder)
    build([documents], library.folder, encoder=encoder)
    assert library.documents() == []
    restore(library.folder, gone.sha256, encoder)
    assert everything(library) == before
    assert removed(library.folder) == []


def test_a_corrected_document_comes_back_corrected_and_can_be_undone(library, encoder):
    wrong = id_of(library, "4")
    text = library.paragraph(wrong).paragraph.text
    before = everything(library)
    correct_paragraph(library.folder, wrong, Reading("3", text))
    remove_document(library.folder, REPORT)
    restore(library.folder, removed(library.folder)[0].sha256, encoder)
    assert library.paragraph(wrong).paragraph.number == "3"
    undo_paragraph(library.folder, wrong)
    assert everything(library)[1] == before[1]


def test_what_is_erased_is_gone(library):
    remove_document(library.folder, REPORT)
    (gone,) = removed(library.folder)
    erase(library.folder, gone.sha256)
    assert removed(library.folder) == []
    with pytest.raises(LibraryError, match="not in the bin"):
        restore(library.folder, gone.sha256)
