"""Questions with their judgements, and what a run over them gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Judgement:
    """A paragraph somebody judged, said so that another library finds it again."""

    doc: str  # file name, or the name it was handed over under
    anchor: str  # consecutive words from inside the paragraph
    grade: int  # 2 answers it, 1 worth citing, 0 judged and found wanting
    number: str | None = None  # as printed
    page: int | None = None  # 1-based


@dataclass(frozen=True, slots=True)
class Question:
    """A question and what was judged for it."""

    id: str
    text: str
    kind: str  # scoped, theme, change, none
    judgements: tuple[Judgement, ...] = ()
    authority: str | None = None  # the filter a person would tick, a slug
    year: int | None = None
    notes: str | None = None

    @property
    def answerable(self) -> bool:
        """Whether some paragraph is judged relevant."""
        return any(judgement.grade > 0 for judgement in self.judgements)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The judgements of a question set as paragraphs of one library."""

    qrels: Mapping[str, Mapping[str, int]]  # {question id: {paragraph_id: grade}}
    unresolved: tuple[tuple[str, Judgement], ...]  # question id; in the qrels as misses


@dataclass(frozen=True, slots=True)
class Found:
    """One place of one ranked list."""

    rank: int  # from 1
    paragraph_id: str
    score: float
    citation: str
    grade: int | None  # None where nobody judged it


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question gave."""

    id: str
    question: str
    kind: str
    answerable: bool
    values: Mapping[str, float]  # {measure: value}; empty where nothing answers it
    found: tuple[Found, ...]
    missed: Mapping[str, int]  # {paragraph_id: grade} judged relevant and not among `found`
    seconds: float  # processor time
    coverage: float = 0.0  # of the first hit (index/model.py), 0 without hits


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over questions with its bootstrap interval."""

    mean: float
    low: float
    high: float
    questions: int  # the denominator: every judged question, with hits or without


@dataclass(frozen=True, slots=True)
class Abstention:
    """How well the first hit's coverage tells questions with an answer from those without."""

    answerable: int
    unanswerable: int
    auroc: float | None  # None where one of the two is missing
    threshold: float | None
    answered: int  # answerable questions at or above the threshold
    declined: int  # unanswerable ones below it


@dataclass(frozen=True, slots=True)
class Report:
    """A run over a question set: what was measured, on what, and each question's outcome."""

    measured: Mapping[str, Any]
    means: Mapping[str, Mapping[str, Mean]]  # {"all" or kind: {measure: mean}}
    abstention: Abstention
    unresolved: tuple[Mapping[str, Any], ...]
    outcomes: tuple[Outcome, ...] = field(default_factory=tuple)
