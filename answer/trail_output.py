"""A trail as JSON, as text to be read, and as a paper."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from itertools import groupby
from typing import Any

from answer.briefing import plain
from answer.judgement_line import LINES
from answer.paper import (
    Block,
    Heading,
    Paper,
    Quotation,
    Table,
    Text,
    day,
    inspected,
    provenance,
    sources,
)
from answer.trail import Link, Stop, Trail
from index.model import LibraryInfo
from index.output import hit_object

# How many of the pairs fit: docs/briefings.md says how they were read.
NEAREST = (
    "With each recommendation stands the paragraph of the next inspection of the same kind that is "
    "nearest in meaning; whether it says what became of it has to be read. Of 40 such pairs that "
    "were read, 34 were on the same subject."
)
NOTHING_NEAR = "The next inspection says nothing that is near enough."


def trail_object(found: Trail) -> dict[str, Any]:
    """A trail for JSON."""
    return {
        "authority": found.authority,
        "question": found.question or None,
        "inspections": [_stop_object(stop) for stop in found.stops],
        "links": [_link_object(link) for link in found.links],
    }


def trail_lines(found: Trail) -> Iterator[str]:
    """A trail to be read."""
    for stop in found.stops:
        yield f"{stop.card.name} ({when(stop)})"
        for grade in stop.grades:
            yield f"   {LINES[grade.line]}: {grade.grade}"
        for hit in stop.hits:
            yield f"   > {hit.text} ({hit.citation})"
    for link in found.links:
        yield ""
        yield f"{link.recommendation.citation}: {link.recommendation.paragraph.text}"
        yield (
            f"   -> {link.found.citation}: {link.found.text}"
            if link.found
            else f"   {NOTHING_NEAR}"
        )


def trail_paper(found: Trail, info: LibraryInfo, today: date) -> Paper:
    """A trail written out."""
    blocks: list[Block] = [Text(provenance(info, today)), Heading("Judgements"), _table(found)]
    if found.question:
        blocks.append(Heading(found.question))
        for stop in found.stops:
            blocks.append(Heading(stop.card.name, 2))
            blocks += [Quotation(plain(hit.text), hit.citation) for hit in stop.hits]
    blocks += _followed(found)
    blocks += sources([stop.card for stop in found.stops])
    return Paper(f"{found.authority} over time", tuple(blocks))


def when(stop: Stop) -> str:
    """The date that an inspection is known by."""
    document = stop.card.document
    return day(document.published or document.file_date) or inspected(document)


def day_of(stop: Stop) -> date | None:
    """The same as one day; None where there is none."""
    document = stop.card.document
    return document.published or document.file_date or document.inspection_end


def _stop_object(stop: Stop) -> dict[str, Any]:
    document = stop.card.document
    return {
        "document_id": document.document_id,
        "doc": document.doc,
        "name": stop.card.name,
        "title": document.title,
        "kind": document.kind,
        "inspection_start": document.inspection_start,
        "inspection_end": document.inspection_end,
        "published": document.published,
        "file_date": document.file_date,
        "judgements": dict(document.judgements),
        "lines": [asdict(grade) for grade in stop.grades],
        "hits": [hit_object(hit) for hit in stop.hits],
    }


def _link_object(link: Link) -> dict[str, Any]:
    advice = link.recommendation
    return {
        "paragraph_id": advice.paragraph_id,
        "citation": advice.citation,
        "text": advice.paragraph.text,
        "next_document_id": link.next_document_id,
        "found": hit_object(link.found) if link.found else None,
    }


def _table(found: Trail) -> Table:
    """One row a line of judgements, one column an inspection."""
    lines = [name for name in LINES if any(_graded(stop, name) for stop in found.stops)]
    header = ("", *(stop.card.name for stop in found.stops))
    rows = [(LINES[name], *(_graded(stop, name) for stop in found.stops)) for name in lines]
    return Table(header, tuple(rows))


def _graded(stop: Stop, line: str) -> str:
    return next((grade.grade for grade in stop.grades if grade.line == line), "")


def _followed(found: Trail) -> list[Block]:
    """What was recommended, under the names of the inspections that are joined."""
    if not found.links:
        return []
    names = {stop.card.document.document_id: stop.card.name for stop in found.stops}
    blocks: list[Block] = [Heading("Recommendations, and what the next inspection says")]
    blocks.append(Text(NEAREST))
    for (before, after), links in groupby(found.links, inspections_of):
        blocks.append(
            Heading(f"Recommended in {names[before]}, next inspected in {names[after]}", 2)
        )
        for link in links:
            blocks += _linked(link, names[after])
    return blocks


def inspections_of(link: Link) -> tuple[str, str]:
    """The document_ids of the inspections that a link joins."""
    return link.recommendation.document_id, link.next_document_id


def _linked(link: Link, after: str) -> list[Block]:
    advice = link.recommendation
    said = Quotation(plain(advice.paragraph.text), advice.citation)
    if link.found is None:
        return [said, Text(NOTHING_NEAR)]
    nearest = Text(f"Nearest to it in {after}:")
    return [said, nearest, Quotation(plain(link.found.text), link.found.citation)]
