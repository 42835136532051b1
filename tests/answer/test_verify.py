"""A claim held against paragraphs, without a model of language."""

import pytest

from answer.opposites import denials, has_denials, opposites
from answer.support import weighings
from answer.verify import missing_names, surest_turn, verify
from tests.answer.test_check import WordEncoder

SOURCE = (
    "Visits to children are timely and most are well recorded. Ten care leavers were placed in "
    "bed and breakfast in 2015. The Evolve team works with the police."
)


def test_a_claim_in_the_sources_words_is_supported():
    verdict = verify("Visits to children are timely.", [SOURCE], WordEncoder())
    assert verdict.supported
    assert verdict.nearest.startswith("Visits to children")
    assert verdict.score > 0.7


def test_support_may_stand_in_two_paragraphs():
    parts = SOURCE.split(". ")
    claim = "Visits to children are timely, and the team works with the police."
    assert verify(claim, parts, WordEncoder()).supported


@pytest.mark.parametrize(
    ("claim", "kind", "found"),
    [
        ("Twelve care leavers were placed in bed and breakfast.", "changed_digit", "Ten"),
        ("Ten care leavers were placed in bed and breakfast in 2014.", "changed_digit", "2015"),
        ("Visits to children are late.", "opposite", "timely"),
        ("Visits to children are not timely.", "opposite", "timely"),
    ],
)
def test_what_the_source_denies_is_told_with_its_words(claim, kind, found):
    verdict = verify(claim, [SOURCE], WordEncoder())
    assert not verdict.supported
    assert (kind, found) in [(one.kind, one.found) for one in verdict.contradicted]


def test_a_claim_about_something_else_is_not_supported():
    verdict = verify("Foster carers enjoy their training.", [SOURCE], WordEncoder())
    assert not verdict.supported
    assert verdict.contradicted == ()


def test_nothing_supports_a_claim_without_a_source():
    assert not verify("Visits are timely.", [], WordEncoder()).supported


def test_names_that_stand_nowhere_are_told():
    assert missing_names("Staff of Evolve and Mockingbird met.", [SOURCE]) == ["Mockingbird"]


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("The plans are good.", [1]),
        ("The plans are not good.", [-1]),
        ("Few plans are good.", [-1]),
        ("How good the plans are varies.", [-1]),
        ("Staff lack time, but the plans are good.", [-1, 1]),
        ("Early help is there.", []),
        ("No plan is not good.", [1]),
        ("Nobody but the police has good plans.", [1]),
    ],
)
def test_denials_turn_the_words_that_they_reach(text, sides):
    found = [one.side for one in opposites(text) if one.axis in {"quality", "grades"}]
    assert found[: len(sides)] == sides if sides else found == []


def test_the_fitted_weighings_are_there():
    assert {"turned", "turned by words", "elsewhere"} <= weighings().keys()
    assert all(0 < one.threshold < 1 for one in weighings().values())


def test_the_parts_of_a_contrast_are_held_one_by_one():
    sources = ["Visits to children are timely.", "Records of visits are not always good."]
    true = "Visits to children are timely, but records of visits are not always good."
    false = "Visits to children are timely, but records of visits are always good."
    assert not surest_turn(true, sources, WordEncoder())[2]
    assert surest_turn(false, sources, WordEncoder())[2]


@pytest.mark.parametrize(
    "claim",
    [
        "Leaders are reluctant to use attendance orders.",
        "Leaders hesitate to use attendance orders.",
    ],
)
def test_words_of_reluctance_are_known(claim):
    source = "Leaders do not shy away from using attendance orders."
    found = verify(claim, [source], WordEncoder()).contradicted
    assert [(one.kind, one.found) for one in found] == [("opposite", "shy away")]


def test_denials_that_undo_each_other_deny_nothing():
    assert denials("There is no school without a nurse.") == []
    assert denials("Nobody but the police took part.") == []
    assert len(denials("The plans are not good, and no one reads them.")) == 2
    assert has_denials("There is no school without a nurse.")
    assert not has_denials("The plans leave nothing to be desired.")


def test_nobody_and_a_source_that_denies_too_may_say_the_same():
    claim = "Nobody is seen late by workers."
    sources = ["Children are seen late by workers.", "There are no visits at night."]
    assert surest_turn(claim, sources[:1], WordEncoder())[2]
    assert not surest_turn(claim, sources, WordEncoder())[2]


def test_a_claim_that_denies_is_called_untrue_only_where_it_is_plainly_so():
    source = ["Managers monitor visits well and records are kept."]
    sources = ["Visits are timely.", *source]
    assert surest_turn("Visits are not timely.", sources, WordEncoder())[2]
    assert not surest_turn("Visits were not lost from sight.", source, WordEncoder())[2]
