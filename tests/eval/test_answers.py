"""Answers measured, by hand-made answers and over the documents that ship."""

import json

import pytest

from answer.model import Answer, Sentence
from eval.__main__ import main
from eval.answers import measure_answers
from eval.answers_report import answers_text
from eval.questions import resolve
from tests.eval.conftest import hit


def answer(*quotes, confidence=0.9):
    sentences = tuple(Sentence(text, (key,)) for text, key in quotes)
    hits = tuple(hit(rank, key) for rank, key in enumerate({key for _, key in quotes}, 1))
    status = "answered" if quotes else "no_answer"
    return Answer(status, confidence, sentences, hits, None if quotes else "Nothing found.")


@pytest.fixture
def report(documents, questions):
    """The first question: one relevant sentence of two; the second declined; so is the third."""
    answers = {
        "caseloads": answer(("text", "ashford-2016-02-16#s1"), ("tex", "ashford-2016-02-16#p3")),
        "B&B": answer(confidence=0.4),
        "toboggans": answer(confidence=0.5),
    }
    resolved = resolve(questions, documents)
    return measure_answers(questions, resolved, lambda question: (answers[question], 0.02))


def test_measures_are_over_the_questions_that_were_answered(report):
    means = report.means["all"]
    assert means["first"].mean == 1
    assert means["precision"].mean == 0.5
    assert means["answers_it"].mean == 0
    assert means["sentences"].mean == 2
    assert means["verbatim"].mean == 1
    assert {mean.questions for mean in means.values()} == {1}


def test_what_is_declined_is_counted_by_whether_it_has_an_answer(report):
    assert (report.answerable, report.answered) == (2, 1)
    assert (report.unanswerable, report.declined) == (1, 1)
    assert report.auroc == 0.5


def test_a_sentence_that_is_not_in_its_paragraph_is_seen(documents, questions):
    made = answer(("text", "ashford-2016-02-16#p1"), ("never said", "ashford-2016-02-16#p1"))
    resolved = resolve(questions, documents)
    report = measure_answers(questions[:1], resolved, lambda question: (made, 0.0))
    assert report.means["all"]["verbatim"].mean == 0.5
    assert report.means["all"]["answers_it"].mean == 1


def test_the_text_gives_every_figure(report):
    text = answers_text(report)
    assert "| all       | 1 | 1.000 (1.00–1.00) | 0.500 (0.50–0.50)" in text
    assert "1 of 2 questions with an answer are answered; 1 of 1 without one declined" in text
    assert "AUROC of the confidence 0.500" in text


def test_the_shipped_questions_are_answered_as_promised(library, capsys):
    questions = "eval/questions/seeds.questions.jsonl"
    assert main(["answers", questions, "--library", str(library), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    means = {name: mean["mean"] for name, mean in report["means"]["all"].items()}
    assert means["first"] >= 0.8
    assert means["precision"] >= 0.75
    assert means["answers_it"] >= 0.85
    assert means["sentences"] >= 2
    assert means["verbatim"] == 1
    assert report["answered"] >= 0.92 * report["answerable"]
    assert report["declined"] >= 0.75 * report["unanswerable"]


@pytest.fixture(scope="module")
def library(built_corpus):
    return built_corpus
