"""What a question names and the library has nothing of: places, years, paragraphs."""

from __future__ import annotations

from collections.abc import Sequence

from index.kinds import says_kind
from index.model import Hit, QueryPlan
from index.query import STOP_WORDS


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
    """Return the kinds of document asked for of which there is none, and which no hit speaks of."""
    return tuple(
        kind for kind in plan.absent_kinds if not any(says_kind(kind, hit.text) for hit in hits)
    )


def paragraph_alone(plan: QueryPlan) -> bool:
    """Whether a question asks for paragraphs by their numbers and for nothing they would say."""
    return bool(plan.paragraphs) and STOP_WORDS.issuperset(plan.terms)


def paragraph_of_several(plan: QueryPlan, hits: Sequence[Hit]) -> bool:
    """Whether a number alone is asked for, which paragraphs of several documents bear."""
    named = plan.authorities or plan.documents or plan.years or plan.kinds or plan.moment
    bearing = {hit.document_id for hit in hits if hit.number in plan.paragraphs}
    return paragraph_alone(plan) and not named and len(bearing) > 1


def paragraphs_not_held(plan: QueryPlan, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Return the printed numbers cited, where what is named has a paragraph of none of them.

    Search puts such a paragraph first, and goes on with others where there is none.
    """
    found = hits[0].number if hits else None
    cited = {number.lower() for number in plan.paragraphs}
    return () if found and found.lower() in cited else plan.paragraphs
