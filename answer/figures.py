"""Figures in a text: digits and words, shares, dates and spans of years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from answer.naming import plain
from index.sentences import Span

_UNIT_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_UNITS = _UNIT_WORDS.split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: at for at, word in enumerate(_UNITS)}
_VALUES |= {word: 20 + 10 * at for at, word in enumerate(_TENS)}
_VALUES |= {"hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12}
IN_DIGITS = {word: str(at) for word, at in _VALUES.items() if at < 100}
_NUMBER_WORD = "|".join(sorted(_VALUES, key=len, reverse=True))
_DIGIT_WORD = "|".join(_UNITS[:10])
_PARTS = {
    "half": 0.5,
    "halves": 0.5,
    "third": 1 / 3,
    "quarter": 0.25,
    "fifth": 0.2,
    "sixth": 1 / 6,
    "seventh": 1 / 7,
    "eighth": 0.125,
    "ninth": 1 / 9,
    "tenth": 0.1,
}
MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
# "nine in ten", "one team in two had": a share, and no two counts
_FEW = "two|three|four|five|six|seven|eight|nine"
_OF = r"\s(?:in|out\sof)\s(?:every\s)?"
_NO_TIME = r"(?![,.]\d|\s(?:years?|months?|weeks?|days?|hours?)\b)"
_VERB = r"\s(?:of|had|has|have|were|was|is|are|did|do|does|could|can|will|who|now|still)\b"
_TOKEN = re.compile(
    rf"""
    (?P<years>(?<!\d)(?:19|20)\d\d\s?[-/]\s?(?:(?:19|20)\d\d|\d\d)(?!\d))
    |(?P<month>\b(?:{MONTHS})\b(?=[\s,.;)]|$))
    |(?P<year>(?<![\d,.£])(?:19|20)\d\d(?![\d%]|[.,]\d))
    |(?P<outof>\b(?P<part>\d{{1,2}}|(?:{_NUMBER_WORD})(?:[\s-](?:{_DIGIT_WORD}))?)
        (?:{_OF}(?P<each>ten|10|(?<=\bone\sin\s)(?:{_FEW}|[2-9])|(?<=\b1\sin\s)(?:{_FEW}|[2-9]))\b{_NO_TIME}
        |(?:\s\w+){{0,2}}{_OF}(?P<apart>ten|10|{_FEW})\b(?=[,.;:)](?!\d)|{_VERB}|$)
        |(?:\s\w+){{0,2}}{_OF}(?:a|every|each|one)\s(?P<hundred>hundred)\b))
    |(?P<span>\ba\s(?:year|month|week|day)\b(?=\s(?:ago|before|earlier|later|after)\b))
    |(?P<share>\b(?:a|an|one|two|three|four|five|seven|nine)[\s-](?:third|quarter|fifth|sixth
        |seventh|eighth|ninth|tenth)s?\b
        |\bhalf\b(?![\s-](?:term|brother|sister|year\b|an?\s(?:year|hour)|the\syear\b(?!\s(?:\d|group)))))
    |\b(?:only|just)\s(?P<single>one)\b
    |(?P<digits>(?<![\w.])£?\d+(?:,\d\d\d)*(?:\.\d+)?)(?![-/]\d)(?:st|nd|rd|th)?
        (?P<unit>\s?%|\s?per\s?cent\b|\s?(?:m|million|k|thousand)\b)?
    |(?P<words>\b(?:(?:{_NUMBER_WORD})(?:[\s-]+(?:and\s+)?)?)+\b(?:\s*point(?:\s(?:{_DIGIT_WORD}))+\b)?)
        (?P<wordunit>\s?%|\s?per\s?cent\b)?
    """,
    re.IGNORECASE | re.VERBOSE | re.ASCII,  # no letter that only looks like one of a number word
)
# "two and a half", "a year and a half": no share of anything.
_AND_A_HALF = re.compile(
    rf"(?:\d|\b(?:{_NUMBER_WORD})|\b(?:year|month|week|day|hour)s?)\s+and\s+a\s+$", re.IGNORECASE
)
_ABOUT = re.compile(
    r"(?:about|around|some|nearly|almost|close to|roughly|approximately|over|under|more than|less "
    r"than|fewer than|up to|at least|just|well|as many as|as long as|towards|c\.)\s+"
    r"(?:over\s+|under\s+)?(?:a\s+)?$",
    re.IGNORECASE,
)
_ALL_BUT = re.compile(r"\ball but\s+(?:about\s+|around\s+|some\s+)?$", re.IGNORECASE)
_TRAILING = re.compile(r"(?:[\s-]+and)?[\s-]*$", re.IGNORECASE)  # of number words
_LOOK_BACK = 24  # characters before a figure that say how it is meant
_MOST = 10**12  # that words come to
_SCALES = {"m": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3}
Sort = Literal["number", "percent", "share", "year", "years", "month"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, where it stands and what it is worth."""

    start: int
    end: int
    text: str  # as written
    value: float  # a share is between 0 and 1; of a span of years the first
    sort: Sort
    about: bool = False  # "nearly", "more than"
    spelt: bool = False  # in words

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end

    @property
    def loose(self) -> bool:
        """Whether it may be a count of the writer's own, which the source need not print."""
        return self.spelt and self.sort == "number" and self.value <= 12


def figures(text: str) -> list[Figure]:
    """The figures of a text in their order; "one" alone, which is mostly no figure, is left out."""
    smooth = plain(text)
    found = [figure for match in _TOKEN.finditer(smooth) for figure in _made(match, smooth)]
    return [
        _rest(one) if _before(_ALL_BUT, smooth, one) else one
        for one in found
        if one.sort != "share" or not _before(_AND_A_HALF, smooth, one)
    ]


def _before(pattern: re.Pattern[str], text: str, figure: Figure) -> bool:
    return pattern.search(text, max(0, figure.start - _LOOK_BACK), figure.start) is not None


def _rest(figure: Figure) -> Figure:
    """What "all but" a share leaves; all but a number is no number that can be known."""
    if figure.sort not in {"percent", "share"}:
        return figure
    whole = 100.0 if figure.sort == "percent" else 1.0
    return replace(figure, value=whole - figure.value)


def same(one: Figure, other: Figure) -> bool:
    """Whether two figures say the same amount or date."""
    if one.sort in {"year", "years", "month"} or other.sort in {"year", "years", "month"}:
        return _same_time(one, other)
    if one.sort == other.sort == "number":
        return one.value == other.value or (one.about and _near(one.value, other.value, 0.1))
    if "number" in (one.sort, other.sort):
        return False
    first, second = _as_share(one), _as_share(other)
    if "share" in (one.sort, other.sort) and one.sort != other.sort:
        return _near(first, second, 0.12)
    return abs(first - second) < 1e-9 or ((one.about or other.about) and _near(first, second, 0.1))


def _same_time(one: Figure, other: Figure) -> bool:
    if one.sort == other.sort:
        return one.value == other.value
    years = {"year", "years"}
    return one.sort in years and other.sort in years and abs(one.value - other.value) <= 1


def _near(one: float, other: float, share: float) -> bool:
    return abs(one - other) <= share * max(abs(one), abs(other))


def _as_share(figure: Figure) -> float:
    return figure.value / 100 if figure.sort == "percent" else figure.value


def _made(match: re.Match[str], text: str) -> Iterator[Figure]:
    start, end = match.span()
    about = _ABOUT.search(text, max(0, start - _LOOK_BACK), start) is not None
    written = match[0].strip()
    end = start + len(match[0].rstrip(" -"))
    if match["years"]:
        yield Figure(start, end, written, float(match["years"][:4]), "years")
    elif match["month"]:
        if match["month"][0].isupper():
            month = MONTHS.split("|").index(match["month"].lower()) + 1
            yield Figure(start, end, written, float(month), "month")
    elif match["year"]:
        yield Figure(start, end, written, float(match["year"]), "year")
    elif match["outof"]:
        yield _out_of(match, start, end, written, about)
    elif match["single"]:
        yield Figure(match.start("single"), end, match["single"], 1.0, "number", spelt=True)
    elif match["span"]:
        yield Figure(start, end, written, 1.0, "number", about, spelt=True)
    elif match["share"]:
        yield Figure(start, end, written, _share(match["share"].lower()), "share", about)
    elif match["digits"]:
        value = float(match["digits"].lstrip("£").replace(",", ""))
        unit = (match["unit"] or "").strip().lower()
        percent = unit.startswith(("%", "per"))
        sort: Sort = "percent" if percent else "number"
        yield Figure(start, end, written, value * _SCALES.get(unit, 1), sort, about)
    else:
        yield from _in_words(match, start, about)


def _out_of(match: re.Match[str], start: int, end: int, written: str, about: bool) -> Figure:
    part = _counted(match["part"])
    if match["hundred"]:
        return Figure(start, end, written, part, "percent", about)
    whole = _counted(match["each"] or match["apart"])
    return Figure(start, end, written, part / whole, "share", about)


def _counted(text: str) -> float:
    return float(text) if text.isdigit() else _whole(text.lower())


def _in_words(match: re.Match[str], start: int, about: bool) -> Iterator[Figure]:
    words = _TRAILING.sub("", match["words"])
    percent = match["wordunit"] is not None
    value = _worth(words.lower())
    if value is None or (words.lower() == "one" and not percent):
        return
    end = match.end() if percent else start + len(words)
    sort: Sort = "percent" if percent else "number"
    yield Figure(start, end, match[0].strip(" -") if percent else words, value, sort, about, True)


def _worth(words: str) -> float | None:
    words, _, decimals = words.partition("point")
    digits = "".join(str(_VALUES[word]) for word in decimals.split())
    return _whole(words) + (float(f"0.{digits}") if digits else 0.0)


def _whole(words: str) -> float:
    total, current = 0, 0
    for word in re.findall(r"[a-z]+", words):
        if word == "and":
            continue
        value = _VALUES[word]
        if value >= 100 and word != "dozen":
            current = min(max(current, 1) * value, _MOST)
            if value >= 1000:
                total, current = total + current, 0
        elif word == "dozen":
            current = min(max(current, 1) * 12, _MOST)
        else:
            current += value
    return float(total + current)


def _share(words: str) -> float:
    parts = re.findall(r"[a-z]+", words)
    many = _VALUES.get(parts[0], 1) if len(parts) > 1 else 1
    return many * _PARTS[parts[-1].removesuffix("s") if parts[-1] != "halves" else "halves"]
