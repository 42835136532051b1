"""Judgements that a question asks for."""

from datetime import date

import pytest

from answer.judged import asks_judgement, judgements_asked
from index.model import DocumentCard, QueryPlan
from ingest.model import Document


def card(year, **judgements):
    named = {name.replace("_", " "): grade for name, grade in judgements.items()}
    document = Document(
        f"ambridge-{year}.pdf",
        f"ambridge-{year}",
        sha256="",
        paragraphs=(),
        authority="Ambridge",
        published=date(year, 5, 1),
        judgements=named,
    )
    return DocumentCard(document, f"Ambridge {year}", 0, {})


CARDS = [
    card(
        2016,
        overall_effectiveness="good",
        adoption_performance="good",
        experiences_and_progress_of_care_leavers="inadequate",
    ),
    card(
        2022,
        overall_effectiveness="outstanding",
        adoption_performance="good",
        children_in_care="outstanding",
    ),
]


def plan(text, **more):
    return QueryPlan(text, authorities=("Ambridge",), **more)


@pytest.mark.parametrize(
    "text",
    [
        "What was the overall effectiveness of Ambridge in 2016?",
        "Ofsted rating Ambridge",
        "what grade did Ambridge get for leadership?",
        "How was Ambridge rated?",
        "Is Ambridge good or outstanding?",
    ],
)
def test_a_question_for_a_grade_is_known(text):
    assert asks_judgement(plan(text))
    assert not asks_judgement(QueryPlan(text))


@pytest.mark.parametrize(
    "text",
    [
        "What good work was seen in Ambridge?",
        "What did the judge say in Ambridge?",
        "Are plans in Ambridge good enough?",
        "How good is Ambridge at finding homes?",
    ],
)
def test_a_question_for_anything_else_is_not_taken_for_one(text):
    assert not asks_judgement(plan(text))


def test_grades_are_those_of_the_year_and_the_part_that_is_named():
    assert judgements_asked(plan("overall grade"), CARDS) == (
        "No paragraph says it, the cover does. Ambridge 2016: overall effectiveness, good; "
        "Ambridge 2022: overall effectiveness, outstanding."
    )
    assert judgements_asked(plan("what grade did care leavers get"), CARDS) == (
        "No paragraph says it, the cover does. "
        "Ambridge 2016: experiences and progress of care leavers, inadequate."
    )


def test_nothing_is_said_where_no_grade_is_printed():
    assert judgements_asked(plan("overall grade"), [card(2016)]) is None
