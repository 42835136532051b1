"""Vectors -> top-k by inner product (the only faiss)."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from index.encoder import Vectors

Ids = npt.NDArray[np.int64]


class DenseIndex:
    """Passage vectors under the number of their paragraph; exact search.

    Several passages may carry one number: a paragraph's score is its best passage's.
    """

    def __init__(self, index: faiss.Index) -> None:
        self._index = index

    @classmethod
    def build(cls, ids: Ids, vectors: Vectors) -> DenseIndex:
        """An index of float32 (n, dim) unit vectors, row i under ids[i]."""
        index = faiss.IndexIDMap(faiss.IndexFlatIP(vectors.shape[1]))
        if len(ids):
            index.add_with_ids(np.ascontiguousarray(vectors, np.float32), ids)
        return cls(index)

    @property
    def size(self) -> int:
        """How many vectors it holds."""
        return int(self._index.ntotal)

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""
        return int(self._index.d)

    def search(
        self, vector: Vectors, top_k: int, allowed: Ids | None = None
    ) -> list[tuple[int, float]]:
        """The best paragraphs and their cosines, best first; ties in no particular order.

        Args:
            vector: float32 (dim,), unit length.
            top_k: how many paragraphs at most.
            allowed: the paragraphs that may be found; None allows all.
        """
        if not self.size or (allowed is not None and not len(allowed)):
            return []
        params = None
        if allowed is not None:
            selector = faiss.IDSelectorBatch(allowed)  # faiss keeps no reference to it
            params = faiss.SearchParameters()
            params.sel = selector
        wanted = min(self.size, 2 * top_k)
        while True:
            scores, ids = self._index.search(vector[None, :], wanted, params=params)
            best = _best_of_each(ids[0], scores[0])
            if len(best) >= top_k or wanted == self.size or ids[0, -1] < 0:
                return best[:top_k]
            wanted = min(self.size, 2 * wanted)

    def save(self, path: Path) -> str:
        """Write the index so that the file is there whole or not at all; its sha256."""
        content = faiss.serialize_index(self._index).tobytes()
        partial = path.with_name(path.name + ".partial")
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
        return hashlib.sha256(content).hexdigest()

    @classmethod
    def load(cls, path: Path, sha256: str) -> DenseIndex | None:
        """The index in a file; None where it is missing or not the one with that sha256."""
        try:
            content = path.read_bytes()
        except OSError:
            return None
        if hashlib.sha256(content).hexdigest() != sha256:
            return None
        return cls(faiss.deserialize_index(np.frombuffer(content, np.uint8)))


def _best_of_each(ids: Ids, scores: Vectors) -> list[tuple[int, float]]:
    """Each paragraph with the first, best, of its scores; faiss fills up with -1.

    Scores are rounded to 6 places: the last bits depend on where a vector lies in the index.
    """
    best: dict[int, float] = {}
    for paragraph, score in zip(ids.tolist(), scores.tolist(), strict=True):
        if paragraph >= 0:
            best.setdefault(paragraph, round(score, 6))
    return list(best.items())
