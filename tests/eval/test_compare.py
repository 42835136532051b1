import pytest

from eval.compare import broken, compare, read_gates
from eval.errors import EvalError
from eval.questions import resolve
from eval.report import comparison_text
from eval.runs import evaluate

A = "ashford-2016-02-16#"


@pytest.fixture
def runs(questions, documents, lists):
    resolved = resolve(questions, documents)

    def run(found, asked=questions):
        return evaluate(asked, resolved, lists(found), measured={})

    return (
        run({"caseloads": [A + "p3", A + "p1"], "B&B": [A + "p2"]}),
        run({"caseloads": [A + "p1", A + "s1"], "B&B": [A + "p2"]}),
        run({"B&B": [A + "p2"]}, questions[1:]),
    )


def by_measure(comparison):
    return {difference.measure: difference for difference in comparison.differences}


def test_wins_losses_and_ties_are_counted(runs):
    found = by_measure(compare(runs[0], runs[1]))["RR@10"]
    assert (found.wins, found.losses, found.ties) == (1, 0, 1)
    assert (found.first, found.second, found.change) == (0.75, 1.0, 0.25)
    back = by_measure(compare(runs[1], runs[0]))["RR@10"]
    assert (back.wins, back.losses, back.change) == (0, 1, -0.25)


def test_a_run_against_itself_changes_nothing(runs):
    comparison = compare(runs[0], runs[0])
    assert comparison.changed == ()
    assert {difference.p_value for difference in comparison.differences} == {1.0}
    assert broken(comparison, {"nDCG@10": 0.0}) == []


def test_the_questions_that_changed_are_shown_side_by_side(runs):
    text = comparison_text(compare(runs[0], runs[1]))
    assert "q1 +" in text
    assert "q2" not in text
    assert f"[?] cited {A}p3".ljust(48) + f"  [2] cited {A}p1" in text


def test_questions_in_one_report_only_are_told(runs):
    comparison = compare(runs[0], runs[2])
    assert (comparison.questions, comparison.only_first) == (1, ("q1",))
    assert "Only in the first, left out: q1." in comparison_text(comparison)


def test_reports_without_a_common_question_are_refused(runs, questions, documents, lists):
    other = evaluate(questions[2:], resolve(questions, documents), lists({}), measured={})
    with pytest.raises(EvalError, match="share no question"):
        compare(runs[0], other)


def test_a_gate_breaks_below_it_and_not_at_it(runs):
    worse = compare(runs[1], runs[0])
    change = by_measure(worse)["RR@10"].change
    assert broken(worse, {"RR@10": change}) == []
    assert [d.measure for d in broken(worse, {"RR@10": change + 0.01})] == ["RR@10"]


def test_gates_are_read():
    assert read_gates(["nDCG@10=-0.01", "R@5 = 0"]) == {"nDCG@10": -0.01, "R@5": 0.0}


@pytest.mark.parametrize("text", ["nDCG@10", "MAP=0.1", "nDCG@10=x", "=-0.1"])
def test_what_is_no_gate_is_refused(text):
    with pytest.raises(EvalError, match="is no gate"):
        read_gates([text])
