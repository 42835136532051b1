"""How near paragraphs are to a question, from the vectors in the tables."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from index.dense import Ids
from index.encoder import Vectors

Reader = Callable[[Ids], tuple[Ids, Vectors]]  # passages of paragraphs, with the paragraphs' rows


class Cosines:
    """Exact cosines with whatever vector is asked for; a paragraph is read once.

    One instance serves one question.
    """

    def __init__(self, read: Reader) -> None:
        self._read = read
        self._known = np.empty(0, np.int64)  # paragraphs
        self._ids = np.empty(0, np.int64)  # of passages' paragraphs
        self._vectors: Vectors | None = None

    def of(self, vector: Vectors, rows: Ids) -> dict[int, float]:
        """The cosine of each paragraph's nearest passage, rounded to 6 places."""
        self._learn(np.setdiff1d(rows, self._known))
        if self._vectors is None:
            return {}
        wanted = np.isin(self._ids, rows)
        cosines = np.round(self._vectors[wanted] @ vector, 6).astype(np.float64)
        best: dict[int, float] = {}
        for row, cosine in zip(self._ids[wanted].tolist(), cosines.tolist(), strict=True):
            best[row] = max(cosine, best.get(row, -1.0))
        return best

    def _learn(self, rows: Ids) -> None:
        if not len(rows):
            return
        ids, vectors = self._read(rows)
        self._known = np.concatenate([self._known, rows])
        self._ids = np.concatenate([self._ids, ids])
        held = vectors if self._vectors is None else np.concatenate([self._vectors, vectors])
        self._vectors = held
