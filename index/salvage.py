"""What can still be read of a damaged library: the files it keeps, and what was said of them."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from index.digests import is_whole
from index.encoder import Vectors
from index.records import document_from
from index.store import StoredFile
from index.vectors import unpacked
from ingest.model import Document
from ingest.readers import SUFFIXES

_BATCH = 1000  # vectors


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A document of a damaged library."""

    row: int
    source: Path  # where its file lay, or a name for it
    content: bytes | None  # of its file; None where that is damaged and lies nowhere else
    record: tuple[StoredFile, Document] | None  # without paragraphs; None where it is damaged


class Wreck:
    """A damaged library's tables, asked so that one bad page takes no other with it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        connection.text_factory = lambda content: content.decode("utf-8", "replace")
        self._connection = connection

    def meta(self) -> dict[str, str]:
        """As much as can be read of what is recorded of the library itself."""
        return {row[0]: row[1] for row in self._each("SELECT key, value FROM meta")}

    def documents(self) -> Iterator[Salvaged]:
        """Every document of which something is left, by row."""
        for row in self._document_rows():
            found = self._one("SELECT * FROM document WHERE id = ?", row)
            content = self._content(row)
            if found is not None and _is_whole("document", found):
                stored = _stored(found)
                content = content or _where_it_lay(stored)
                record = stored, document_from(found)
                yield Salvaged(row, Path(stored.source), content, record)
            else:
                named = _readable_source(found) or f"document-{row}{_suffix(content or b'')}"
                yield Salvaged(row, Path(named), content, None)

    def vectors(self) -> Iterator[dict[bytes, Vectors]]:
        """The vectors that are as they were written, by the hash of their text, some at a time."""
        found: dict[bytes, Vectors] = {}
        for row in self._each("SELECT * FROM passage"):
            if _is_whole("passage", row):
                found[row["hash"]] = unpacked(row["vector"])
            if len(found) == _BATCH:
                yield found
                found = {}
        yield found

    def _content(self, row: int) -> bytes | None:
        """The file as it was handed in."""
        kept = self._one("SELECT * FROM original WHERE document = ?", row)
        return bytes(kept["content"]) if kept is not None and _is_whole("original", kept) else None

    def _document_rows(self) -> list[int]:
        """The rows of all documents, from wherever one is named."""
        queries = (
            "SELECT id FROM document NOT INDEXED ORDER BY id",
            "SELECT id FROM document NOT INDEXED ORDER BY id DESC",
            "SELECT id FROM document ORDER BY document_id",
            "SELECT document FROM original",
        )
        return sorted({row[0] for query in queries for row in self._each(query)})

    def _one(self, query: str, row: int) -> sqlite3.Row | None:
        return next(self._each(query, row), None)

    def _each(self, query: str, *parameters: int) -> Iterator[sqlite3.Row]:
        """The rows of a query up to the first that cannot be read."""
        with suppress(sqlite3.Error, UnicodeDecodeError):
            yield from self._connection.execute(query, parameters)


def _is_whole(table: str, row: sqlite3.Row) -> bool:
    """Whether a row is as it was written; one of an older version, which signed none, counts so."""
    return "digest" not in row.keys() or is_whole(table, row)  # noqa: SIM118 - a row's `in` looks at values


def _stored(record: sqlite3.Row) -> StoredFile:
    names = ("document_id", "doc", "source", "fingerprint", "sha256")
    return StoredFile(
        row=record["id"], added=bool(record["added"]), **{name: record[name] for name in names}
    )


def _where_it_lay(stored: StoredFile) -> bytes | None:
    """The very file that a document was read from, where it still lies there."""
    with suppress(OSError):
        content = Path(stored.source).read_bytes()
        if hashlib.sha256(content).hexdigest() == stored.sha256:
            return content
    return None


def _readable_source(record: sqlite3.Row | None) -> str | None:
    """Where the file lay, as far as a damaged record says so; it may name its authority or date."""
    source = record["source"] if record is not None else None
    known = isinstance(source, str) and Path(source).suffix.lower() in SUFFIXES
    return source if known else None


def _suffix(content: bytes) -> str:
    """What a file of which only the content is left is read as."""
    for sign, suffix in ((b"%PDF-", ".pdf"), (b"PK", ".docx"), (b"<", ".html")):
        if content.lstrip()[:1024].find(sign) == 0:
            return suffix
    return ".txt"
