"""Words with their places become printed lines in reading order; knows no file format."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple, TypeVar

from ingest.model import Box, Line, Mark

_Value = TypeVar("_Value")

# What a footnote mark is made of; the raised letters of "31st" stay in the text.
MARK_SIGNS = frozenset("0123456789*†‡§,")
# "12.", "(12)", "2.1", "a)" or a bullet: a wide space after it is an indent, not a column.
_LABEL = re.compile(r"^\(?(?:[\d.]{1,5}|\w)[.)]?$|^\W$")
_LONGEST_MARK = 2  # signs
_RAISED_SIZE = 0.8  # of its neighbour's size, at most
# A space of this many ems parts two cells of a table, or two columns; a smaller one only where
# three lines or more have words begin at the same place after it.
_CELL_GAP = 2.0
_TAB_GAP = 0.8
_SAME_COLUMN = 1.5  # points
_DEEPEST_INDENT = 6.0  # ems from a label to its text, at most
_LOWERED = 0.5  # ems by which a label may stand higher or lower than its text
# Words of one line may stand a little higher or lower than each other (mixed fonts), by less
# than this share of their size; lines are never set that close.
_SAME_BASELINE = 0.3


@dataclass(frozen=True, slots=True)
class Style:
    """How a word is set."""

    size: float  # points
    bold: bool
    italic: bool


class Word(NamedTuple):  # not a dataclass: a page has hundreds, and they are made faster
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
    words = _with_raised(words)
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
    rows = _with_labels([sorted(row, key=lambda w: w.left) for row in rows])
    gaps = [_gaps(row) for row in rows]
    columns = _columns(rows, gaps)
    return [
        _line(row, page, _cells(row, own, columns)) for row, own in zip(rows, gaps, strict=True)
    ]


def _with_labels(rows: Sequence[list[Word]]) -> list[list[Word]]:
    """The rows, where a number or bullet set a little lower than its text joins the text's row.

    Seen where numbers stand in table cells of their own.
    """
    joined: list[list[Word]] = []
    labels = [len(row) == 1 and _LABEL.match(row[0].text) is not None for row in rows]
    owners: dict[int, list[Word]] = {}
    for at, row in enumerate(rows):
        near = [i for i in (at - 1, at + 1) if 0 <= i < len(rows) and not labels[i]]
        near = [i for i in near if labels[at] and _is_beside(row[0], rows[i][0])]
        if near:
            owner = min(near, key=lambda i: abs(rows[i][0].baseline - row[0].baseline))
            owners[owner] = [*owners.get(owner, []), *row]
    taken = {id(word) for words in owners.values() for word in words}
    for at, row in enumerate(rows):
        if id(row[0]) not in taken:
            joined.append([*owners.get(at, []), *row])
    return joined


def _is_beside(label: Word, text: Word) -> bool:
    """Whether a label stands left of a line, and neither above nor below it."""
    lower = abs(label.baseline - text.baseline)
    indent = text.left - label.right
    size = text.style.size
    return 0.0 < indent < _DEEPEST_INDENT * size and lower <= _LOWERED * size


# --- footnote marks --------------------------------------------------------------------------


def is_raised(size: float, baseline: float, other_size: float, other_baseline: float) -> bool:
    """Whether a sign is smaller than what stands beside it, and set above its line."""
    rise = baseline - other_baseline
    return size <= _RAISED_SIZE * other_size and 0.1 * size < rise < other_size


def _with_raised(words: Sequence[Word]) -> list[Word]:
    """The words, those that are footnote marks by themselves marked so."""
    ordered = sorted(words, key=lambda word: word.baseline)
    baselines = [word.baseline for word in ordered]
    tallest = max((word.style.size for word in words), default=0.0)

    def near(word: Word) -> list[Word]:
        low = bisect_left(baselines, word.baseline - tallest)
        return ordered[low : bisect_right(baselines, word.baseline + tallest)]

    return [
        word._replace(raised=True)
        if _may_be_mark(word) and _stands_raised(word, near(word))
        else word
        for word in words
    ]


def _may_be_mark(word: Word) -> bool:
    return not word.raised and len(word.text) <= _LONGEST_MARK and MARK_SIGNS.issuperset(word.text)


def _stands_raised(word: Word, words: Sequence[Word]) -> bool:
    """Whether a word by itself is a footnote mark: the "1" before the text of footnote 1.

    A tab may stand between it and the note. A number among words of its own size is none.
    """
    size, baseline = word.style.size, word.baseline
    raised = False
    for other in words:
        if other is word or not -1.0 <= (space := _space(word, other)) < 2.0 * other.style.size:
            continue
        if _share_baseline(word, other) and space < size and other.style.size < 1.1 * size:
            return False
        if space < (2.0 if other.left > word.left else 0.6) * other.style.size:
            raised |= is_raised(size, baseline, other.style.size, other.baseline)
    return raised


def _space(word: Word, other: Word) -> float:
    """The space between two words' edges, as if they stood on one line; below 0 they overlap."""
    return max(other.left - word.right, word.left - other.right)


def _share_baseline(first: Word, word: Word) -> bool:
    smaller = min(first.style.size, word.style.size)
    return abs(first.baseline - word.baseline) <= _SAME_BASELINE * smaller


def _distance(row: Iterable[Word], mark: Word) -> tuple[float, float]:
    """How far a raised sign is from being set on a row: the row below it, the nearest word."""
    nearest = min(row, key=lambda w: max(w.left - mark.right, mark.left - w.right))
    rise = mark.baseline - nearest.baseline
    outside = max(-rise, rise - nearest.style.size, 0.0)
    return (outside, max(nearest.left - mark.right, mark.left - nearest.right))


# --- columns ---------------------------------------------------------------------------------


def _gaps(row: Sequence[Word]) -> list[tuple[int, float]]:
    """Which words stand after an unusual space, and how wide it is; that after a label is usual."""
    starts = [at for at, word in enumerate(row) if not word.glued and not word.raised]
    spaces = [(b, row[b].left - row[a].right) for a, b in pairwise(starts)]
    if not spaces:
        return []
    size = row[0].style.size
    if _LABEL.match(row[starts[0]].text) and spaces[0][1] < _DEEPEST_INDENT * size:
        spaces = spaces[1:]
    # In a justified line all spaces are wide, so none is a gap.
    usual = median([space for _, space in spaces]) if len(spaces) > 2 else 0.0
    return [(at, gap) for at, gap in spaces if gap >= max(_TAB_GAP * size, 2.0 * usual)]


def _columns(
    rows: Sequence[Sequence[Word]], gaps: Sequence[Sequence[tuple[int, float]]]
) -> list[float]:
    """Where, in three lines or more, words begin after an unusual space."""
    starts = [row[at].left for row, own in zip(rows, gaps, strict=True) for at, _ in own]
    return [x for x in starts if sum(abs(x - other) < _SAME_COLUMN for other in starts) >= 3]


def _cells(
    row: Sequence[Word], gaps: Sequence[tuple[int, float]], columns: Sequence[float]
) -> list[Sequence[Word]]:
    """The row's parts, cut where a column begins and at every gap of two ems.

    Not between a label and its text, where another column stands before the label.
    """
    size = row[0].style.size
    cuts = [0]
    for at, gap in gaps:
        in_column = any(abs(row[at].left - x) < _SAME_COLUMN for x in columns)
        labels = at - cuts[-1] == 1 and _LABEL.match(row[cuts[-1]].text) is not None
        if (gap >= _CELL_GAP * size or in_column) and not (labels and gap < _DEEPEST_INDENT * size):
            cuts.append(at)
    if len(cuts) == 1:
        return []
    return [row[a:b] for a, b in pairwise([*cuts, len(row)])]


# --- lines -----------------------------------------------------------------------------------


def _line(row: Sequence[Word], page: int, cells: Sequence[Sequence[Word]] = ()) -> Line:
    text, marks = "", []
    for word in row:
        if word.raised:
            marks.append(Mark(word.text, len(text)))
        else:
            text += word.text if word.glued or not text else f" {word.text}"
    words = [word for word in row if not word.raised] or list(row)
    starts = [word for word in words if not word.glued]
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
        cells=tuple(_line(cell, page) for cell in cells),
    )


def _most(weighted: Iterable[tuple[_Value, int]]) -> _Value:
    """The value of most letters."""
    totals: dict[_Value, int] = {}
    for value, weight in weighted:
        totals[value] = totals.get(value, 0) + weight
    return max(totals, key=lambda value: totals[value])
