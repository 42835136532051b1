"""Hits, plans and documents as JSON and TREC files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from index.errors import LibraryError
from index.model import DocumentCard, Filter, Hit, LibraryInfo, QueryPlan

_TAG = "pilcrow"
YEAR = re.compile(r"\d{4}", re.ASCII)


def hit_object(hit: Hit) -> dict[str, Any]:
    """A hit for JSON; `handed_over_as` only where there is one."""
    values = {field.name: getattr(hit, field.name) for field in fields(hit)}
    if values["handed_over_as"] is None:
        del values["handed_over_as"]
    return values


def search_object(question: str, plan: QueryPlan, hits: Sequence[Hit]) -> dict[str, Any]:
    """The answer to one search."""
    return {
        "question": question,
        "plan": asdict(plan),
        "hits": [hit_object(hit) for hit in hits],
    }


def status_object(info: LibraryInfo, cards: Sequence[DocumentCard]) -> dict[str, Any]:
    """What a library holds."""
    return {**asdict(info), "document_list": [_card_object(card) for card in cards]}


def json_line(value: Mapping[str, object]) -> str:
    """One line of JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False, default=str)


def read_questions(path: Path) -> Iterator[dict[str, Any]]:
    """The questions of a JSON Lines file. Raises LibraryError, naming the line, for a bad one."""
    try:
        # "utf-8-sig": Windows editors begin a file with a mark. And only "\n" ends a line of
        # JSON; others may stand within its strings.
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as exc:
        raise LibraryError(f"The questions in {path} cannot be read: {exc}.") from exc
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
        except ValueError:
            question = None
        if not _is_question(question):
            raise LibraryError(
                f"Line {number} of {path} is no question: it must be a JSON object with `id` and "
                "`question`."
            )
        yield question


def _is_question(value: object) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("id"), str | int)
        and isinstance(value.get("question"), str)
    )


def question_filter(question: Mapping[str, Any]) -> Filter:
    """The filter that comes with a question: an authority's slug and a year, or nulls.

    Raises LibraryError for anything else.
    """
    given = question.get("filter") or {}
    if not _is_filter(given):
        raise LibraryError(
            f"The filter of question {question['id']!r} cannot be used: it must be a JSON object "
            "with an `authority` and a `year` of four digits, or null for either."
        )
    year = int(given["year"]) if given.get("year") else None
    return Filter(authority=given.get("authority"), year_from=year, year_to=year)


def _is_filter(value: object) -> bool:
    return (
        isinstance(value, dict)
        and isinstance(value.get("authority"), str | None)
        and YEAR.fullmatch(str(value.get("year") or "0000")) is not None
    )


def run_lines(query_id: str, hits: Sequence[Hit]) -> Iterator[str]:
    """Hits as a TREC run.

    trec_eval sorts by score alone and breaks ties its own way, so that equal scores are set
    apart here in the order of their ranks. Raises LibraryError for an id with white space,
    which would read as two columns.
    """
    if len(str(query_id).split()) != 1:
        raise LibraryError(
            f"The id {query_id!r} cannot stand in a TREC run, whose columns are parted by white "
            "space; give the question another one."
        )
    for hit in hits:
        score = hit.score - hit.rank * 1e-9
        yield f"{query_id} Q0 {hit.paragraph_id} {hit.rank} {score:.9f} {_TAG}"


def _card_object(card: DocumentCard) -> dict[str, Any]:
    values = asdict(card.document)
    del values["paragraphs"], values["set_aside"]
    return {
        **values,
        "year": card.document.year,
        "name": card.name,
        "paragraphs": card.paragraphs,
        "kinds": dict(card.kinds),
    }
