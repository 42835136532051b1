"""What a question asks for, and how much of it a text says."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from index.lexical import words
from index.model import QueryPlan
from index.query import Knowledge, concepts
from index.stems import stems

Wanted = Literal["figure", "date"]
Stems = tuple[str, ...]

_FIGURE = re.compile(
    r"\bhow (?:many|much|long|often|old|big|large|small|high|low|far)\b"
    r"|\b(?:what|which) (?:proportion|percentage|share|number|rate|figure)\b"
    r"|\b(?:percentage|proportion|number|numbers|rate|rates|figures?|average|total)\b|%",
    re.IGNORECASE,
)
_DATE = re.compile(r"^\s*when\b|\b(?:what|which) (?:date|day|month|year)\b|\bsince when\b", re.I)
_NUMBERS = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    r"|hundreds?|thousands?|half|third|thirds|quarters?|none|all)"
)
_HOLDS_FIGURE = re.compile(rf"\d|\b{_NUMBERS}\b", re.IGNORECASE)
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_HOLDS_DATE = re.compile(rf"\b{_MONTHS}\b|\b(?:19|20)\d\d\b|\bmonths? ago\b|\byears? ago\b")


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that is asked for."""

    said: tuple[str, ...]  # the ways to say it, the question's own words first
    forms: tuple[Stems, ...]  # the same as stems
    weight: float  # how rare it is in the library


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its answer is looked for."""

    concepts: tuple[Concept, ...]
    wanted: Wanted | None = None  # what an answer should hold

    @property
    def total(self) -> float:
        """The weight of all that is asked for."""
        return sum(concept.weight for concept in self.concepts)


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is compared: its stems in their order, and each once."""

    order: Stems
    each: frozenset[str]


def what_is_asked(plan: QueryPlan, knowledge: Knowledge, paragraphs: int) -> Asked:
    """Return what the plan of a question asks for, in a library of so many paragraphs."""
    found = []
    for said in concepts(plan):
        forms = tuple(dict.fromkeys(filter(None, map(stems, said))))
        if forms:
            common = max(_paragraphs_with(text, knowledge) for text in said)
            found.append(Concept(tuple(said), forms, math.log1p(paragraphs / (common + 0.5))))
    return Asked(tuple(found), _wanted(plan.text))


def _paragraphs_with(text: str, knowledge: Knowledge) -> int:
    """How many paragraphs can hold a word or phrase: no more than hold its rarest word."""
    return min((knowledge.vocabulary.get(word, 0) for word in words(text)), default=0)


def _wanted(question: str) -> Wanted | None:
    if _DATE.search(question):
        return "date"
    return "figure" if _FIGURE.search(question) else None


def said_in(text: str) -> Said:
    """Return a text ready to be compared."""
    order = stems(text)
    return Said(order, frozenset(order))


def mentions(said: Said, concept: Concept) -> bool:
    """Whether a text says one of the things asked for, in any of its ways."""
    return any(_stands(form, said) for form in concept.forms)


def _stands(form: Stems, said: Said) -> bool:
    if not said.each.issuperset(form):
        return False
    length = len(form)
    if length == 1:
        return True
    return any(said.order[at : at + length] == form for at in range(len(said.order) - length + 1))


def share(asked: Asked, texts: Iterable[Said]) -> float:
    """Return how much of what is asked for the texts say between them, 0 to 1."""
    held = list(texts)
    weight = sum(
        concept.weight
        for concept in asked.concepts
        if any(mentions(said, concept) for said in held)
    )
    return weight / asked.total if asked.total else 1.0


def holds_wanted(wanted: Wanted | None, text: str) -> bool:
    """Whether a text holds a figure or a date, where one is asked for."""
    if wanted is None:
        return False
    return bool((_HOLDS_DATE if wanted == "date" else _HOLDS_FIGURE).search(text))


def missing(asked: Asked, texts: Sequence[Said]) -> list[Concept]:
    """Return what none of the texts says, rarest first, longer words before shorter ones."""
    absent = [
        concept for concept in asked.concepts if not any(mentions(said, concept) for said in texts)
    ]
    return sorted(absent, key=lambda concept: (-concept.weight, -len(concept.said[0])))
