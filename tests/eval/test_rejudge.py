import pytest

from eval.errors import EvalError
from eval.model import Judgement, Question
from eval.questions import resolve
from eval.rejudge import regrade, rejudged
from eval.runs import evaluate
from index.model import CitedParagraph
from ingest.model import Document, Paragraph

A = "ashford-2016-02-16#"
FOUND = {"caseloads": [A + "p3", A + "p1", A + "s1"], "B&B": [A + "p1"], "toboggans": [A + "p2"]}


def cited(document, place):
    paragraph = document.paragraphs[place]
    return CitedParagraph(
        document.paragraph_id(paragraph), document.document_id, paragraph, "Ashford", ""
    )


def graded(question, documents):
    return resolve([question], documents).qrels[question.id]


def test_a_paragraph_gets_its_first_grade(questions, documents):
    judged = regrade(questions[1], cited(documents[0], 2), documents, 1)
    assert graded(judged, documents) == {A + "p2": 2, A + "p3": 1}


@pytest.mark.parametrize("grade", [0, 1])
def test_a_grade_replaces_the_one_given_by_other_words_of_the_paragraph(
    questions, documents, grade
):
    judged = regrade(questions[1], cited(documents[0], 1), documents, grade)
    assert graded(judged, documents) == {A + "p2": grade}


def test_a_grade_can_be_taken_off_and_the_others_stay(questions, documents):
    judged = regrade(questions[0], cited(documents[0], 0), documents, None)
    assert graded(judged, documents) == {A + "s1": 1}
    assert judged.kind == "scoped"


def test_a_question_without_an_answer_that_gets_one_changes_its_kind(questions, documents):
    assert regrade(questions[2], cited(documents[0], 2), documents, 0).kind == "none"
    assert regrade(questions[2], cited(documents[0], 2), documents, 2).kind == "theme"


def twins(*texts):
    paragraphs = tuple(
        Paragraph(f"s{place}", None, "summary", None, text) for place, text in enumerate(texts)
    )
    return Document("twins.txt", "twins", "c" * 64, paragraphs)


def test_an_anchor_is_as_long_as_it_must_be_to_find_its_paragraph():
    start = " ".join(f"word{number}" for number in range(20))
    document = twins(f"{start} and so on", f"{start} but not so")
    question = Question("q", "?", "theme")
    for place in (0, 1):
        judged = regrade(question, cited(document, place), [document], 2)
        assert graded(judged, [document]) == {f"twins#s{place}": 2}


def test_a_paragraph_that_stands_twice_is_judged_in_its_first_place_only():
    document = twins("The same words.", "The same words.")
    regrade(Question("q", "?", "theme"), cited(document, 0), [document], 2)
    with pytest.raises(EvalError, match=r"twins\.txt holds the same words"):
        regrade(Question("q", "?", "theme"), cited(document, 1), [document], 2)


@pytest.fixture
def report(questions, documents, lists):
    return evaluate(questions, resolve(questions, documents), lists(FOUND), measured={})


def test_a_report_judged_as_it_was_stays_as_it_was(report, questions, documents):
    assert rejudged(report, questions, resolve(questions, documents)) == report


def test_a_later_judgement_moves_the_figures_as_if_it_had_been_there(
    report, questions, documents, lists
):
    later = [
        regrade(questions[0], cited(documents[0], 2), documents, 2),
        questions[1],
        regrade(questions[2], cited(documents[0], 1), documents, 1),
    ]
    resolved = resolve(later, documents)
    fresh = evaluate(later, resolved, lists(FOUND), measured={})
    now = rejudged(report, later, resolved)
    assert now.means == fresh.means != report.means
    assert now.abstention == fresh.abstention
    assert [o.found for o in now.outcomes] == [o.found for o in fresh.outcomes]
    assert [o.values for o in now.outcomes] == [o.values for o in fresh.outcomes]


def test_a_question_no_longer_in_the_set_keeps_its_grades(report, questions, documents):
    now = rejudged(report, questions[1:], resolve(questions[1:], documents))
    assert now.outcomes[0] == report.outcomes[0]


def test_what_a_judgement_names_and_the_library_lacks_is_told(report, questions, documents):
    lost = Question("q2", "B&B", "theme", (Judgement("gone.pdf", "some words", 2),))
    now = rejudged(report, [lost], resolve([lost], documents))
    assert [entry["doc"] for entry in now.unresolved] == ["gone.pdf"]
    assert now.means["theme"]["R@10"].mean == 0
