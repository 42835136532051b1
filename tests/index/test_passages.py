"""Windows that fit the encoder."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import PassageConfig, passage_spans


class Letters:
    """A tokenizer whose tokens are pairs of letters: words have several, as in WordPiece."""

    def __init__(self, max_tokens: int) -> None:
        self.max_tokens = max_tokens

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in re.finditer(r"\w{1,2}|[^\w\s]", text)]


class Contextual(Letters):
    """A tokenizer that needs one token more at the beginning of whatever it is given."""

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        spans = super().token_spans(text)
        return [(spans[0][0], spans[0][0] + 1), *spans] if spans else []


def windows(text: str, max_tokens: int, **config: float) -> list[str]:
    spans = passage_spans(text, Letters(max_tokens), PassageConfig(**config))
    return [text[start:stop] for start, stop in spans]


def test_a_text_that_fits_is_one_passage():
    assert windows("Care leavers live well.", 20) == ["Care leavers live well."]


def test_a_text_of_white_space_has_no_passage():
    assert windows(" \n ", 20) == []


def test_a_long_text_is_cut_after_a_sentence():
    text = "Aa bb cc dd. Ee ff gg hh. Ii jj kk ll."
    assert windows(text, 11, overlap=0) == ["Aa bb cc dd. Ee ff gg hh.", "Ii jj kk ll."]


def test_the_next_window_repeats_the_last_sentence_where_the_overlap_allows():
    text = "Aa bb cc dd ee ff gg hh. Ii jj. Kk ll mm nn oo pp qq rr ss tt."
    assert windows(text, 14, overlap=4) == [
        "Aa bb cc dd ee ff gg hh. Ii jj.",
        "Ii jj. Kk ll mm nn oo pp qq rr ss tt.",
    ]


def test_a_sentence_longer_than_a_window_is_cut_between_words():
    assert windows("aa bb cc dd ee ff", 3, overlap=0) == ["aa bb cc", "dd ee ff"]


def test_a_word_longer_than_a_window_is_cut_itself_and_kept():
    assert "".join(windows("abcdefghij", 2, overlap=0)) == "abcdefghij"


texts = st.text(alphabet="abcDE12. ,!?\n-’", max_size=300)


@pytest.mark.parametrize("tokenizer", [Letters, Contextual])
@given(text=texts, max_tokens=st.integers(2, 12), overlap=st.integers(0, 8))
def test_passages_keep_every_word_in_order_and_none_is_over_budget(
    tokenizer: type[Letters], text: str, max_tokens: int, overlap: int
):
    counter = tokenizer(max_tokens)
    spans = passage_spans(text, counter, PassageConfig(overlap=overlap))
    assert all(len(counter.token_spans(text[a:b])) <= max_tokens for a, b in spans)
    assert spans == sorted(spans)
    covered = set().union(*(range(a, b) for a, b in spans))
    assert [n for n, letter in enumerate(text) if not letter.isspace() and n not in covered] == []
    for word in re.finditer(r"\S+", text):
        if len(counter.token_spans(word.group())) <= max_tokens // 2:
            assert any(a <= word.start() and word.end() <= b for a, b in spans), word.group()
