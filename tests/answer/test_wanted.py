"""Figures and dates that a question asks for."""

import pytest

from answer.wanted import counted_in, figures_of, gives_wanted, wanted_by
from index.stems import stems


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many children were seen?", "figure"),
        ("what proportion of visits was late", "share"),
        ("LAC reviews on time %", "share"),
        ("When was the notice lifted?", "date"),
        ("What happens when children go missing?", None),
        ("Why are plans late?", None),
    ],
)
def test_figures_and_dates_are_known_when_asked_for(question, wanted):
    assert wanted_by(question) == wanted


@pytest.mark.parametrize(
    ("question", "counted"),
    [
        ("How many care leavers were in B&B in 2016?", "care leavers"),
        ("the number of agency social workers", "agency social workers"),
        ("What percentage of plans is late?", "plans"),
        ("How long do they wait?", ""),
    ],
)
def test_what_is_counted_ends_where_something_is_said_of_it(question, counted):
    assert counted_in(question) == frozenset(stems(counted))


def given(wanted, text, counted=()):
    return gives_wanted(wanted, text, stems(text), [stems(way) for way in counted])


def test_figures_in_digits_and_words_are_found():
    assert given("figure", "About 16% were late.") == 1
    assert given("figure", "Fourteen children were seen.") == 1
    assert given("figure", "Many children were seen.") == 0
    assert given("figure", "Not all children were seen.") == 0
    assert given("date", "It was lifted in July 2018.") == 1
    assert given("date", "It may be lifted soon.") == 0
    assert given(None, "In 2018 there were 16.") == 0


def test_a_figure_that_counts_something_else_is_worth_less():
    ways = ["care leavers", "former children in care"]
    assert given("figure", "Ten care leavers were in hotels.", ways) == 1
    assert given("figure", "Of the former children in care, 12 were in hotels.", ways) == 1
    assert 0 < given("figure", "Care leavers say that the council should open 12 hotels.", ways) < 1


def test_years_ages_and_sections_count_nothing():
    for text in ("In 2015–16 it changed.", "Those aged 18 stay.", "It is under section 47."):
        assert given("figure", text) == 0


def test_a_share_is_not_any_number():
    assert given("share", "A quarter of visits was late.") == 1
    assert 0 < given("share", "There were 14 visits.") < 1


def test_figures_of_a_text_hold_its_years():
    assert figures_of("In 2016 six of 10 were late.") == {"2016", "six", "10"}
