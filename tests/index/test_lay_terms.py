"""The list of lay words holds what it says, once."""

from collections import Counter

import pytest

from index.query import STOP_WORDS, Knowledge, _key, _lay_terms, plan_query
from index.stems import stems

TERMS = _lay_terms()["terms"]


def test_no_words_stand_in_it_twice():
    counts = Counter(_key(text) for text in TERMS)
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_entry_says_something_else():
    for text, forms in TERMS.items():
        assert forms, text
        assert len(set(forms)) == len(forms), text
        assert stems(text) not in [stems(form) for form in forms], text


def test_no_entry_is_a_little_word():
    assert [text for text in TERMS if text in STOP_WORDS] == []


def test_what_needs_capitals_is_in_it():
    assert set(_lay_terms()["capitals_only"]) <= set(TERMS)


@pytest.mark.parametrize(
    "question",
    [
        "concerns raised by health visitors",
        "what sort of help is there",
        "what did inspectors find out",
        "a learning culture among managers",
        "the family hub",
        "what was the council asked to improve",
        "progress hit by delays",
        "do workers pay attention to identity",
        "how long do children stay on a plan",
        "why were some rated outstanding for good practice",
        "within 30 minutes",
        "child protection medicals",
    ],
)
def test_common_expressions_are_not_taken_for_narrow_ones(question):
    assert plan_query(question, Knowledge()).expansions == {}


def test_what_people_say_for_it_is_still_understood():
    for question in (
        "who pays for a car",
        "stayed on with a foster family",
        "a parent hitting a child",
        "the minutes of meetings",
        "LAC medicals",
    ):
        assert plan_query(question, Knowledge()).expansions, question
