"""Which paragraphs may be found."""

from __future__ import annotations

import json
import sqlite3
from functools import lru_cache
from itertools import chain

from index.model import Filter
from index.once import Once
from index.places import Mask, Places
from index.records import slug
from index.standing import grade_class, standing, subjects

_KEPT = 8  # masks of a byte a paragraph
_SECTION = "json_extract(paragraph.body, '$.section')"


class FilterMasks:
    """The paragraphs that filters allow in one version of a library; the last ones are kept."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._kept: Once[Filter, Mask | None] = Once(_KEPT)

    def of(self, connection: sqlite3.Connection, filters: Filter) -> Mask | None:
        """The paragraphs that a filter allows; None where it allows all."""
        return self._kept.get(filters, lambda: _mask(connection, self._places, filters))


def _mask(connection: sqlite3.Connection, places: Places, filters: Filter) -> Mask | None:
    of_document, of_paragraph = _document_conditions(filters), _paragraph_conditions(filters)
    if not of_document and not of_paragraph:
        return None
    if not of_paragraph:
        query = "SELECT id FROM document"
        query += " WHERE " + " AND ".join(of_document)
        found = connection.execute(query, [*of_document.values()])
        return places.within([row[0] for row in found])
    query = "SELECT paragraph.id FROM paragraph JOIN document ON document.id = paragraph.document"
    query += " WHERE " + " AND ".join([*of_document, *of_paragraph])
    parameters = [*of_document.values(), *chain(*of_paragraph.values())]
    return places.only(row[0] for row in connection.execute(query, parameters))


def _document_conditions(filters: Filter) -> dict[str, str | int]:
    conditions: dict[str, str | int | None] = {
        "slug = ?": _slug(filters.authority),
        "year >= ?": filters.year_from,
        "year <= ?": filters.year_to,
        "replace(document.kind, ' ', '-') = ? COLLATE NOCASE": _slug(filters.kind),
        "document_id = ?": filters.document_id,
    }
    return {key: value for key, value in conditions.items() if value is not None}


def _paragraph_conditions(filters: Filter) -> dict[str, tuple[str, ...]]:
    conditions: dict[str, tuple[str, ...]] = {}
    if kind := _slug(filters.paragraph_kind):
        # One with a printed number is `numbered` and a recommendation besides.
        either = "(paragraph.kind = ? OR (recommendation AND ? = 'recommendation'))"
        conditions[either] = (kind, kind)
    if filters.subject:
        conditions[f"in_subject(?, paragraph.heading, {_SECTION})"] = (filters.subject,)
    if filters.judgement:
        judged = "json_extract(document.body, '$.judgements')"
        graded = f"is_graded(?, {judged}, paragraph.heading, {_SECTION})"
        conditions[graded] = (filters.judgement,)
    return conditions


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
