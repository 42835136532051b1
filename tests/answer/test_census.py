"""Every report is decided; the line can be moved; what is written out is what was counted."""

import argparse
import csv
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest

from answer.asked import Asked, Concept, said_in
from answer.briefing import plain
from answer.census import LINE, census, relined
from answer.census_commands import add_census
from answer.census_output import (
    census_csv,
    census_lines,
    census_name,
    census_object,
    census_paper,
    summary,
)
from answer.closeness import _name_forms, denied
from answer.errors import AnswerError
from answer.paper import Quotation
from answer.word import word_file
from index.model import Filter
from index.stems import stems

TODAY = date(2026, 11, 22)


def says(found, kind: str) -> float:
    return next(one.score for one in found.reports if one.card.document.kind == kind)


@pytest.fixture
def lodging(shipped):
    return census(shipped, "care leavers placed in bed and breakfast accommodation")


def test_every_report_is_asked_and_what_retells_one_is_not_counted(shipped, lodging):
    official = {c.document.document_id for c in shipped.documents() if not c.document.second_hand}
    asked = [one.card.document.document_id for one in lodging.reports]
    assert sorted(asked) == sorted(official)
    assert lodging.retelling == len(shipped.documents()) - len(official) > 0


def test_a_report_that_says_it_comes_first_with_its_paragraph(lodging):
    first = lodging.reports[0]
    assert first.card.document.kind == "inspection"
    assert "bed and breakfast" in first.sentence
    assert first.sentence in first.paragraph.paragraph.text
    assert first in lodging.yes


@pytest.mark.parametrize("query", ['"bed and breakfast"', "“bed and breakfast”"])
def test_a_quoted_phrase_is_decided_by_its_words_alone(shipped, query):
    found = census(shipped, query)
    held = {
        card.document.document_id
        for card in shipped.documents()
        if any(
            "bed and breakfast" in plain(one.paragraph.text).lower()
            for one in shipped.paragraphs(card.document.document_id)
            if one.paragraph.kind != "boilerplate"
        )
    }
    assert {one.card.document.document_id for one in found.yes} == {
        one.card.document.document_id
        for one in found.reports
        if one.card.document.document_id in held
    }
    assert {one.score for one in found.reports} == {0.0, 1.0}
    assert not found.borderline


def test_a_phrase_that_nobody_uses_is_in_no_report(shipped):
    found = census(shipped, '"flying carpets"')
    assert not found.yes
    assert all(one.paragraph is None for one in found.reports)
    assert summary(found).startswith(f"0 of {len(found.reports)} reports say it")
    assert word_file(census_paper(found, TODAY))


def test_the_line_moves_reports_and_not_their_scores(lodging):
    everything, nothing = relined(lodging, 0.0), relined(lodging, 1.0)
    assert len(everything.yes) == len(lodging.reports)
    assert len(nothing.yes) < len(everything.yes)
    assert [one.score for one in nothing.reports] == [one.score for one in lodging.reports]


def test_reports_near_the_line_are_borderline_on_either_side(lodging):
    score = lodging.reports[0].score
    assert lodging.reports[0] in relined(lodging, min(score + 0.2, 1.0)).borderline
    assert lodging.reports[0] in relined(lodging, max(score - 0.2, 0.0)).borderline
    assert lodging.reports[0] not in relined(lodging, 0.0).borderline


def test_filters_choose_reports_and_change_no_score(shipped, lodging):
    some = census(shipped, lodging.query, filters=Filter(kind="focused visit"))
    assert [one.card.document.kind for one in some.reports] == ["focused visit"]
    assert some.reports[0].score == says(lodging, "focused visit")


def test_shares_by_year_and_kind_add_up(lodging):
    for shares in (lodging.by_year(), lodging.by_kind()):
        assert sum(whole for _, whole in shares.values()) == len(lodging.reports)
        assert sum(part for part, _ in shares.values()) == len(lodging.yes)


def test_what_progress_raises_ends_the_work(shipped):
    class StopError(Exception):
        pass

    def stop(done, total):
        raise StopError

    with pytest.raises(StopError):
        census(shipped, "care leavers", progress=stop)


@pytest.mark.parametrize(("query", "line"), [("", 0.5), ("?!", 0.5), ("care", 1.5), ("care", -1)])
def test_what_cannot_be_counted_is_refused(shipped, query, line):
    with pytest.raises(AnswerError):
        census(shipped, query, line=line)


def test_the_table_has_a_line_for_every_report(lodging):
    rows = list(csv.DictReader(StringIO(census_csv(lodging))))
    assert [row["doc"] for row in rows] == [one.card.document.doc for one in lodging.reports]
    assert [row["says it"] == "yes" for row in rows] == [
        one.score >= LINE for one in lodging.reports
    ]


def test_every_line_of_the_table_says_what_was_counted_and_of_what(shipped, lodging):
    found = relined(census(shipped, lodging.query, filters=Filter(year_from=2016)), 0.4)
    counted = (str(len(found.yes)), str(len(found.reports)))
    for row in csv.DictReader(StringIO(census_csv(found))):
        assert row["query"] == lodging.query
        assert (row["line"], row["filters"]) == ("0.40", "year_from: 2016")
        assert (row["reports that say it"], row["reports asked"]) == counted
        assert row["library version"] == str(found.info.version)
        assert row["library changed"] == found.info.updated[:10]


def test_a_file_is_called_by_what_was_counted(lodging):
    name = "how-many-care-leavers-placed-in-bed-and-breakfast-accommodation"
    assert census_name(lodging) == name
    long = replace(lodging, query=f"{lodging.query} far from their homes")
    assert census_name(long) == f"{name}-far"  # cut at a word
    short = replace(relined(lodging, 0.4), query='"B&B"', filters=Filter(kind="focused visit"))
    assert census_name(short) == "how-many-b-and-b-focused-visit-line-0-40"


def test_no_cell_is_taken_for_a_formula(shipped):
    found = census(shipped, "care leavers")
    first = replace(found.reports[0], sentence="=1+1")
    text = census_csv(replace(found, reports=(first, *found.reports[1:])))
    assert "'=1+1" in text


def test_the_paper_quotes_each_report_that_says_it_verbatim(lodging):
    lowered = relined(lodging, 0.01)
    paper = census_paper(lowered, TODAY)
    quoted = {block.citation: block.text for block in paper.blocks if isinstance(block, Quotation)}
    texts = {one.paragraph.citation: plain(one.paragraph.paragraph.text) for one in lowered.reports}
    assert all(text in texts[citation] for citation, text in quoted.items())
    assert {one.paragraph.citation for one in lowered.yes} <= set(quoted)


def test_json_and_text_tell_the_same(lodging):
    told = census_object(lodging)
    assert told["yes"] == len(lodging.yes) == sum(r["says_it"] for r in told["reports_asked"])
    assert told["reports"] == len(told["reports_asked"])
    assert summary(lodging) in next(census_lines(lodging))


def test_the_command_is_called_census():
    commands = argparse.ArgumentParser().add_subparsers()
    add_census(commands)
    assert list(commands.choices) == ["census"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("There are no children living in unregistered homes.", True),
        ("Children are not placed in unregistered homes.", True),
        ("Children are not always kept out of unregistered homes.", False),
        ("No plan was made, and children live in unregistered homes.", False),
        ("Too many children live in unregistered homes.", False),
        ("No child is in an unregistered home, but two unregistered homes were used.", False),
    ],
)
def test_a_denial_counts_where_it_reaches_every_mention(text, expected):
    rare = Concept(("unregistered",), (stems("unregistered"),), 5.0)
    assert denied(text, said_in(text), [rare]) is expected


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("Family Drug and Alcohol Court", True),
        ("Mockingbird", False),
        ("Children placed in hotels", False),
        ("effect of the COVID-19 pandemic", False),
    ],
)
def test_a_name_in_capitals_stands_whole_or_is_not_said(query, named):
    short = Concept(("x",), (stems(query), stems("FDAC")), 5.0)
    forms = _name_forms(query, Asked((short,)))
    assert bool(forms) is named
    if named:
        assert forms == (stems(query), stems("FDAC"))


def test_a_phrase_nobody_uses_is_said_by_no_report(shipped):
    found = census(shipped, '"flying carpets"')
    assert found.reports
    assert not found.yes
    assert not found.borderline
