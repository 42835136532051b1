"""What a question asks for, and how much of it a text says."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from answer.wanted import Stems, Wanted, counted_in, gives_wanted, wanted_by
from index.lexical import words
from index.model import QueryPlan
from index.query import Knowledge, concepts
from index.stems import stems


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
    counted: tuple[Stems, ...] = ()  # the ways to say what is to be counted, if that is named

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
    return Asked(tuple(found), wanted_by(plan.text), _counted(plan.text, found))


def _counted(question: str, found: Sequence[Concept]) -> tuple[Stems, ...]:
    named = counted_in(question)
    return tuple(
        form for concept in found if named.intersection(concept.forms[0]) for form in concept.forms
    )


def _paragraphs_with(text: str, knowledge: Knowledge) -> int:
    """How many paragraphs can hold a word or phrase: no more than hold its rarest word."""
    return min((knowledge.vocabulary.get(word, 0) for word in words(text)), default=0)


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


def gives(asked: Asked, text: str, order: Stems) -> float:
    """Return how far a sentence gives the figure or date that is asked for, 0 to 1.

    `order` holds its stems, with those of what leads into it.
    """
    return gives_wanted(asked.wanted, text, order, asked.counted)


def missing(asked: Asked, texts: Sequence[Said]) -> list[Concept]:
    """Return what none of the texts says, rarest first, longer words before shorter ones."""
    absent = [
        concept for concept in asked.concepts if not any(mentions(said, concept) for said in texts)
    ]
    return sorted(absent, key=lambda concept: (-concept.weight, -len(concept.said[0])))
