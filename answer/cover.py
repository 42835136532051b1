"""What stands at the head of a report and in no paragraph: its grades and its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from answer.judgement_line import grades
from index.model import DocumentCard, QueryPlan
from index.query import STOP_WORDS
from index.scope import scopes
from index.standing import SUBJECTS
from ingest.model import Document

_GRADE = r"(?:outstanding|good|requir\w+ improvement|adequate|inadequate)"
_ASKS_GRADE = re.compile(
    r"\boverall (?:effectiveness|grades?|judge?ments?|ratings?|outcome)\b"
    r"|\bofsted (?:grades?|judge?ments?|ratings?)\b"
    r"|\b(?:what|which) (?:\w+ ){0,2}(?:grades?|judge?ments?|ratings?)\b"
    r"|\b(?:how|what) (?:is|was|are|were|did) .*\b(?:rated|graded|judged)\b"
    rf"|\b(?:is|was|rated|graded|judged) [^.?]{{0,40}}?\b{_GRADE} or {_GRADE}\b",
    re.IGNORECASE,
)
_ASKS_DATE = re.compile(
    r"\bwhen\b.*\b(?:inspect\w*|visit\w*|report\w*|ofsted|published)\b"
    r"|\b(?:date|day)s? of\b.*\b(?:inspections?|visits?|reports?|publication)\b",
    re.IGNORECASE,
)
# Words of a question that asks for nothing that a paragraph could say.
_OF_COVERS = re.compile(
    r"overall|effectiveness|grade[ds]?|judged|judge?ments?|ratings?|rated|outcome|outstanding"
    r"|(?:in)?adequate|requir(?:e|es|ing)|improvement|last|latest|recent|recently|dates?|days?"
    r"|inspected|visit(?:s|ed)?|publi(?:shed|cation)|joint|targeted|area|focused|monitoring"
)
_LAST = re.compile(r"\b(?:last|latest|most recent(?:ly)?)\b", re.IGNORECASE)
MOST = 5  # things that are told


def asks_cover(plan: QueryPlan) -> bool:
    """Whether a question asks for the grades of named authorities, or for days of inspections."""
    return bool(plan.authorities) and (_grade_asked(plan) or _date_asked(plan))


def asks_only_cover(plan: QueryPlan) -> bool:
    """Whether it asks for nothing else, which a paragraph could say."""
    return asks_cover(plan) and _of_covers(plan)


def _grade_asked(plan: QueryPlan) -> bool:
    return bool(_ASKS_GRADE.search(plan.text))


def _date_asked(plan: QueryPlan) -> bool:
    return bool(_ASKS_DATE.search(plan.text)) and _of_covers(plan)


def _of_covers(plan: QueryPlan) -> bool:
    return all(term in STOP_WORDS or _OF_COVERS.fullmatch(term) for term in plan.terms)


def told_by_covers(plan: QueryPlan, cards: Sequence[DocumentCard]) -> str | None:
    """The grades or days that a question asks for, in a sentence; None where none is known.

    Of the documents that the question names; of the parts of an inspection that it names, else
    the overall grade.
    """
    documents = {row: card.document for row, card in enumerate(cards)}
    for rows in scopes(plan, documents):
        named = sorted((cards[row] for row in rows), key=lambda card: card.document.year or 0)
        told = [*_grades(plan, named)] if _grade_asked(plan) else [*_dates(named)]
        if told:
            most = 1 if _LAST.search(plan.text) else MOST
            return f"At the head of the report: {'; '.join(told[-most:])}."
    return None


def _grades(plan: QueryPlan, cards: Sequence[DocumentCard]) -> Iterator[str]:
    text = plan.text.lower()
    lines = {line for line, name in SUBJECTS.items() if name.lower() in text} or {"overall"}
    for card in cards:
        for grade in grades(card.document):
            if grade.line in lines:
                yield f"{card.name}, {grade.judged}: {grade.grade}"


def _dates(cards: Sequence[DocumentCard]) -> Iterator[str]:
    for card in cards:
        said = [_inspected(card.document), _published(card.document)]
        if any(said) and not card.document.second_hand:
            yield f"{card.name}, {', '.join(filter(None, said))}"


def _inspected(document: Document) -> str:
    first, last = document.inspection_start, document.inspection_end
    if first is None or last is None or first == last:
        day = first or last
        return f"inspected {_day(day)}" if day else ""
    return f"inspected {_day(first)} to {_day(last)}"


def _published(document: Document) -> str:
    return f"published {_day(document.published)}" if document.published else ""


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
