"""Running heads and feet, page numbers, contents and footnotes: found and set aside, never lost."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from ingest.model import Line, Page, SetAside
from ingest.typography import Typography, drop, ends_sentence

_PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
# A contents line: words, then dots or a wide gap, then a page number.
_CONTENTS_LINE = re.compile(
    r"^(?=.{1,300}$)(?P<title>.*[^\W\d].*?)[\s.…_]*(?<!\d)(?P<page>\d{1,3})$"
)
_CONTENTS_TITLE = re.compile(r"^(?:table of )?contents\W*$", re.IGNORECASE)
_SHORT_LINE = 90  # letters
_SAME_HEIGHT = 6.0  # points by which a running line may move from page to page
_EDGE_LINES = 4  # how many lines at the top or bottom of a page may be furniture
# The mark that begins a footnote of a text file: "1 Ofsted produces this report".
_TEXT_NOTE = re.compile(r"^\s*(\d{1,2})\s+(?=[A-Z‘“\"'])")

Edge = Literal["header", "footer"]


@dataclass(frozen=True, slots=True)
class Footnote:
    """The text at a page's foot to which a raised mark in the page points."""

    sign: str
    page: int | None
    text: str


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
    kept = [_without_contents(page, taken) for page in kept]
    kept = [_without_rules(page) for page in kept]
    footnotes: list[Footnote] = []
    kept = [_without_footnotes(page, body, footnotes) for page in kept]
    taken += [SetAside("footnote", note.page, _note_line(note)) for note in footnotes]
    return Parted(tuple(kept), tuple(taken), tuple(footnotes))


def _note_line(note: Footnote) -> str:
    return f"{note.sign} {note.text}".strip()


# --- running heads and feet, page numbers ---------------------------------------------------


def _shape(line: Line) -> str:
    """The line with its numbers made alike: "Report 2" and "Report 3" are one running foot."""
    return _DIGITS.sub("#", line.text.strip().lower())


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
        for key in {(edge, _shape(line)): line for edge, line in _edges(page)}.items():
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
            repeated = (edge, _shape(lines[at])) in running
            if not repeated and not _is_own_number(lines, edge, page, body):
                break
            line = lines.pop(at)
            number = _PAGE_NUMBER.match(line.text) is not None
            taken.append(SetAside("page number" if number else edge, page.number, line.text))
    return replace(page, lines=tuple(lines))


def _is_own_number(lines: Sequence[Line], edge: Edge, page: Page, body: Typography) -> bool:
    """Whether the outermost line is the page's number, apart from the text.

    In a document of one or two pages repetition cannot tell.
    """
    outermost = lines[0] if edge == "header" else lines[-1]
    found = _PAGE_NUMBER.match(outermost.text)
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


# --- footnotes -------------------------------------------------------------------------------


def _without_footnotes(page: Page, body: Typography, notes: list[Footnote]) -> Page:
    if any(line.box for line in page.lines):
        return _without_printed_footnotes(page, body, notes)
    return _without_text_footnotes(page, notes)


def _without_printed_footnotes(page: Page, body: Typography, notes: list[Footnote]) -> Page:
    """The page without the small print at its foot, if a raised mark begins it.

    A note that goes on from the page before has no mark of its own on this page.
    """
    lines = page.lines
    start = len(lines)
    while start and body.is_small(lines[start - 1]):
        start -= 1
    small = lines[start:]
    first = next((at for at, line in enumerate(small) if _note_sign(line)), None)
    before = notes[-1] if notes and notes[-1].page == (page.number or 0) - 1 else None
    if before and start > 0 and not ends_sentence(before.text):
        return _cut(page, start, notes)
    return page if first is None else _cut(page, start + first, notes)


def _cut(page: Page, start: int, notes: list[Footnote]) -> Page:
    for line in page.lines[start:]:
        sign = _note_sign(line)
        if sign:
            text = line.text if line.marks and line.marks[0].at == 0 else line.text.split(" ", 1)[1]
            notes.append(Footnote(sign, page.number, text))
        elif notes:
            notes[-1] = replace(notes[-1], text=f"{notes[-1].text} {line.text}")
    return replace(page, lines=page.lines[:start])


def _note_sign(line: Line) -> str | None:
    if line.marks and line.marks[0].at == 0:
        return line.marks[0].sign
    found = _TEXT_NOTE.match(line.text)
    return found[1] if found else None


def _without_text_footnotes(page: Page, notes: list[Footnote]) -> Page:
    """A text file without its footnotes, whose signs count up from 1 through the file.

    A note ends where the page ended: at the line that a converter began with a blank, else at the
    next empty line.
    """
    breaks = Counter(line.text.startswith(" ") for line in page.lines)
    shows_breaks = 0 < breaks[True] < 0.2 * len(page.lines)
    kept: list[Line] = []
    inside = False
    for line in page.lines:
        found = _TEXT_NOTE.match(line.text)
        if line.marks and line.marks[0].at == 0:  # its reader knows it as a note
            notes.append(Footnote(line.marks[0].sign, None, line.text.strip()))
            inside = True
        elif found and int(found[1]) == len(notes) + 1 and (line.blank_before or inside):
            notes.append(Footnote(found[1], None, line.text[found.end() :].strip()))
            inside = True
        elif inside and not _ends_note(line, shows_breaks=shows_breaks):
            notes[-1] = replace(notes[-1], text=f"{notes[-1].text} {line.text.strip()}")
        else:
            # What follows stood on another page; whether a sentence goes on, its words tell.
            kept.append(replace(line, blank_before=True) if inside else line)
            inside = False
    return replace(page, lines=tuple(kept))


def _ends_note(line: Line, *, shows_breaks: bool) -> bool:
    return line.text.startswith(" ") if shows_breaks else line.blank_before
