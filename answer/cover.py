"""What stands at the head of a report and in no paragraph: its grades and its dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from answer.judgement_line import grades
from index.model import DocumentCard, QueryPlan
from index.query import STOP_WORDS
from index.scope import scopes, years_of
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
MOST = 5  # facts of one authority


def asks_cover(plan: QueryPlan) -> bool:
    """Whether a question asks for the grades of named authorities, or for days of inspections."""
    return bool(plan.authorities) and (_grade_asked(plan) or _date_asked(plan))


def asks_only_cover(plan: QueryPlan) -> bool:
    """Whether it asks for nothing else, which a paragraph could say."""
    return asks_cover(plan) and _of_covers(plan)


def _grade_asked(plan: QueryPlan) -> bool:
    return bool(_ASKS_GRADE.search(plan.text)) and (_of_covers(plan) or bool(_parts(plan)))


def _date_asked(plan: QueryPlan) -> bool:
    return bool(_ASKS_DATE.search(plan.text)) and _of_covers(plan)


def _of_covers(plan: QueryPlan) -> bool:
    return all(term in STOP_WORDS or _OF_COVERS.fullmatch(term) for term in plan.terms)


def _parts(plan: QueryPlan) -> set[str]:
    """The parts of an inspection that a question names, as answer.judgement_line calls them."""
    return {line for line, name in SUBJECTS.items() if name.lower() in plan.text.lower()}


def told_by_covers(plan: QueryPlan, cards: Sequence[DocumentCard]) -> str | None:
    """The grades or days that a question asks for, in a sentence; None where none is known.

    Of the documents among `cards` that it names; of the parts of an inspection that it names,
    else the overall grade. Of each authority the last ones are told, or the last alone.
    """
    named = _named(plan, cards)
    told: list[str] = []
    for authority in plan.authorities:
        own = [card for card in named if card.document.authority == authority]
        facts = [*_grades(plan, own)] if _grade_asked(plan) else [*_dates(own)]
        told += facts[-(1 if _LAST.search(plan.text) else MOST) :]
    return f"At the head of the report: {'; '.join(told)}." if told else None


def _named(plan: QueryPlan, cards: Sequence[DocumentCard]) -> list[DocumentCard]:
    """The documents that a question means and no others, by year."""
    documents = {row: card.document for row, card in enumerate(cards)}
    rows = next(iter(scopes(plan, documents)), frozenset())
    if plan.years and not plan.year_from and not plan.year_to:
        rows = frozenset(row for row in rows if years_of(documents[row]).intersection(plan.years))
    if plan.kinds:
        rows = frozenset(row for row in rows if documents[row].kind in plan.kinds)
    return sorted((cards[row] for row in rows), key=lambda card: card.document.year or 0)


def _grades(plan: QueryPlan, cards: Sequence[DocumentCard]) -> Iterator[str]:
    lines = _parts(plan) or {"overall"}
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
