"""Which paragraphs a version of a library holds, and the documents that they stand in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.dense import Ids
from index.encoder import Vectors

Mask = npt.NDArray[np.bool_]
Span = tuple[int, int, int]  # a document's row, the first of its paragraphs' rows, how many follow


@dataclass(frozen=True, slots=True)
class Places:
    """Every paragraph, ascending by its row; its place is its index in these arrays."""

    rows: Ids
    documents: Ids  # the row of each paragraph's document

    @classmethod
    def of(cls, spans: Sequence[Span]) -> Places:
        """The paragraphs of unbroken runs of rows."""
        runs = np.array(sorted(spans, key=lambda span: span[1]), np.int64).reshape(-1, 3)
        documents, firsts, counts = runs.T
        passed = np.cumsum(counts) - counts
        rows = np.arange(counts.sum()) + np.repeat(firsts - passed, counts)
        order = np.argsort(rows, kind="stable")
        return cls(rows[order], np.repeat(documents, counts)[order])

    def __len__(self) -> int:
        return len(self.rows)

    def at(self, rows: Ids) -> Ids:
        """The places of paragraphs that are there."""
        return np.searchsorted(self.rows, rows)

    def within(self, documents: Collection[int]) -> Mask:
        """Which paragraphs stand in those documents."""
        last = int(self.documents.max(initial=0))
        wanted = np.zeros(last + 1, np.bool_)
        wanted[[row for row in documents if row <= last]] = True
        return wanted[self.documents]

    def only(self, rows: Iterable[int]) -> Mask:
        """Just those paragraphs, which are there."""
        mask = np.zeros(len(self), np.bool_)
        mask[self.at(np.fromiter(rows, np.int64))] = True
        return mask


def both(one: Mask | None, other: Mask) -> Mask:
    """What both allow; None allows all."""
    return other if one is None else one & other


def highest(scores: Vectors, count: int) -> Ids:
    """Where the highest scores stand, of equal ones the first; in ascending order."""
    if len(scores) <= count:
        return np.arange(len(scores))
    positive = np.flatnonzero(scores)  # few hold any word that is asked for
    if len(positive) <= count:
        rest = np.flatnonzero(scores[: 2 * count + 1] == 0)[: count - len(positive)]
        return np.sort(np.concatenate([positive, rest]))
    held = scores[positive]
    least = np.partition(held, -count)[-count]
    above = positive[held > least]
    level = positive[held == least][: count - len(above)]
    return np.sort(np.concatenate([above, level]))
