"""Dates as covers, letters and file names write them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"((?:19|20)\d{2})(?!\d)"
# One day, of which a later part may be left to the day after it: "24", "24 November", all three.
_PART = rf"{_WEEKDAY}{_DAY}(?:\s*(?:of\s+)?({_MONTH}))?(?:,?\s*{_YEAR})?"
_AMERICAN = rf"{_WEEKDAY}({_MONTH})\s+{_DAY},?\s+{_YEAR}"
_JOIN = r"\s*(?:-|–|—|−|,?\s*\b(?:to|and|until)\b|&|,)\s*"
_RUN = re.compile(rf"(?<![\w/]){_PART}(?:{_JOIN}{_PART})*", re.IGNORECASE)
_PARTS = re.compile(_PART, re.IGNORECASE)
_AMERICAN_DATE = re.compile(_AMERICAN, re.IGNORECASE)
_SLASHED = re.compile(rf"(?<!\d)(\d{{1,2}})([/.])(\d{{1,2}})\2{_YEAR}")
_LONE = re.compile(rf"\s*(?:{_PART}|{_AMERICAN})\s*\.?\s*", re.IGNORECASE)

_ISO_IN_NAME = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_. ]?(\d{2})[-_. ]?(\d{2})(?!\d)")
_BRITISH_IN_NAME = re.compile(r"(?<!\d)(\d{1,2})[-_. ](\d{1,2})[-_. ]((?:19|20)\d{2})(?!\d)")


@dataclass(frozen=True, slots=True)
class Span:
    """The first and the last of the days named together, and where the words stand."""

    start: date
    end: date
    position: int


def find_spans(text: str) -> tuple[Span, ...]:
    """The days named in the text, in its order: "19 and 20 September 2017" is one span.

    A day without month or year takes them from the day after it, as in "24 November - 17 December
    2015"; a span that would run backwards began in the year before.
    """
    found = [*_slashed_spans(text), *_american_spans(text), *_british_spans(text)]
    return tuple(sorted(found, key=lambda span: span.position))


def lone_date(line: str) -> date | None:
    """The date, where the line holds one full date and nothing else."""
    if not _LONE.fullmatch(line):
        return None
    spans = find_spans(line)
    return spans[0].start if len(spans) == 1 and spans[0].start == spans[0].end else None


def date_in_name(stem: str) -> date | None:
    """The full date in a file's name: "wandsworth-cs-2016-02-16", "... 16 february 2016"."""
    named = [
        *(_day(*match.group(1, 2, 3)) for match in _ISO_IN_NAME.finditer(stem)),
        *(_day(*match.group(3, 2, 1)) for match in _BRITISH_IN_NAME.finditer(stem)),
        *(span.end for span in find_spans(stem.replace("_", " ").replace("-", " "))),
    ]
    valid = [day for day in named if day is not None]
    return valid[0] if valid else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _month_number(name: str) -> int:
    return 1 + _MONTHS.index(name[:3].lower())


def _slashed_spans(text: str) -> Iterator[Span]:
    """Spans such as "12/09/2016 to 06/10/2016"."""
    previous: tuple[date, int, int] | None = None
    for match in _SLASHED.finditer(text):
        day = _day(match[4], match[3], match[1])
        if day is None:
            continue
        if previous and re.fullmatch(_JOIN, text[previous[2] : match.start()]):
            yield Span(previous[0], day, previous[1])
            previous = None
            continue
        if previous:
            yield Span(previous[0], previous[0], previous[1])
        previous = (day, match.start(), match.end())
    if previous:
        yield Span(previous[0], previous[0], previous[1])


def _american_spans(text: str) -> Iterator[Span]:
    for match in _AMERICAN_DATE.finditer(text):
        day = _day(match[3], str(_month_number(match[1])), match[2])
        if day is not None:
            yield Span(day, day, match.start())


def _british_spans(text: str) -> Iterator[Span]:
    for run in _RUN.finditer(text):
        days = _resolve([(part[1], part[2], part[3]) for part in _PARTS.finditer(run.group())])
        if days:
            yield Span(min(days), max(days), run.start())


def _resolve(parts: list[tuple[str, str | None, str | None]]) -> list[date]:
    """The days, each taking what it lacks from the one after; none where the last lacks a part."""
    days: list[date] = []
    month: int | None = None
    year: int | None = None
    for day, named_month, named_year in reversed(parts):
        month = _month_number(named_month) if named_month else month
        year = int(named_year) if named_year else year
        if month is None or year is None:
            continue
        resolved = _day(str(year), str(month), day)
        if resolved is None:
            return []
        if days and not named_year and resolved > days[-1]:
            year -= 1
            resolved = _day(str(year), str(month), day) or resolved
        days.append(resolved)
    return days
