"""Digests of what the tables hold: a byte that changed on the disk is found before it is shown.

SQLite checks the order of its pages and not their content. So every row that is shown or searched
carries a digest of itself, checked whenever it is read; and all that is read when a library is
opened has one digest in `meta`, checked then. `index.verify` checks everything.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from hashlib import blake2b

_SIZE = 8  # bytes
OPENING = "opening"  # under which meta keeps the digest of all that opening reads
# {table: the columns that its digest speaks for}
SIGNED: Mapping[str, tuple[str, ...]] = {
    "document": (
        "id",
        "document_id",
        "doc",
        "source",
        "fingerprint",
        "sha256",
        "authority",
        "slug",
        "kind",
        "year",
        "body",
        "set_aside",
        "added",
    ),
    "paragraph": (
        "id",
        "document",
        "ordinal",
        "key",
        "number",
        "kind",
        "recommendation",
        "heading",
        "text",
        "body",
    ),
    "passage": ("id", "paragraph", "start", "stop", "hash", "vector"),
    "original": ("document", "content"),
}
# What opening a library reads, or what is asked of it without reading whole rows: columns, and
# where they stand in which order. SQLite itself puts them together, for a million paragraphs are
# too many to be looked at one by one.
_DEFINITIONS = ("type, name, tbl_name, sql", "sqlite_schema ORDER BY name")
_OPENED = (
    ("key, value", f"meta WHERE key <> '{OPENING}' ORDER BY key"),
    (
        ", ".join(column for column in SIGNED["document"] if column != "set_aside"),
        "document ORDER BY id",
    ),
    ("word, paragraphs", "word ORDER BY word"),
    ("word, times", "typed ORDER BY word"),
    ("short, long, times", "written_out ORDER BY short, long"),
    ("paragraph, version", "gone ORDER BY paragraph"),
    ("first, second, share", "same_report ORDER BY first, second"),
    (
        "document, kind, recommendation, ids",
        "(SELECT document, kind, recommendation, group_concat(id) AS ids"
        " FROM paragraph INDEXED BY paragraph_kind GROUP BY 1, 2, 3)",
    ),
    (
        "number, ids",
        "(SELECT number, group_concat(id) AS ids"
        " FROM paragraph INDEXED BY paragraph_number WHERE number IS NOT NULL GROUP BY 1)",
    ),
)


class DamageError(Exception):
    """Something in the tables is not as it was written."""


def register(connection: sqlite3.Connection) -> None:
    """Give a connection the function that the triggers of the tables sign rows with."""
    connection.create_function("row_digest", -1, row_digest)


def row_digest(*values: object) -> bytes:
    """The digest of a row's values."""
    packed = [value for value in values if isinstance(value, bytes)]
    plain = tuple([value for value in values if not isinstance(value, bytes)]) if packed else values
    return blake2b(repr(plain).encode() + b"".join(packed), digest_size=_SIZE).digest()


def checked(table: str, row: sqlite3.Row) -> sqlite3.Row:
    """The row, which is as it was written.

    Raises DamageError where it is not.
    """
    if not is_whole(table, row):
        raise DamageError(f"a row of its table of {table}s is not as it was written")
    return row


def is_whole(table: str, row: sqlite3.Row) -> bool:
    """Whether a row has the digest that was made when it was written."""
    try:
        digest: bytes = row["digest"]
        return row_digest(*map(row.__getitem__, SIGNED[table])) == digest
    except IndexError:  # the name of a column was damaged
        return False


def signing() -> str:
    """SQL that signs every row there is, and has every row signed that is written from then on."""
    return "\n".join(_signing(table, columns) for table, columns in SIGNED.items())


def _signing(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(columns)
    new = ", ".join(f"new.{column}" for column in columns)
    sign = f"UPDATE {table} SET digest = row_digest({new}) WHERE rowid = new.rowid;"  # noqa: S608 - ours
    return f"""
    ALTER TABLE {table} ADD COLUMN digest BLOB;
    UPDATE {table} SET digest = row_digest({names});
    CREATE TRIGGER {table}_signed AFTER INSERT ON {table} BEGIN {sign} END;
    CREATE TRIGGER {table}_signed_again AFTER UPDATE OF {names} ON {table} BEGIN {sign} END;
    """  # noqa: S608


def opening_digest(connection: sqlite3.Connection, *, definitions: bool = True) -> str:
    """One digest of all that opening a library reads; at first without the definitions."""
    digest = blake2b(digest_size=16)
    for columns, rows in (_DEFINITIONS, *_OPENED) if definitions else _OPENED:
        line = " || ',' || ".join(f"quote({column})" for column in columns.split(", "))
        query = (
            f"SELECT CAST(group_concat({line}, ';') AS BLOB) FROM (SELECT {columns} FROM {rows})"  # noqa: S608 - all of it our own
        )
        (content,) = connection.execute(query).fetchone()
        digest.update((content or b"") + b"\n")
    return digest.hexdigest()


def sign_opening(connection: sqlite3.Connection) -> None:
    """Record the digest of what opening will read."""
    connection.execute(
        "INSERT OR REPLACE INTO meta VALUES (?, ?)", (OPENING, opening_digest(connection))
    )


def check_opening(connection: sqlite3.Connection, *, definitions: bool = True) -> None:
    """Raise DamageError unless all that opening reads is as it was committed."""
    said = connection.execute("SELECT value FROM meta WHERE key = ?", (OPENING,)).fetchone()
    if said is None or said[0] != opening_digest(connection, definitions=definitions):
        raise DamageError("what is read when it is opened is not as it was committed")
