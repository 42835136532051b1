"""Word stems, by the very tokenizer that fills the full-text index."""

from __future__ import annotations

import sqlite3
import threading
from functools import lru_cache

TOKENIZER = "porter unicode61 remove_diacritics 2"  # as in the tables (index/schema.py)


class _Stemmer:
    """A table in memory whose index says what the tokenizer made of a text."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._connection = sqlite3.connect(
            ":memory:", check_same_thread=False, isolation_level=None
        )
        self._connection.execute(
            f"CREATE VIRTUAL TABLE asked USING fts5 (text, tokenize = '{TOKENIZER}')"
        )
        self._connection.execute(
            "CREATE VIRTUAL TABLE standing USING fts5vocab (asked, 'instance')"
        )

    def stems(self, text: str) -> tuple[str, ...]:
        with self._lock:
            self._connection.execute("INSERT INTO asked VALUES (?)", (text,))
            rows = self._connection.execute("SELECT term FROM standing ORDER BY offset").fetchall()
            self._connection.execute("DELETE FROM asked")
        return tuple(row[0] for row in rows)


@lru_cache(maxsize=1)
def _stemmer() -> _Stemmer:
    return _Stemmer()


@lru_cache(maxsize=10_000)
def stems(text: str) -> tuple[str, ...]:
    """Return the stems of a text's words in their order."""
    return _stemmer().stems(text)
