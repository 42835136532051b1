"""Figures where they stand in a sentence: what they are said of, and what words make of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from answer.contexts import Context, contexts, segment
from answer.figures import MONTHS, Figure, figures, same

# "from 20%", "from a low base of 20%"
_BASE = (
    r"(?:(?:an?|the)\s+)?(?:[\w-]+\s+){0,2}(?:base|baseline|figure|level|rate|average|total)\s+of"
)
_FROM = re.compile(rf"\bfrom\s+(?:{_BASE}\s+)?$", re.IGNORECASE)
_TO = re.compile(rf"\bto\s+(?:{_BASE}\s+)?$", re.IGNORECASE)
# "an increase from 450 in 2014, which was a rate of 85": both figures are those of before.
_SINCE = re.compile(r"\b(?:from\s+(?:(?!\bto\b)[^.;(),])*(?:, which[^.;(),]*)?|had been\s+)$", re.I)
_EARLIER = re.compile(
    r"[^.;,(]{0,20}\b(?:the year before|years? (?:before|earlier)|previously|"
    r"(?:the|in) (?:previous|preceding) (?:\w+\s)?year)\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:now|current\w*|latest|most recent|improvement (?:at|to))\b[^.;]*$", re.I)
# "28 in place of 30": the second is that of before.
_REPLACED = re.compile(
    r"\d%?\s(?:\w+\s)?(?:in place of|instead of|rather than|after|where (?:it|they) had been)\s+$",
    re.IGNORECASE,
)
# What others reach, or what is to be reached: "the national figure of 64%", "64% nationally".
_OTHERS = r"(?:similar|comparable|other|neighbouring) (?:authorities|councils|areas)"
_STANDARD = re.compile(
    r"\b(?:(?:targets?|thresholds?|benchmarks?)(?:\s+(?:of|at|is|was|to be))?"
    r"|(?:national\w*|England|English)\s+(?:average|figure|rate|level|mean|benchmark|proportion|"
    r"percentage|data|picture)s?(?:\s+\w+){0,6}"
    rf"|(?:nationally|England|neighbours|{_OTHERS})(?:\s+(?:at|of|is|was|were))?)\s*\(?$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\s*\(?(?:of(?:\s+(?!and\b|but\b)[\w-]+){1,6}?\s+)?(?:nationally|elsewhere"
    r"|(?:across|over|throughout|in) (?:the country|England)"
    rf"|(?:in|for|of) (?:{_OTHERS}|(?:statistical )?neighbours))\b",
    re.IGNORECASE,
)
# "214 plans out of 590", but no "average of 590" and no "as of 31 March".
_NO_WHOLE = (
    r"(?:of|as|and|or|in|at|by|to|with|averages?|rates?|totals?|figures?|levels?|budgets?|costs?)"
)
_OUT_OF = re.compile(
    rf"\s*(?:(?!{_NO_WHOLE}\b)[\w'-]+\s+){{0,3}}(?:out\s+)?of\s+(?:the\s+|all\s+)?", re.IGNORECASE
)
_UNITS = r"percentage points?|points?|days?|weeks?|months?|years?|children|young people"
_MORE_OR_LESS = re.compile(
    rf"\s*(?:(?:{_UNITS})\s*)?"
    r"(?:fewer|more|less|lower|higher|longer|shorter|better|worse|above|below|earlier|later)\b",
    re.IGNORECASE,
)
_CHANGED_BY = re.compile(
    r"\b(?:fell|fall\w*|rose|risen|ris\w+|dropp?\w*|gr[eo]w\w*|increas\w+|decreas\w+|reduc\w+|cut"
    r"|improv\w+|shorten\w*|lengthen\w*|down|up|exceed\w*)\b(?:\s+\w+){0,6}?\s+by"
    r"\s+(?:about\s+|around\s+|some\s+|nearly\s+|almost\s+)?$",
    re.IGNORECASE,
)
_MONTH = rf"(?:{MONTHS}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
_DAY = re.compile(  # "3rd and 14th March", "14-Mar-16"
    rf"(?:\s*(?:to|and|or|-|–|,)\s*\d+(?:st|nd|rd|th)?)*[\s-]+(?:of\s+)?{_MONTH}", re.IGNORECASE
)
_AFTER_MONTH = re.compile(rf"\b{_MONTH}\.?[\s-]+$", re.IGNORECASE)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$", re.IGNORECASE)
_NAMED = re.compile(r"\S\s[A-Z]\w*\s+$")  # "in the Top 100", "under Section 47"
# Of a sentence that is looked at, for a row of a table may have hundreds of figures.
_LONGEST, _MOST = 5000, 40  # characters, figures
_AGED = re.compile(r"\b(?:under|below|over|above|aged|age of|ages of)\s+(?:the age of\s+)?$", re.I)
_YEARS_OLD = re.compile(r"[\s-]*(?:years?[\s-]olds?|years of age)\b", re.IGNORECASE)
_UNIT = re.compile(r"[\s-]*(year|month|week|day|hour|minute)s?\b", re.IGNORECASE)


@dataclass(frozen=True)
class Placed:
    """A figure in its sentence."""

    figure: Figure
    context: Context
    text: str
    company: Sequence[Figure]  # all figures of the sentence

    @cached_property
    def starts(self) -> bool:
        """Whether it is what something rose or fell from."""
        return _FROM.search(self.text[: self.figure.start]) is not None

    @cached_property
    def ends(self) -> bool:
        """Whether it is what something rose or fell to."""
        return _TO.search(self.text[: self.figure.start]) is not None

    @cached_property
    def when(self) -> int:
        """-1 where it is said to be how things were before, 1 how they are now, else 0."""
        before = self.text[: self.figure.start]
        since = _SINCE.search(before) or _REPLACED.search(before)
        if since is not None or _EARLIER.match(self.text, self.figure.end) is not None:
            return -1
        last = max((one.end for one in self.company if one.end <= self.figure.start), default=0)
        return int(_NOW.search(before, last) is not None)

    @cached_property
    def measured_by(self) -> bool:
        """Whether it is what others reach, or what is to be reached."""
        near = self.text[max(0, self.figure.start - 80) : self.figure.start]
        after = _ELSEWHERE.match(self.text, self.figure.end)
        return after is not None or _STANDARD.search(near) is not None

    @cached_property
    def is_day(self) -> bool:
        """Whether it is the day of a date, or part of a name."""
        before = self.text[: self.figure.start]
        dated = _DAY.match(self.text, self.figure.end) or _AFTER_MONTH.search(before[-12:])
        named = None if self.figure.spelt else _NAMED.search(before[-40:])
        return bool(dated or named or _ORDINAL.search(self.figure.text))

    @cached_property
    def partner(self) -> Figure | None:
        """The only figure of another sort in the same part of the sentence."""
        start, end = segment(self.text, self.figure.span)
        beside = [one for one in self.company if start <= one.start and one.end <= end]
        others = [one for one in beside if one.sort != self.figure.sort]
        return others[0] if len(beside) == 2 and len(others) == 1 else None

    @cached_property
    def neighbours(self) -> tuple[Figure | None, Figure | None]:
        """The figures before and after it, in the same part of the sentence."""
        start, end = segment(self.text, self.figure.span)
        before = [
            one for one in self.company if start <= one.start and one.end <= self.figure.start
        ]
        after = [one for one in self.company if self.figure.end <= one.start and one.end <= end]
        return (before[-1] if before else None, after[0] if after else None)

    def is_in_company_like(self, other: Placed) -> bool:
        """Whether both are the same, with the same figure before or after them."""
        if not same(self.figure, other.figure):
            return False
        beside = zip(self.neighbours, other.neighbours, strict=True)
        return any(one and another and same(one, another) for one, another in beside)

    @cached_property
    def is_change(self) -> bool:
        """Whether it is said to be by how much something differs."""
        more = _MORE_OR_LESS.match(self.text, self.figure.end)
        return more is not None or _CHANGED_BY.search(self.text[: self.figure.start]) is not None

    def is_part_of(self, other: Placed) -> bool:
        """Whether it is said to be so many out of the other, in the same sentence."""
        between = self.text[self.figure.end : other.figure.start]
        parted = self.figure.end < other.figure.start and _OUT_OF.fullmatch(between)
        return bool(parted) and self.figure.sort == other.figure.sort and not other.is_day

    @cached_property
    def measure(self) -> str | None:
        """What it counts, where that is an age or a time."""
        before, after = self.text[: self.figure.start], self.text[self.figure.end :]
        if _AGED.search(before) or _YEARS_OLD.match(after):
            return "age"
        unit = _UNIT.match(after) or _UNIT.search(self.figure.text)
        return unit[1].lower() if unit else None


def placed(sentence: str) -> list[Placed]:
    """The figures with their contexts; figures of the same sort count for none of them."""
    text = " ".join(sentence.split())[:_LONGEST]
    found = figures(text)[:_MOST]
    return [
        Placed(
            one,
            contexts(text, [one.span], [o.span for o in found if o.sort == one.sort])[0],
            text,
            found,
        )
        for one in found
    ]
