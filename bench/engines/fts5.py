"""SQLite's full-text search over a table without content, ranked by its bm25()."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from bench.engines.harness import TOP_K, Question, any_of, run

_FILE = "fts5.sqlite"


class Fts5:
    """With the tokenizer that our stems come from."""

    def build(self, texts: Iterator[str], folder: Path) -> None:
        """Make the index."""
        with closing(sqlite3.connect(folder / _FILE)) as connection, connection:
            connection.execute(
                "CREATE VIRTUAL TABLE paragraph USING fts5 (text, content = '',"
                " tokenize = 'porter unicode61 remove_diacritics 2')"
            )
            connection.executemany(
                "INSERT INTO paragraph (rowid, text) VALUES (?, ?)", enumerate(texts)
            )
            connection.execute("INSERT INTO paragraph (paragraph) VALUES ('optimize')")

    def open(self, folder: Path) -> Callable[[Question], object]:
        """What puts a question to the index."""
        connection = sqlite3.connect(folder / _FILE)
        query = "SELECT rowid FROM paragraph WHERE paragraph MATCH ? ORDER BY rank LIMIT ?"
        return lambda question: connection.execute(query, (any_of(question), TOP_K)).fetchall()


if __name__ == "__main__":
    run(Fts5())
