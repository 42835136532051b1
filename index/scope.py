"""Which documents a question is about, narrowest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from index.model import QueryPlan
from ingest.model import Document

Rows = frozenset[int]


def scopes(plan: QueryPlan, documents: Mapping[int, Document]) -> list[Rows]:
    """Return sets of document rows to look in first, second and so on; none if nothing is named.

    A document that is cited by its own name comes before all that share its authority and year.
    What is named is preferred and never required: a report that the question names wrongly is
    still found after those of the same authority. A named year may be that of the inspection
    or of the report, which is often published in the next one.
    """
    named = _of_authorities(plan, documents)
    narrowed = _narrowed(plan, {row: documents[row] for row in named})
    wide = [named] if plan.authorities else []
    cited = frozenset(row for row, d in documents.items() if d.document_id in plan.documents)
    found = [scope for scope in (cited, *narrowed, *wide) if scope]
    return list(dict.fromkeys(found))


def _of_authorities(plan: QueryPlan, documents: Mapping[int, Document]) -> Rows:
    if not plan.authorities:
        return frozenset(documents)
    return frozenset(row for row, d in documents.items() if d.authority in plan.authorities)


def _narrowed(plan: QueryPlan, documents: Mapping[int, Document]) -> list[Rows]:
    """Return what years, kinds and "the last inspection" leave, all of them together first."""
    parts = [
        part
        for part in (
            _of_years(plan, documents),
            _of_kinds(plan, documents),
            _of_moment(plan, documents),
        )
        if part is not None
    ]
    if not parts:
        return []
    return [_with_the_others(frozenset.intersection(*parts), plan, documents), *parts]


def _with_the_others(narrow: Rows, plan: QueryPlan, documents: Mapping[int, Document]) -> Rows:
    """Return the rows with those of the authorities named that have none among them.

    Of two authorities compared in a year in which one had no inspection, both stand in front,
    that one with what is nearest to the year.
    """
    if not narrow:
        return narrow
    for name in {*plan.authorities} - {documents[row].authority for row in narrow}:
        far = {row: _years_off(plan, d) for row, d in documents.items() if d.authority == name}
        narrow |= {row for row, years in far.items() if years == min(far.values())}
    return narrow


def _years_off(plan: QueryPlan, document: Document) -> int:
    """Return how far a document is from the years named; 0 where none is."""
    if not plan.years:
        return 0
    gaps = [abs(held - year) for held in years_of(document) for year in plan.years]
    return min(gaps, default=9999)


def _of_years(plan: QueryPlan, documents: Mapping[int, Document]) -> Rows | None:
    """Return the documents of the years named, or of those from one year on.

    A question about change that names one year asks what came of it.
    """
    if not plan.years:
        return None
    first, last = min(plan.years), max(plan.years)
    if plan.year_from or (plan.change and first == last):
        last = plan.year_to or 9999
        return _dated(documents, lambda year: first <= year <= last)
    return _dated(documents, lambda year: year in plan.years)


def _dated(documents: Mapping[int, Document], wanted: Callable[[int], bool]) -> Rows:
    return frozenset(row for row, d in documents.items() if any(map(wanted, years_of(d))))


def years_of(document: Document) -> frozenset[int]:
    """Return the years by which a document may be named: of its inspection and publication."""
    published = document.published or document.file_date
    dates = (published, document.inspection_start, document.inspection_end)
    return frozenset(day.year for day in dates if day is not None)


def _of_kinds(plan: QueryPlan, documents: Mapping[int, Document]) -> Rows | None:
    """Return the documents of a kind named, unless the question asks what came after it."""
    if not plan.kinds or plan.change or plan.year_from:
        return None
    return frozenset(row for row, d in documents.items() if d.kind in plan.kinds)


def _of_moment(plan: QueryPlan, documents: Mapping[int, Document]) -> Rows | None:
    """Return each authority's first or latest document, unless the question starts from it."""
    if plan.moment is None or plan.change:
        return None
    choose = max if plan.moment == "latest" else min
    chosen: dict[str | None, tuple[date, int]] = {}
    for row, document in documents.items():
        day = document.published or document.file_date or document.inspection_end
        if day is not None and not document.second_hand and _fits(plan, document):
            known = chosen.get(document.authority)
            chosen[document.authority] = choose(known, (day, row)) if known else (day, row)
    return frozenset(row for _, row in chosen.values())


def _fits(plan: QueryPlan, document: Document) -> bool:
    """Whether a document is of a kind named, or none is named."""
    return not plan.kinds or document.kind in plan.kinds
