"""The numbers that Word prints are counted as Word counts them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.readers.word_numbering import Counters, Level, NumberedList, written

DECIMAL = Level(text="%1.")
LETTER = Level(form="lowerLetter", text="(%2)")
ROMAN = Level(form="lowerRoman", text="%3.")
LEVELS = {0: DECIMAL, 1: LETTER, 2: ROMAN}


def labels(lists, *asked):
    counters = Counters(lists)
    return [counters.label(list_id, level) for list_id, level in asked]


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (87, "decimal", "87"),
        (7, "decimalZero", "07"),
        (3, "lowerLetter", "c"),
        (27, "lowerLetter", "aa"),
        (28, "upperLetter", "BB"),
        (1994, "upperRoman", "MCMXCIV"),
        (4, "lowerRoman", "iv"),
        (0, "lowerRoman", "0"),
        (4000, "lowerRoman", "4000"),
        (2_147_483_648, "lowerLetter", "2147483648"),  # else two thousand million letters
        (11, "ordinal", "11th"),
        (22, "ordinal", "22nd"),
        (5, "none", ""),
        (5, "aiueo", "5"),
    ],
)
def test_forms_of_numbers(value, form, expected):
    assert written(value, form) == expected


def test_levels_begin_again_under_each_higher_one():
    found = labels(
        {"1": NumberedList("a", LEVELS)},
        *[("1", level) for level in (0, 1, 1, 2, 0, 1, 2, 2)],
    )
    assert found == ["1.", "(a)", "(b)", "i.", "2.", "(a)", "i.", "ii."]


def test_a_level_that_never_begins_again():
    levels = LEVELS | {1: Level(form="lowerLetter", text="(%2)", restart=0)}
    found = labels({"1": NumberedList("a", levels)}, *[("1", n) for n in (0, 1, 0, 1)])
    assert found == ["1.", "(a)", "2.", "(b)"]


def test_a_level_that_begins_again_only_after_the_first():
    levels = LEVELS | {2: Level(form="lowerRoman", text="%3.", restart=1)}
    found = labels({"1": NumberedList("a", levels)}, *[("1", n) for n in (0, 1, 2, 1, 2, 0, 2)])
    assert found == ["1.", "(a)", "i.", "(b)", "ii.", "2.", "i."]


def test_lists_of_one_definition_count_on_unless_one_begins_anew():
    lists = {
        "1": NumberedList("a", LEVELS),
        "2": NumberedList("a", LEVELS),
        "3": NumberedList("a", LEVELS, starts={0: 5}),
        "4": NumberedList("b", LEVELS),
    }
    asked = [("1", 0), ("2", 0), ("3", 0), ("3", 0), ("1", 0), ("4", 0)]
    assert labels(lists, *asked) == ["1.", "2.", "5.", "6.", "7.", "1."]


def test_numbers_of_several_levels():
    levels = {
        0: Level(form="upperRoman", text="%1"),
        1: Level(text="%1.%2"),
        2: Level(text="%1.%2.%3", legal=True),
    }
    found = labels({"1": NumberedList("a", levels)}, *[("1", n) for n in (0, 0, 1, 2)])
    assert found == ["I", "II", "II.1", "2.1.1"]


def test_a_level_above_that_was_not_used_is_one_less_than_its_start():
    levels = {0: Level(text="%1"), 1: Level(text="%1.%2")}
    assert labels({"1": NumberedList("a", levels)}, ("1", 1), ("1", 0)) == ["0.1", "1"]


def test_bullets_and_lists_that_are_not_there():
    lists = {"1": NumberedList("a", {0: Level(form="bullet", text="\uf0b7")})}
    assert labels(lists, ("1", 0), ("1", 3), ("9", 0)) == ["•", "", ""]


@given(st.lists(st.integers(0, 2), max_size=60))
def test_a_flat_list_counts_every_paragraph(levels):
    counters = Counters({"1": NumberedList("a", LEVELS)})
    first = [counters.label("1", level) for level in levels if level == 0]
    assert first == [f"{n}." for n in range(1, len(first) + 1)]
