"""Why there is no answer, in English."""

from dataclasses import replace

import pytest

from answer.asked import what_is_asked
from answer.model import Sentence
from answer.reasons import absence_reason, lacks_wanted, not_answered, nothing_found, subject_of
from index.model import Filter, QueryPlan
from index.query import Knowledge, plan_query
from tests.answer.hits import hit

KNOWLEDGE = Knowledge(
    authorities={"Hackney": 2, "St Helens": 1},
    vocabulary={"children": 900, "social": 800, "workers": 700, "parents": 500, "care": 950},
)


def reason(question, text="Children are seen by social workers."):
    plan = plan_query(question, KNOWLEDGE)
    return not_answered(plan, what_is_asked(plan, KNOWLEDGE, 1000), [hit(text)])


def test_places_are_named():
    assert absence_reason(QueryPlan("x", absent=("Leeds",)), []) == (
        "No document about Leeds is in this library."
    )
    assert "Leeds or Kent" in absence_reason(QueryPlan("x", absent=("Leeds", "Kent")), [])


def test_years_are_set_against_those_that_are_held():
    plan = QueryPlan(
        "x", authorities=("Hackney",), years=(2021,), absent_years={2021: (2016, 2019)}
    )
    assert absence_reason(plan, []) == (
        "Hackney’s documents here are of 2016 and 2019, none of 2021."
    )
    many = QueryPlan("x", years=(2030,), absent_years={2030: tuple(range(2013, 2027))})
    assert absence_reason(many, []) == "The documents here are of 2013 to 2026, none of 2030."


def test_a_paragraph_that_is_not_there_is_named():
    plan = QueryPlan("x", authorities=("Hackney",), paragraphs=("999",))
    said = absence_reason(plan, [hit("Another.", 1)])
    assert said == "The documents asked about have no paragraph 999."


def test_a_kind_of_report_that_is_not_there_is_named():
    plan = QueryPlan("x", authorities=("Hackney",), absent_kinds=("area SEND inspection",))
    said = absence_reason(plan, [hit("Another.", 1)])
    assert said == "This library holds no report of an area SEND inspection in Hackney."


def test_only_the_year_that_was_looked_in_is_spoken_of():
    plan = QueryPlan("toboggans", ("toboggans",), authorities=("Hackney",), topic="toboggans")
    question = what_is_asked(plan, KNOWLEDGE, 1000)
    of_2019 = replace(plan, years=(2019,))
    assert "in Hackney’s documents on toboggans" in not_answered(plan, question, [])
    assert "in Hackney’s documents of 2019 on toboggans" in not_answered(of_2019, question, [])
    since = replace(of_2019, year_from=2019)
    assert "in Hackney’s documents on toboggans" in not_answered(since, question, [])


def lacking(question, *sentences):
    plan = plan_query(question, KNOWLEDGE)
    told = [Sentence(text, ("a#p1",)) for text in sentences]
    return lacks_wanted(plan, what_is_asked(plan, KNOWLEDGE, 1000), told)


def test_an_answer_without_the_figure_that_is_asked_for_says_so():
    said = "None of these sentences gives the figure that is asked for."
    assert lacking("How many children wait?", "Children wait too long.") == said
    assert lacking("How many children wait?", "Fourteen children wait.") is None
    assert lacking("How many children wait?", "Of those who wait, 14 are new.") is None
    assert lacking("the number of children", "Children wait too long.") is None
    assert lacking("Why do children wait?", "Children wait too long.") is None


def test_nothing_is_said_where_all_is_held():
    assert absence_reason(QueryPlan("care leavers"), []) is None


def test_a_subject_is_named_as_it_was_typed():
    assert reason("four-day weeks for social workers").startswith(
        "Nothing found on four-day weeks for social workers; the nearest"
    )
    assert "St Helens’ documents on Mockingbird" in reason("Mockingbird carers in St Helens")


@pytest.mark.parametrize(
    "question",
    [
        "Do social workers use drones?",
        "how many parents win appeals",
        "children: who pays?",
        "tell me about drones",
        "2015 vs 2019",
        "Is it any good?",
        "a very long line of words about children that goes on and on without an end",
    ],
)
def test_a_question_is_never_taken_for_a_subject(question):
    assert subject_of(plan_query(question, KNOWLEDGE)) is None


def test_of_a_question_the_words_that_nobody_says_are_named():
    said = reason("Do parents of children with SEND win tribunals in Hackney?")
    assert "in Hackney’s documents that answers this" in said
    assert said.endswith("none mentions “tribunals” or “SEND”.")


def test_common_words_are_not_blamed():
    said = reason("Do parents care?")
    assert said == "Nothing found that answers this; the nearest paragraphs are below."


def test_an_empty_search_says_what_it_was_bound_to():
    asked = QueryPlan("x", terms=("x",))
    assert "“leg”" in nothing_found(QueryPlan("x", phrases=("leg",)), Filter(), 9)
    assert "filters" in nothing_found(asked, Filter(authority="Hackney"), 9)
    assert "no word" in nothing_found(QueryPlan("?"), Filter(), 9)
    assert "mentions" in nothing_found(asked, Filter(), 9)
    assert nothing_found(asked, Filter(), 0) == "The library holds no document yet."
