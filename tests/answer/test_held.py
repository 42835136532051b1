"""Places, years, kinds and paragraphs that the library has nothing of."""

from dataclasses import replace

from answer.held import (
    kind_alone,
    kinds_not_held,
    pages_not_held,
    paragraph_of_several,
    paragraphs_not_held,
    place_alone,
    places_not_held,
    years_not_held,
)
from index.model import QueryPlan
from tests.answer.hits import hit


def test_a_place_is_missing_only_where_none_of_those_named_is_held():
    assert places_not_held(QueryPlan("Leeds", absent=("Leeds",))) == ("Leeds",)
    both = QueryPlan("Leeds and Hackney", absent=("Leeds",), authorities=("Hackney",))
    assert places_not_held(both) == ()


def test_a_year_is_missing_only_where_none_of_those_named_is_held():
    plan = QueryPlan("2011", years=(2011,), absent_years={2011: (2016, 2019)})
    assert years_not_held(plan, []) == (2011,)
    assert years_not_held(replace(plan, years=(2011, 2016)), []) == ()
    assert years_not_held(QueryPlan("care leavers"), []) == ()


def test_a_year_that_a_hit_tells_of_is_held():
    plan = QueryPlan("GCSE results of 2014", years=(2014,), absent_years={2014: (2016,)})
    assert years_not_held(plan, [hit("Results were poor in 2014.")]) == ()
    assert years_not_held(plan, [hit("Results were poor.")]) == (2014,)


def test_a_paragraph_is_missing_where_search_did_not_put_it_first():
    plan = QueryPlan("para 999", paragraphs=("999",))
    assert paragraphs_not_held(plan, [hit("Some text.", 1)]) == ("999",)
    assert paragraphs_not_held(plan, []) == ("999",)
    assert paragraphs_not_held(plan, [hit("Some text.", 999)]) == ()
    assert (
        paragraphs_not_held(QueryPlan("12A", paragraphs=("12A",)), [hit("x", number="12a")]) == ()
    )


def test_a_kind_of_document_is_missing_where_no_hit_speaks_of_it():
    plan = QueryPlan("the focused visit", absent_kinds=("focused visit",))
    assert kinds_not_held(plan, [hit("Visits are late.")]) == ("focused visit",)
    assert kinds_not_held(plan, [hit("A focused visit in 2019 found delay.")]) == ()
    assert kinds_not_held(QueryPlan("x"), []) == ()


def test_a_kind_named_in_passing_is_not_what_is_asked_for():
    asked = QueryPlan("What did the focused visit find?", ("focused", "visit", "find"))
    assert kind_alone(asked)
    assert not kind_alone(replace(asked, terms=(*asked.terms, "caseloads")))


def test_a_page_is_missing_where_search_put_none_of_it_first():
    plan = QueryPlan("p. 12", place="pp. 12-13")
    assert pages_not_held(plan, [hit("x", page_start=13, page_end=14)]) == ()
    assert pages_not_held(plan, [hit("x", page_start=14, page_end=14)]) == ("12", "13")
    assert pages_not_held(plan, []) == ("12", "13")
    assert pages_not_held(QueryPlan("x", place="p12"), []) == ()


def test_a_paragraph_is_asked_for_alone_where_nothing_else_is_looked_for():
    assert place_alone(QueryPlan("x", paragraphs=("87",)))
    assert place_alone(QueryPlan("what does para 87 say?", ("what", "say"), paragraphs=("87",)))
    assert not place_alone(QueryPlan("x", ("toboggans",), paragraphs=("87",)))
    assert not place_alone(QueryPlan("x"))


def test_a_number_that_several_documents_have_needs_a_name():
    two = [hit("x", 12), hit("y", 12, document_id="another")]
    alone = QueryPlan("para 12", paragraphs=("12",))
    assert paragraph_of_several(alone, two)
    assert not paragraph_of_several(alone, two[:1])
    assert not paragraph_of_several(replace(alone, authorities=("Wigan",)), two)
    assert not paragraph_of_several(replace(alone, terms=("toboggans",)), two)
