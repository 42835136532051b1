"""Passages read lately are not computed again, and come out as they did."""

import numpy as np
import pytest

from index.recent import Recent


class Model:
    """Remembers what it was asked for; a text's rows follow from its letters."""

    def __init__(self):
        self.asked = []

    def rows(self, texts):
        self.asked.append(list(texts))
        return [np.full((len(text), 3), len(text) / 3, np.float32) for text in texts]


@pytest.fixture
def model():
    return Model()


def test_a_text_is_computed_once(model):
    recent = Recent(model.rows)
    first = recent.of(["one", "three", "one"])
    again = recent.of(["three", "fourth"])
    assert model.asked == [["one", "three"], ["fourth"]]
    assert [rows.shape for rows in first] == [(3, 3), (5, 3), (3, 3)]
    assert np.array_equal(first[1], again[0])
    assert first[1].dtype == np.float32


def test_rows_are_the_same_the_first_time_and_later(model):
    """A third has no exact half precision: it is rounded before its first use too."""
    recent = Recent(model.rows)
    assert np.array_equal(recent.of(["four"])[0], recent.of(["four"])[0])


def test_what_was_not_used_for_longest_goes_first(model):
    recent = Recent(model.rows, room=3 * 4 * 3 * 2)  # three texts of four letters
    recent.of(["aaaa", "bbbb", "cccc"])
    recent.of(["aaaa"])
    recent.of(["dddd"])
    model.asked.clear()
    recent.of(["aaaa", "cccc", "dddd", "bbbb"])
    assert model.asked == [["bbbb"]]


def test_a_text_larger_than_the_room_is_given_and_not_kept(model):
    recent = Recent(model.rows, room=10)
    assert recent.of(["four"])[0].shape == (4, 3)
    recent.of(["four"])
    assert model.asked == [["four"], ["four"]]
