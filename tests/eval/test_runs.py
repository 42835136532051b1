import json
from dataclasses import replace

import pytest
from ir_measures import calc_aggregate as calculate
from ir_measures import nDCG, read_trec_qrels, read_trec_run

from eval.errors import EvalError
from eval.questions import resolve
from eval.report import report_text
from eval.runs import evaluate, read_report, write_report

A = "ashford-2016-02-16#"
FOUND = {
    "caseloads": [A + "p3", A + "p1", "brook-2019#p1", A + "s1"],
    "B&B": [A + "p1"],
    "toboggans": [A + "p2"],
}


@pytest.fixture
def resolved(questions, documents):
    return resolve(questions, documents)


@pytest.fixture
def report(questions, resolved, lists):
    return evaluate(questions, resolved, lists(FOUND), measured={"name": "a run"})


def test_the_mean_is_over_the_questions_with_an_answer(report):
    assert report.means["all"]["RR@10"].mean == (1 / 2 + 0) / 2
    assert report.means["all"]["RR@10"].questions == 2
    assert report.means["scoped"]["R@10"].mean == 1
    assert report.means["theme"]["R@10"].mean == 0
    assert "none" not in report.means


def test_each_outcome_tells_grades_and_misses(report):
    caseloads, bed, none = report.outcomes
    assert [place.grade for place in caseloads.found] == [None, 2, None, 1]
    assert bed.missed == {A + "p2": 2}
    assert (none.values, none.missed, none.answerable) == ({}, {}, False)


def test_questions_without_an_answer_are_measured_apart(report):
    assert (report.abstention.answerable, report.abstention.unanswerable) == (2, 1)
    assert [outcome.coverage for outcome in report.outcomes] == [0.4, 0.1, 0.1]
    assert report.abstention.auroc == 0.75


def test_a_filter_is_ticked_only_when_asked_for(questions, resolved, lists):
    searcher = lists(FOUND)
    evaluate(questions, resolved, searcher, measured={})
    evaluate(questions, resolved, searcher, measured={}, use_filters=True)
    assert [filters.authority for filters in searcher.filters] == [None] * 3 + [
        "ashford",
        None,
        None,
    ]


def test_progress_is_told(questions, resolved, lists):
    told = []
    evaluate(questions, resolved, lists({}), measured={}, progress=lambda *done: told.append(done))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_report_is_read_back_as_it_was(tmp_path, report, resolved):
    path = tmp_path / "deep" / "a.json"
    assert write_report(report, path, resolved) == [
        path,
        tmp_path / "deep" / "a.run",
        tmp_path / "deep" / "a.qrels",
    ]
    assert read_report(path) == report


def test_a_name_that_is_no_text_loses_no_run(tmp_path, report, resolved):
    named = replace(report, measured={**report.measured, "name": "\udcff"})
    write_report(named, tmp_path / "a.json", resolved)
    assert read_report(tmp_path / "a.json") == replace(
        named, measured={**named.measured, "name": "?"}
    )


def test_the_trec_files_give_the_same_mean(tmp_path, report, resolved):
    write_report(report, tmp_path / "a.json", resolved)
    qrels = list(read_trec_qrels(str(tmp_path / "a.qrels")))
    run = list(read_trec_run(str(tmp_path / "a.run")))
    mean = calculate([nDCG @ 10], qrels, run)[nDCG @ 10]
    assert mean == pytest.approx(report.means["all"]["nDCG@10"].mean)
    assert {line.split()[5] for line in (tmp_path / "a.run").read_text().splitlines()} == {"a-run"}


def test_an_unresolved_judgement_is_told(questions, documents, lists):
    resolved = resolve(questions, documents[1:])
    report = evaluate(questions, resolved, lists({}), measured={})
    assert [entry["id"] for entry in report.unresolved] == ["q1", "q1", "q2"]
    assert "3 judged paragraphs are not in this library" in report_text(report)
    assert report.means["all"]["R@10"].questions == 2


def test_the_text_names_denominators(report):
    text = report_text(report)
    assert "| all       | 2 | " in text
    assert "AUROC 0.750" in text


@pytest.mark.parametrize("content", ["", "{}", '{"means": 3}', json.dumps([1])])
def test_what_is_no_report_is_refused(tmp_path, content):
    path = tmp_path / "a.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EvalError, match=r"a\.json is no report"):
        read_report(path)
