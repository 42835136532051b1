"""What the benchmark of answers puts in the place of a part of the program."""

from inspect import signature

from answer import extract
from bench.answers import ByMeaning


def test_values_by_meaning_stand_in_for_those_by_words():
    _, *taken = signature(ByMeaning.__call__).parameters
    assert taken == [*signature(extract._value).parameters]
