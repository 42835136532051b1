"""Collected paragraphs -> a briefing as it stands in the library now, and as a paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from answer.errors import AnswerError
from answer.paper import (
    Block,
    Heading,
    Paper,
    Points,
    Quotation,
    Text,
    provenance,
    sources,
)
from index.errors import LibraryError
from index.library import Library
from index.model import CitedParagraph, DocumentCard, LibraryInfo


@dataclass(frozen=True, slots=True)
class Entry:
    """A paragraph as it was when it was collected, with what its collector wrote beside it."""

    id: int  # of its briefing's entries; never given twice
    paragraph_id: str
    citation: str
    text: str
    quote: str | None = None  # the part of the text to be quoted; None: all of it
    heading: str = ""  # the collector's own, over this entry
    note: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    """What one person collects under one name."""

    owner: str
    name: str
    entries: tuple[Entry, ...] = ()
    changed: str = ""  # ISO date and time, UTC


@dataclass(frozen=True, slots=True)
class Collected:
    """An entry beside what the library holds of it now."""

    entry: Entry
    found: CitedParagraph | None  # None: the paragraph is no longer there
    quotation: str | None  # verbatim what the library says now; None: it no longer says so
    changed: bool = False  # whether the paragraph reads otherwise than when it was collected


def collect(library: Library, briefing: Briefing) -> list[Collected]:
    """Each entry of a briefing as the library holds it now."""
    return [_collected(library, entry) for entry in briefing.entries]


def entry_for(library: Library, paragraph_id: str, quote: str | None = None) -> Entry:
    """An entry for a paragraph of the library, or for a part of it.

    Raises LibraryError where there is no such paragraph, AnswerError where it does not hold the
    words to be quoted.
    """
    cited = library.paragraph(paragraph_id)
    text = plain(cited.paragraph.text)
    part = None if quote is None else part_of(text, quote, cited.citation)
    return Entry(0, cited.paragraph_id, cited.citation, text, quote=part)


def part_of(text: str, quote: str, citation: str) -> str:
    """The words of a paragraph to be quoted. Raises AnswerError where it does not hold them."""
    part = plain(quote)
    if not part or part not in text:
        raise AnswerError(
            f"The words {quote!r} do not stand in {citation}; copy them from the paragraph."
        )
    return part


def briefing_paper(
    briefing: Briefing,
    collected: Sequence[Collected],
    cards: Sequence[DocumentCard],
    info: LibraryInfo,
    today: date,
) -> Paper:
    """The briefing written out.

    Only what the library says now is quoted; what it no longer says is listed by its citation.

    Args:
        briefing: whose entries they are.
        collected: its entries, of collect().
        cards: of all documents, for the table of sources.
        info: of the library.
        today: the date of the paper.
    """
    cited = {one.found.document_id for one in collected if one.found and one.quotation}
    blocks: list[Block] = [Text(provenance(info, today))]
    for one in collected:
        blocks += _written(one)
    blocks += _left_out(collected)
    blocks += sources([card for card in cards if card.document.document_id in cited])
    return Paper(briefing.name, tuple(blocks))


def briefing_object(briefing: Briefing, collected: Sequence[Collected]) -> dict[str, Any]:
    """A briefing for JSON."""
    return {
        "owner": briefing.owner,
        "name": briefing.name,
        "changed": briefing.changed,
        "entries": [
            {
                **asdict(one.entry),
                "there": one.found is not None,
                "reads_otherwise": one.changed,
                "citation_now": one.found.citation if one.found else None,
                "quotation": one.quotation,
            }
            for one in collected
        ],
    }


def plain(text: str) -> str:
    """The text with single spaces: words are compared without regard to lines."""
    return " ".join(text.split())


def _collected(library: Library, entry: Entry) -> Collected:
    try:
        found = library.paragraph(entry.paragraph_id)
    except LibraryError:
        return Collected(entry, None, None)
    now = plain(found.paragraph.text)
    quotation = entry.quote or now
    return Collected(
        entry, found, quotation if quotation in now else None, changed=now != entry.text
    )


def _written(one: Collected) -> list[Block]:
    if one.found is None or one.quotation is None:
        return []
    blocks: list[Block] = [Heading(one.entry.heading)] if one.entry.heading else []
    if one.entry.note:
        blocks.append(Text(one.entry.note))
    return [*blocks, Quotation(one.quotation, one.found.citation)]


def _left_out(collected: Sequence[Collected]) -> list[Block]:
    gone = [one.entry.citation for one in collected if one.quotation is None]
    if not gone:
        return []
    intro = "Collected, and left out because the library no longer holds these words:"
    return [Heading("Left out"), Text(intro), Points(tuple(gone))]
