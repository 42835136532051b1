"""Which paragraphs may be found, as a condition in SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.model import Filter
from index.records import slug
from index.standing import grade_class, standing, subjects

_SECTION = "json_extract(paragraph.body, '$.section')"


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
    if filters.subject:
        conditions.append(f"in_subject(?, paragraph.heading, {_SECTION})")
        parameters += (filters.subject,)
    if filters.judgement:
        judged = "json_extract(document.body, '$.judgements')"
        conditions.append(f"is_graded(?, {judged}, paragraph.heading, {_SECTION})")
        parameters += (filters.judgement,)
    return _paragraphs_where(conditions, parameters)


def register(connection: sqlite3.Connection) -> None:
    """Teach a connection the functions that filters by part and by judgement call."""
    connection.create_function("in_subject", 3, _in_subject, deterministic=True)
    connection.create_function("is_graded", 4, _is_graded, deterministic=True)


def _in_subject(wanted: str, heading: str | None, section: str | None) -> bool:
    return wanted in subjects(heading, section)


@lru_cache(maxsize=8192)
def _is_graded(wanted: str, judgements: str, heading: str | None, section: str | None) -> bool:
    found = standing(json.loads(judgements), heading, section)
    return found is not None and grade_class(found.grade) == wanted


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
