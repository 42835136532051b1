"""Whatever is typed or pasted in is planned, and with work in keeping with its length."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.pinpoints import Names
from index.query import Dated, Knowledge, plan_query
from index.search import MOST_CHARACTERS

SYLLABLES = [a + b + c for a in "bcdfglmnprst" for b in "aeiou" for c in "nrstl"]
MADE_UP = [first + last for first in SYLLABLES[::3] for last in SYLLABLES[::5]]  # 6,000 words
AUTHORITIES = ["Bath and North East Somerset", "Hackney", "Hertfordshire", "Wandsworth"]
KNOWLEDGE = Knowledge(
    authorities=dict.fromkeys(AUTHORITIES, 2),
    years={2016: 3},
    glossary={f"a{word}": (f"long {word} form",) for word in MADE_UP[:300]},
    vocabulary=dict.fromkeys(MADE_UP, 5),
    names=Names(
        {f"{word}-2016.pdf": word for word in MADE_UP[:200]},
        {f"{word} 2016": (word,) for word in MADE_UP[:200]},
    ),
    dated=[Dated("Hackney", 2016, {2016})],
)
MOST_CALLS = 200 * MOST_CHARACTERS  # of functions; some 0.1 s


@contextmanager
def counted_calls() -> Iterator[list[int]]:
    """Counts the functions called, in Python and in C: what a timer cannot say twice alike."""
    calls = [0]

    def count(_frame: object, event: str, _argument: object) -> None:
        calls[0] += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def work(question: str) -> int:
    with counted_calls() as calls:
        plan_query(question[:MOST_CHARACTERS], KNOWLEDGE)
    return calls[0]


def slipped(word: str) -> str:
    return word[:3] + word[4:]


LONG = {
    "one letter": "w " * 2000,
    "letters": " ".join(ascii_lowercase) * 100,
    "capitals": "W " * 2000,
    "one known word": "care " * 800,
    "words": " ".join(MADE_UP[::12]),
    "slips": " ".join(slipped(word) for word in MADE_UP[::10]),
    "long slips": " ".join(slipped(a + a) for a in MADE_UP[::15]),
    "names": "Hackney and " * 350,
    "misspelt names": "Hertfordshre Wandswoth Hackny " * 150,
    "years": "2016, " * 700,
    "paragraphs": "paras 1-50, " * 400,
    "numbers": "para " + "1, " * 1400,
    "addresses": "?doc=a&p=1 " * 400,
    "hashes": "a#" * 2000,
    "signs": "§1" * 2000,
    "quotes": '"a" ' * 1000,
    "ampersands": "&" * 4000,
    "little words": "in " * 1300 + "Hackney 2016",
    "labels": "1st bullet under 'x" * 250,
    "blanks": "care" + " " * 4000,
}


@pytest.mark.parametrize("kind", LONG)
def test_a_long_question_is_planned_with_little_work(kind):
    plan_query("warm", KNOWLEDGE)
    assert work(LONG[kind]) < MOST_CALLS


ODD = """paras 87-89 and|Hackney2016:|¶|§|#|[12]|?doc=|&p=|%23|%ff|"|2016-02-16|2015/16|since
|the last|1st bullet under 'x', p. 2|B&B|\0|Hackney|wandswoth|ban-2016.pdf|²|١٢|ﬀ|'s|(|\ud800"""


def test_other_white_space_before_a_citation_does_no_harm():
    assert plan_query("\u2028 paras 3-4", KNOWLEDGE).paragraphs == ("3", "4")


PIECES = st.one_of(st.text(max_size=12), st.sampled_from(ODD.split("|")))


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60), st.sampled_from([" ", "", "\n", ", "]))
def test_any_question_is_planned(pieces, joint):
    question = joint.join(pieces)[:MOST_CHARACTERS]
    plan = plan_query(question, KNOWLEDGE)
    assert plan.text == question
    assert all(isinstance(number, str) and number for number in plan.paragraphs)
    assert set(plan.authorities) <= set(AUTHORITIES)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*"abwhs ,.&'\"#-?=12§()[]", "2016 ", "Hackny "]), max_size=200))
def test_work_grows_with_the_length_alone(pieces):
    piece = "".join(pieces)
    whole = (piece or " ") * (MOST_CHARACTERS // max(len(piece), 1))
    assert work(whole) < MOST_CALLS
