import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answer.cited import Cited, CitedSentences

ANSWER = (
    "Ten care leavers lived in B&B [1]. No risk assessments were made.[2][3] “They were moved.” [1]"
    "\nThe council, e.g. its leaders, agreed [2, 4]. Dr. Smith left in 2016 [1–3]!"
)
SENTENCES = [
    Cited("Ten care leavers lived in B&B.", (1,)),
    Cited("No risk assessments were made.", (2, 3)),
    Cited("“They were moved.”", (1,)),
    Cited("The council, e.g. its leaders, agreed.", (2, 4)),
    Cited("Dr. Smith left in 2016!", (1, 2, 3)),
]


def read(pieces, complete=True) -> list[Cited]:
    sentences = CitedSentences()
    given_early = [one for piece in pieces for one in sentences.feed(piece)]
    return given_early + sentences.close(complete)


def test_sentences_come_with_the_keys_they_cite():
    assert read([ANSWER]) == SENTENCES


def test_letter_by_letter_gives_the_same():
    assert read(ANSWER) == SENTENCES


@given(st.randoms(use_true_random=False))
def test_however_the_text_is_cut_into_pieces_it_gives_the_same(chance: random.Random):
    cuts = sorted(chance.sample(range(len(ANSWER)), 8))
    assert read(ANSWER[a:b] for a, b in zip([0, *cuts], [*cuts, None], strict=True)) == SENTENCES


def test_a_sentence_is_given_as_soon_as_the_next_one_begins():
    sentences = CitedSentences()
    assert sentences.feed("One is so.") == []
    assert sentences.feed(" [1") == []
    assert sentences.feed("] T") == [Cited("One is so.", (1,))]
    assert sentences.close() == [Cited("T", ())]


def test_a_citation_on_the_next_line_belongs_to_the_sentence_before_it():
    assert read(["One.\n", "[1]", "\nTwo.\n[2]\n"]) == [Cited("One.", (1,)), Cited("Two.", (2,))]


def test_marks_of_lists_are_no_sentences():
    text = "- One [1].\n2. Two [2].\n  * **Three** [3]."
    assert [one.text for one in read(text)] == ["One.", "Two.", "Three."]


def test_what_follows_a_citation_is_a_sentence_of_its_own_however_it_begins():
    text = "So it is [1]. <b>all is well. it ended.[2] and so [3]."
    assert read(text) == [
        Cited("So it is.", (1,)),
        Cited("<b>all is well. it ended.", (2,)),
        Cited("and so.", (3,)),
    ]


def test_other_brackets_and_words_around_a_key():
    assert read("So it is 【1】. So too [para 2].") == [
        Cited("So it is.", (1,)),
        Cited("So too.", (2,)),
    ]


def test_brackets_that_are_no_citation_stay():
    assert read(["It [the council] agreed [1]."]) == [Cited("It [the council] agreed.", (1,))]


def test_what_a_model_thinks_first_is_no_answer():
    assert read("<think>I am told [9]. Hm.</think>\n\nSo it is [1].") == [Cited("So it is.", (1,))]
    assert read("<think>Without an end [1]. ") == []
    assert read("<th") == []


def test_of_a_text_that_broke_off_only_whole_sentences_are_given():
    assert read(["One is so [1]. Two is not quite"], complete=False) == [Cited("One is so.", (1,))]
    assert read(["One is so. [1]"], complete=False) == [Cited("One is so.", (1,))]


def test_what_is_not_seen_is_taken_out():
    assert read(["So\u202e it\x1b[31m is\u200b [1]."]) == [Cited("So it[31m is.", (1,))]


@pytest.mark.parametrize("text", ["", " \n", "[1]", "**"])
def test_nothing_gives_no_sentence(text):
    assert read([text]) == []


def test_a_range_that_no_prompt_holds_is_not_spread_out():
    assert read(["So it is [1-9999]. And so [5-2]."]) == [
        Cited("So it is.", ()),
        Cited("And so.", ()),
    ]
