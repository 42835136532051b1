"""Which later inspections of the same authority a library holds, and how they graded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from answer.contexts import content_stems
from index.model import CitedParagraph, DocumentCard
from index.records import slug
from ingest.model import Document

OVERALL = "overall effectiveness"
_ALIKE = 0.6  # share of a judgement's words that a section's heading has


def later_inspections(card: DocumentCard, cards: Iterable[DocumentCard]) -> list[DocumentCard]:
    """The full inspections of its authority that came after a document, the earliest first.

    A second-hand source is as old as what it retells and is left alone; so is a document that
    bears no date.
    """
    document = card.document
    own = dated(document)
    if own is None or document.authority is None or document.second_hand:
        return []
    found = [
        other
        for other in cards
        if other.document.kind == "inspection"
        and slug(other.document.authority or "") == slug(document.authority)
        and (dated(other.document) or date.min) > own
    ]
    return sorted(found, key=lambda other: dated(other.document) or date.min)


def dated(document: Document) -> date | None:
    """When it was published, as far as is known."""
    return document.published or document.file_date or document.inspection_end


def overall_grade(document: Document) -> str | None:
    """The overall grade of an inspection."""
    return document.judgements.get(OVERALL)


def own_grade(paragraphs: Sequence[CitedParagraph], later: Document) -> tuple[str, str] | None:
    """The later judgement on what the paragraphs' section is about: its name and grade."""
    headings = [
        heading
        for one in paragraphs[:1]
        for heading in (one.paragraph.heading, one.paragraph.section)
        if heading
    ]
    best: tuple[float, str, str] | None = None
    for name, grade in later.judgements.items():
        wanted = set(content_stems(name)) - set(content_stems("the experiences and progress of"))
        for heading in headings:
            share = len(wanted & set(content_stems(heading))) / (len(wanted) or 1)
            if name != OVERALL and share >= _ALIKE and (best is None or share > best[0]):
                best = (share, name, grade)
    return (best[1], best[2]) if best else None
