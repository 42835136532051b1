"""Where sentences begin and end."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from index.sentences import sentence_spans


def sentences(text: str) -> list[str]:
    return [text[start:stop] for start, stop in sentence_spans(text)]


def test_a_sentence_ends_at_its_full_stop_and_what_closes_with_it():
    text = "Staff said “it works.” Leaders agree! Do they? (Recommendation.) The end."
    assert sentences(text) == [
        "Staff said “it works.”",
        "Leaders agree!",
        "Do they?",
        "(Recommendation.)",
        "The end.",
    ]


def test_abbreviations_initials_and_decimals_end_no_sentence():
    text = "Ms J. Smith, e.g. Hackney or St. Mary's, saw 3.5 visits. Then No. 4 closed."
    assert sentences(text) == [
        "Ms J. Smith, e.g. Hackney or St. Mary's, saw 3.5 visits.",
        "Then No. 4 closed.",
    ]


def test_a_pronoun_ends_a_sentence():
    assert sentences("So do I. Others do not.") == ["So do I.", "Others do not."]


def test_a_bullet_begins_a_sentence_without_a_full_stop_before_it():
    assert sentences("The authority should: • see children • write plans") == [
        "The authority should:",
        "• see children",
        "• write plans",
    ]


@given(st.text(alphabet="aB1 .!?•\n“”e.g", max_size=80))
def test_nothing_but_white_space_lies_outside_the_sentences(text: str):
    spans = sentence_spans(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert all(text[a:b] == text[a:b].strip() != "" for a, b in spans)
