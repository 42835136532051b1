"""When a question asks about: years, spans of years, the last inspection, what has changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

_DAY = r"[-/.](?:0?[1-9]|1[0-2])[-/.]\d{1,2}\b"  # "2016-02-16": the second number is a month
_YEAR = re.compile(
    rf"\b((?:19|20)\d\d)(?:{_DAY}|\s*[/–-]\s*((?:19|20)\d\d|\d\d)\b(?![-/.]\d))?(?!\w)"
)
_DATED = re.compile(
    rf"{_YEAR.pattern}(?:(?: joint| focused)? (?:inspection|report|visit)s?\b)?", re.IGNORECASE
)
_SINCE = re.compile(
    r"\b(?:since|after|from|post|followed|following)\W+(?:the\W+)?((?:19|20)\d\d)\b"
    r"|\bbetween\W+((?:19|20)\d\d)\W+and\W+(?:its|the|their|now)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:before|until|till|up to|by)\W+(?:the\W+)?((?:19|20)\d\d)\b", re.IGNORECASE
)
_SPAN = re.compile(
    r"\b((?:19|20)\d\d)\W+(?:to|and|until|–|-)\W+(?:the\W+)?((?:19|20)\d\d)\b", re.IGNORECASE
)
# "What must get better" asks what to do, not what has changed.
_ASKING = "must|should|could|can|would|will|need to|needs to|needed to|has to|have to|had to|how to"
_ASKED_FOR = "".join(rf"(?<!\b{words} )" for words in _ASKING.split("|"))
_COMPARED = re.compile(
    r"\b(?:compar(?:e|ed|ing)\b|versus\b|vs?\b"
    r"|(?:more|less|fewer)\b.{1,60}\bthan (?:it|they|in|when|at)\b)",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:then and now\b|since\b|over the years\b"
    r"|before and after\b|any (?:better|worse|quicker|sooner|earlier|fewer)\b"
    rf"|{_ASKED_FOR}(?:got|gotten|get|getting|become|became) (?:any |much )?(?:better|worse)\b"
    r"|worsened\b|deteriorated\b|moved on\b|no longer\b|go from\b|went from\b"
    r"|(?:go|gone|going|went) up or down\b|(?:risen|rise|rose|rising|increas\w+|grown|gone up)"
    r" or (?:fallen|fall|fell|falling|decreas\w+|shrunk|gone down)\b"
    r"|between (?:the |its |their )?(?:\w+ ){0,2}inspections\b"
    r"|(?:is|are) (?:\W*\w+){1,6}? (?:improving|worsening|deteriorating)(?=\W*$)"
    r"|by (?:19|20)\d\d than\b)",
    re.IGNORECASE,
)
_LATEST = r"(?:latest|last|most recent|newest)"
_FIRST = r"(?:first|earliest|oldest)"
# Between "the last" and "inspection": what sort of inspection it was, and "\0" for a place.
_SORT = (
    r"(?:\0|full|formal|joint|targeted|area|ofsted|send|ilacs|jtai|sif|council|city|county"
    r"|london|royal|borough|of|published|official|children['’]?s|services?|social|care|single)"
)
_REPORT = (
    rf"(?:(?:{_SORT}\W+)*(?:inspection|report|jtai|ofsted)s?\b"
    rf"|(?:{_SORT}\W+)*(?:focus(?:s?ed)?|monitoring|ofsted)\W+(?:{_SORT}\W+)*visits?\b"
    r"|\0\W+(?:visit|judge?ment|rating|letter)s?\b)"
)
_MOMENTS: Mapping[Literal["first", "latest"], re.Pattern[str]] = {
    "latest": re.compile(
        rf"(?<!than )(?<!than the )(?<!since )(?<!since the )(?<!\w)"
        rf"(?:{_LATEST}\W+{_REPORT}|\0(?:['’]s)?\W+{_LATEST}(?=\s*[?.!,]|\s*$))",
        re.IGNORECASE,
    ),
    "first": re.compile(rf"\b{_FIRST}\W+{_REPORT}", re.IGNORECASE),
}


def years_named(question: str) -> list[tuple[int, ...]]:
    """Return the years, those that are named as one together: "2015/16" and "2015-16" are two."""
    return [tuple(_years(match)) for match in _YEAR.finditer(question)]


def _years(match: re.Match[str]) -> Iterator[int]:
    year, second = int(match[1]), match[2]
    yield year
    if second and len(second) == 4:
        yield int(second)
    elif second and year % 100 < int(second):  # else a month: "2016-02"
        yield year // 100 * 100 + int(second)


def dated_spans(question: str) -> list[tuple[int, int]]:
    """Return where years stand, with "inspection" or "report" after them."""
    return [match.span() for match in _DATED.finditer(question)]


def interval(question: str) -> tuple[int | None, int | None]:
    """Return the years that a question reaches from and to: "since 2016", "until 2018"."""
    span = _SPAN.search(question)
    if span:
        return int(span[1]), int(span[2])
    since, until = _SINCE.search(question), _UNTIL.search(question)
    return int(since[1] or since[2]) if since else None, int(until[1]) if until else None


def asks_for_change(question: str, places: int) -> bool:
    """Whether it asks how something moved between inspections.

    Where several places are named, those are what is compared, not what was with what is.
    """
    return bool(_CHANGE.search(question) or (places < 2 and _COMPARED.search(question)))


def moment(question: str) -> tuple[Literal["first", "latest"] | None, tuple[int, int]]:
    """Return which inspection a question asks for, and where it says so.

    In the question a null character stands for each place.
    """
    for name, said in _MOMENTS.items():
        match = said.search(question)
        if match:
            return name, match.span()
    return None, (0, 0)
