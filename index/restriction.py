"""Which paragraphs may be found, as a condition in SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from index.model import Filter
from index.records import slug


@dataclass(frozen=True, slots=True)
class Restriction:
    """A condition on paragraphs in SQL: the rows that a filter allows."""

    query: str = ""  # selects the allowed paragraphs' row numbers; empty allows all
    parameters: tuple[str | int, ...] = ()

    def clause(self, column: str) -> str:
        """The condition to append to a WHERE."""
        return f" AND {column} IN ({self.query})" if self.query else ""

    def both(self, other: Restriction) -> Restriction:
        """What both allow."""
        if not self.query or not other.query:
            return self if self.query else other
        return Restriction(
            f"{self.query} INTERSECT {other.query}", (*self.parameters, *other.parameters)
        )

    @classmethod
    def to(cls, rows: Sequence[int]) -> Restriction:
        """Just these paragraphs."""
        return cls("SELECT value FROM json_each(?)", (json.dumps(list(rows)),))


def restriction(filters: Filter) -> Restriction:
    """The paragraphs that a filter allows, as SQL."""
    of_document: dict[str, str | int | None] = {
        "slug = ?": _slug(filters.authority),
        "year >= ?": filters.year_from,
        "year <= ?": filters.year_to,
        "replace(document.kind, ' ', '-') = ? COLLATE NOCASE": _slug(filters.kind),
        "document_id = ?": filters.document_id,
    }
    given = {key: value for key, value in of_document.items() if value is not None}
    conditions, parameters = list(given), tuple(given.values())
    if kind := _slug(filters.paragraph_kind):
        # One with a printed number is `numbered` and a recommendation besides.
        conditions.append("(paragraph.kind = ? OR (recommendation AND ? = 'recommendation'))")
        parameters += (kind, kind)
    return _paragraphs_where(conditions, parameters)


def _slug(said: str | None) -> str | None:
    return slug(said) if said else None


def of_documents(rows: Sequence[int]) -> Restriction:
    """The paragraphs of these documents."""
    return Restriction(
        "SELECT id FROM paragraph WHERE document IN (SELECT value FROM json_each(?))",
        (json.dumps(list(rows)),),
    )


def _paragraphs_where(conditions: Sequence[str], parameters: tuple[str | int, ...]) -> Restriction:
    if not conditions:
        return Restriction()
    query = "SELECT paragraph.id FROM paragraph JOIN document ON document.id = paragraph.document"
    return Restriction(query + " WHERE " + " AND ".join(conditions), parameters)
