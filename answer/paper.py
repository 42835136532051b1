"""What is written out: a paper of headings, text, quotations and tables, without its format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from index.model import DocumentCard, LibraryInfo
from ingest.model import Document

NO_RIGHTS = "Not stated in the library; ask the publisher before you reuse more than quotations."
_SOURCES = ("Source", "Published", "Inspected", "Judgements")
_SHARES = (6, 3, 3, 6)  # of the table's width


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
    """Rows of as many cells as the header has; a line feed in a cell begins a new line there."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...] = ()  # of the width, one a column; none: all alike


Citations = Literal["inline", "footnotes"]  # where the citation of a quotation stands
Block: TypeAlias = Heading | Text | Quotation | Points | Table


@dataclass(frozen=True, slots=True)
class Paper:
    """A document to be written as Word or Markdown."""

    title: str
    blocks: tuple[Block, ...]


def sources(cards: Sequence[DocumentCard]) -> tuple[Block, ...]:
    """Every source with its dates and what was judged, and under what rights they are quoted."""
    table = Table(_SOURCES, tuple(_source(card) for card in cards), _SHARES)
    return Heading("Sources"), table, *_rights(cards)


def _rights(cards: Sequence[DocumentCard]) -> tuple[Block, ...]:
    """Each statement of rights once, with the sources that bear it."""
    stated: defaultdict[str, list[str]] = defaultdict(list)
    for card in cards:
        stated[card.document.rights or NO_RIGHTS].append(card.name)
    if not stated:
        return ()
    if len(stated) == 1:
        return Heading("Rights"), Text(next(iter(stated)))
    points = (f"{'; '.join(names)}: {statement}" for statement, names in stated.items())
    return Heading("Rights"), Points(tuple(points))


def provenance(info: LibraryInfo, today: date) -> str:
    """When the paper was made, and of which state of the library."""
    changed = day(date.fromisoformat(info.updated[:10])) if info.updated else "no date"
    return (
        f"Made on {day(today)} from version {info.version} of the library "
        f"({_count(info.documents, 'document')}, last changed on {changed})."
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
    judged = [
        f"{name[:1].upper()}{name[1:]}: {grade}" for name, grade in document.judgements.items()
    ]
    return (
        f"{card.name}: {title}{mark}",
        day(document.published or document.file_date),
        inspected(document),
        "\n".join(judged) or "none",
    )


def inspected(document: Document) -> str:
    """The days of the inspection, "" where they are not known."""
    first, last = day(document.inspection_start), day(document.inspection_end)
    return " to ".join(dict.fromkeys(part for part in (first, last) if part))
