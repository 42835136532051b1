"""Sentences that match a question."""

from hypothesis import given
from hypothesis import strategies as st

from index.highlight import highlights, stem, term_weights
from index.lexical import words, words_from
from index.model import QueryPlan

TEXT = "Leaders are new. Care leavers lived in bed and breakfast rooms. Plans were not reviewed."


def weights(*terms: str, **expansions: tuple[str, ...]) -> dict[str, float]:
    return term_weights(QueryPlan("", terms=terms, expansions=expansions), {"care": 90}, 100)


def test_the_sentence_with_the_asked_words_is_emphasised():
    assert highlights(TEXT, weights("care", "leavers")) == (
        "Care leavers lived in bed and breakfast rooms.",
    )


def test_an_expansion_counts_as_asked():
    assert highlights(TEXT, weights("bb", bb=("bed and breakfast",))) == (
        "Care leavers lived in bed and breakfast rooms.",
    )


def test_other_forms_of_a_word_match():
    assert highlights(TEXT, weights("reviewing")) == ("Plans were not reviewed.",)
    assert stem("placements") == stem("placed") == "plac"
    assert stem("planning") == stem("plans") == "plan"


def test_a_rare_word_weighs_more_than_a_common_one():
    assert weights("breakfast")["breakfast"] > weights("care")["care"]


def test_nothing_matches_nothing_is_emphasised():
    assert highlights(TEXT, weights("budget")) == ()


def test_highlights_are_in_the_order_of_the_text():
    both = highlights("Beds are few. Rooms are many. Beds are old.", weights("beds"))
    assert both == ("Beds are few.", "Beds are old.")


PIECES = [
    "care",
    "Cared",
    "leavers",
    "leaving",
    "B&B",
    "o'neill",
    "neill",
    "’s",
    "‘",
    "&",
    " ",
    "é",
]


@given(st.lists(st.sampled_from(PIECES)).map("".join), st.sets(st.sampled_from(PIECES), min_size=1))
def test_a_stem_is_found_by_the_words_that_begin_with_it(text, asked):
    stems = {stem(word) for piece in asked for word in words(piece)} or {"care"}
    begun = words_from(text, stems)
    assert begun == [word for word in words(text) if word.startswith(tuple(stems))]
    assert {*map(stem, begun)} & stems == {*map(stem, words(text))} & stems
