"""What a library's documents can be filtered by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from index.model import DocumentCard, Facets, Filter
from index.records import slug


def facets_of(cards: Sequence[DocumentCard], filters: Filter) -> Facets:
    """Each list counts what the other filters leave."""

    def left(**freed: None) -> list[DocumentCard]:
        kept = replace(filters, **freed)
        return [card for card in cards if allows(kept, card)]

    kinds: Counter[str] = Counter()
    for card in left():
        kinds.update(card.kinds)
    years = Counter(card.document.year for card in left(year_from=None, year_to=None))
    return Facets(
        authorities=_counted(card.document.authority for card in left(authority=None)),
        years={year: years[year] for year in sorted(year for year in years if year)},
        kinds=_counted(card.document.kind for card in left(kind=None)),
        paragraph_kinds=dict(sorted(kinds.items())),
    )


def allows(filters: Filter, card: DocumentCard) -> bool:
    """Whether the filters leave the document."""
    document = card.document
    year = document.year
    return (
        (filters.authority is None or slug(document.authority or "") == slug(filters.authority))
        and (filters.year_from is None or (year is not None and year >= filters.year_from))
        and (filters.year_to is None or (year is not None and year <= filters.year_to))
        and (filters.kind is None or slug(document.kind) == slug(filters.kind))
        and (filters.paragraph_kind is None or slug(filters.paragraph_kind) in card.kinds)
        and filters.document_id in (None, document.document_id)
    )


def _counted(values: Iterator[str | None]) -> dict[str, int]:
    counts = Counter(value for value in values if value)
    return {name: counts[name] for name in sorted(counts)}
