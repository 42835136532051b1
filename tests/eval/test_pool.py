import pytest

from eval.model import Judgement
from eval.pool import judge, pool, with_judgement
from eval.questions import resolve
from eval.runs import evaluate
from index.model import CitedParagraph

A = "ashford-2016-02-16#"


@pytest.fixture
def reports(questions, documents, lists):
    resolved = resolve(questions, documents)
    return [
        evaluate(questions, resolved, lists(found), measured={})
        for found in (
            {"caseloads": [A + "p3", A + "p1"]},
            {"caseloads": [A + "p1", "brook-2019#p1"], "B&B": [A + "p2"]},
        )
    ]


def test_the_pool_holds_each_paragraph_once_with_its_best_rank(reports):
    pooled = pool(reports)
    assert [(p.question_id, p.found.paragraph_id, p.found.rank, p.runs) for p in pooled] == [
        ("q1", A + "p1", 1, 2),
        ("q1", A + "p3", 1, 1),
        ("q1", "brook-2019#p1", 2, 1),
        ("q2", A + "p2", 1, 1),
    ]
    assert [entry.judged for entry in pooled] == [True, False, False, True]


def test_the_pool_reaches_as_deep_as_asked(reports):
    assert len(pool(reports, depth=1)) == 3


def test_a_judgement_is_found_again_in_the_library(questions, documents):
    paragraph = documents[0].paragraphs[2]
    cited = CitedParagraph(A + "p3", "ashford-2016-02-16", paragraph, "", "")
    judged = with_judgement(questions[1], cited, "ashford-2016.txt", 1)
    assert resolve([judged], documents).qrels["q2"] == {A + "p2": 2, A + "p3": 1}
    again = with_judgement(judged, cited, "ashford-2016.txt", 0)
    assert resolve([again], documents).qrels["q2"] == {A + "p2": 2, A + "p3": 0}
    assert isinstance(again.judgements[1], Judgement)
    assert len(again.judgements) == 2


def test_a_question_without_an_answer_that_gets_one_changes_its_kind(questions, documents):
    paragraph = documents[0].paragraphs[2]
    cited = CitedParagraph(A + "p3", "ashford-2016-02-16", paragraph, "", "")
    assert with_judgement(questions[2], cited, "ashford-2016.txt", 0).kind == "none"
    assert with_judgement(questions[2], cited, "ashford-2016.txt", 2).kind == "theme"


def test_judging_takes_grades_passes_over_and_ends(reports):
    answers = iter(["x", "2", "s", "q"])
    entries = pool(reports)
    assert list(judge(entries, lambda entry: next(answers))) == [(entries[0], 2)]
