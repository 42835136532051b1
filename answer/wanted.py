"""Figures and dates: whether a question asks for one, and whether a sentence gives it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from index.stems import stems

Wanted = Literal["figure", "share", "date"]  # a share of a whole: "16%", "a third"
Stems = tuple[str, ...]

NEAR = 6  # words between a figure and what it counts
ELSEWHERE = 0.4  # what a figure is worth that counts something else, beside the right one

_FIGURE = re.compile(
    r"\bhow (?:many|much|long|often|old|big|large|small|high|low|far)\b"
    r"|\b(?:what|which) (?:proportion|percentage|share|number|rate|figure)\b"
    r"|\b(?:percentage|proportion|number|numbers|rate|rates|figures?|average|total)\b|%",
    re.IGNORECASE,
)
_DATE = re.compile(r"^\s*when\b|\b(?:what|which) (?:date|day|month|year)\b|\bsince when\b", re.I)
_COUNTED = re.compile(
    r"\b(?:how many|(?:number|numbers|proportion|percentage|share|rate|total|average|%) of)\s",
    re.IGNORECASE,
)
_ENDS_COUNTED = re.compile(
    r"\b(?:is|are|was|were|be|been|being|ha[sd]|have|do|does|did|can|could|will|would|may|might|in|at"
    r"|by|from|with|to|who|that|which|whose|when|where|there|per|than)\b|[^\w\s'’-]",
    re.IGNORECASE,
)
_OF_A_WHOLE = re.compile(r"\b(?:percentage|proportion|share|rate)s?\b|%", re.IGNORECASE)
_PART = re.compile(
    r"%|\bper ?cent\b|\b(?:half|third|quarter|fifth|tenth)s?\b|\bout of\b"
    r"|\bof (?:the|these|those)\b|\brate of\b|\bper [\d,]+",
    re.IGNORECASE,
)
_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred"
    " hundreds thousand thousands half third thirds quarter quarters none"
)
_NUMBERS = frozenset(stems(_NUMBER_WORDS))
_NAMED_BY_NUMBER = frozenset(stems("age aged section stage paragraph page act article level"))
_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_HOLDS_DATE = re.compile(rf"\b{_MONTHS}\b|\b(?:19|20)\d\d\b|\bmonths? ago\b|\byears? ago\b")
# Whatever could be taken for a number, a time or a date, so that none is said to be missing.
_ANY_FIGURE = re.compile(
    rf"(?<!\d)(?!(?:19|20)\d\d\b)\d|%|\b(?:{_NUMBER_WORDS.replace(' ', '|')}|one|no|single|once"
    r"|twice|few|several|dozens?|daily|weekly|fortnight\w*|monthly|quarterly|annual\w*|yearly|hours?"
    r"|days?|weeks?|months?|years?)\b",
    re.IGNORECASE,
)
_ANY_DATE = re.compile(r"\d|\b(?:last|ago|since)\b", re.IGNORECASE)
_INSISTS = re.compile(
    r"\bhow (?:many|much|long|often|old)\b|^\s*when (?:did|was|were)\b[^,]*$|%"
    r"|\b(?:what|which) (?:proportion|percentage|share|number|rate|figure|date|day|month|year)\b",
    re.IGNORECASE,
)
CALLED: Mapping[Wanted, str] = {"figure": "figure", "share": "proportion", "date": "date"}


def wanted_by(question: str) -> Wanted | None:
    """Return what an answer to the question should hold."""
    if _DATE.search(question):
        return "date"
    if _FIGURE.search(question):
        return "share" if _OF_A_WHOLE.search(question) else "figure"
    return None


def insists(question: str) -> bool:
    """Whether nothing but a figure or a date answers a question."""
    return bool(_INSISTS.search(question))


def holds_any(wanted: Wanted, text: str) -> bool:
    """Whether a text holds anything that could be the figure or the date that is asked for."""
    if wanted == "date":
        return bool(_HOLDS_DATE.search(text) or _ANY_DATE.search(text))
    return bool(_ANY_FIGURE.search(text))


def counted_in(question: str) -> frozenset[str]:
    """Return the stems of what a question wants counted: "children" of "How many children ..."."""
    asked = _COUNTED.search(question)
    if asked is None:
        return frozenset()
    counted, *_ = _ENDS_COUNTED.split(question[asked.end() :], maxsplit=1)
    return frozenset(stems(counted))


def gives_wanted(wanted: Wanted | None, text: str, order: Stems, counted: Sequence[Stems]) -> float:
    """Return how far a text gives the figure or the date that is asked for, 0 to 1.

    Args:
        wanted: what is asked for.
        text: of the sentence.
        order: its stems.
        counted: the ways to say what is to be counted; empty where any figure will do.
    """
    if wanted is None:
        return 0.0
    if wanted == "date":
        return float(bool(_HOLDS_DATE.search(text)))
    figures = list(_figures(order))
    if not figures:
        return 0.0
    right = wanted == "figure" or _PART.search(text)
    return 1.0 if right and _counts(figures, order, counted) else ELSEWHERE


def figures_of(text: str) -> frozenset[str]:
    """Return the numbers of a text, years and other dates included, as stems."""
    return frozenset(stem for stem in stems(text) if _is_number(stem))


def _is_number(stem: str) -> bool:
    return stem.isdigit() or stem in _NUMBERS


def _figures(order: Stems) -> Iterator[int]:
    """The places of numbers that count something: no year, age, section or the like."""
    for place, stem in enumerate(order):
        before = order[place - 1] if place else ""
        of_span = _is_year(before) and len(stem) == 2 and stem.isdigit()  # "2015-16"
        named = before in _NAMED_BY_NUMBER
        if _is_number(stem) and not (_is_year(stem) or of_span or named):
            yield place


def _is_year(stem: str) -> bool:
    return len(stem) == 4 and stem.isdigit() and stem[:2] in ("19", "20")


def _counts(figures: Sequence[int], order: Stems, counted: Sequence[Stems]) -> bool:
    """Whether one of the figures stands near one of the ways to say what is counted."""
    if not counted:
        return True
    said = [
        place
        for form in counted
        for place in range(len(order) - len(form) + 1)
        if order[place : place + len(form)] == form
    ]
    return any(abs(figure - place) <= NEAR for figure in figures for place in said)
