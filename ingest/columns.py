"""What stands side by side: columns of prose are read one after the other, tables set aside."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.blocks import blocks_of
from ingest.model import Box, Line, Page, SetAside
from ingest.typography import Typography, drop, ends_sentence, high

_NARROWEST = 3.0  # points of empty space between two columns
_BETWEEN = 3  # lines of the left column alone between two rows of a table, at most
_WRAPPED = 1.3  # leadings from a cell's first line to its second, at most
_TELLING_LINES = 8  # of a page or column, from which they show how far lines run
_INNER_END = re.compile(r"[a-z]\. [A-Z]")
_TITLE_LINES = 3  # of a heading beside a grade, and of the grade
_GRADE_LINES = 2
_LARGER = 0.8  # points above the body's size
_SENTENCE = 10  # words from which a cell is prose


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines that are read from top to bottom, and the measures of their column."""

    lines: tuple[Line, ...]
    body: Typography
    column: tuple[int, int] = (0, 1)  # which of how many

    @property
    def left(self) -> float:
        """Where its leftmost line begins, points."""
        return min((line.box.left for line in self.lines if line.box), default=0.0)

    @property
    def right(self) -> float:
        """Where its longest line ends, points."""
        return max((line.box.right for line in self.lines if line.box), default=0.0)

    @property
    def place(self) -> tuple[int, int, int]:
        """What has the same margin on other pages: the column, on left or on right pages."""
        return (*self.column, (self.lines[0].page or 0) % 2)


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
    """The widest part of a strip that the line leaves empty; None where that is no strip."""
    cells = [cell.box for cell in (line.cells or (line,)) if cell.box]
    edges = [left, *(x for box in cells for x in (box.left, box.right)), right]
    empty = [
        (max(left, start), min(right, end))
        for start, end in zip(edges[::2], edges[1::2], strict=True)
    ]
    widest = max(empty, key=lambda strip: strip[1] - strip[0])
    return widest if widest[1] - widest[0] >= _NARROWEST else None


def frames_of(page: Page, body: Typography, taken: list[SetAside]) -> list[Frame]:
    """The page's lines in the order in which they are read, tables taken away.

    A column is prose if most of its words stand in sentences: the columns of a page, a table of
    priorities beside who answers for them. The rest is a table: the judgements on a cover, names
    side by side under a letter, a grade beside a heading.
    """
    if body.size is None or not page.lines:
        return [Frame(page.lines, body)] if page.lines else []
    frames: list[Frame] = []
    plain: list[Line] = []
    done = 0
    for found in _regions(page, body):
        if found.start < done:
            continue
        plain += page.lines[done : found.start]
        columns, prose = _judged(page.lines, found, body)
        region = _to_the_foot(page.lines, found, columns) if len(prose) > 1 else found
        if region != found:
            columns, prose = _judged(page.lines, region, body)
        done = region.stop
        kept = prose or [_titles_beside_grade(columns, body)]
        others = [column for column in columns if column not in kept]
        for column in others:
            taken += [SetAside("table", page.number, line.text) for line in column]
        if not prose:
            plain += kept[0]
            continue
        frames += [Frame(tuple(plain), _measured(plain, body))] if plain else []
        frames += [
            Frame(_in_rows(column, others, body), _measured(column, body), (at, len(prose)))
            for at, column in enumerate(prose)
        ]
        plain = []
    plain += page.lines[done:]
    return [*frames, Frame(tuple(plain), _measured(plain, body))] if plain else frames


def _titles_beside_grade(columns: Sequence[list[Line]], body: Typography) -> list[Line]:
    """The lines of a heading that has one cell beside it: "Overall effectiveness | Good"."""
    if len(columns) != 2 or len(columns[0]) > _TITLE_LINES or len(columns[1]) > _GRADE_LINES:
        return []
    size = body.size or 0.0
    titles = all(line.bold or (line.size or 0.0) > size + _LARGER for line in columns[0])
    return columns[0] if titles else []


def _in_rows(
    column: Sequence[Line], others: Sequence[Sequence[Line]], body: Typography
) -> tuple[Line, ...]:
    """A column of prose, marked where a row of the table begins in the columns beside it."""
    starts = [
        block.lines[0]
        for other in others
        for block in blocks_of(other, _measured(other, body))[1:]
        if block.spaced
    ]
    return tuple(
        replace(line, blank_before=True)
        if any(abs(drop(start, line)) < _NARROWEST for start in starts)
        else line
        for line in column
    )


def with_column_measures(frames: Sequence[Frame]) -> list[Frame]:
    """The frames; one that fills only the first of the document's columns is measured like it.

    So is the last page, where the text ends in the first column.
    """
    columns = [frame for frame in frames if frame.column[1] > 1]
    if not columns:
        return list(frames)
    widest = max(columns, key=lambda frame: frame.body.right - frame.left)
    width = widest.body.right - widest.left
    return [
        replace(
            frame,
            body=replace(frame.body, right=frame.left + width),
            column=(0, widest.column[1]),
        )
        if frame.column[1] == 1 and frame.right <= frame.left + width + _NARROWEST
        else frame
        for frame in frames
    ]


def margins_of(frames: Sequence[Frame]) -> list[float]:
    """Where the text of each frame begins, points.

    A frame that holds nothing but a hanging paragraph's later lines does not show its margin; the
    others in its place do.
    """
    seen: dict[tuple[int, int, int], Counter[int]] = defaultdict(Counter)
    for frame in frames:
        seen[frame.place][round(frame.left)] += 1
    usual = {place: float(counted.most_common(1)[0][0]) for place, counted in seen.items()}
    return [min(frame.left, usual[frame.place]) for frame in frames]


def _judged(
    lines: Sequence[Line], region: range, body: Typography
) -> tuple[list[list[Line]], list[list[Line]]]:
    """The columns of a region, and those of them that are prose."""
    columns = _columns([lines[i] for i in region])
    return columns, [column for column in columns if _is_prose(column, body)]


def _to_the_foot(lines: Sequence[Line], region: range, columns: Sequence[Sequence[Line]]) -> range:
    """The region with the rest of the page, where the other columns ended earlier.

    Only if nothing below runs across the columns.
    """
    rights = [max(line.box.right for line in column if line.box) for column in columns]
    lefts = [min(line.box.left for line in column if line.box) for column in columns]
    for line in lines[region.stop :]:
        boxes = [cell.box for cell in (line.cells or (line,)) if cell.box]
        if not all(
            any(
                left - 1.0 <= box.left and box.right <= right + _NARROWEST
                for left, right in zip(lefts, rights, strict=True)
            )
            for box in boxes
        ):
            return region
    return range(region.start, len(lines))


def _regions(page: Page, body: Typography) -> list[range]:
    """The stretches of lines with an empty strip between columns."""
    regions: list[range] = []
    at = 0
    while at < len(page.lines):
        gutter = _gutter_at(page, at)
        if gutter is None or _is_stretched(page.lines, at, body):
            at += 1
            continue
        start = regions[-1].stop if regions else 0
        region = _extent(page.lines, at, start, gutter, body)
        regions.append(region)
        at = region.stop
    return regions


def _gutter_at(page: Page, at: int) -> _Gutter | None:
    """The strip in a line of cells, or between lines that stand beside each other.

    Such are the cell centred beside a cell of two lines, and the columns of a page whose lines
    have heights of their own.
    """
    line = page.lines[at]
    if line.cells and line.cells[0].box and line.cells[1].box:
        return _Gutter(line.cells[0].box.right, line.cells[1].box.left)
    for other in (*page.lines[max(at - 1, 0) : at], *page.lines[at + 1 : at + 2]):
        level = abs(drop(other, line)) < min(other.size or 0.0, line.size or 0.0)
        if level and other.box and line.box and other.box.right < line.box.left - _NARROWEST:
            return _Gutter(other.box.right, line.box.left)
    return None


def _is_stretched(lines: Sequence[Line], at: int, body: Typography) -> bool:
    """Whether a line with gaps is justified text that was broken by hand: a sentence runs into it.

    "and the / local      authority" between full lines, at their distance.
    """
    if at == 0 or not lines[at].cells:
        return False
    above, line = lines[at - 1], lines[at]
    if above.box is None or line.box is None or above.cells or ends_sentence(above.text):
        return False
    close = drop(above, line) <= _WRAPPED * body.leading
    full = abs(above.box.right - line.box.right) < (body.size or 0.0)
    return close and full and above.box.left <= line.box.left + _NARROWEST


def _extent(
    lines: Sequence[Line], seed: int, start: int, gutter: _Gutter, body: Typography
) -> range:
    """The lines from the first to the last that leave the strip empty and belong to the columns."""
    last = _reach(lines, range(seed + 1, len(lines)), seed, gutter)
    first = _reach(lines, range(seed - 1, start - 1, -1), seed, gutter)
    while first > start and _wraps(lines, first, first - 1, gutter, body):
        first -= 1
    while last + 1 < len(lines) and _wraps(lines, last, last + 1, gutter, body):
        last += 1
    return range(first, last + 1)


def _reach(lines: Sequence[Line], way: range, seed: int, gutter: _Gutter) -> int:
    """How far from the seed lines go on that stand in the right column, or in both."""
    reached, between = seed, 0
    trial = replace(gutter)
    for at in way:
        if between > _BETWEEN or not trial.takes(lines[at]):
            break
        box = lines[at].box
        between += 1
        if lines[at].cells or (box and box.left >= trial.right - 1.0):
            reached, between = at, 0
            gutter.left, gutter.right = trial.left, trial.right
    return reached


def _wraps(lines: Sequence[Line], at: int, beyond: int, gutter: _Gutter, body: Typography) -> bool:
    """Whether the line above or below is the second line of a cell of the left column."""
    line = lines[beyond]
    close = abs(drop(lines[at], line)) <= _WRAPPED * body.leading
    return close and not ends_sentence(line.text) and gutter.takes(line)


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines' parts, column by column: a column is what no empty strip divides."""
    cells = [[cell for cell in (line.cells or (line,)) if cell.box] for line in lines]
    columns: list[tuple[float, float]] = []
    for box in sorted((c.box for row in cells for c in row if c.box), key=lambda box: box.left):
        if columns and box.left - columns[-1][1] < _NARROWEST:
            columns[-1] = columns[-1][0], max(columns[-1][1], box.right)
        else:
            columns.append((box.left, box.right))
    parted: list[list[Line]] = []
    for start, end in columns:
        inside = [[c for c in row if c.box and start <= c.box.left <= end] for row in cells]
        parted.append([_whole(row) for row in inside if row])
    return parted


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


def _measured(lines: Sequence[Line], body: Typography) -> Typography:
    """The measures of a frame: its own right edge, if it has lines enough to show it."""
    if len(lines) < _TELLING_LINES:
        return body
    right = high(line.box.right for line in lines if line.box) + (body.size or 0.0)
    return replace(body, right=min(right, body.right))


def _is_prose(column: Sequence[Line], body: Typography) -> bool:
    """Whether most of a column's words stand in sentences."""
    blocks = blocks_of(column, _measured(column, body))
    words = [(len(block.text.split()), _has_sentence(block.text)) for block in blocks]
    in_sentences = sum(count for count, told in words if told and count >= _SENTENCE)
    return in_sentences > 0.5 * sum(count for count, _ in words)


def _has_sentence(text: str) -> bool:
    return ends_sentence(text) or _INNER_END.search(text) is not None
