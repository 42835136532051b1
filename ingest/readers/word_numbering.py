"""The numbers that Word prints before paragraphs: they are in no text, but counted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

BULLET = "•"
_LEVEL = re.compile(r"%([1-9])")
_MOST_ROMAN = 3999  # as browsers have it; there is no Roman sign for 5,000
_MOST_LETTERS = 26 * 30  # Word prints thirty letters at most
_ROMAN = (
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered; levels count from 0."""

    start: int = 1
    form: str = "decimal"  # as WordprocessingML names it: "lowerRoman", "bullet"
    text: str = ""  # "%1.%2" stands for the numbers of the first two levels
    restart: int | None = None  # after this level, counted from 1; 0 is never, None after any
    legal: bool = False  # the numbers of all levels are written in digits


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list in the document. Lists of one definition count on from each other."""

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)  # where this list begins anew


class Counters:
    """The numbers that have been given out, in the order of the document."""

    def __init__(self, lists: Mapping[str, NumberedList]) -> None:
        self._lists = lists
        self._last: dict[tuple[str, int], int] = {}  # definition and level
        self._seen: set[str] = set()

    def label(self, list_id: str, level: int) -> str:
        """What stands before the next paragraph of the list: "12.", "(b)", a bullet or nothing."""
        numbered = self._lists.get(list_id)
        if numbered is None or level not in numbered.levels:
            return ""
        if list_id not in self._seen:
            self._seen.add(list_id)
            for begun in numbered.starts:
                self._last.pop((numbered.definition, begun), None)
        here = numbered.levels[level]
        place = (numbered.definition, level)
        start = numbered.starts.get(level, here.start)
        self._last[place] = self._last[place] + 1 if place in self._last else start
        self._restart_below(numbered, level)
        return self._printed(numbered, here)

    def _restart_below(self, numbered: NumberedList, level: int) -> None:
        for deeper, form in numbered.levels.items():
            after = deeper if form.restart is None else form.restart
            if deeper > level and level < after:
                self._last.pop((numbered.definition, deeper), None)

    def _printed(self, numbered: NumberedList, here: Level) -> str:
        if here.form == "bullet":
            return BULLET

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            level = numbered.levels.get(at, Level())
            # A level that was not used yet is written as one less than its start: "0.1".
            value = self._last.get((numbered.definition, at), level.start - 1)
            return written(value, "decimal" if here.legal else level.form)

        return _LEVEL.sub(number, here.text).strip()


def written(value: int, form: str) -> str:
    """The number in the form that Word calls so; in digits where it has none."""
    if form == "none":
        return ""
    if form.endswith("Letter") and 0 < value <= _MOST_LETTERS:
        # After z come aa, bb and cc.
        letters = chr(ord("a") + (value - 1) % 26) * (1 + (value - 1) // 26)
        return letters.upper() if form.startswith("upper") else letters
    if form.endswith("Roman") and 0 < value <= _MOST_ROMAN:
        return _roman(value).upper() if form.startswith("upper") else _roman(value)
    if form == "decimalZero":
        return f"{value:02d}"
    if form == "ordinal":
        return f"{value}{_ending(value)}"
    return str(value)


def _roman(value: int) -> str:
    numeral = ""
    for worth, sign in _ROMAN:
        times, value = divmod(value, worth)
        numeral += sign * times
    return numeral


def _ending(value: int) -> str:
    if value % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
