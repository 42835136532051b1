"""Places and years that a question names and the library has nothing of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.model import DocumentCard, Hit, QueryPlan
from ingest.model import Document


def places_not_held(plan: QueryPlan) -> tuple[str, ...]:
    """Return the authorities asked about, where the library has documents of none of them."""
    return () if plan.authorities else plan.absent


def years_not_held(
    plan: QueryPlan, cards: Iterable[DocumentCard], hits: Sequence[Hit]
) -> tuple[int, ...]:
    """Return the years named, where none of them is that of a document or of what was found.

    A year may also be what a report tells about ("the GCSE results of 2014"): a year that the
    text of a hit names is held. So is any, where the question names a span of years.
    """
    if plan.year_from or plan.year_to:
        return ()
    held = {year for document in _documents(plan, cards) for year in years_of(document)}
    told = [hit.text for hit in hits]
    if any(year in held or any(str(year) in text for text in told) for year in plan.years):
        return ()
    return plan.years


def years_held(plan: QueryPlan, cards: Iterable[DocumentCard]) -> list[int]:
    """Return the years of the documents of the authorities asked about, of all if none is."""
    return sorted({doc.year for doc in _documents(plan, cards) if doc.year is not None})


def years_of(document: Document) -> set[int]:
    """Return the years that a document is known by: a report often appears in the next one."""
    published = document.published or document.file_date
    dates = (published, document.inspection_start, document.inspection_end)
    return {day.year for day in dates if day is not None}


def _documents(plan: QueryPlan, cards: Iterable[DocumentCard]) -> list[Document]:
    documents = (card.document for card in cards)
    return [one for one in documents if not plan.authorities or one.authority in plan.authorities]
