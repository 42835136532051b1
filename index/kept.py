"""Vectors of a build that has not been committed yet: the next one goes on from them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from index.digests import row_digest
from index.encoder import Vectors
from index.tables import BATCH, marks
from index.vectors import packed, unpacked

FILE_NAME = "encoded.sqlite"


class KeptVectors:
    """Vectors by model and text hash, in a file that a commit removes.

    The library's own write lock sees to it that one process at a time has it. It is no more than
    a help: where it cannot be written or read, everything is encoded again.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE_NAME

    def of(self, model: str, hashes: Iterable[bytes]) -> dict[bytes, Vectors]:
        """Those of these hashes that are kept and as they were written."""
        wanted, found = list(hashes), {}
        if not wanted or not self._path.is_file():
            return {}
        with suppress(sqlite3.Error), closing(self._opened()) as connection:
            for start in range(0, len(wanted), BATCH):
                batch = wanted[start : start + BATCH]
                query = "SELECT hash, vector, digest FROM vector WHERE model = ? AND hash IN ("
                query += marks(len(batch)) + ")"
                for key, vector, digest in connection.execute(query, (model, *batch)):
                    if row_digest(model, key, vector) == digest:
                        found[key] = unpacked(vector)
        return found

    def keep(self, model: str, vectors: Mapping[bytes, Vectors]) -> None:
        """Add some, so that they are there whatever becomes of this process."""
        kept = {key: packed(vector) for key, vector in vectors.items()}
        rows = [(model, key, row, row_digest(model, key, row)) for key, row in kept.items()]
        with suppress(sqlite3.Error), closing(self._opened()) as connection, connection:
            connection.executemany("INSERT OR REPLACE INTO vector VALUES (?, ?, ?, ?)", rows)

    def discard(self) -> None:
        """Remove the file: what it held is in the library, or no longer wanted."""
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                self._path.with_name(FILE_NAME + suffix).unlink()

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._prepared()
        except sqlite3.DatabaseError:  # half of a file, or none of ours
            self.discard()
            return self._prepared()

    def _prepared(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path)
        connection.execute("PRAGMA synchronous = OFF")  # it need not outlive the machine
        connection.execute(
            "CREATE TABLE IF NOT EXISTS vector (model TEXT, hash BLOB, vector BLOB, digest BLOB,"
            " PRIMARY KEY (model, hash)) WITHOUT ROWID"
        )
        return connection
