"""What a later inspection of the same authority found on the same subject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from index.standing import OVERALL, Standing, judged_subjects, overall
from ingest.model import Document

SAME_TIME = timedelta(days=90)  # between a report and what retells it, at most
_LEADING = re.compile(r"^(?:the )?(?:experiences and progress of )?(?:the )?")


@dataclass(frozen=True, slots=True)
class Later:
    """An inspection after a document, with the grades that are named of it."""

    document: Document
    day: date
    overall: str
    standings: tuple[Standing, ...]  # on the subject; none where it is not graded apart
    second_hand: bool = False  # known only from what retells its report


def later_inspections(
    document: Document, about: frozenset[str], documents: Iterable[Document]
) -> list[Later]:
    """The inspections of the authority that began after what the document tells of, in order.

    Only inspections of all children's services count: what reviews and visits grade is less, and
    a grade of theirs beside one of an inspection would be taken for the same. What retells a
    report counts where sources.toml says what it was told, and no report of that time is there.

    Args:
        document: what is shown.
        about: what its paragraph is about, as index.standing names it.
        documents: those of the library.
    """
    if document.authority is None:
        return []
    known = _last_day(document)
    found = [
        Later(other, day, grade, _on(other, about), other.second_hand)
        for other in documents
        if other.authority == document.authority
        and _begins_after(other, known)
        and (grade := _overall(other)) is not None
        and (day := _last_day(other)) is not None
    ]
    official = [later.day for later in found if not later.second_hand]
    kept = [
        later
        for later in found
        if not later.second_hand or all(abs(later.day - day) > SAME_TIME for day in official)
    ]
    return sorted(kept, key=lambda later: (later.day, later.document.document_id))


def _overall(document: Document) -> str | None:
    """The overall grade that a report prints, or that is said of the report it retells."""
    if document.second_hand:
        return document.judgements.get(OVERALL) if document.retells else None
    return overall(document.judgements) if document.kind == "inspection" else None


def short_label(label: str) -> str:
    """A judgement's label as running text names it: "care leavers"."""
    return _LEADING.sub("", label, count=1)


def _on(document: Document, about: frozenset[str]) -> tuple[Standing, ...]:
    return tuple(
        Standing(label, grade)
        for label, grade in document.judgements.items()
        if judged_subjects(label) & about
    )


def _last_day(document: Document) -> date | None:
    return document.published or document.file_date or document.inspection_end


def _begins_after(other: Document, known: date | None) -> bool:
    """Whether an inspection began after a document was published, or the next best it tells."""
    began = other.inspection_start or other.inspection_end or _last_day(other)
    return known is not None and began is not None and began > known
