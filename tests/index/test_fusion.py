"""Ranked lists become one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import ranked, reciprocal_rank_fusion

rankings = st.lists(st.lists(st.integers(0, 20), unique=True, max_size=10), max_size=4)


def test_a_score_is_the_sum_of_the_reciprocal_ranks():
    scores = reciprocal_rank_fusion([[7, 8], [8]], rank_constant=60)
    assert scores == {7: pytest.approx(1 / 61), 8: pytest.approx(1 / 62 + 1 / 61)}


def test_a_weight_counts_a_ranking_more():
    scores = reciprocal_rank_fusion([[1], [2]], weights=[1.0, 3.0])
    assert scores[2] == pytest.approx(3 * scores[1])


@given(rankings, st.randoms())
def test_the_order_of_the_rankings_makes_no_difference(lists, random):
    shuffled = random.sample(lists, len(lists))
    assert reciprocal_rank_fusion(lists) == reciprocal_rank_fusion(shuffled)


@given(rankings)
def test_every_item_of_every_ranking_has_a_score(lists):
    assert set(reciprocal_rank_fusion(lists)) == {item for items in lists for item in items}


def test_ties_are_broken_by_name():
    assert ranked({1: 0.5, 2: 0.5, 3: 0.9}, {1: "b", 2: "a", 3: "c"}) == [3, 2, 1]
