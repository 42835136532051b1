"""Tables: rows of cells side by side, which are no sentences. Found and set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ingest.model import Line, Page, SetAside
from ingest.typography import Typography, drop, ends_sentence

# A space of two ems within a line parts two cells; justified lines stretch less.
_CELL_GAP = 2.0
_TAB_GAP = 0.8  # ems, where three lines or more have words begin at the same place after it
_SAME_COLUMN = 1.5  # points
_ROW_DROP = 2.6  # leadings between a table's rows, at most


def without_tables(page: Page, body: Typography, taken: list[SetAside]) -> Page:
    """The page without its tables: the judgements on a cover, names side by side under a letter.

    Lines between two rows that end before the second column belong to the table. A single cell
    beside a heading ("Inadequate") is taken away and the heading kept.
    """
    if body.size is None:
        return page
    lines = page.lines
    columns = _columns(lines)
    rows = [at for at in range(len(lines)) if _is_row(at, page, body, columns)]
    inside: set[int] = set()
    for group in _groups(rows, lines, body):
        if len(group) > 1 or _is_wide(lines[group[0]], columns):
            inside |= _widened(group, lines, body)
        else:
            inside |= set(group)
    taken += [SetAside("table", page.number, lines[at].text) for at in sorted(inside)]
    return replace(page, lines=tuple(line for at, line in enumerate(lines) if at not in inside))


def _columns(lines: Sequence[Line]) -> list[float]:
    """Where, on three lines or more, words begin after more than a word space."""
    ends = sorted(
        line.gap_ends
        for line in lines
        if line.gap_ends is not None and line.gap >= _TAB_GAP * (line.size or 0.0)
    )
    return [x for x in ends if sum(abs(x - other) < _SAME_COLUMN for other in ends) >= 3]


def _is_row(at: int, page: Page, body: Typography, columns: Sequence[float]) -> bool:
    """Whether the line has cells, or is a cell centred beside a cell of two lines."""
    line = page.lines[at]
    if _is_wide(line, columns):
        return True
    if line.box is None:
        return False
    if any(abs(line.box.left - x) < _SAME_COLUMN for x in columns):
        return True
    if line.box.left < 0.45 * (page.width or 0.0):
        return False
    beside = (*page.lines[max(at - 1, 0) : at], *page.lines[at + 1 : at + 2])
    return any(
        abs(drop(other, line)) < 0.8 * body.leading
        and other.box is not None
        and other.box.right < line.box.left
        for other in beside
    )


def _is_wide(line: Line, columns: Sequence[float] = ()) -> bool:
    if line.size is None or line.gap_ends is None:
        return False
    in_column = any(abs(line.gap_ends - x) < _SAME_COLUMN for x in columns)
    return line.gap >= (_TAB_GAP if in_column else _CELL_GAP) * line.size


def _groups(rows: Sequence[int], lines: Sequence[Line], body: Typography) -> list[list[int]]:
    """The rows that stand close enough to be of one table, with what stands between them."""
    groups: list[list[int]] = []
    for at in rows:
        near = groups and drop(lines[groups[-1][-1]], lines[at]) <= 2 * _ROW_DROP * body.leading
        if near and _fits(lines[groups[-1][-1] + 1 : at], _column(lines, [*groups[-1], at])):
            groups[-1].extend(range(groups[-1][-1] + 1, at + 1))
        else:
            groups.append([at])
    return groups


def _column(lines: Sequence[Line], group: Sequence[int]) -> float:
    """Where the second column begins: at a cell that stands by itself, else after the first."""
    boxes = [(lines[at], box) for at in group if (box := lines[at].box)]
    alone = [box.left for line, box in boxes if not _is_wide(line)]
    return max(alone) if alone else min(box.right for _, box in boxes)


def _fits(between: Sequence[Line], column: float) -> bool:
    return all(line.box is not None and line.box.right <= column for line in between)


def _widened(group: Sequence[int], lines: Sequence[Line], body: Typography) -> set[int]:
    """The group with the second lines of its first and last cells."""
    inside = set(group)
    column = _column(lines, group)
    for edge, step in ((group[0], -1), (group[-1], 1)):
        beyond = edge + step
        while 0 <= beyond < len(lines) and _wraps(lines, beyond - step, beyond, column, body):
            inside.add(beyond)
            beyond += step
    return inside


def _wraps(lines: Sequence[Line], at: int, beyond: int, column: float, body: Typography) -> bool:
    line = lines[beyond]
    close = abs(drop(lines[at], line)) <= 1.3 * body.leading
    return close and _fits([line], column) and not ends_sentence(line.text)
