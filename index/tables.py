"""Rows of a library's tables."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

BATCH = 500  # values in one statement; SQLite's oldest limit is 999


class Tables:
    """Queries through one connection; transactions are its owner's business."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def _rows(self, query: str, *parameters: object) -> list[sqlite3.Row]:
        return self.connection.execute(query, parameters).fetchall()

    def _row(self, query: str, *parameters: object) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.connection.execute(query, parameters).fetchone()
        return row

    def _rows_in(self, query: str, values: Sequence[object]) -> list[sqlite3.Row]:
        """The rows of a query whose {} takes the values, however many they are."""
        found = []
        for start in range(0, len(values), BATCH):
            batch = values[start : start + BATCH]
            found += self._rows(query.format(marks(len(batch))), *batch)
        return found


def marks(count: int) -> str:
    """Placeholders for so many values."""
    return ", ".join("?" * count)
