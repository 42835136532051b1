"""Words with their places become printed lines in reading order; knows no file format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from ingest.model import Box, Line, Mark

_Value = TypeVar("_Value")

# What a footnote mark is made of; the raised letters of "31st" stay in the text.
MARK_SIGNS = frozenset("0123456789*†‡§,")
# "12.", "(12)", "2.1", "a)" or a bullet: a wide space after it is an indent, not a column.
_LABEL = re.compile(r"^\(?(?:[\d.]{1,5}|\w)[.)]?$|^\W$")
_RAISED_SIZE = 0.8  # of its neighbour's size, at most
# Words of one line may stand a little higher or lower than each other (mixed fonts), by less
# than this share of their size; lines are never set that close.
_SAME_BASELINE = 0.3


@dataclass(frozen=True, slots=True)
class Style:
    """How a word is set."""

    size: float  # points
    bold: bool
    italic: bool


@dataclass(frozen=True, slots=True)
class Word:
    """A word where it stands on the page, in points from the page's lower left corner."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    baseline: float
    style: Style
    glued: bool = False  # no space stands before it
    raised: bool = False  # a footnote mark


def lines_of(words: Sequence[Word], page: int) -> list[Line]:
    """The page's lines from top to bottom; footnote marks are taken out of their text."""
    words = [replace(w, raised=True) if _stands_raised(w, words) else w for w in words]
    rows: list[list[Word]] = []
    for word in sorted((w for w in words if not w.raised), key=lambda w: -w.baseline):
        if rows and _share_baseline(rows[-1][0], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    for mark in (w for w in words if w.raised):
        row = min(rows, key=lambda row: _distance(row, mark), default=None)
        if row is None:
            rows.append([mark])
        else:
            row.append(mark)
    return [_line(sorted(row, key=lambda w: w.left), page) for row in rows]


def is_raised(size: float, baseline: float, other_size: float, other_baseline: float) -> bool:
    """Whether a sign is smaller than what stands beside it, and set above its line."""
    rise = baseline - other_baseline
    return size <= _RAISED_SIZE * other_size and 0.1 * size < rise < other_size


def _stands_raised(word: Word, words: Sequence[Word]) -> bool:
    """Whether a word by itself is a footnote mark: the "1" before the text of footnote 1."""
    if word.raised or not MARK_SIGNS.issuperset(word.text):
        return False
    return any(
        is_raised(word.style.size, word.baseline, other.style.size, other.baseline)
        and -1.0 <= max(other.left - word.right, word.left - other.right) < 0.6 * other.style.size
        for other in words
    )


def _share_baseline(first: Word, word: Word) -> bool:
    smaller = min(first.style.size, word.style.size)
    return abs(first.baseline - word.baseline) <= _SAME_BASELINE * smaller


def _distance(row: Iterable[Word], mark: Word) -> tuple[float, float]:
    """How far a raised sign is from being set on a row: the row below it, the nearest word."""
    nearest = min(row, key=lambda w: max(w.left - mark.right, mark.left - w.right))
    rise = mark.baseline - nearest.baseline
    outside = max(-rise, rise - nearest.style.size, 0.0)
    return (outside, max(nearest.left - mark.right, mark.left - nearest.right))


def _line(row: Sequence[Word], page: int) -> Line:
    text, marks = "", []
    for word in row:
        if word.raised:
            marks.append(Mark(word.text, len(text)))
        else:
            text += word.text if word.glued or not text else f" {word.text}"
    words = [word for word in row if not word.raised] or list(row)
    starts = [word for word in words if not word.glued]
    gap, gap_ends = _widest_gap(starts)
    return Line(
        text=text,
        page=page,
        box=Box(
            page=page,
            left=words[0].left,
            bottom=min(word.bottom for word in words),
            right=max(word.right for word in words),
            top=max(word.top for word in words),
        ),
        size=_most([(word.style.size, len(word.text)) for word in words]),
        bold=_most([(word.style.bold, len(word.text)) for word in words]),
        italic=_most([(word.style.italic, len(word.text)) for word in words]),
        marks=tuple(marks),
        second_left=starts[1].left if len(starts) > 1 else None,
        gap=gap,
        gap_ends=gap_ends,
    )


def _widest_gap(words: Sequence[Word]) -> tuple[float, float | None]:
    """The widest space between two words, and where it ends; that after a label is none."""
    if len(words) > 1 and _LABEL.match(words[0].text):
        words = words[1:]
    gaps = [(after.left - before.right, after.left) for before, after in pairwise(words)]
    return max(gaps, default=(0.0, None))


def _most(weighted: Iterable[tuple[_Value, int]]) -> _Value:
    """The value of most letters."""
    totals: dict[_Value, int] = {}
    for value, weight in weighted:
        totals[value] = totals.get(value, 0) + weight
    return max(totals, key=lambda value: totals[value])
