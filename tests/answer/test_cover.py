"""What a report's cover tells."""

from dataclasses import replace
from datetime import date

import pytest

from answer.cover import asks_cover, asks_only_cover, told_by_covers
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
        "When was Ambridge last inspected?",
        "date of the 2016 Ambridge inspection",
    ],
)
def test_a_question_for_a_grade_is_known(text):
    assert asks_cover(plan(text))
    assert not asks_cover(QueryPlan(text))


@pytest.mark.parametrize(
    "text",
    [
        "What good work was seen in Ambridge?",
        "What did the judge say in Ambridge?",
        "Are plans in Ambridge good enough?",
        "How good is Ambridge at finding homes?",
        "What grades did children get in Ambridge?",
        "What happens when inspectors find poor plans in Ambridge?",
    ],
)
def test_a_question_for_anything_else_is_not_taken_for_one(text):
    assert not asks_cover(plan(text, terms=("plans",)))


def test_days_are_those_of_the_inspection_and_of_its_report():
    held = replace(CARDS[0].document, inspection_start=date(2016, 1, 4))
    ended = replace(held, inspection_end=date(2016, 1, 15))
    asked = plan("when was Ambridge inspected", terms=("inspected",))
    told = [told_by_covers(asked, [replace(CARDS[0], document=one)]) for one in (held, ended)]
    assert told == [
        "At the head of the report: Ambridge 2016, inspected 4 January 2016, published 1 May 2016.",
        "At the head of the report: Ambridge 2016, inspected 4 January 2016 to 15 January 2016, "
        "published 1 May 2016.",
    ]


def test_the_last_one_is_told_alone_where_it_is_asked_for():
    told = told_by_covers(plan("when was Ambridge last inspected", terms=("last",)), CARDS)
    assert told == "At the head of the report: Ambridge 2022, published 1 May 2022."


def test_a_question_that_also_asks_what_paragraphs_say_is_answered_by_them_too():
    assert asks_only_cover(plan("overall effectiveness", terms=("overall", "effectiveness")))
    assert not asks_only_cover(plan("overall effectiveness", terms=("effectiveness", "adoption")))


def test_grades_are_those_of_the_part_that_is_named():
    assert told_by_covers(plan("overall grade", terms=("overall", "grade")), CARDS) == (
        "At the head of the report: Ambridge 2016, overall effectiveness: good; "
        "Ambridge 2022, overall effectiveness: outstanding."
    )
    assert told_by_covers(plan("what grade did care leavers get"), CARDS) == (
        "At the head of the report: "
        "Ambridge 2016, experiences and progress of care leavers: inadequate."
    )


def test_grades_are_those_of_the_documents_that_are_named_and_no_others():
    of_2016 = "At the head of the report: Ambridge 2016, overall effectiveness: good."
    grade = plan("overall grade", terms=("overall", "grade"))
    assert told_by_covers(replace(grade, years=(2016,)), CARDS[::-1]) == of_2016
    assert told_by_covers(replace(grade, years=(2018,)), CARDS) is None
    assert told_by_covers(replace(grade, kinds=("focused visit",)), CARDS) is None
    assert told_by_covers(replace(grade, authorities=("Borchester",)), CARDS) is None


def test_a_grade_of_something_else_is_not_the_overall_one():
    for text, term in (("What GCSE grades did they get?", "gcse"), ("How was it rated?", "food")):
        assert not asks_cover(plan(text, terms=(term,)))


def test_nothing_is_said_where_no_grade_is_printed():
    assert told_by_covers(plan("overall grade"), [card(2016)]) is None
