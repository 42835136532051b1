"""The briefings that people collect, kept beside the library in one SQLite file.

SQLite gives what several processes need: a change is there whole or not at all, and two changes
at one time follow each other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from answer.briefing import Briefing, Entry, part_of
from answer.errors import AnswerError, ChangedError

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
_READ = "SELECT id, paragraph_id, citation, text, quote, heading, note FROM entry WHERE "


@dataclass(frozen=True, slots=True)
class Taken:
    """An entry that was taken out, and where it stood."""

    entry: Entry
    before: int | None  # the entry that came next; None: it was the last


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
            rows = connection.execute(_READ + "briefing = ? ORDER BY place, id", (row["id"],))
            entries = tuple(Entry(**dict(entry)) for entry in rows)
        return Briefing(row["owner"], row["name"], entries, row["changed"])

    def add(self, owner: str, name: str, entry: Entry) -> int:
        """Put an entry last, in a new briefing where there is none of that name; its id."""
        with self._change() as connection:
            briefing = self._found_or_made(connection, owner, name)
            return _put_last(connection, briefing, name, entry, None)

    def make(self, owner: str, name: str) -> None:
        """Begin an empty briefing; one that is there stays as it is."""
        with self._change() as connection:
            self._found_or_made(connection, owner, name)

    def rename(self, owner: str, name: str, new: str) -> None:
        """Call a briefing otherwise. Raises AnswerError where there is one of that name."""
        keys = (_key(owner, "person"), _key(new, "briefing"))
        with self._change() as connection:
            row = self._row(connection, owner, name)
            try:
                connection.execute(
                    "UPDATE briefing SET owner_key = ?, name_key = ?, name = ? WHERE id = ?",
                    (*keys, " ".join(new.split()), row["id"]),
                )
            except sqlite3.IntegrityError as exc:
                raise AnswerError(
                    f"{owner} has another briefing called {new!r}; choose another name."
                ) from exc

    def annotate(
        self,
        owner: str,
        name: str,
        entry_id: int,
        *,
        note: str | None = None,
        heading: str | None = None,
        quote: str | None = None,
        seen: Entry | None = None,
    ) -> None:
        """Write beside or over an entry, or choose the words quoted; None leaves what is there.

        An empty quote is the whole paragraph. With `seen`, the entry as the writer saw it, what
        somebody else has written meanwhile is not written over.

        Raises AnswerError where there is no such entry, or where the paragraph as it was collected
        does not hold the words to be quoted; ChangedError where somebody else was quicker.
        """
        with self._entries(owner, name, entry_id) as (connection, _):
            if seen is not None:
                wanted = {"note": note, "heading": heading, "quote": quote}
                _refuse_overwriting(_entry(connection, entry_id), seen, wanted)
            connection.execute(
                "UPDATE entry SET note = coalesce(?, note), heading = coalesce(?, heading)"
                " WHERE id = ?",
                (note, heading, entry_id),
            )
            if quote is not None:
                _choose_quote(connection, entry_id, quote)

    def move(self, owner: str, name: str, entry_id: int, place: int) -> tuple[int, int]:
        """Put an entry at a place, 1 being the first; a place beyond the last is the last.

        Returns its place, and of how many. Raises AnswerError where there is no such entry.
        """
        with self._entries(owner, name, entry_id) as (connection, ids):
            return _placed(connection, ids, entry_id, place)

    def step(self, owner: str, name: str, entry_id: int, by: int) -> tuple[int, int]:
        """Put an entry some places further down, or up, from where it now stands; as move()."""
        with self._entries(owner, name, entry_id) as (connection, ids):
            return _placed(connection, ids, entry_id, ids.index(entry_id) + 1 + by)

    def remove(self, owner: str, name: str, entry_id: int) -> Taken:
        """Take an entry out. Raises AnswerError where there is no such entry."""
        with self._entries(owner, name, entry_id) as (connection, ids):
            taken = _entry(connection, entry_id)
            connection.execute("DELETE FROM entry WHERE id = ?", (entry_id,))
            return Taken(taken, dict(pairwise(ids)).get(entry_id))

    def restore(self, owner: str, name: str, taken: Taken) -> None:
        """Put back what was taken out, under its own id; what is there again stays as it is.

        Raises AnswerError where there is no such briefing.
        """
        entry = taken.entry
        with self._change() as connection:
            briefing = int(self._row(connection, owner, name)["id"])
            ids = _ids(connection, briefing)
            if entry.id in ids:
                return
            _put_last(connection, briefing, name, entry, entry.id)
            place = ids.index(taken.before) if taken.before in ids else len(ids)
            _placed(connection, [*ids, entry.id], entry.id, place + 1)

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
            ids = _ids(connection, row["id"])
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


def _ids(connection: sqlite3.Connection, briefing: int) -> list[int]:
    """The ids of a briefing's entries in their order."""
    found = connection.execute(
        "SELECT id FROM entry WHERE briefing = ? ORDER BY place, id", (briefing,)
    )
    return [row[0] for row in found]


def _entry(connection: sqlite3.Connection, entry_id: int) -> Entry:
    return Entry(**dict(connection.execute(_READ + "id = ?", (entry_id,)).fetchone()))


def _put_last(
    connection: sqlite3.Connection, briefing: int, name: str, entry: Entry, entry_id: int | None
) -> int:
    """Put an entry last and return its id, a new one where none is given."""
    last, count = connection.execute(
        "SELECT coalesce(max(place), 0), count(*) FROM entry WHERE briefing = ?", (briefing,)
    ).fetchone()
    if count >= MOST_ENTRIES:
        raise AnswerError(
            f"The briefing {name!r} holds {count} paragraphs, the most it can; begin another one."
        )
    cursor = connection.execute(
        "INSERT INTO entry (briefing, place, id, paragraph_id, citation, text, quote, heading,"
        " note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(briefing, last + 1, entry_id, entry.paragraph_id, entry.citation),
            *(entry.text, entry.quote, entry.heading, entry.note),
        ),
    )
    return int(cursor.lastrowid or 0)


def _placed(
    connection: sqlite3.Connection, ids: list[int], entry_id: int, place: int
) -> tuple[int, int]:
    """Put an entry at a place among the others; its place now, and of how many."""
    place = min(max(place, 1), len(ids))
    ids.remove(entry_id)
    ids.insert(place - 1, entry_id)
    connection.executemany("UPDATE entry SET place = ? WHERE id = ?", enumerate(ids, 1))
    return place, len(ids)


def _refuse_overwriting(now: Entry, seen: Entry, wanted: Mapping[str, str | None]) -> None:
    """Raise ChangedError where what is to be written has been changed since it was seen."""
    theirs = {field: getattr(now, field) or "" for field in wanted if wanted[field] is not None}
    changed = {
        field: text
        for field, text in theirs.items()
        if text.strip() not in {(getattr(seen, field) or "").strip(), (wanted[field] or "").strip()}
    }
    if changed:
        raise ChangedError(changed)


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
