"""What a library's tables hold, read and written through one connection."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Literal

import numpy as np

from index.dense import Ids
from index.digests import DamageError, checked
from index.encoder import Vectors
from index.places import Places
from index.records import (
    document_from,
    metadata_columns,
    paragraph_columns,
    paragraph_from,
    set_aside_body,
    set_aside_from,
)
from index.restriction import register
from index.tables import Tables, marks
from index.tallies import Tallies
from index.vectors import StoredVectors, packed, unpacked
from ingest.model import Document, Paragraph
from ingest.overlap import SAME_SHARE, content_sample


@dataclass(frozen=True, slots=True)
class PassageRecord:
    """A passage ready to be stored."""

    start: int  # characters of the paragraph's text
    stop: int
    hash: bytes
    vector: Vectors


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What tells whether a file has to be read again."""

    row: int
    document_id: str
    doc: str
    source: str
    fingerprint: str
    sha256: str
    added: bool  # by add(), not by build()


@dataclass(frozen=True, slots=True)
class StoredParagraph:
    """A paragraph with its place in the tables."""

    row: int
    document: int  # the document's row
    paragraph: Paragraph


def text_hash(text: str) -> bytes:
    """What a passage's vector is found again by."""
    return blake2b(text.encode("utf-8"), digest_size=16).digest()


class Store(Tables):
    """The tables behind one connection; transactions are its owner's business."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        register(connection)
        super().__init__(connection)
        self.tallies = Tallies(connection)

    # what it was built with

    def meta(self) -> dict[str, str]:
        """All that is recorded of the library itself."""
        return {row[0]: row[1] for row in self._rows("SELECT key, value FROM meta")}

    def set_meta(self, values: Mapping[str, str]) -> None:
        """Record these, keep the rest."""
        self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def version(self) -> int:
        """How many changes have been committed."""
        row = self._row("SELECT value FROM meta WHERE key = 'version'")
        return int(row[0]) if row else 0

    def stamp(self) -> str:
        """What no two commits of any library share: tells whether anything changed."""
        row = self._row("SELECT value FROM meta WHERE key = 'stamp'")
        return str(row[0]) if row else ""

    def counts(self) -> tuple[int, int, int]:
        """Documents, paragraphs, passages."""
        (counts,) = self._rows(
            "SELECT (SELECT count(*) FROM document), (SELECT count(*) FROM paragraph),"
            " (SELECT count(*) FROM passage)"
        )
        return counts[0], counts[1], counts[2]

    # documents

    def files(self) -> list[StoredFile]:
        """Every document's file, in the order they came in."""
        rows = self._rows(
            "SELECT id AS row, document_id, doc, source, fingerprint, sha256, added FROM document"
            " ORDER BY id"
        )
        return [StoredFile(**{**row, "added": bool(row["added"])}) for row in rows]

    def documents(self) -> list[tuple[int, Document]]:
        """Every document with its row, without paragraphs and what was set aside, by id."""
        rows = self._rows(
            "SELECT id, document_id, doc, sha256, authority, kind, body FROM document"
            " ORDER BY document_id"
        )
        return [(row["id"], document_from(row)) for row in rows]

    def document(self, row: int) -> Document:
        """One document, whole."""
        (found,) = self._rows("SELECT * FROM document WHERE id = ?", row)
        checked("document", found)
        paragraphs = [stored.paragraph for stored in self.paragraphs(row)]
        return document_from(found, paragraphs, set_aside_from(found["set_aside"]))

    def original(self, row: int) -> bytes:
        """The file as it was handed in."""
        (found,) = self._rows("SELECT * FROM original WHERE document = ?", row)
        return bytes(checked("original", found)["content"])

    def same_reports(self) -> list[tuple[int, int, float]]:
        """Pairs of documents that hold the same words, and the share of the words."""
        rows = self._rows("SELECT first, second, share FROM same_report ORDER BY first, second")
        return [(row[0], row[1], row[2]) for row in rows]

    def kind_counts(self) -> list[tuple[int, str, int, int]]:
        """Document row, kind of paragraph, whether recommendations, how many of them."""
        rows = self._rows(
            "SELECT document, kind, recommendation, count(*) FROM paragraph GROUP BY 1, 2, 3"
        )
        return [(row[0], row[1], row[2], row[3]) for row in rows]

    # paragraphs

    def paragraphs(self, document: int, first: int = 0, last: int = -1) -> list[StoredParagraph]:
        """A document's paragraphs in reading order, all or those from first to last."""
        rows = self._rows(
            "SELECT * FROM paragraph WHERE document = ? AND ordinal >= ?"
            " AND (? < 0 OR ordinal <= ?) ORDER BY ordinal",
            *(document, first, last, last),
        )
        query = "SELECT count(*) FROM paragraph INDEXED BY paragraph_kind WHERE document = ?"
        ((count,),) = self._rows(query, document)  # from an index that opening has checked
        wanted = range(first, count if last < 0 else min(last + 1, count))
        if [row["ordinal"] for row in rows] != list(wanted):
            raise DamageError("paragraphs are missing from its tables")
        return [_stored(row) for row in rows]

    def paragraph_ordinal(self, document: int, key: str) -> int | None:
        """A paragraph's place in the reading order."""
        row = self._row(
            "SELECT ordinal FROM paragraph WHERE document = ? AND key = ?", document, key
        )
        return int(row[0]) if row else None

    def paragraphs_by_row(self, rows: Sequence[int]) -> dict[int, StoredParagraph]:
        """Those paragraphs."""
        found = self._rows_in("SELECT * FROM paragraph WHERE id IN ({})", rows)
        if len(found) != len({*rows}):
            raise DamageError("paragraphs are missing from its tables")
        return {row["id"]: _stored(row) for row in found}

    def names(self, rows: Sequence[int]) -> dict[int, str]:
        """The paragraph_id of each paragraph."""
        found = self._rows_in(
            "SELECT paragraph.id, document_id || '#' || key FROM paragraph"
            " JOIN document ON document.id = document WHERE paragraph.id IN ({})",
            rows,
        )
        return {row[0]: row[1] for row in found}

    def numbered(self, numbers: Sequence[str]) -> list[int]:
        """The paragraphs that carry one of some printed numbers."""
        rows = self._rows_in("SELECT id FROM paragraph WHERE number IN ({})", numbers)
        return [row[0] for row in rows]

    def keyed(
        self, column: Literal["number", "key"], value: str, documents: Sequence[int]
    ) -> list[int]:
        """The paragraphs of some documents with that number or key."""
        query = "SELECT id FROM paragraph WHERE document IN (SELECT value FROM json_each(?))"
        query += " AND " + column + " = ? ORDER BY document, ordinal"
        return [row[0] for row in self._rows(query, json.dumps(documents), value)]

    def of_documents(self, documents: Sequence[int]) -> list[StoredParagraph]:
        """The paragraphs of some documents, in reading order."""
        rows = self._rows_in(
            "SELECT * FROM paragraph WHERE document IN ({}) ORDER BY document, ordinal", documents
        )
        return list(map(_stored, rows))

    def headings(self) -> frozenset[str]:
        """The headings of paragraphs without a printed number."""
        query = "SELECT * FROM paragraph WHERE number IS NULL AND heading IS NOT NULL"
        return frozenset(
            checked("paragraph", row)["heading"] for row in self.connection.execute(query)
        )

    def boilerplate(self) -> list[int]:
        """The paragraphs that inspectors did not write about what they found."""
        return [row[0] for row in self._rows("SELECT id FROM paragraph WHERE kind = 'boilerplate'")]

    def places(self) -> Places:
        """Every paragraph's row and its document's."""
        runs = self._rows(
            "SELECT document, min(id), max(id) - min(id) + 1, count(*)"
            " FROM paragraph INDEXED BY paragraph_kind GROUP BY 1"  # which opening has checked
        )
        whole = [(row[0], row[1], row[3]) for row in runs if row[2] == row[3]]
        broken = [row[0] for row in runs if row[2] != row[3]]  # a paragraph was corrected
        query = "SELECT document, id, 1 FROM paragraph WHERE document IN ({})"
        return Places.of([*whole, *(tuple(row) for row in self._rows_in(query, broken))])

    def last_paragraph(self) -> int:
        """The greatest row that a paragraph has; 0 where there is none."""
        (row,) = self._rows("SELECT coalesce(max(id), 0) FROM paragraph")
        return int(row[0])

    def gone(self, since: int) -> Ids:
        """The rows of paragraphs that a version held and that are there no more, ascending."""
        rows = self._rows("SELECT paragraph FROM gone WHERE version > ? ORDER BY 1", since)
        return np.array([row[0] for row in rows], np.int64)

    def texts(self, after: int = 0) -> Iterator[str]:
        """The text of every paragraph whose row follows one."""
        query = "SELECT * FROM paragraph WHERE id > ? ORDER BY id"
        for row in self.connection.execute(query, (after,)):
            yield checked("paragraph", row)["text"]

    # vectors

    def vectors(self, after: int = 0) -> StoredVectors:
        """The vectors of all paragraphs whose rows follow one."""
        row = self._row("SELECT value FROM meta WHERE key = 'dim'")
        return StoredVectors(self.connection, int(row[0]) if row else 1, after)

    def vectors_of(self, paragraphs: Iterable[int]) -> Vectors:
        """The vectors of those paragraphs' first passages: float32 (n, dim)."""
        rows, vectors = self.vectors().of(np.array(sorted(paragraphs), np.int64))
        return vectors[np.unique(rows, return_index=True)[1]]

    def vectors_by_hash(self, hashes: Iterable[bytes]) -> dict[bytes, Vectors]:
        """The vectors of passages that are in the library already."""
        found = self._rows_in(
            "SELECT * FROM passage WHERE hash IN ({})", list(dict.fromkeys(hashes))
        )
        whole = [checked("passage", row) for row in found]
        return {row["hash"]: unpacked(row["vector"]) for row in whole}

    # writing

    def insert(
        self,
        document: Document,
        passages: Sequence[Sequence[PassageRecord]],
        *,
        original: bytes,
        source: Path,
        fingerprint: str,
        added: bool,
    ) -> int:
        """Add a document; passages[i] are those of its paragraph i. Its row."""
        columns = {
            "document_id": document.document_id,
            "doc": document.doc,
            "source": str(source),
            "fingerprint": fingerprint,
            "added": added,
            "sha256": document.sha256,
            **metadata_columns(document),
            "set_aside": set_aside_body(document),
        }
        row = self._insert("document", columns)
        self._insert("original", {"document": row, "content": original})
        for ordinal, paragraph in enumerate(document.paragraphs):
            place = self._insert_paragraph(row, ordinal, paragraph)
            self._insert_passages(place, passages[ordinal])
        self.tallies.add(paragraph.text for paragraph in document.paragraphs)
        self._compare(row, content_sample(document))
        return row

    def replace_passages(self, paragraph: int, passages: Sequence[PassageRecord]) -> None:
        """Give a paragraph other passages."""
        self.connection.execute("DELETE FROM passage WHERE paragraph = ?", (paragraph,))
        self._insert_passages(paragraph, passages)

    def amend_document(self, document: int, now: Document) -> None:
        """Give a document other metadata."""
        self.connection.execute(
            "UPDATE document SET authority = :authority, slug = :slug, kind = :kind, year = :year,"
            " body = :body WHERE id = :row",
            metadata_columns(now) | {"row": document},
        )

    def amend_paragraph(self, stored: StoredParagraph, now: Paragraph) -> int:
        """Put a paragraph in another's place; its row, a new one where it reads otherwise.

        Its passages stay until they are replaced.
        """
        self.connection.execute(
            "UPDATE paragraph SET key = :key, number = :number, kind = :kind,"
            " recommendation = :recommendation, body = :body WHERE id = :row",
            paragraph_columns(now) | {"row": stored.row},
        )
        before = stored.paragraph
        if (before.text, before.heading) == (now.text, now.heading):
            return stored.row
        return self._reword(stored, now)

    def _reword(self, stored: StoredParagraph, now: Paragraph) -> int:
        """Give a paragraph another text under a new row."""
        self.tallies.add([stored.paragraph.text], -1)
        row = self._next_row()
        self.connection.execute("PRAGMA defer_foreign_keys = ON")  # its passages follow it
        self.connection.execute(
            "UPDATE paragraph SET id = ?, text = ?, heading = ? WHERE id = ?",
            (row, now.text, now.heading, stored.row),
        )
        self.connection.execute(
            "UPDATE passage SET paragraph = ? WHERE paragraph = ?", (row, stored.row)
        )
        self.tallies.add([now.text])
        return row

    def rename(self, document: int, document_id: str) -> None:
        """Give a document its id."""
        self.connection.execute(
            "UPDATE document SET document_id = ? WHERE id = ?", (document_id, document)
        )

    def delete(self, document: int) -> None:
        """Take a document out; tallies.purge() then forgets the words that were in no other."""
        self.tallies.add((stored.paragraph.text for stored in self.paragraphs(document)), -1)
        self.connection.execute("DELETE FROM document WHERE id = ?", (document,))

    def _insert(self, table: str, columns: Mapping[str, object]) -> int:
        query = "INSERT INTO " + table + " (" + ", ".join(columns) + ")"
        query += " VALUES (" + marks(len(columns)) + ")"
        cursor = self.connection.execute(query, tuple(columns.values()))
        return int(cursor.lastrowid or 0)

    def _insert_paragraph(self, document: int, ordinal: int, paragraph: Paragraph) -> int:
        place = {"id": self._next_row(), "document": document, "ordinal": ordinal}
        return self._insert("paragraph", place | paragraph_columns(paragraph))

    def _next_row(self) -> int:
        """A row that no paragraph has or had."""
        (row,) = self._rows(
            "SELECT 1 + max(coalesce((SELECT max(id) FROM paragraph), 0),"
            " coalesce((SELECT max(paragraph) FROM gone), 0))"
        )
        return int(row[0])

    def _insert_passages(self, paragraph: int, passages: Sequence[PassageRecord]) -> None:
        self.connection.executemany(
            "INSERT INTO passage (paragraph, start, stop, hash, vector) VALUES (?, ?, ?, ?, ?)",
            [(paragraph, p.start, p.stop, p.hash, packed(p.vector)) for p in passages],
        )

    def _compare(self, document: int, sample: frozenset[int]) -> None:
        """Note which documents hold most of the same words as a new one."""
        shared = Counter(
            row[0]
            for row in self._rows_in("SELECT document FROM run WHERE code IN ({})", [*sample])
        )
        for other, count in shared.items():
            (size,) = self._rows("SELECT count(*) FROM run WHERE document = ?", other)
            share = count / max(size[0], len(sample))
            if share >= SAME_SHARE:
                self.connection.execute(
                    "INSERT INTO same_report VALUES (?, ?, ?)", (other, document, share)
                )
        self.connection.executemany(
            "INSERT INTO run VALUES (?, ?)", [(code, document) for code in sample]
        )


def _stored(row: sqlite3.Row) -> StoredParagraph:
    checked("paragraph", row)
    return StoredParagraph(row["id"], row["document"], paragraph_from(row))
