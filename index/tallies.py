"""How often words and abbreviations occur in a library, kept as paragraphs come and go."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable

from index.glossary import glossary_of, typed_words, written_out
from index.lexical import words
from index.tables import Tables

_HELD = (
    "INSERT INTO word VALUES (?, ?)"
    " ON CONFLICT DO UPDATE SET paragraphs = paragraphs + excluded.paragraphs"
)
_TYPED = "INSERT INTO typed VALUES (?, ?) ON CONFLICT DO UPDATE SET times = times + excluded.times"
_LONG = (
    "INSERT INTO written_out VALUES (?, ?, ?)"
    " ON CONFLICT DO UPDATE SET times = times + excluded.times"
)


class Tallies(Tables):
    """Counts over the texts of all paragraphs."""

    def add(self, texts: Iterable[str], step: int = 1) -> None:
        """Count texts in, or out with a `step` of -1."""
        held: Counter[str] = Counter()
        typed: Counter[str] = Counter()
        long: Counter[tuple[str, str]] = Counter()
        for text in texts:
            held.update(set(words(text)))
            typed.update(typed_words(text))
            long.update(written_out(text))
        run = self.connection.executemany
        run(_HELD, [(word, step * count) for word, count in held.items()])
        run(_TYPED, [(word, step * count) for word, count in typed.items()])
        run(_LONG, [(*pair, step * count) for pair, count in long.items()])

    def purge(self) -> None:
        """Forget what no paragraph holds any more."""
        self.connection.execute("DELETE FROM word WHERE paragraphs <= 0")
        self.connection.execute("DELETE FROM typed WHERE times <= 0")
        self.connection.execute("DELETE FROM written_out WHERE times <= 0")

    def vocabulary(self) -> dict[str, int]:
        """Each word and how many paragraphs hold it."""
        return {row[0]: row[1] for row in self._rows("SELECT word, paragraphs FROM word")}

    def glossary(self) -> dict[str, tuple[str, ...]]:
        """The abbreviations that the texts explain, as glossary_of() tells them."""
        forms = self._rows("SELECT short, long, times FROM written_out WHERE times > 0")
        shorts = {row[0] for row in forms}
        typed = self._rows_in(
            "SELECT word, times FROM typed WHERE word IN ({})",
            sorted(shorts | {short.upper() for short in shorts}),
        )
        return glossary_of(
            {(row[0], row[1]): row[2] for row in forms}, {row[0]: row[1] for row in typed}
        )


def count_again(connection: sqlite3.Connection) -> None:
    """Count the texts of a library that has not kept all counts."""
    connection.execute("DELETE FROM word")
    texts = connection.execute("SELECT text FROM paragraph ORDER BY id")
    Tallies(connection).add(row[0] for row in texts)
