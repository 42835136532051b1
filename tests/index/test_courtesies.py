"""A letter asks what its question asks."""

import pytest

from index.courtesies import without_courtesies
from index.query import Knowledge, plan_query

BARE = "were care leavers placed in bed and breakfast"


@pytest.mark.parametrize(
    "letter",
    [
        "Dear colleagues, {}? Kind regards, Jane Smith",
        "Good morning all, could you please tell me whether {}? Many thanks in advance.",
        "I am preparing a paper and would like to know whether {}. Thank you very much",
        "Hi, we’d like to find out whether {}, thanks! Best wishes",
    ],
)
def test_a_letter_is_looked_for_like_its_question(letter):
    plan = plan_query(letter.format(BARE), Knowledge())
    bare = plan_query(BARE, Knowledge())
    assert plan.terms == bare.terms
    assert plan.expansions == bare.expansions


def test_no_word_moves():
    question = "Please tell me about “please”"
    assert without_courtesies(question) == "       tell me about “please”"


@pytest.mark.parametrize(
    "question",
    [
        "Did children write thank you letters to foster carers?",
        "What do inspectors regard as best practice?",
        "Which authorities need to know more about regards in records?",
        "thank you",
        "Hastings",
    ],
)
def test_what_is_asked_for_stays(question):
    assert without_courtesies(question) == question
