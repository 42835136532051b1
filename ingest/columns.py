"""What stands side by side: columns of prose are read one after the other, tables set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import blocks_of
from ingest.model import Box, Line, Page, SetAside
from ingest.typography import Typography, drop, ends_sentence, high

_NARROWEST = 3.0  # points of empty space between two columns
_RIGHT_HALF = 0.45  # of the page's width: what begins beyond it may be a cell beside another
_BETWEEN = 3  # lines of the left column alone between two rows of a table, at most
_WRAPPED = 1.3  # leadings from a cell's first line to its second, at most
_SENTENCE = 10  # words from which a cell is prose


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines that are read from top to bottom, and the measures of their column."""

    lines: tuple[Line, ...]
    body: Typography


@dataclass(slots=True)
class _Gutter:
    """The empty strip between two columns, as far as the lines seen so far leave it empty."""

    left: float
    right: float

    def takes(self, line: Line) -> bool:
        """Narrow the strip to what the line leaves empty, if that is still a strip."""
        strip = _strip(line, self.left, self.right)
        if strip is None:
            return False
        self.left, self.right = strip
        return True


def _strip(line: Line, left: float, right: float) -> tuple[float, float] | None:
    """The part of a strip that the line leaves empty."""
    if line.box is None:
        return None
    if not line.cells:
        if line.box.right < right - _NARROWEST:
            return max(left, line.box.right), right
        return (left, min(right, line.box.left)) if line.box.left > left + _NARROWEST else None
    for before, after in pairwise(line.cells):
        if before.box and after.box:
            strip = max(left, before.box.right), min(right, after.box.left)
            if strip[1] - strip[0] >= _NARROWEST:
                return strip
    return None


def frames_of(page: Page, body: Typography, taken: list[SetAside]) -> list[Frame]:
    """The page's lines in the order in which they are read, tables taken away.

    A column is prose if most of its words stand in sentences: the columns of a page, a table of
    priorities beside who answers for them. The rest is a table: the judgements on a cover, names
    side by side under a letter, a grade beside a heading.
    """
    if body.size is None:
        return [Frame(page.lines, body)]
    frames: list[Frame] = []
    plain: list[Line] = []
    at = 0
    for region, gutter in _regions(page, body):
        plain += page.lines[at : region[0]]
        at = region[-1] + 1
        columns = _columns([page.lines[i] for i in region], gutter)
        prose = [column for column in columns if _is_prose(column, page, body)]
        for column in columns:
            if column not in prose:
                taken += [SetAside("table", page.number, line.text) for line in column]
        if prose:
            frames += [Frame(tuple(plain), body)] if plain else []
            frames += [Frame(tuple(column), _measured(column, body)) for column in prose]
            plain = []
    plain += page.lines[at:]
    return [*frames, Frame(tuple(plain), body)] if plain else frames


def _regions(page: Page, body: Typography) -> list[tuple[range, _Gutter]]:
    """The stretches of lines with an empty strip between columns."""
    regions: list[tuple[range, _Gutter]] = []
    at = 0
    while at < len(page.lines):
        gutter = _gutter_at(page, at, body)
        if gutter is None:
            at += 1
            continue
        start = regions[-1][0].stop if regions else 0
        region = _extent(page.lines, at, start, gutter, body)
        regions.append((region, gutter))
        at = region.stop
    return regions


def _gutter_at(page: Page, at: int, body: Typography) -> _Gutter | None:
    """The strip that a line of cells begins, or a cell centred beside a cell of two lines."""
    line = page.lines[at]
    if line.cells and line.cells[0].box and line.cells[1].box:
        return _Gutter(line.cells[0].box.right, line.cells[1].box.left)
    if line.box is None or line.box.left < _RIGHT_HALF * (page.width or 0.0):
        return None
    for other in (*page.lines[max(at - 1, 0) : at], *page.lines[at + 1 : at + 2]):
        level = abs(drop(other, line)) < 0.8 * body.leading
        if level and other.box and other.box.right < line.box.left:
            return _Gutter(other.box.right, line.box.left)
    return None


def _extent(
    lines: Sequence[Line], seed: int, start: int, gutter: _Gutter, body: Typography
) -> range:
    """The lines from the first to the last that leave the strip empty and belong to the columns."""
    first = seed
    while first > start and _wraps(lines, first, first - 1, gutter, body):
        first -= 1
    last = seed
    at = seed + 1
    while at < len(lines) and at - last <= _BETWEEN + 1:
        trial = replace(gutter)
        if not trial.takes(lines[at]):
            break
        box = lines[at].box
        if lines[at].cells or (box and box.left >= trial.right):
            for between in lines[last + 1 : at]:
                gutter.takes(between)
            gutter.takes(lines[at])
            last = at
        at += 1
    while last + 1 < len(lines) and _wraps(lines, last, last + 1, gutter, body):
        last += 1
    return range(first, last + 1)


def _wraps(lines: Sequence[Line], at: int, beyond: int, gutter: _Gutter, body: Typography) -> bool:
    """Whether the line above or below is the second line of a cell of the left column."""
    line = lines[beyond]
    close = abs(drop(lines[at], line)) <= _WRAPPED * body.leading
    return close and not ends_sentence(line.text) and gutter.takes(line)


def _columns(lines: Sequence[Line], gutter: _Gutter) -> list[list[Line]]:
    """The lines' parts left and right of the strip; the right part may have columns itself."""
    left: list[Line] = []
    right: list[Line] = []
    for line in lines:
        cells = line.cells or (line,)
        before = [cell for cell in cells if cell.box and cell.box.left < gutter.right - 1.0]
        after = [cell for cell in cells if cell not in before]
        left += [_whole(before)] if before else []
        right += [_whole(after)] if after else []
    split = next((line for line in right if line.cells), None)
    if split is None or split.cells[0].box is None or split.cells[1].box is None:
        return [left, right]
    inner = _Gutter(split.cells[0].box.right, split.cells[1].box.left)
    if not all(inner.takes(line) for line in right):
        return [left, right]
    return [left, *_columns(right, inner)]


def _whole(cells: Sequence[Line]) -> Line:
    """Cells of one row as a line again."""
    boxes = [cell.box for cell in cells if cell.box]
    if len(cells) == 1 or not boxes:
        return cells[0]
    return replace(
        cells[0],
        text=" ".join(cell.text for cell in cells),
        box=Box(
            page=boxes[0].page,
            left=boxes[0].left,
            bottom=min(box.bottom for box in boxes),
            right=boxes[-1].right,
            top=max(box.top for box in boxes),
        ),
        marks=tuple(mark for cell in cells for mark in cell.marks),
        cells=tuple(cells),
    )


def _measured(column: Sequence[Line], body: Typography) -> Typography:
    return replace(body, right=high(line.box.right for line in column if line.box))


def _is_prose(column: Sequence[Line], page: Page, body: Typography) -> bool:
    """Whether most of a column's words stand in sentences."""
    blocks = blocks_of(tuple(column), _measured(column, body))
    words = [(len(block.text.split()), ends_sentence(block.text)) for block in blocks]
    in_sentences = sum(count for count, ends in words if ends and count >= _SENTENCE)
    return in_sentences > 0.5 * sum(count for count, _ in words)
