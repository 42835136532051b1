"""Figures on authorities that were held back, with rankings known by hand."""

import numpy as np
import pytest

from train.examples import Example, Other, Query
from train.held_back import measure_held_back

WORDS = ("staff", "homes", "schools", "police")


def by_word(texts):
    vectors = np.array([[text.count(word) for word in WORDS] for text in texts], np.float32)
    return vectors / np.maximum(1, np.linalg.norm(vectors, axis=1, keepdims=True))


STAFF = Example("a#p1", "Ambridge", "staff staff homes", (Query("staff", placed=False),))
HOMES = Example("b#p1", "Borchester", "homes", (Query("homes", placed=True),))


def test_a_paragraph_that_comes_first_scores_one():
    found = measure_held_back(by_word, [STAFF, HOMES], [])
    assert found.within == (1.0, 1.0)
    assert found.anywhere == (1.0,)  # the question that names its authority is asked only there


def test_a_better_one_of_another_authority_counts_only_anywhere():
    found = measure_held_back(by_word, [STAFF], [Other("Borchester", "staff")])
    assert found.within == (1.0,)
    assert found.anywhere == (pytest.approx(1 / np.log2(3)),)


def test_beyond_ten_a_paragraph_is_missed():
    others = [Other("Ambridge", "staff")] * 10
    found = measure_held_back(by_word, [STAFF], others)
    assert found.within == (0.0,)
