"""Passages' vectors as the tables keep them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np

from index.dense import Ids
from index.digests import checked
from index.encoder import Vectors
from index.tables import Tables

_STORED = np.dtype("<f4")
_BATCH = 20_000  # vectors in memory at one time: 30 MB


class StoredVectors(Tables):
    """The vectors of all paragraphs, or of those whose rows follow one."""

    def __init__(self, connection: sqlite3.Connection, dim: int, after: int = 0) -> None:
        super().__init__(connection)
        self.dim = dim
        self._after = after

    @property
    def size(self) -> int:
        """How many they are."""
        (count,) = self._rows("SELECT count(*) FROM passage WHERE paragraph > ?", self._after)
        return int(count[0])

    def batches(self) -> Iterator[tuple[Ids, Vectors]]:
        """All of them by paragraph, however many, each with its paragraph's row."""
        cursor = self.connection.execute(
            "SELECT * FROM passage WHERE paragraph > ? ORDER BY paragraph, id",
            (self._after,),
        )
        while rows := cursor.fetchmany(_BATCH):
            yield self._unpacked(rows)

    def sample(self, count: int) -> Vectors:
        """About so many, evenly spread over all."""
        step = max(1, self.size // count)
        rows = self._rows(
            "SELECT * FROM passage WHERE id IN"
            " (SELECT id FROM passage WHERE paragraph > ? AND id % ? = 0)",
            self._after,
            step,
        )
        return self._unpacked(rows)[1]

    def of(self, paragraphs: Ids) -> tuple[Ids, Vectors]:
        """Those of some paragraphs, ascending, each with its paragraph's row."""
        rows = self._rows(
            "SELECT * FROM passage WHERE paragraph IN"
            " (SELECT value FROM json_each(?)) ORDER BY paragraph, id",
            json.dumps(paragraphs.tolist()),
        )
        return self._unpacked(rows)

    def _unpacked(self, rows: Sequence[sqlite3.Row]) -> tuple[Ids, Vectors]:
        rows = [checked("passage", row) for row in rows]
        ids = np.fromiter((row["paragraph"] for row in rows), np.int64, len(rows))
        packed = b"".join(row["vector"] for row in rows)
        vectors = np.frombuffer(packed, _STORED).reshape(len(rows), self.dim)
        return ids, vectors.astype(np.float32, copy=False)


def packed(vector: Vectors) -> bytes:
    """A vector as it is stored."""
    return vector.astype(_STORED).tobytes()


def unpacked(stored: bytes) -> Vectors:
    """A vector as it was stored."""
    return np.frombuffer(stored, _STORED).astype(np.float32)
