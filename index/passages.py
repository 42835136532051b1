"""Paragraph -> passages: overlapping windows that fit the encoder."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from index.sentences import Span, sentence_spans

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class PassageConfig:
    """How paragraphs are cut; a library keeps it and is cut anew when it changes."""

    overlap: int = 48  # tokens that a window repeats of the one before: about two sentences
    shortest: float = 0.5  # share of the budget below which no sentence end is worth a cut


class Tokenizer(Protocol):
    """The encoder's own count of what it can take in."""

    @property
    def max_tokens(self) -> int:
        """Tokens of text that one encoding takes, special tokens already left out."""

    def token_spans(self, text: str) -> Sequence[Span]:
        """The characters of each token, in order, special tokens left out."""


def passage_spans(text: str, tokenizer: Tokenizer, config: PassageConfig) -> list[Span]:
    """The windows of a paragraph, in order, none longer than the tokenizer's limit.

    A window ends at the end of a sentence where one lies in its second half, else between two
    words; only a word that is longer than a whole window is cut itself. Together the windows
    hold every word.
    """
    tokens = [span for span in tokenizer.token_spans(text) if span[0] < span[1]]
    if len(tokens) <= tokenizer.max_tokens:
        return [(0, len(text))] if text.strip() else []
    return _Cutter(text, tokens, tokenizer, config).windows()


class _Cutter:
    """The cutting of one long text."""

    def __init__(
        self, text: str, tokens: list[Span], tokenizer: Tokenizer, config: PassageConfig
    ) -> None:
        self.text = text
        self.tokenizer = tokenizer
        self.config = config
        self.budget = max(1, tokenizer.max_tokens)
        self.token_starts = [start for start, _ in tokens]
        words = [match.span() for match in _WORD.finditer(text)]
        self.word_starts = [start for start, _ in words]
        self.word_stops = [stop for _, stop in words]
        sentences = sentence_spans(text)
        self.sentence_starts = [start for start, _ in sentences]
        self.sentence_stops = [stop for _, stop in sentences]

    def windows(self) -> list[Span]:
        """All windows of the text."""
        start, last = self.word_starts[0], self.word_stops[-1]
        spans = []
        while True:
            stop = self._stop(start)
            spans.append((start, stop))
            if stop >= last:
                return spans
            start = self._next_start(start, stop)

    def _stop(self, start: int) -> int:
        """Where the window from `start` ends: as far as the budget and a good cut allow."""
        first = bisect_left(self.token_starts, start)
        if first + self.budget >= len(self.token_starts):
            limit = len(self.text)
        else:
            limit = self.token_starts[first + self.budget]
        while True:
            stop = self._cut(start, first, limit)
            # Cut out of its text a word can take other tokens than inside it.
            if stop - start <= 1 or self._fits(start, stop):
                return stop
            limit = stop - 1

    def _cut(self, start: int, first: int, limit: int) -> int:
        """The best place to end at or before `limit`: after a sentence, a word, or anywhere."""
        if limit >= self.word_stops[-1]:
            return self.word_stops[-1]
        least = first + int(self.budget * self.config.shortest)
        sentence = _last_at_most(self.sentence_stops, limit)
        if sentence > start and bisect_left(self.token_starts, sentence) >= least:
            return sentence
        word = _last_at_most(self.word_stops, limit)
        return word if word > start else limit

    def _fits(self, start: int, stop: int) -> bool:
        return len(self.tokenizer.token_spans(self.text[start:stop])) <= self.budget

    def _next_start(self, start: int, stop: int) -> int:
        """Where the next window begins: a sentence or word within the overlap before `stop`."""
        first_new = bisect_left(self.token_starts, stop)
        overlap = min(self.config.overlap, self.budget // 4)  # so that every window brings more
        earliest = self.token_starts[max(0, first_new - overlap)]
        for starts in (self.sentence_starts, self.word_starts):
            place = bisect_left(starts, earliest)
            if place < len(starts) and start < starts[place] < stop:
                return starts[place]
        after = bisect_left(self.word_starts, stop)
        inside_a_word = after == 0 or self.word_stops[after - 1] > stop
        return stop if inside_a_word else self.word_starts[after]


def _last_at_most(places: Sequence[int], limit: int) -> int:
    index = bisect_right(places, limit)
    return places[index - 1] if index else -1
