"""What a later inspection of the same authority found on the same subject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from index.standing import Standing, judged_subjects, overall
from ingest.model import Document

_LEADING = re.compile(r"^(?:the )?(?:experiences and progress of )?(?:the )?")


@dataclass(frozen=True, slots=True)
class Later:
    """An inspection after a document, with the grades that are named of it."""

    document: Document
    day: date
    overall: str
    standings: tuple[Standing, ...]  # on the subject; none where it is not graded apart


def later_inspections(
    document: Document, about: frozenset[str], documents: Iterable[Document]
) -> list[Later]:
    """The inspections of the authority that began after what the document tells of, in order.

    Only inspections of all children's services count: what reviews and visits grade is less, and
    a grade of theirs beside one of an inspection would be taken for the same.

    Args:
        document: what is shown.
        about: what its paragraph is about, as index.standing names it.
        documents: those of the library.
    """
    if document.authority is None:
        return []
    known = _last_day(document)
    found = [
        Later(other, day, grade, _on(other, about))
        for other in documents
        if other.kind == "inspection"
        and other.authority == document.authority
        and _begins_after(other, known)
        and (grade := overall(other.judgements)) is not None
        and (day := _last_day(other)) is not None
    ]
    return sorted(found, key=lambda later: (later.day, later.document.document_id))


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
