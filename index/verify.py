"""Is everything in a library as it was written? Also what opening and reading do not look at."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from index.digests import SIGNED, DamageError, check_opening, is_whole
from index.graphs import damaged_graphs
from index.nearest import recorded as recorded_vectors
from index.schema import FILE_NAME, open_reader
from index.store import Store
from index.words import recorded as recorded_words

_FEW = 10  # faults of one kind that are named


def verify(folder: Path) -> list[str]:
    """A sentence for everything that is not as it was written.

    Raises DamagedLibraryError where the library cannot even be opened.
    """
    with closing(open_reader(folder)) as connection:
        store = Store(connection)
        connection.execute("BEGIN")
        said = {check: _tried(check, store) for check in _CHECKS}
        found = [f"{FILE_NAME}: {one}." for each in said.values() for one in each]
        if not said[_opening]:  # else what is recorded of the files may be damaged itself
            found += [
                f"{path.name} is missing or damaged; until it is made again, opening does without "
                "it."
                for path in _damaged_files(store, folder)
            ]
    return found


def verify_models() -> list[str]:
    """The same of the models that are kept prepared on this computer."""
    return [
        f"The prepared model in {path} is damaged; its next use makes it again."
        for path in damaged_graphs()
    ]


def _damaged_files(store: Store, folder: Path) -> Iterator[Path]:
    """The files beside the tables that are not those that were recorded."""
    for record in (recorded_vectors(store), recorded_words(store)):
        if record and not record.is_whole(folder):
            yield record.path(folder)


def _tried(check: Callable[[Store], Iterator[str]], store: Store) -> list[str]:
    said: list[str] = []
    try:
        for one in check(store):
            said.append(one)
            if len(said) == _FEW:
                break
    except (sqlite3.Error, DamageError) as exc:
        said.append(str(exc))
    return said


def _structure(store: Store) -> Iterator[str]:
    """Pages, and every index beside its table."""
    for row in store.connection.execute(f"PRAGMA integrity_check({_FEW})"):
        if row[0] != "ok":
            yield str(row[0]).replace("\n", " ")
    if store.connection.execute("PRAGMA foreign_key_check").fetchone():
        yield "rows refer to others that are not there"


def _opening(store: Store) -> Iterator[str]:
    check_opening(store.connection)
    yield from ()


def _rows(store: Store) -> Iterator[str]:
    for table in SIGNED:
        for row in store.connection.execute(f"SELECT rowid AS place, * FROM {table}"):  # noqa: S608
            if not is_whole(table, row):
                yield f"row {row['place']} of its table of {table}s is not as it was written"


def _order(store: Store) -> Iterator[str]:
    query = (
        "SELECT document FROM paragraph GROUP BY document"
        " HAVING min(ordinal) <> 0 OR max(ordinal) <> count(*) - 1"
    )
    for row in store.connection.execute(query):
        yield f"paragraphs of document {row[0]} are missing"


_CHECKS = (_structure, _opening, _rows, _order)
