import math

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.metrics import MEASURES, NAMES, abstention, auroc, bootstrap, measure, randomisation

QRELS = {"a": {"p1": 2, "p2": 1}, "b": {"p9": 1}}


def test_values_are_those_worked_out_by_hand():
    values = measure(QRELS, {"a": {"x": 3.0, "p2": 2.0, "p1": 1.0}, "b": {"p9": 1.0}})
    gain = 1 / math.log2(3) + 2 / math.log2(4)
    ideal = 2 / math.log2(2) + 1 / math.log2(3)
    assert values["a"]["nDCG@10"] == pytest.approx(gain / ideal)
    assert values["a"]["RR@10"] == pytest.approx(1 / 2)
    assert (values["a"]["R@5"], values["a"]["Success@1"], values["a"]["Success@5"]) == (1, 0, 1)
    assert set(values["b"].values()) == {1.0}


def test_recall_counts_every_relevant_paragraph():
    qrels = {"a": {f"p{i}": 1 for i in range(20)}}
    values = measure(qrels, {"a": {f"p{i}": 20.0 - i for i in range(20)}})
    assert (values["a"]["R@5"], values["a"]["R@10"]) == (0.25, 0.5)


def test_a_query_without_hits_counts_as_nought():
    values = measure(QRELS, {"a": {"p1": 1.0}})
    assert values["b"] == dict.fromkeys(NAMES, 0.0)


def test_a_query_nobody_judged_is_left_out():
    assert set(measure(QRELS, {"c": {"p1": 1.0}})) == {"a", "b"}


ids = st.sampled_from([f"p{i}" for i in range(30)])
runs = st.dictionaries(st.sampled_from("abcd"), st.lists(ids, unique=True, max_size=20))
judged = st.dictionaries(
    st.sampled_from("abcd"), st.dictionaries(ids, st.integers(1, 2), min_size=1), min_size=1
)


def scored(lists):
    return {
        query: {key: 1 / rank for rank, key in enumerate(keys, 1)} for query, keys in lists.items()
    }


@given(judged, runs)
def test_means_agree_with_ir_measures_own_and_lie_between_nought_and_one(qrels, lists):
    values = measure(qrels, scored(lists))
    own = ir_measures.calc_aggregate(MEASURES, qrels, scored(lists))
    for metric, name in zip(MEASURES, NAMES, strict=True):
        mean = sum(query[name] for query in values.values()) / len(qrels)
        assert mean == pytest.approx(own[metric])
        assert 0 <= mean <= 1


@given(judged)
def test_a_perfect_run_has_ndcg_one(qrels):
    best = {q: sorted(grades, key=lambda key: -grades[key]) for q, grades in qrels.items()}
    for query in measure(qrels, scored(best)).values():
        assert query["nDCG@10"] == pytest.approx(1)
        assert query["RR@10"] == 1


def test_the_interval_holds_the_mean_and_narrows_with_more_questions():
    few, many = bootstrap([0.0, 1.0] * 5), bootstrap([0.0, 1.0] * 100)
    assert few.mean == many.mean == 0.5
    assert few.low < many.low < 0.5 < many.high < few.high
    assert (few.questions, many.questions) == (10, 200)
    assert bootstrap([0.0, 1.0] * 5) == few


def test_the_interval_of_equal_values_is_a_point():
    mean = bootstrap([0.25] * 4)
    assert (mean.low, mean.mean, mean.high) == (0.25, 0.25, 0.25)
    assert bootstrap([]).questions == 0


def test_auroc_is_the_share_of_pairs_in_order():
    assert auroc([3, 2], [1, 2]) == (1 + 1 + 1 + 0.5) / 4
    assert auroc([1], [2]) == 0
    assert auroc([], [1]) is None


def test_a_threshold_declines_below_it():
    told = abstention([0.9, 0.5], [0.5, 0.2], threshold=0.5)
    assert (told.answered, told.declined, told.answerable, told.unanswerable) == (2, 1, 2, 2)


def test_the_threshold_chosen_keeps_nine_in_ten():
    told = abstention([i / 10 for i in range(1, 11)], [0.15, 0.05])
    assert (told.threshold, told.answered, told.declined) == (0.1, 10, 1)
    told = abstention([i / 20 for i in range(1, 21)], [0.06, 0.11])
    assert (told.threshold, told.answered, told.declined) == (0.1, 19, 1)


def test_the_randomisation_test_tells_chance_from_change():
    assert randomisation([0.0] * 10) == 1.0
    assert randomisation([0.1] * 20) < 0.001
    assert randomisation([0.1, -0.1] * 10) > 0.9
    assert randomisation([0.2, -0.1, 0.05]) == randomisation([-0.2, 0.1, -0.05])


def test_the_p_value_of_three_equal_gains_is_a_quarter():
    assert randomisation([0.1] * 3) == pytest.approx(0.25, abs=0.02)  # 2 of 8 choices of signs
