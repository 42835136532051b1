"""Sentences that can be quoted, with those that they cannot stand without."""

import pytest

from answer.quotes import quotes_of, sentences_of


def places(text):
    return {quote.place: quote.needs for quote in quotes_of(sentences_of(text))}


@pytest.mark.parametrize(
    "start",
    [
        "This has improved over the year.",
        "However, some plans are late.",
        "They are seen often by their workers.",
        "As a result, delay is rare here.",
        "As a result of this, delay is rare.",
        "Of these, three had not been seen.",
        "Some wait for two years or more.",
        "In addition, plans are not shared.",
        "Managers in both teams, however, disagree.",
        "All these factors help more carers to be approved.",
        "Managers in the local authority recognise this concern.",
        "Until inspectors found these cases, nobody was seen.",
    ],
)
def test_what_points_back_brings_the_sentence_before(start):
    assert places(f"Children wait too long. {start}") == {0: (), 1: (0,)}


@pytest.mark.parametrize(
    "start",
    [
        "This inspection found strong leadership throughout.",
        "This local authority knows its children.",
        "As a result of insufficient housing, young people moved.",
        "In addition to visits, workers telephone.",
        "Some children wait for two years.",
        "Thirty children were seen last year.",
        "Where a plan is late, this is noticed by managers.",
        "Managers have planned visits and this helps children.",
        "The findings of this inspection are poor.",
    ],
)
def test_what_stands_alone_brings_nothing(start):
    assert places(f"Children wait too long. {start}") == {0: (), 1: ()}


def test_a_chain_is_brought_whole_and_a_long_one_is_not_quoted():
    text = "Plans are late here. This matters to children. It also costs money. They all said so."
    assert places(text) == {0: (), 1: (0,), 2: (0, 1)}


def test_an_item_brings_the_head_of_its_list_and_the_head_is_not_quoted_alone():
    text = (
        "Leaders should improve the following: • the timeliness of plans • the visits to children"
    )
    assert places(text) == {1: (0,), 2: (0,)}


def test_asides_and_fragments_are_not_quoted():
    text = "Workers do not visit often enough. (Recommendation.) Morale is good."
    assert places(text) == {0: ()}


def test_what_follows_an_aside_leans_on_the_sentence_before_it():
    text = "Workers do not visit often enough. (Recommendation.) This leaves children at risk."
    assert places(text) == {0: (), 2: (0,)}


def test_the_first_sentence_that_points_at_another_paragraph_is_marked():
    first, second = quotes_of(["These children are seen often.", "These visits do them good."])
    assert (first.leans, second.leans) == (True, False)


def test_what_takes_something_back_is_marked():
    quotes = quotes_of(["Most plans are good.", "However, some are late.", "All are signed off."])
    assert [quote.qualifies for quote in quotes] == [False, True, False]
