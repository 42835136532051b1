from dataclasses import replace

import pytest

from eval.compare import compare
from eval.metrics import NAMES, abstention
from eval.model import Found, Mean, Outcome, Report
from ui.quality_address import QualityState
from ui.quality_tables import (
    MEASURES,
    about,
    changed_table,
    comparison_table,
    differences,
    means_table,
    questions_table,
    run_name,
    runs_table,
    signed,
    values_table,
    worst,
)

STATE = QualityState(run="r", against="a")


def outcome(question_id, value, grades=(), kind="scoped", missed=None):
    found = tuple(
        Found(rank, f"d#p{rank}", 1 / rank, f"cited {rank}", grade)
        for rank, grade in enumerate(grades, 1)
    )
    values = {} if value is None else dict.fromkeys(NAMES, value)
    return Outcome(
        question_id,
        f"question {question_id}",
        kind,
        value is not None,
        values,
        found,
        missed or {},
        0.1,
    )


def report(*outcomes, **measured):
    about_it = {
        "name": "seeds",
        "date": "2026-02-06T14:05:09+00:00",
        "commit": "a" * 40 + "+",
        "questions": "seeds.questions.jsonl",
        "model": "keywords",
        "config": {"depth": 200},
    }
    means = {"all": dict.fromkeys(NAMES, Mean(0.5, 0.25, 0.75, 2))}
    return Report(about_it | measured, means, abstention([], []), (), outcomes)


def test_runs_are_listed_with_date_version_model_and_a_link():
    (row,) = runs_table({"20260206-seeds": report(name="new model")})["rows"]
    assert row[0] == {
        "text": "6 February 2026, 14:05 UTC",
        "href": "quality?run=20260206-seeds",
        "note": "new model",
    }
    assert (row[1], row[2]["text"]) == ("seeds", "0.500")
    assert row[6:] == ["aaaaaaa+", "keywords"]
    assert run_name(report()) == "6 February 2026, 14:05 UTC · seeds"


def test_a_run_without_ranked_questions_is_listed_all_the_same():
    (row,) = runs_table({"r": replace(report(), means={})})["rows"]
    assert row[2:6] == ["–"] * 4


def test_means_come_with_denominator_and_interval():
    (row,) = means_table(report())["rows"]
    assert row[:3] == ["All", "2", {"text": "0.500", "note": "0.25–0.75"}]


def test_the_worst_question_stands_first_and_the_unanswerable_last():
    outcomes = [outcome("c", 1.0), outcome("n", None), outcome("b", 0.2), outcome("a", 0.2)]
    assert [one.id for one in worst(outcomes, "R@5")] == ["a", "b", "c", "n"]


def test_a_question_tells_where_its_first_answer_stands_and_what_is_not_judged():
    one = outcome("q", 0.4, (None, 0, 2, 1), missed={"d#p9": 2})
    (row,) = questions_table([one], STATE, 25)["rows"]
    assert row[0]["href"] == "quality?run=r&with=a&question=q"
    assert row[2:] == ["0.400", "3rd", "2 of 3", "1"]


def test_questions_without_find_and_without_answer_are_told_apart():
    lost = outcome("q", 0.0, (None,), missed={"d#p9": 1})
    none = outcome("n", None, (None,), kind="none")
    rows = questions_table([lost, none], STATE, 25)["rows"]
    assert [row[3:5] for row in rows] == [["none found", "0 of 1"], ["–", "–"]]


def test_the_list_is_cut_after_its_limit_and_says_how_many_there_are():
    shown = questions_table([outcome(str(n), 0.1) for n in range(30)], STATE, 25)
    assert len(shown["rows"]) == 25
    assert shown["caption"].startswith("30 questions")


def test_a_comparison_is_told_in_figures_wins_and_losses():
    before = report(outcome("a", 0.2), outcome("b", 0.8), outcome("c", 0.5))
    after = report(outcome("a", 0.7), outcome("b", 0.7), outcome("c", 0.5))
    compared = compare(before, after)
    row = comparison_table(compared)["rows"][0]
    assert row[:4] == ["nDCG@10", "0.500", "0.633", "+0.133"]
    assert row[5:] == ["1", "1", "1"]
    rows = changed_table(compared.changed, STATE, 10)["rows"]
    assert [(row[0]["note"], row[4]) for row in rows] == [("a", "+0.500"), ("b", "−0.100")]


@pytest.mark.parametrize(("change", "said"), [(0.0, "0.000"), (-0.0001, "0.000"), (-0.2, "−0.200")])
def test_a_change_of_nothing_has_no_sign(change, said):
    assert signed(change) == said


def test_a_chance_too_small_for_the_figures_is_not_called_nought():
    before = report(*(outcome(str(n), 0.2) for n in range(20)))
    after = report(*(outcome(str(n), 0.7) for n in range(20)))
    assert comparison_table(compare(before, after))["rows"][0][4] == "< 0.001"


def test_what_differs_between_two_runs_is_named_and_nothing_else():
    rows = differences(
        report(model="small", config={"depth": 200, "words": {"length": 0.4}}),
        report(model="large", config={"depth": 200, "words": {"length": 0.7}}, name="x"),
    )["rows"]
    assert rows == [["Model", "small", "large"], ["Setting words.length", "0.4", "0.7"]]


def test_what_is_unknown_is_said_to_be():
    assert about(report(commit=None, use_filters=True))["Version (commit)"] == "unknown"
    assert about(report(use_filters=True))["Filters ticked"] == "yes"


def test_a_question_without_an_answer_has_no_values():
    assert values_table({"This run": outcome("n", None)})["rows"] == []


def test_every_measure_is_explained():
    assert set(MEASURES) == set(NAMES)
