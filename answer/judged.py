"""Judgements that a question asks for: they are printed on the cover, and in no paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence

from answer.judgement_line import grades
from index.model import DocumentCard, QueryPlan
from index.scope import scopes
from index.standing import SUBJECTS

_GRADE = r"(?:outstanding|good|requir\w+ improvement|adequate|inadequate)"
_ASKED = re.compile(
    r"\boverall (?:effectiveness|grades?|judge?ments?|ratings?|outcome)\b"
    r"|\bofsted (?:grades?|judge?ments?|ratings?)\b"
    r"|\b(?:what|which) (?:\w+ ){0,2}(?:grades?|judge?ments?|ratings?)\b"
    r"|\b(?:how|what) (?:is|was|are|were|did) .*\b(?:rated|graded|judged)\b"
    rf"|\b(?:is|was|rated|graded|judged) [^.?]{{0,40}}?\b{_GRADE} or {_GRADE}\b",
    re.IGNORECASE,
)
MOST = 5  # grades that are named


def asks_judgement(plan: QueryPlan) -> bool:
    """Whether a question asks for a grade of named authorities."""
    return bool(plan.authorities and _ASKED.search(plan.text))


def judgements_asked(plan: QueryPlan, cards: Sequence[DocumentCard]) -> str | None:
    """The grades that a question asks for, in a sentence or two; None where none is printed.

    Of the parts of an inspection that the question names, else the overall one.
    """
    documents = {row: card.document for row, card in enumerate(cards)}
    text = plan.text.lower()
    lines = {line for line, name in SUBJECTS.items() if name.lower() in text} or {"overall"}
    for rows in scopes(plan, documents):
        named = sorted((cards[row] for row in rows), key=lambda card: card.document.year or 0)
        told = [
            f"{card.name}: {grade.judged}, {grade.grade}"
            for card in named
            for grade in grades(card.document)
            if grade.line in lines
        ]
        if told:
            return f"No paragraph says it, the cover does. {'; '.join(told[-MOST:])}."
    return None
