"""How near paragraphs are to a question."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from index.dense import NOTHING, Ids, Near
from index.encoder import Vectors
from index.nearest import Nearest

Reader = Callable[[Ids], tuple[Ids, Vectors]]  # passages of paragraphs, with the paragraphs' rows


class Cosines:
    """Exact cosines with whatever vector is asked for.

    Where the index is not exact, vectors are read from the tables, a paragraph's once. One
    instance serves one question.
    """

    def __init__(self, dense: Nearest, read: Reader) -> None:
        self._dense = dense
        self._read = read
        self._known = np.empty(0, np.int64)  # paragraphs
        self._ids = np.empty(0, np.int64)  # of passages' paragraphs
        self._vectors: Vectors | None = None

    def of(self, vector: Vectors, rows: Ids) -> npt.NDArray[np.float64]:
        """The cosine of each paragraph's nearest passage, 0 for one without; the rows ascend."""
        if self._dense.tells_exactly:
            held, near = self._dense.search(vector, len(rows), rows)
        else:
            held, near = self._from_tables(vector, rows)
        cosines = np.zeros(len(rows))
        cosines[np.searchsorted(rows, held)] = near
        return cosines

    def _from_tables(self, vector: Vectors, rows: Ids) -> Near:
        """Those of paragraphs that have passages, rounded to 6 places."""
        self._learn(np.setdiff1d(rows, self._known))
        if self._vectors is None:
            return NOTHING
        wanted = np.isin(self._ids, rows)
        cosines = np.round(self._vectors[wanted] @ vector, 6).astype(np.float64)
        held, which = np.unique(self._ids[wanted], return_inverse=True)
        nearest = np.full(len(held), -1.0)
        np.maximum.at(nearest, which, cosines)
        return held, nearest

    def _learn(self, rows: Ids) -> None:
        if not len(rows):
            return
        ids, vectors = self._read(rows)
        self._known = np.concatenate([self._known, rows])
        self._ids = np.concatenate([self._ids, ids])
        held = vectors if self._vectors is None else np.concatenate([self._vectors, vectors])
        self._vectors = held
