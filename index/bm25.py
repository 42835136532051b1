"""BM25 over paragraphs, where several ways to say one thing count as one word."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import chain, islice, pairwise

import numpy as np

from index.dense import Ids
from index.encoder import Vectors
from index.postings import Postings
from index.stems import stems, stems_of


@dataclass(frozen=True, slots=True)
class Bm25Config:
    """Robertson's k1 and b, found on the training questions (docs/retrieval.md).

    Paragraphs are short and written to be read one by one: that a word stands there tells
    nearly all, how often it stands there very little.
    """

    saturation: float = 0.4  # k1
    length: float = 0.4  # b


@dataclass(frozen=True, slots=True)
class Lexical:
    """What the words of a question say of every paragraph."""

    scores: Vectors  # float32 (n,), in the order of WordIndex.rows
    most: float  # what a paragraph would score that were full of all that is asked for


class WordIndex:
    """Where each word stem stands in the texts of all paragraphs."""

    def __init__(self, rows: Ids, parts: Sequence[Postings]) -> None:
        """Hold the paragraphs' rows, ascending, and the postings of runs of them."""
        self.rows = rows
        self.parts = parts
        ends = np.cumsum([0, *(part.size for part in parts)]).tolist()
        self._spans = [slice(*span) for span in pairwise(ends)]
        self.lengths = np.empty(len(rows), np.float32)  # words
        for span, part in zip(self._spans, parts, strict=True):
            self.lengths[span] = part.lengths
        mean = float(self.lengths.mean()) if len(rows) else 0.0
        self._relative = self.lengths / max(mean, 1.0)
        self._damped: dict[Bm25Config, Vectors] = {}

    def score(self, concepts: Sequence[Sequence[str]], config: Bm25Config) -> Lexical:
        """Return every paragraph's score.

        Args:
            concepts: for each thing asked for, the words or phrases that say it. A paragraph
                holds the thing as often as it holds any of them.
            config: how counts and lengths weigh.
        """
        total = len(self.rows)
        damping = self._damping(config)
        scores, most = np.zeros(total, np.float32), 0.0
        stemmed = iter(stems_of([*chain.from_iterable(concepts)]))
        for alternatives in concepts:
            phrases = {*islice(stemmed, len(alternatives))} - {()}
            found = [part.counts(phrases) for part in self.parts]
            holding = sum(int(np.count_nonzero(counts > 0)) for _, counts in found)
            rarity = math.log1p((total - holding + 0.5) / (holding + 0.5))
            worth = rarity * (config.saturation + 1)
            for span, (where, counts) in zip(self._spans, found, strict=True):
                points = damping[span][where] + counts
                np.divide(counts, points, out=points)
                points *= worth
                scores[span][where] += points
            most += worth
        return Lexical(scores, most)

    def _damping(self, config: Bm25Config) -> Vectors:
        """What a paragraph's length takes from its counts; kept for the next question."""
        damping = self._damped.get(config)
        if damping is None:
            length = 1 - config.length + config.length * self._relative
            damping = config.saturation * length + 1e-9
            self._damped = {config: damping}
        return damping

    def holding(self, phrases: Collection[str]) -> Ids:
        """The rows of the paragraphs that hold the stems of every phrase in their order."""
        held = np.ones(len(self.rows), np.bool_)
        for phrase in phrases:
            for span, part in zip(self._spans, self.parts, strict=True):
                here = np.zeros(part.size, np.bool_)
                here[part.standing(stems(phrase))[0]] = True
                held[span] &= here
        return self.rows[held]
