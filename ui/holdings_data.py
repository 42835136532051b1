"""What the Library page shows of the documents: a table of all, and one document in full."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from index.library import Library
from index.model import DocumentCard, LibraryInfo
from index.standing import OVERALL
from ingest.model import Document
from ingest.structure import report_structure
from ui.address import document_link
from ui.wording import counted, kind_name, long_date, title

HEAD = (
    "Authority",
    "Title",
    "Kind",
    "Published",
    "Inspected",
    "Overall judgement",
    "Paragraphs",
    "Pages",
    "Checks",
)
FIGURES = (6, 7)
Cell = dict[str, Any]


def holding_link(document_id: str) -> str:
    """A relative address of a document's own view on the Library page."""
    return f"library?{urlencode({'doc': document_id})}"


def holdings_data(library: Library) -> dict[str, Any]:
    """The table of all documents."""
    cards = library.documents()
    return {
        "caption": counted(len(cards), "document"),
        "head": list(HEAD),
        "numbers": list(FIGURES),
        "rows": [_row(card) for card in cards],
    }


def summary(info: LibraryInfo) -> str:
    """What the library holds, in a line."""
    changed = long_date(date.fromisoformat(info.updated[:10])) if info.updated else None
    held = f"{counted(info.documents, 'document')}, {counted(info.paragraphs, 'paragraph')}"
    return f"{held}; last changed on {changed}" if changed else held


def _row(card: DocumentCard) -> list[Cell]:
    document = card.document
    warnings = len(document.warnings)
    checks = counted(warnings, "warning") if warnings else "Details"
    return [
        {"text": document.authority or ""},
        {"text": title(document), "href": document_link(document.document_id), "name": None},
        {"text": kind_name(document.kind)},
        _day(document.published or document.file_date),
        _day(document.inspection_end),
        {"text": _overall(document)},
        {"text": f"{card.paragraphs:,}", "sort": card.paragraphs},
        {"text": str(document.pages or ""), "sort": document.pages or ""},
        {
            "text": checks,
            "sort": -warnings,
            "href": holding_link(document.document_id),
            "name": f"{checks}: {card.name}",
        },
    ]


def _overall(document: Document) -> str:
    grade = document.judgements.get(OVERALL, "")
    return f"{grade} (retold)" if grade and document.second_hand else grade


def _day(day: date | None) -> Cell:
    return {"text": long_date(day) or "", "sort": day.isoformat() if day else ""}


def structure_table(document: Document) -> dict[str, Any]:
    """The structure report: what a reader can check against the document's pages."""
    report = report_structure(document)
    unnumbered = report.paragraphs - report.numbered
    aside: dict[str, int] = {}
    for one in document.set_aside:
        aside[one.kind] = aside.get(one.kind, 0) + 1
    rows = [
        ("Paragraphs", f"{report.paragraphs:,}: {report.numbered:,} numbered, {unnumbered:,} not"),
        ("Numbers in their order", report.run or "none"),
        ("Numbers left out", ", ".join(report.gaps) or "none"),
        ("Numbers printed twice", ", ".join(report.repeats) or "none"),
        ("Numbering begins again at", ", ".join(report.restarts) or "nowhere"),
        ("Headings", str(report.headings)),
        ("Pages without text", ", ".join(map(str, report.pages_without_text)) or "none"),
        (
            "Lines set aside",
            "; ".join(f"{kind}: {count:,}" for kind, count in aside.items()) or "none",
        ),
    ]
    return {
        "caption": "How the document was read",
        "head": ["What", "Found"],
        "numbers": [],
        "rows": [list(row) for row in rows],
    }
