"""What can be taken off a plan, and what is then looked for."""

import pytest

from index.parts import parts
from index.query import Knowledge, plan_query

KNOWLEDGE = Knowledge(
    authorities={"Wandsworth": 2, "East Riding of Yorkshire": 1},
    years={2016: 1, 2019: 1},
    vocabulary=dict.fromkeys(["care", "leavers", "records", "accommodation"], 5),
)
QUESTION = "reccords of kids in Wandswoth since 2016 at the last focused visit, para 8"


def plan(question, *ignore):
    return plan_query(question, KNOWLEDGE, frozenset(ignore))


def names(question, *ignore):
    return [part.name for part in parts(plan(question, *ignore))]


def test_every_part_is_listed_once_by_a_name_without_commas():
    assert names(QUESTION) == [
        "authority:wandsworth",
        "year:2016",
        "moment:latest",
        "kind:focused visit",
        "paragraph:8",
        "correction:reccords",
        "expansion:kids",
    ]


@pytest.mark.parametrize("name", names(QUESTION))
def test_each_part_can_be_taken_off_alone(name):
    assert names(QUESTION, name) == [other for other in names(QUESTION) if other != name]


def test_nothing_is_left_when_all_is_taken_off():
    bare = plan(QUESTION, *names(QUESTION))
    assert parts(bare) == []
    assert (bare.years, bare.year_from, bare.authorities, bare.paragraph) == ((), None, (), None)


def test_a_word_whose_correction_is_taken_off_is_looked_up_as_typed():
    assert "records" in plan("reccords").terms
    assert plan("reccords", "correction:reccords").terms == ("reccords",)


def test_a_name_that_was_no_misspelling_becomes_a_word():
    typed = plan("care leavers Wandswoth", "correction:wandswoth")
    assert typed.authorities == ()
    assert "wandswoth" in typed.terms


def test_an_authority_taken_off_is_not_looked_for_as_a_word_either():
    anywhere = plan("care leavers in Wandsworth", "authority:wandsworth")
    assert anywhere.terms == ("care", "leavers")
    assert anywhere.topic == "care leavers"


def test_a_span_of_years_loses_one_end_at_a_time():
    span = plan("care leavers 2016 to 2019", "year:2019")
    assert (span.years, span.year_from, span.year_to) == ((2016,), 2016, None)


def test_a_long_name_is_called_by_its_slug():
    assert names("care in East Riding") == ["authority:east-riding-of-yorkshire"]


def test_what_is_not_part_of_the_plan_changes_nothing():
    assert plan(QUESTION, "authority:surrey", "nonsense") == plan(QUESTION)
