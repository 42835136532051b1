"""Running heads and feet, page numbers, contents and footnotes: found and set aside, never lost."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from ingest.footnotes import Footnote, without_footnotes
from ingest.model import Line, Page, SetAside
from ingest.text_pages import PAGE_NUMBER, shape_of, without_page_breaks
from ingest.typography import Typography, drop

# A contents line: words, then dots or a wide gap, then a page number.
_CONTENTS_LINE = re.compile(
    r"^(?=.{1,300}$)(?P<title>.*[^\W\d].*?)[\s.…_]*(?<!\d)(?P<page>\d{1,3})$"
)
_CONTENTS_TITLE = re.compile(r"^(?:table of )?contents\W*$", re.IGNORECASE)
_SHORT_LINE = 90  # letters
_SAME_HEIGHT = 6.0  # points by which a running line may move from page to page
_EDGE_LINES = 4  # how many lines at the top or bottom of a page may be furniture

Edge = Literal["header", "footer"]


@dataclass(frozen=True, slots=True)
class Parted:
    """The pages with their own text only, and what was taken from them."""

    pages: tuple[Page, ...]
    set_aside: tuple[SetAside, ...]
    footnotes: tuple[Footnote, ...]


def part(pages: Sequence[Page], body: Typography) -> Parted:
    """The pages without furniture, the furniture, and the footnotes among it."""
    taken: list[SetAside] = []
    running = _running_lines(pages)
    kept = [_without_edges(page, running, taken, body) for page in pages]
    if body.size is None:
        kept = [without_page_breaks(kept, taken)]
    kept = [_without_contents(page, taken) for page in kept]
    kept = [_without_rules(page) for page in kept]
    footnotes: list[Footnote] = []
    kept = [without_footnotes(page, body, footnotes) for page in kept]
    taken += [SetAside("footnote", note.page, f"{note.sign} {note.text}") for note in footnotes]
    return Parted(tuple(kept), tuple(taken), tuple(footnotes))


# --- running heads and feet, page numbers ---------------------------------------------------


def _edges(page: Page) -> list[tuple[Edge, Line]]:
    """The outermost lines, from the outside in."""
    top: list[tuple[Edge, Line]] = [("header", line) for line in page.lines[:_EDGE_LINES]]
    foot: list[tuple[Edge, Line]] = [
        ("footer", line) for line in reversed(page.lines[-_EDGE_LINES:])
    ]
    return top + foot


def _running_lines(pages: Sequence[Page]) -> set[tuple[Edge, str]]:
    """Shapes that stand at one height on many pages.

    At least three pages and a quarter of all, so that a heading that happens to stand at the top
    of some pages is not taken for a running head; in a letter of up to seven pages, two.
    """
    heights: dict[tuple[Edge, str], list[float]] = defaultdict(list)
    for page in pages:
        for key in {(edge, shape_of(line)): line for edge, line in _edges(page)}.items():
            (edge, shape), line = key
            heights[edge, shape].append(_height(line, page, edge))
    enough = max(2 if len(pages) <= 7 else 3, len(pages) / 4)
    return {key for key, found in heights.items() if _most_together(found) >= enough}


def _height(line: Line, page: Page, edge: Edge) -> float:
    if line.box is None:
        return 0.0
    return line.box.bottom if edge == "footer" else (page.height or 0.0) - line.box.bottom


def _most_together(heights: Sequence[float]) -> int:
    return max(sum(abs(a - b) <= _SAME_HEIGHT for b in heights) for a in heights)


def _without_edges(
    page: Page, running: set[tuple[Edge, str]], taken: list[SetAside], body: Typography
) -> Page:
    lines = list(page.lines)
    edges: tuple[tuple[Edge, int], ...] = (("header", 0), ("footer", -1))
    for edge, at in edges:
        for _ in range(_EDGE_LINES):
            if not lines:
                break
            repeated = (edge, shape_of(lines[at])) in running
            if not repeated and not _is_own_number(lines, edge, page, body):
                break
            line = lines.pop(at)
            number = PAGE_NUMBER.match(line.text) is not None
            taken.append(SetAside("page number" if number else edge, page.number, line.text))
    return replace(page, lines=tuple(lines))


def _is_own_number(lines: Sequence[Line], edge: Edge, page: Page, body: Typography) -> bool:
    """Whether the outermost line is the page's number, apart from the text.

    In a document of one or two pages repetition cannot tell.
    """
    outermost = lines[0] if edge == "header" else lines[-1]
    found = PAGE_NUMBER.match(outermost.text)
    if found is None or page.number is None or int(found[1]) != page.number or len(lines) < 2:
        return False
    apart = drop(lines[0], lines[1]) if edge == "header" else drop(lines[-2], lines[-1])
    return apart > 1.5 * body.leading


def _without_rules(page: Page) -> Page:
    """The page without lines of underscores or bullets alone: they hold no words."""
    worded = (line for line in page.lines if any(letter.isalnum() for letter in line.text))
    return replace(page, lines=tuple(worded))


# --- contents pages --------------------------------------------------------------------------


def _without_contents(page: Page, taken: list[SetAside]) -> Page:
    """The page without its table of contents: the title, the lines that end in page numbers.

    Between them stand only titles that wrap. Without the word "contents" above, three lines with
    dots or a gap before their page number make a table.
    """
    title = next((i for i, line in enumerate(page.lines) if _CONTENTS_TITLE.match(line.text)), None)
    first = 0 if title is None else title + 1
    found = {
        at: number
        for at in range(first, len(page.lines))
        if (number := _contents_page(page.lines[at], titled=title is not None)) is not None
    }
    entries = _without_strays(list(found))
    rising = sum(found[a] <= found[b] for a, b in pairwise(entries))
    if len(entries) < (1 if title is not None else 3) or rising < 0.8 * (len(entries) - 1):
        return page
    start = entries[0] if title is None else title
    lines = page.lines[start : entries[-1] + 1]
    taken += [SetAside("contents", page.number, line.text) for line in lines]
    return replace(page, lines=page.lines[:start] + page.lines[entries[-1] + 1 :])


def _contents_page(line: Line, *, titled: bool) -> int | None:
    """The page that a line of a table of contents points to."""
    text = line.text.strip()
    if titled and text.isdigit():
        return int(text)  # centred beside a title of two lines
    found = _CONTENTS_LINE.match(text) if text[-1:].isdigit() else None  # most lines: no search
    if found is None or found["title"].endswith("."):
        return None
    dotted = "..." in line.text or "…" in line.text
    short = line.box is None and len(line.text) < _SHORT_LINE
    return int(found["page"]) if titled or dotted or short or line.cells else None


def _without_strays(entries: Sequence[int]) -> list[int]:
    """The entries that follow each other closely: at most two lines of a wrapped title between."""
    kept: list[int] = []
    for at in entries:
        if kept and at - kept[-1] > 3:
            break
        kept.append(at)
    return kept
