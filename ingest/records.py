"""Documents and paragraphs as the JSON objects that other programs read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TypeAlias

from ingest.model import Document, Paragraph
from ingest.structure import report_structure

Record: TypeAlias = dict[str, object]
_DATES = ("inspection_start", "inspection_end", "published", "file_date")
# Only where there is something to say.
_OF_SOURCES = ("origin", "rights", "repeats", "retells", "handed_over_as")


def paragraph_record(document: Document, paragraph: Paragraph) -> Record:
    """One paragraph, with the keys that DESIGN promises first."""
    record: Record = {
        "doc": document.doc,
        "document_id": document.document_id,
        "paragraph_id": document.paragraph_id(paragraph),
        "number": paragraph.number,
        "kind": paragraph.kind,
        "heading": paragraph.heading,
        "page_start": paragraph.page_start,
        "page_end": paragraph.page_end,
        "text": paragraph.text,
        "label": paragraph.label,
        "section": paragraph.section,
        "recommendation": paragraph.recommendation,
        "notes": list(paragraph.notes),
        "boxes": [asdict(box) for box in paragraph.boxes],
        "recognised": paragraph.recognised,
    }
    return record | _handed_over_as(document)


def document_record(document: Document) -> Record:
    """One document, with the report on its structure."""
    record: Record = {
        "doc": document.doc,
        "document_id": document.document_id,
        "title": document.title,
        "publisher": document.publisher,
        "authority": document.authority,
        "kind": document.kind,
        **{name: _iso(getattr(document, name)) for name in _DATES},
        "year": document.year,
        "judgements": _plain(document.judgements),
        "pages": document.pages,
        "sha256": document.sha256,
        "warnings": list(document.warnings),
        "second_hand": document.second_hand,
    }
    said = {name: getattr(document, name) for name in _OF_SOURCES}
    record |= {name: value for name, value in said.items() if value is not None}
    record["structure"] = asdict(report_structure(document))
    record["set_aside"] = [asdict(aside) for aside in document.set_aside]
    return record


def _handed_over_as(document: Document) -> Record:
    named = document.handed_over_as
    return {} if named is None else {"handed_over_as": named}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _plain(judgements: Mapping[str, str]) -> dict[str, str]:
    return dict(judgements)
