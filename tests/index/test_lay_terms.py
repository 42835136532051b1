"""The list of lay words holds what it says, once."""

from collections import Counter

from index.query import STOP_WORDS, _key, _lay_terms
from index.stems import stems

TERMS = _lay_terms()["terms"]


def test_no_words_stand_in_it_twice():
    counts = Counter(_key(text) for text in TERMS)
    assert [key for key, count in counts.items() if count > 1] == []


def test_every_entry_says_something_else():
    for text, forms in TERMS.items():
        assert forms, text
        assert len(set(forms)) == len(forms), text
        assert stems(text) not in [stems(form) for form in forms], text


def test_no_entry_is_a_little_word():
    assert [text for text in TERMS if text in STOP_WORDS] == []


def test_what_needs_capitals_is_in_it():
    assert set(_lay_terms()["capitals_only"]) <= set(TERMS)
