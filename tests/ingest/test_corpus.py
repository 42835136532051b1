"""A folder tree becomes documents in a stable order, each with an id of its own."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from ingest.corpus import (
    READER_VERSION,
    SourceEntry,
    SourceFile,
    assign_ids,
    document_id,
    find_files,
    read_document,
    read_files,
    same_report,
    with_same_reports_said,
)
from ingest.model import Document, Paragraph
from ingest.sources import SourcesError

REPORT = "\n\n".join(f"{n}. " + f"Finding {n} of this report says that " * 3 for n in range(1, 30))


def document(doc="a.pdf", text=None, **fields):
    words = text or f"The report called {doc} says what no other report says in so many words. "
    paragraph = Paragraph("p1", "1", "numbered", None, words)
    return Document(doc, "", f"{sum(map(ord, doc)):064x}", (paragraph,), **fields)


def numbered(document):
    return [p.number for p in document.paragraphs if p.number]


# --- files -----------------------------------------------------------------------------------


@pytest.fixture
def tree(tmp_path):
    for name in ("b/z.txt", "b/A.pdf", "b/a.txt", "c.md", "b/logo.png", ".hidden.txt", "~$c.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"words")
    return tmp_path


def names(paths, root):
    return [path.relative_to(root).as_posix() for path in paths]


def test_folders_are_walked_in_the_order_of_names(tree):
    found = find_files([tree])
    assert names([file.path for file in found.files], tree) == [
        "b/A.pdf",
        "b/a.txt",
        "b/z.txt",
        "c.md",
    ]
    assert names(found.skipped, tree) == [".hidden.txt", "b/logo.png", "~$c.txt"]


def test_a_file_named_twice_is_read_once(tree):
    found = find_files([tree / "c.md", tree, tree / "b" / ".." / "c.md"])
    assert [file.path.name for file in found.files] == ["c.md", "A.pdf", "a.txt", "z.txt"]


def test_a_file_named_itself_is_taken_whatever_its_kind(tree):
    (file,) = find_files([tree / "b" / "logo.png"]).files
    (outcome,) = read_files([file])
    assert "cannot be read" in outcome.error


def test_files_to_convert_are_not_passed_over_in_silence(tree):
    (tree / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    assert "old.doc" in [file.path.name for file in find_files([tree]).files]


def test_a_path_that_does_not_exist_is_said(tmp_path):
    with pytest.raises(SourcesError, match=r"nowhere does not exist; check"):
        find_files([tmp_path / "nowhere"])


def link(path, target, **how):
    try:
        path.symlink_to(target, **how)
    except OSError:
        pytest.skip("this system makes no links")


def test_links_to_folders_are_not_followed(tree):
    link(tree / "b" / "up", tree, target_is_directory=True)
    assert len(find_files([tree]).files) == 4


def test_a_link_that_leads_to_itself_is_read_to_say_why_not(tree):
    link(tree / "b" / "round.txt", "round.txt")
    found = [file for file in find_files([tree]).files if file.path.name == "round.txt"]
    (outcome,) = read_files(found)
    assert outcome.error.startswith("round.txt cannot be opened")


def test_what_cannot_be_looked_at_is_read_to_say_why_not(tree, monkeypatch):
    looked_at = Path.is_dir

    def refused(path):
        if path.parent.name == "b":
            raise PermissionError(13, "Permission denied")
        return looked_at(path)

    monkeypatch.setattr(Path, "is_dir", refused)
    found = names([file.path for file in find_files([tree]).files], tree)
    assert found == ["b/A.pdf", "b/a.txt", "b/logo.png", "b/z.txt", "c.md"]


def test_a_path_that_cannot_be_reached_is_said(tmp_path):
    with pytest.raises(SourcesError, match=r"x cannot be reached \(.*\); check the spelling"):
        find_files([tmp_path / ("x" * 300)])


# --- sources.toml ----------------------------------------------------------------------------


def write_sources(folder, text):
    (folder / "sources.toml").write_text(text, encoding="utf-8")


def test_sources_stand_over_what_the_document_says(tmp_path):
    (tmp_path / "a.txt").write_text(
        "Monitoring visit to Torbay children’s services\n\nText.", encoding="utf-8"
    )
    write_sources(
        tmp_path,
        """
        ["a.txt"]
        authority = "Devon"
        published = 2017-10-18
        retells = "a report that is not here"
        handed_over_as = "000.txt"
        judgements = { "overall effectiveness" = "good" }
        """,
    )
    (file,) = find_files([tmp_path / "a.txt"]).files
    read = read_document(file.path.read_bytes(), file.path, file.entry)
    assert (read.authority, read.published) == ("Devon", date(2017, 10, 18))
    assert read.kind == "monitoring visit"  # as the document says: sources.toml says nothing
    assert (read.retells, read.handed_over_as) == ("a report that is not here", "000.txt")
    assert read.judgements == {"overall effectiveness": "good"}
    assert read.year == 2017


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('["a.txt"]\nauthor = "x"', "'author'"),
        ('["a.txt"]\nkind = "report"', "monitoring visit"),
        ('["a.txt"]\npublished = "2016"', "a date without quotation marks"),
        ('["a.txt"]\npublished = 2016-02-16T10:00:00', "a date without quotation marks"),
        ('["a.txt"]\ntitle = 3', "text in quotation marks"),
        ('["a.txt"]\njudgements = "good"', "a table"),
        ('"a.txt" = "x"', "must be a table"),
        ("[a", "cannot be read"),
    ],
)
def test_a_wrong_sources_file_is_said(tmp_path, table, said):
    (tmp_path / "a.txt").write_text("words", encoding="utf-8")
    write_sources(tmp_path, table)
    with pytest.raises(SourcesError, match=said) as caught:
        find_files([tmp_path])
    assert "sources.toml" in str(caught.value)


# --- reading ---------------------------------------------------------------------------------


def test_outcomes_come_in_the_order_of_the_files(tmp_path):
    files = []
    for n in range(12):
        path = tmp_path / f"{n}.txt"
        path.write_text("" if n == 5 else f"Paragraph {n}. " * (1 + 900 * (n % 3)), "utf-8")
        files.append(SourceFile(path))
    outcomes = list(read_files(files, jobs=3))
    assert [outcome.file for outcome in outcomes] == files
    assert [n for n, outcome in enumerate(outcomes) if outcome.error] == [5]
    assert outcomes[7].document.doc == "7.txt"


def test_reading_can_be_broken_off(tmp_path):
    files = []
    for n in range(20):
        files.append(SourceFile(tmp_path / f"{n}.txt"))
        files[-1].path.write_text("Words.", "utf-8")
    outcomes = read_files(files, jobs=2)
    assert next(outcomes).document is not None
    outcomes.close()  # leaves no process: a warning of one fails this test


def test_nothing_to_read_gives_nothing():
    assert list(read_files([])) == []


def test_reading_in_a_process_gives_what_reading_here_gives(corpus):
    files = find_files([corpus]).files
    for outcome in read_files(files, jobs=1):
        path, entry = outcome.file.path, outcome.file.entry
        assert outcome.document == read_document(path.read_bytes(), path, entry)


def test_a_reading_process_loads_no_model():
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, ingest.corpus; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent.parent,
    ).stdout.split()
    assert not {"torch", "numpy", "streamlit", "faiss", "transformers"} & set(loaded)


def test_the_version_of_the_readers_is_a_short_name():
    assert READER_VERSION.isalnum()
    assert len(READER_VERSION) == 16


# --- ids -------------------------------------------------------------------------------------


def test_an_id_is_made_of_authority_kind_and_date():
    known = document(authority="St Helens", kind="inspection", published=date(2016, 2, 16))
    assert document_id(known) == "st-helens-inspection-2016-02-16"
    ended = document(authority="Bath & Wells", kind="other", inspection_end=date(2020, 1, 2))
    assert document_id(ended) == "bath-wells-document-2020-01-02"


def test_an_id_without_authority_or_date_is_the_files_name():
    assert document_id(document("Überblick 1’s.pdf")) == "uberblick-1s"
    assert document_id(document("報告.pdf")) == document("報告.pdf").sha256[:8]


def test_ids_that_collide_are_told_apart_by_the_files_names_in_any_order():
    same = {"authority": "Leeds", "kind": "inspection", "published": date(2016, 2, 16)}
    two = [document("leeds-2016-final.pdf", **same), document("leeds-2016.txt", **same)]
    expected = {
        "leeds-2016-final.pdf": "leeds-inspection-2016-02-16-final",
        "leeds-2016.txt": "leeds-inspection-2016-02-16-txt",
    }
    for order in (two, two[::-1]):
        assert {d.doc: d.document_id for d in assign_ids(order)} == expected


def test_ids_that_are_taken_are_not_given_again():
    leeds = document(authority="Leeds", kind="inspection", published=date(2016, 2, 16))
    (named,) = assign_ids([leeds], taken=["leeds-inspection-2016-02-16"])
    assert named.document_id == "leeds-inspection-2016-02-16-a"


def test_the_same_file_many_times_still_has_ids_of_its_own():
    leeds = document(authority="Leeds", kind="inspection", published=date(2016, 2, 16))
    ids = [d.document_id for d in assign_ids([leeds] * 6)]
    assert len(set(ids)) == 6
    assert all(name.isascii() and not set(name) & set(" \t\n") for name in ids)


# --- one report twice ------------------------------------------------------------------------


def reworded(doc, keep):
    """The report with its paragraphs from `keep` on replaced by others."""
    paragraphs = REPORT.split("\n\n")
    other = [f"{doc} has other words at place {n} in its pages." * 4 for n in range(keep, 29)]
    return document(doc, " ".join([*paragraphs[:keep], *other]))


def test_two_files_of_one_report_are_recognised_by_their_words():
    whole, nearly, other = reworded("a.pdf", 29), reworded("b.txt", 27), reworded("c.pdf", 0)
    (pair,) = same_report([whole, other, nearly])
    assert (pair.first.doc, pair.second.doc) == ("a.pdf", "b.txt")
    assert 0.8 < pair.share < 1


def test_a_document_that_quotes_a_part_is_not_the_same():
    quoting = document("c.txt", " ".join(REPORT.split("\n\n")[:9]))
    assert same_report([reworded("a.pdf", 29), quoting]) == ()


def test_the_same_report_is_said_in_both():
    documents = [reworded("a.pdf", 29), reworded("b.txt", 29), reworded("c.pdf", 0)]
    first, second, third = with_same_reports_said(documents)
    assert "the same report as b.txt (100% of the words)" in first.warnings[0]
    assert "the same report as a.pdf" in second.warnings[0]
    assert third.warnings == ()


def test_short_documents_and_boilerplate_tell_nothing():
    short = [document("a.txt", "Words."), document("b.txt", "Words.")]
    assert same_report(short) == ()
    (paragraph,) = reworded("a.pdf", 29).paragraphs
    plate = replace(paragraph, kind="boilerplate")
    plated = [replace(document(name), paragraphs=(plate,)) for name in ("a", "b")]
    assert same_report(plated) == ()


@pytest.mark.slow
def test_published_reports_are_not_taken_for_each_other(shared, corpus):
    folder = shared / "corpora" / "inspections"
    wanted = [*sorted(folder.glob("wandsworth-*.pdf")), *sorted(folder.glob("surrey-*.pdf"))]
    files = [*find_files([corpus]).files, *(SourceFile(path) for path in wanted)]
    documents = [outcome.document for outcome in read_files(files)]
    pairs = [(pair.first.doc, pair.second.doc) for pair in same_report(documents)]
    assert pairs == [("wandsworth-inspection-2016.txt", "wandsworth-cs-2016-02-16.pdf")]


# --- the corpus that ships -------------------------------------------------------------------


@pytest.fixture(scope="module")
def shipped(corpus):
    outcomes = read_files(find_files([corpus]).files)
    return {outcome.document.doc: outcome.document for outcome in outcomes}


def test_the_report_of_2016_has_its_135_paragraphs_each_once(shipped):
    report = shipped["wandsworth-inspection-2016.txt"]
    assert numbered(report) == [str(n) for n in range(1, 136)]
    assert report.warnings == ()


def test_paragraph_87_is_whole(shipped):
    report = shipped["wandsworth-inspection-2016.txt"]
    (found,) = (p for p in report.paragraphs if p.number == "87")
    assert report.paragraph_id(found) == "wandsworth-inspection-2016-02-16#p87"
    assert found.text.startswith("The local authority has failed to ensure that there is")
    assert "bed and breakfast" in found.text


def test_every_shipped_document_has_its_facts(shipped):
    assert len(shipped) == 5
    for read in shipped.values():
        assert read.authority == "Wandsworth"
        assert read.title
        assert read.publisher
        assert read.origin
        assert read.rights
        assert read.handed_over_as.endswith(".txt")
        assert read.kind != "other"


def test_second_hand_documents_say_what_they_retell(shipped):
    second_hand = {doc: read for doc, read in shipped.items() if read.second_hand}
    assert set(second_hand) == {"wandsworth-fostering-web-page.txt", "wandsworth-news-2018.txt"}
    assert second_hand["wandsworth-fostering-web-page.txt"].repeats in shipped
    assert "2018" in second_hand["wandsworth-news-2018.txt"].retells


def test_shipped_documents_are_those_handed_over_byte_for_byte(shared, corpus, shipped):
    for doc, read in shipped.items():
        handed_over = shared / "seeds" / read.handed_over_as
        assert (corpus / doc).read_bytes() == handed_over.read_bytes()


def test_an_entry_without_its_file_would_be_noticed(corpus, shipped):
    entries = find_files([corpus]).files
    assert all(isinstance(file.entry, SourceEntry) for file in entries)
    assert len(entries) == len(shipped)
