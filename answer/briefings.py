"""The briefings that people collect, kept beside the library in one SQLite file.

SQLite gives what several processes need: a change is there whole or not at all, and two changes
at one time follow each other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from answer.briefing import Briefing, Entry, part_of
from answer.errors import AnswerError

FOLDER = "briefings"  # inside the library's; builds and removals leave it alone
LONGEST_NAME = 80
MOST_ENTRIES = 1000
_PATIENCE = 20.0  # seconds to wait for another process's change
_TABLES = """
CREATE TABLE IF NOT EXISTS briefing (
    id INTEGER PRIMARY KEY, owner_key TEXT NOT NULL, name_key TEXT NOT NULL,
    owner TEXT NOT NULL, name TEXT NOT NULL, changed TEXT NOT NULL,
    UNIQUE (owner_key, name_key));
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    briefing INTEGER NOT NULL REFERENCES briefing (id) ON DELETE CASCADE,
    place INTEGER NOT NULL, paragraph_id TEXT NOT NULL, citation TEXT NOT NULL,
    text TEXT NOT NULL, quote TEXT, heading TEXT NOT NULL DEFAULT '',
    note TEXT NOT NULL DEFAULT '');
CREATE INDEX IF NOT EXISTS entries ON entry (briefing, place);
"""


class Briefings:
    """The briefings kept in one library's folder. Safe for several threads and processes."""

    def __init__(self, library_folder: Path) -> None:
        self._path = library_folder / FOLDER / "briefings.sqlite"

    def of(self, owner: str) -> list[str]:
        """The names of a person's briefings, the last changed first."""
        with self._open() as connection:
            rows = connection.execute(
                "SELECT name FROM briefing WHERE owner_key = ? ORDER BY changed DESC, id DESC",
                (_key(owner, "person"),),
            )
            return [row[0] for row in rows]

    def read(self, owner: str, name: str) -> Briefing:
        """A briefing. Raises AnswerError where there is none of that name."""
        with self._open() as connection:
            row = self._row(connection, owner, name)
            rows = connection.execute(
                "SELECT id, paragraph_id, citation, text, quote, heading, note FROM entry"
                " WHERE briefing = ? ORDER BY place, id",
                (row["id"],),
            )
            entries = tuple(Entry(**dict(entry)) for entry in rows)
        return Briefing(row["owner"], row["name"], entries, row["changed"])

    def add(self, owner: str, name: str, entry: Entry) -> int:
        """Put an entry last, in a new briefing where there is none of that name; its id."""
        with self._change() as connection:
            briefing = self._found_or_made(connection, owner, name)
            last, count = connection.execute(
                "SELECT coalesce(max(place), 0), count(*) FROM entry WHERE briefing = ?",
                (briefing,),
            ).fetchone()
            if count >= MOST_ENTRIES:
                raise AnswerError(
                    f"The briefing {name!r} holds {count} paragraphs, the most it can; "
                    "begin another one."
                )
            cursor = connection.execute(
                "INSERT INTO entry (briefing, place, paragraph_id, citation, text, quote,"
                " heading, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(briefing, last + 1, entry.paragraph_id, entry.citation),
                    *(entry.text, entry.quote, entry.heading, entry.note),
                ),
            )
            return int(cursor.lastrowid or 0)

    def make(self, owner: str, name: str) -> None:
        """Begin an empty briefing; one that is there stays as it is."""
        with self._change() as connection:
            self._found_or_made(connection, owner, name)

    def annotate(
        self,
        owner: str,
        name: str,
        entry_id: int,
        *,
        note: str | None = None,
        heading: str | None = None,
        quote: str | None = None,
    ) -> None:
        """Write beside or over an entry, or choose the words quoted; None leaves what is there.

        An empty quote is the whole paragraph. Raises AnswerError where there is no such entry, or
        where the paragraph as it was collected does not hold the words to be quoted.
        """
        with self._entries(owner, name, entry_id) as (connection, _):
            connection.execute(
                "UPDATE entry SET note = coalesce(?, note), heading = coalesce(?, heading)"
                " WHERE id = ?",
                (note, heading, entry_id),
            )
            if quote is not None:
                _choose_quote(connection, entry_id, quote)

    def move(self, owner: str, name: str, entry_id: int, place: int) -> None:
        """Put an entry at a place, 1 being the first; a place beyond the last is the last.

        Raises AnswerError where there is no such entry.
        """
        with self._entries(owner, name, entry_id) as (connection, ids):
            ids.remove(entry_id)
            ids.insert(max(place, 1) - 1, entry_id)
            connection.executemany("UPDATE entry SET place = ? WHERE id = ?", enumerate(ids, 1))

    def remove(self, owner: str, name: str, entry_id: int) -> None:
        """Take an entry out. Raises AnswerError where there is no such entry."""
        with self._entries(owner, name, entry_id) as (connection, _):
            connection.execute("DELETE FROM entry WHERE id = ?", (entry_id,))

    def delete(self, owner: str, name: str) -> None:
        """Forget a briefing. Raises AnswerError where there is none of that name."""
        with self._change() as connection:
            row = self._row(connection, owner, name)
            connection.execute("DELETE FROM briefing WHERE id = ?", (row["id"],))

    @contextmanager
    def _entries(
        self, owner: str, name: str, entry_id: int
    ) -> Iterator[tuple[sqlite3.Connection, list[int]]]:
        """A change to a briefing, and the ids of its entries in their order."""
        with self._change() as connection:
            row = self._row(connection, owner, name)
            ids = [
                found[0]
                for found in connection.execute(
                    "SELECT id FROM entry WHERE briefing = ? ORDER BY place, id", (row["id"],)
                )
            ]
            if entry_id not in ids:
                raise AnswerError(
                    f"There is no entry {entry_id} in the briefing {name!r}; it may have been "
                    "removed meanwhile."
                )
            connection.execute("UPDATE briefing SET changed = ? WHERE id = ?", (_now(), row["id"]))
            yield connection, ids

    def _found_or_made(self, connection: sqlite3.Connection, owner: str, name: str) -> int:
        keys = (_key(owner, "person"), _key(name, "briefing"))
        connection.execute(
            "INSERT INTO briefing (owner_key, name_key, owner, name, changed)"
            " VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (owner_key, name_key) DO UPDATE SET changed = excluded.changed",
            (*keys, " ".join(owner.split()), " ".join(name.split()), _now()),
        )
        return int(self._row(connection, owner, name)["id"])

    def _row(self, connection: sqlite3.Connection, owner: str, name: str) -> sqlite3.Row:
        row: sqlite3.Row | None = connection.execute(
            "SELECT * FROM briefing WHERE owner_key = ? AND name_key = ?",
            (_key(owner, "person"), _key(name, "briefing")),
        ).fetchone()
        if row is None:
            raise AnswerError(f"{owner} has no briefing called {name!r}.")
        return row

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        with self._open() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        try:
            self._path.parent.mkdir(exist_ok=True)
            connection = sqlite3.connect(self._path, timeout=_PATIENCE, isolation_level=None)
            with closing(connection):
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA foreign_keys = ON")
                if not _has_tables(connection):
                    connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")
                yield connection
        except UnicodeEncodeError as exc:
            raise AnswerError(
                f"{exc.object!r} holds bytes that are no text and cannot be kept; type it anew."
            ) from exc
        except (sqlite3.Error, OSError) as exc:
            raise AnswerError(
                f"The briefings in {self._path} cannot be used: {exc}. Check that the library's "
                "folder is there and may be written to."
            ) from exc


def _choose_quote(connection: sqlite3.Connection, entry_id: int, quote: str) -> None:
    text, citation = connection.execute(
        "SELECT text, citation FROM entry WHERE id = ?", (entry_id,)
    ).fetchone()
    part = part_of(text, quote, citation) if quote.strip() else None
    connection.execute("UPDATE entry SET quote = ? WHERE id = ?", (part, entry_id))


def _has_tables(connection: sqlite3.Connection) -> bool:
    found = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'entries'")
    return bool(found.fetchone()[0])


def _key(name: str, what: str) -> str:
    """What two spellings of one name share. Raises AnswerError for a name of nothing."""
    key = " ".join(name.split())
    if not key or len(key) > LONGEST_NAME:
        raise AnswerError(f"Give the {what} a name of 1 to {LONGEST_NAME} characters.")
    return key.casefold()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="microseconds")
