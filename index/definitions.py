"""The definitions of a damaged library's tables put right for as long as its wreck is read."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress

from index.schema import migrate, schema_version

_COLUMNS = ("type", "name", "tbl_name", "sql")
_AS_BYTES = ", ".join(f"CAST({column} AS BLOB)" for column in _COLUMNS)  # they may be no text
_SET = ", ".join(f"{column} = CAST(? AS TEXT)" for column in _COLUMNS)


def put_right(connection: sqlite3.Connection) -> None:
    """Make good one definition that is not as it was written; nothing where more are damaged.

    Call it inside a transaction, and undo that: what is on the disk stays as it is.
    """
    with suppress(sqlite3.Error, UnicodeDecodeError):
        connection.execute("PRAGMA writable_schema = ON")  # go on where one cannot be understood
        found = {tuple(row[1:]): row[0] for row in _definitions(connection, "rowid, ")}
        written = {tuple(row) for row in _as_written(schema_version(connection))}
        odd, lost = found.keys() - written, written - found.keys()
        if len(odd) == len(lost) == 1:
            query = f"UPDATE sqlite_schema SET {_SET} WHERE rowid = ?"  # noqa: S608
            connection.execute(query, (*lost.pop(), found[odd.pop()]))
            _read_again(connection)


def _definitions(connection: sqlite3.Connection, more: str = "") -> list[tuple[object, ...]]:
    return connection.execute(f"SELECT {more}{_AS_BYTES} FROM sqlite_schema").fetchall()  # noqa: S608


def _as_written(version: int) -> list[tuple[object, ...]]:
    """The definitions that a library of that version has."""
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(connection, version)
        return _definitions(connection)


def _read_again(connection: sqlite3.Connection) -> None:
    """Have the connection forget the definitions that it has read."""
    (number,) = connection.execute("PRAGMA schema_version").fetchone()
    connection.execute(f"PRAGMA schema_version = {number + 1}")
