"""Word stems, by the tokenizer of SQLite's full-text search."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

_TOKENIZER = "porter unicode61 remove_diacritics 2"


class _Stemmer:
    """A table in memory whose index says what the tokenizer made of texts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            ":memory:", check_same_thread=False, isolation_level=None
        )
        self._connection.execute(
            f"CREATE VIRTUAL TABLE asked USING fts5 (text, content = '', tokenize = '{_TOKENIZER}')"
        )
        self._connection.execute(
            "CREATE VIRTUAL TABLE standing USING fts5vocab (asked, 'instance')"
        )

    def stems(self, texts: Iterable[str]) -> list[tuple[int, str]]:
        """The place of each stem's text and the stem, text after text in their order."""
        with self._lock:
            self._connection.execute("BEGIN")
            try:
                self._connection.executemany(
                    "INSERT INTO asked (rowid, text) VALUES (?, ?)", enumerate(texts)
                )
                return self._connection.execute(
                    "SELECT doc, term FROM standing ORDER BY doc, offset"
                ).fetchall()
            finally:
                self._connection.execute("ROLLBACK")


@lru_cache(maxsize=1)
def _stemmer() -> _Stemmer:
    return _Stemmer()


@lru_cache(maxsize=10_000)
def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words in their order."""
    (found,) = stems_of([text])
    return found


def stems_of(texts: Sequence[str]) -> list[tuple[str, ...]]:
    """Return the stems of each text; together they take little longer than one of them."""
    found: list[list[str]] = [[] for _ in texts]
    for place, stem in _stemmer().stems(texts):
        found[place].append(stem)
    return [tuple(each) for each in found]


class _Numbering(dict[str, int]):
    """A number for every key that is asked for, in the order first met."""

    def __missing__(self, key: str) -> int:
        self[key] = number = len(self)
        return number


class StemReader:
    """Texts as the numbers of their stems; the empty stem, number 0, stands after each text.

    No word runs over white space, so that the tokenizer needs to see each distinct piece between
    white space only once, however many millions there are.
    """

    def __init__(self) -> None:
        self.numbers = _Numbering({"": 0})  # of each stem
        self._pieces = _Numbering({"": 0})
        self._stems = np.array([0])  # of all pieces, one after the other
        self._starts = np.array([0, 1])  # where each piece's begin, and the end

    def read(self, texts: Iterable[str]) -> tuple[Numbers, Numbers]:
        """The stems of all texts, one after the other, and how many each text has."""
        split = [[*text.split(), ""] for text in texts]
        many = np.fromiter(map(len, split), np.int64)
        number_of = self._pieces.__getitem__
        pieces = np.fromiter(map(number_of, chain.from_iterable(split)), np.int64, many.sum())
        self._learn()
        widths = np.diff(self._starts)[pieces]
        ends = np.cumsum(widths, dtype=np.int64)
        first = self._starts[pieces] - (ends - widths)
        stream = self._stems[np.repeat(first, widths) + np.arange(widths.sum())]
        return stream, np.diff(np.append(0, ends)[np.append(0, np.cumsum(many))])

    def _learn(self) -> None:
        """Have the tokenizer look at the pieces that it has not seen."""
        known = len(self._starts) - 1
        found = _stemmer().stems(islice(self._pieces, known, None))
        if found:
            places, terms = zip(*found, strict=True)
            new = np.fromiter(map(self.numbers.__getitem__, terms), np.int64, len(terms))
        else:
            places, new = (), np.empty(0, np.int64)
        widths = np.bincount(np.array(places, np.int64), minlength=len(self._pieces) - known)
        self._stems = np.concatenate([self._stems, new])
        self._starts = np.append(self._starts, self._starts[-1] + np.cumsum(widths))
