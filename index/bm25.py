"""BM25 over paragraphs, where several ways to say one thing count as one word."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.dense import Ids
from index.encoder import Vectors
from index.stems import stems

_REACH = 1 << 20  # more words than any paragraph has


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

    def __init__(self, rows: Ids, places: Mapping[str, Ids]) -> None:
        """Hold the paragraphs' rows, ascending, and {stem: sorted index * _REACH + offset}."""
        self.rows = rows
        self.lengths = np.zeros(len(rows), np.float32)  # words
        self._places = places
        for standing in places.values():
            self.lengths += np.bincount(standing // _REACH, minlength=len(rows))

    @classmethod
    def read(cls, connection: sqlite3.Connection, rows: Ids) -> WordIndex:
        """Return the index over the full-text table's own, inside the caller's transaction."""
        connection.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.standing"
            " USING fts5vocab (main, 'paragraph_text', 'instance')"
        )
        found = connection.execute(
            "SELECT term, group_concat(doc), group_concat(offset) FROM temp.standing"
            " WHERE col = 'text' GROUP BY term"
        )
        places = {}
        for term, paragraphs, offsets in found:
            index = np.searchsorted(rows, np.array(paragraphs.split(","), np.int64))
            places[term] = np.sort(index * _REACH + np.array(offsets.split(","), np.int64))
        return cls(rows, places)

    def score(self, concepts: Sequence[Sequence[str]], config: Bm25Config) -> Lexical:
        """Return every paragraph's score.

        Args:
            concepts: for each thing asked for, the words or phrases that say it. A paragraph
                holds the thing as often as it holds any of them.
            config: how counts and lengths weigh.
        """
        total = len(self.rows)
        length = self.lengths / max(float(self.lengths.mean()), 1.0) if total else self.lengths
        damping = config.saturation * (1 - config.length + config.length * length)
        scores, most = np.zeros(total, np.float32), 0.0
        for alternatives in concepts:
            counts = self._counts({stems(text) for text in alternatives} - {()})
            holding = int(np.count_nonzero(counts))
            rarity = math.log1p((total - holding + 0.5) / (holding + 0.5))
            scores += rarity * counts * (config.saturation + 1) / (counts + damping + 1e-9)
            most += rarity * (config.saturation + 1)
        return Lexical(scores, most)

    def _counts(self, phrases: set[tuple[str, ...]]) -> Vectors:
        counts = np.zeros(len(self.rows), np.float32)
        for phrase in sorted(phrases):
            counts += np.bincount(self._starts(phrase) // _REACH, minlength=len(self.rows))
        return counts

    def _starts(self, phrase: tuple[str, ...]) -> Ids:
        """Return where the phrase's stems follow each other."""
        nowhere = np.empty(0, np.int64)
        standing = self._places.get(phrase[0], nowhere)
        for distance, stem in enumerate(phrase[1:], 1):
            following = self._places.get(stem, nowhere)
            standing = standing[np.isin(standing + distance, following, assume_unique=True)]
        return standing
