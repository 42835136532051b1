"""Documents and paragraphs as rows of the library, and back."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date
from sqlite3 import Row

from ingest.model import Box, Document, Paragraph, SetAside

DOCUMENT_COLUMNS = ("document_id", "doc", "sha256", "authority", "kind")
PARAGRAPH_COLUMNS = ("key", "number", "kind", "recommendation", "heading", "text")
_DATES = ("inspection_start", "inspection_end", "published", "file_date")
_NOT_IN_BODY = {*DOCUMENT_COLUMNS, "paragraphs", "set_aside"}
_DOCUMENT_FIELDS = {field.name for field in fields(Document)} - _NOT_IN_BODY
_PARAGRAPH_FIELDS = {field.name for field in fields(Paragraph)} - set(PARAGRAPH_COLUMNS)


def document_body(document: Document) -> str:
    """JSON of what has no column of its own."""
    values = {name: getattr(document, name) for name in sorted(_DOCUMENT_FIELDS)}
    for name in _DATES:
        values[name] = values[name].isoformat() if values[name] else None
    values["judgements"] = dict(document.judgements)
    return json.dumps(values, ensure_ascii=False)


def document_from(
    row: Row,
    paragraphs: Iterable[Paragraph] = (),
    set_aside: Iterable[SetAside] = (),
) -> Document:
    """The document of a row; what this program does not know of its body is passed over."""
    body = json.loads(row["body"])
    values = {name: value for name, value in body.items() if name in _DOCUMENT_FIELDS}
    for name in _DATES:
        values[name] = date.fromisoformat(values[name]) if values.get(name) else None
    values["warnings"] = tuple(values.get("warnings", ()))
    return Document(
        **{name: row[name] for name in DOCUMENT_COLUMNS},
        **values,
        paragraphs=tuple(paragraphs),
        set_aside=tuple(set_aside),
    )


def set_aside_body(document: Document) -> str:
    """JSON of the lines that belong to no paragraph."""
    rows = [[aside.kind, aside.page, aside.text] for aside in document.set_aside]
    return json.dumps(rows, ensure_ascii=False)


def set_aside_from(body: str) -> list[SetAside]:
    """The lines that belong to no paragraph."""
    return [SetAside(kind, page, text) for kind, page, text in json.loads(body)]


def paragraph_body(paragraph: Paragraph) -> str:
    """JSON of what has no column of its own."""
    values = {name: getattr(paragraph, name) for name in sorted(_PARAGRAPH_FIELDS)}
    values["boxes"] = [list(asdict(box).values()) for box in paragraph.boxes]
    return json.dumps(values, ensure_ascii=False)


def paragraph_from(row: Row) -> Paragraph:
    """The paragraph of a row; what this program does not know of its body is passed over."""
    body = json.loads(row["body"])
    values = {name: value for name, value in body.items() if name in _PARAGRAPH_FIELDS}
    values["notes"] = tuple(values.get("notes", ()))
    values["boxes"] = tuple(Box(*box) for box in values.get("boxes", ()))
    columns = {name: row[name] for name in PARAGRAPH_COLUMNS}
    columns["recommendation"] = bool(columns["recommendation"])
    return Paragraph(**columns, **values)


def slug(name: str) -> str:
    """A name as options and addresses write it: "East Riding of Yorkshire" with hyphens.

    Case, accents, "&" for "and" and whatever is no letter or digit make no difference.
    """
    plain = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore")
    return re.sub(r"[^a-z0-9]+", "-", plain.decode().lower().replace("'", "")).strip("-")


def metadata_columns(document: Document) -> dict[str, object]:
    """The columns that metadata fill, and the body."""
    return {
        "authority": document.authority,
        "slug": slug(document.authority) if document.authority else None,
        "kind": document.kind,
        "year": document.year,
        "body": document_body(document),
    }


def paragraph_columns(paragraph: Paragraph) -> dict[str, object]:
    """The columns that a paragraph fills, and the body."""
    return {
        "key": paragraph.key,
        "number": paragraph.number,
        "kind": paragraph.kind,
        "recommendation": int(paragraph.recommendation),
        "heading": paragraph.heading,
        "text": paragraph.text,
        "body": paragraph_body(paragraph),
    }
