"""Each way to rank differs from the one that ships in the one part it names."""

from dataclasses import replace

import pytest

from bench.rankers import (
    raw,
    topic,
    without_expansions,
    without_glossary,
    without_scopes,
    without_spelling,
    without_years,
    wordless,
)
from index.query import Knowledge, plan_query

KNOWLEDGE = Knowledge(
    authorities={"Wandsworth": 2},
    glossary={"vcog": ("vulnerable children’s overview group",)},
    vocabulary=dict.fromkeys(("supervision", "children", "staff"), 9),
)
QUESTION = "kids and supervison, VCOG wandswoth 2016"


@pytest.fixture
def shipped():
    return plan_query(QUESTION, KNOWLEDGE)


def test_the_raw_question_understands_nothing(shipped):
    plan = raw(QUESTION, KNOWLEDGE)
    assert {"kids", "supervison", "vcog", "wandswoth", "2016"} == set(plan.terms)
    assert (plan.authorities, plan.years, plan.expansions, plan.corrections) == ((), (), {}, {})
    assert plan.topic == QUESTION


def test_an_encoder_alone_gets_no_words():
    assert (wordless(QUESTION, KNOWLEDGE).terms, wordless(QUESTION, KNOWLEDGE).topic) == (
        (),
        QUESTION,
    )


def test_expansions_are_taken_out_whole_or_the_learnt_ones_only(shipped):
    assert set(shipped.expansions) == {"kids", "supervison", "vcog"}
    assert without_expansions(QUESTION, KNOWLEDGE) == replace(shipped, expansions={})
    assert set(without_glossary(QUESTION, KNOWLEDGE).expansions) == {"kids", "supervison"}


def test_spelling_alone_is_taken_out(shipped):
    plan = without_spelling(QUESTION, KNOWLEDGE)
    assert "supervison" in plan.terms
    assert "supervision" in shipped.terms
    assert plan.authorities == shipped.authorities == ("Wandsworth",)


def test_scopes_are_taken_out_and_their_words_are_words(shipped):
    plan = without_scopes(QUESTION, KNOWLEDGE)
    assert (plan.authorities, plan.years) == ((), ())
    assert {"Wandsworth", "2016"} <= set(plan.terms)
    assert plan.expansions == shipped.expansions


def test_years_are_taken_out_and_the_authority_stays(shipped):
    assert without_years(QUESTION, KNOWLEDGE) == replace(shipped, years=())


def test_what_an_encoder_reads_can_leave_out_the_documents_words(shipped):
    assert topic(shipped) == "kids and supervision, VCOG"
