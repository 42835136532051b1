"""What a question names and the library has nothing of: places, years, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from index.kinds import kinds_named, says_kind
from index.lexical import words
from index.model import Hit, QueryPlan
from index.pinpoints import pages_of
from index.query import STOP_WORDS

_OF_FINDINGS = frozenset(("find", "findings", "conclude", "conclusion", "result", "results"))


def places_not_held(plan: QueryPlan) -> tuple[str, ...]:
    """Return the authorities asked about, where the library has documents of none of them."""
    return () if plan.authorities else plan.absent


def years_not_held(plan: QueryPlan, hits: Sequence[Hit]) -> tuple[int, ...]:
    """Return the years named, where none of them is that of a document or of what was found.

    A year may also be what a report tells about: in "the GCSE results of 2014" the year is held
    if the text of a hit names it.
    """
    if set(plan.years) - set(plan.absent_years):
        return ()
    told = any(str(year) in hit.text for year in plan.absent_years for hit in hits)
    return () if told else tuple(plan.absent_years)


def kinds_not_held(plan: QueryPlan, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the kinds of document named of which there is none, and which no hit speaks of."""
    return tuple(
        kind for kind in plan.absent_kinds if not any(says_kind(kind, hit.text) for hit in hits)
    )


def kind_alone(plan: QueryPlan) -> bool:
    """Whether a question asks for a kind of document and for nothing that it would say."""
    spans = [span for where in kinds_named(plan.text).values() for span in where]
    of_kinds = {word for start, end in spans for word in words(plan.text[start:end])}
    return (STOP_WORDS | _OF_FINDINGS | of_kinds).issuperset(plan.terms)


def place_alone(plan: QueryPlan) -> bool:
    """Whether a question asks for paragraphs by their places and for nothing they would say."""
    return bool(plan.paragraphs or plan.place) and STOP_WORDS.issuperset(plan.terms)


def paragraph_of_several(plan: QueryPlan, hits: Sequence[Hit]) -> bool:
    """Whether a number alone is asked for, which paragraphs of several documents bear."""
    named = plan.authorities or plan.documents or plan.years or plan.kinds or plan.moment
    bearing = {hit.document_id for hit in hits if hit.number in plan.paragraphs}
    return place_alone(plan) and not named and len(bearing) > 1


def paragraphs_not_held(plan: QueryPlan, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the printed numbers cited, where what is named has a paragraph of none of them.

    Search puts such a paragraph first, and goes on with others where there is none.
    """
    found = hits[0].number if hits else None
    cited = {number.lower() for number in plan.paragraphs}
    return () if found and found.lower() in cited else plan.paragraphs


def pages_not_held(plan: QueryPlan, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the pages cited, where no paragraph of what is named stands on any of them.

    Search puts such a paragraph first, and goes on with others where there is none.
    """
    pages = pages_of(plan.place or "")
    first = hits[0] if hits else None
    if first is not None and first.page_start is not None:
        stands = range(first.page_start, (first.page_end or first.page_start) + 1)
        if any(page in stands for page in pages):
            return ()
    return tuple(map(str, pages))
