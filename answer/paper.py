"""What is written out: a paper of headings, text, quotations and tables, without its format."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from index.model import DocumentCard, LibraryInfo
from ingest.model import Document

NO_RIGHTS = "Not stated in the library; ask the publisher before you reuse more than quotations."
_SOURCES = ("Source", "Published", "Inspected", "Judgements", "Rights")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading under the paper's title; level 1 is the highest."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph of the writer's own, or of ours."""

    text: str


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words of a document, verbatim, and the citation that proves them."""

    text: str
    citation: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list; the order tells nothing."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of as many cells as the header has."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = Heading | Text | Quotation | Points | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to be written as Word or Markdown."""

    title: str
    blocks: tuple[Block, ...]


def sources_table(cards: Sequence[DocumentCard]) -> Table:
    """Every source with its dates, what was judged and whose it is."""
    return Table(_SOURCES, tuple(_source(card) for card in cards))


def provenance(info: LibraryInfo, today: date) -> str:
    """When the paper was made, and of which state of the library."""
    return (
        f"Made on {day(today)} from version {info.version} of the library "
        f"({_count(info.documents, 'document')}, last changed on {info.updated[:10]})."
    )


def day(date_: date | None) -> str:
    """A date as British readers write it, "" where there is none."""
    return f"{date_.day} {date_:%B %Y}" if date_ else ""


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _source(card: DocumentCard) -> tuple[str, ...]:
    document = card.document
    title = ", ".join(part for part in (document.publisher, document.title or document.doc) if part)
    mark = f" [second-hand: {document.kind}]" if document.second_hand else ""
    judgements = "; ".join(f"{key}: {grade}" for key, grade in document.judgements.items())
    return (
        f"{card.name}: {title}{mark}",
        day(document.published or document.file_date),
        inspected(document),
        judgements or "none",
        document.rights or NO_RIGHTS,
    )


def inspected(document: Document) -> str:
    """The days of the inspection, "" where they are not known."""
    first, last = day(document.inspection_start), day(document.inspection_end)
    return " to ".join(dict.fromkeys(part for part in (first, last) if part))
