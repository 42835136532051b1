"""What is exported stands before our own checker: quotations verbatim, citations resolved."""

from datetime import date
from typing import get_args

import pytest

from answer.briefing import Briefing, briefing_paper, collect, entry_for, plain
from answer.census import census, relined
from answer.census_output import census_paper
from answer.check import check
from answer.check_commands import NOTES
from answer.draft import read_draft
from answer.markdown import markdown_text
from answer.paper import Citations, Quotation
from answer.trail import trail
from answer.trail_output import trail_paper
from answer.word import word_file

TODAY = date(2026, 11, 22)
EVERY = 5  # the fifth, tenth, ... paragraph of each document


FORMS = pytest.mark.parametrize(
    ("suffix", "citations"),
    [(suffix, citations) for suffix in (".md", ".docx") for citations in get_args(Citations)],
)


def findings_of(paper, library, folder, suffix, citations):
    """What is wrong in an export, and how many citations the checker read in it."""
    every = [library.paragraphs(card.document.document_id) for card in library.documents()]
    held = {one.citation: plain(one.paragraph.text) for document in every for one in document}
    for quotation in (block for block in paper.blocks if isinstance(block, Quotation)):
        assert quotation.text in held[quotation.citation]
    if suffix == ".docx":
        content = word_file(paper, citations)
    else:
        content = markdown_text(paper, citations).encode()
    path = folder / f"export{suffix}"
    path.write_bytes(content)
    checked = check(read_draft(path), library, library.encoder())
    return [one for one in checked.findings if one.kind not in NOTES], checked.checked


@pytest.fixture
def briefing_of_all(shipped):
    official = [c for c in shipped.documents() if not c.document.second_hand]
    entries = [
        entry_for(shipped, cited.paragraph_id)
        for card in official
        for cited in shipped.paragraphs(card.document.document_id)[::EVERY]
    ]
    briefing = Briefing("Ann", "All", tuple(entries))
    collected = collect(shipped, briefing)
    return briefing_paper(briefing, collected, shipped.documents(), shipped.info(), TODAY)


@FORMS
def test_a_briefing_passes_the_checker(shipped, briefing_of_all, tmp_path, suffix, citations):
    wrong, checked = findings_of(briefing_of_all, shipped, tmp_path, suffix, citations)
    assert wrong == []
    assert checked > 50


@FORMS
def test_a_census_passes_the_checker(shipped, tmp_path, suffix, citations):
    found = relined(census(shipped, "care leavers in bed and breakfast"), 0.0)
    wrong, checked = findings_of(census_paper(found, TODAY), shipped, tmp_path, suffix, citations)
    assert wrong == []
    assert checked == len(found.reports)


@FORMS
def test_a_trail_passes_the_checker(shipped, tmp_path, suffix, citations):
    found = trail(shipped, "Wandsworth", "care leavers in bed and breakfast")
    wrong, checked = findings_of(
        trail_paper(found, shipped.info(), TODAY), shipped, tmp_path, suffix, citations
    )
    assert wrong == []
    assert checked == sum(len(stop.hits) for stop in found.stops)


def test_the_checker_would_find_an_altered_quotation(shipped, briefing_of_all, tmp_path):
    path = tmp_path / "altered.md"
    text = markdown_text(briefing_of_all)
    assert "care leavers" in text
    path.write_text(text.replace("care leavers", "young parents"), encoding="utf-8")
    assert check(read_draft(path), shipped, shipped.encoder()).findings
