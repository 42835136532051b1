"""Hits, plans and documents as JSON and TREC files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from index.errors import LibraryError
from index.model import DocumentCard, Filter, Hit, LibraryInfo, QueryPlan

_TAG = "pilcrow"


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
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as exc:
        raise LibraryError(f"The questions in {path} cannot be read: {exc}.") from exc
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            question = json.loads(line)
            _ = question["id"], question["question"]
        except (ValueError, KeyError, TypeError) as exc:
            raise LibraryError(
                f"Line {number} of {path} is no question: it must be a JSON object with `id` and "
                "`question`."
            ) from exc
        yield question


def question_filter(question: Mapping[str, Any]) -> Filter:
    """The filter that comes with a question: an authority's slug and a year, or nulls."""
    given = question.get("filter") or {}
    year = given.get("year")
    return Filter(authority=given.get("authority"), year_from=year, year_to=year)


def run_lines(query_id: str, hits: Sequence[Hit]) -> Iterator[str]:
    """Hits as a TREC run.

    trec_eval sorts by score alone and breaks ties its own way, so that equal scores are set
    apart here in the order of their ranks.
    """
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
