"""Where the printed pages ended of what has become a text file, and what stood there.

A converter leaves page numbers and running lines in the middle of sentences. Their numbers count
up by one at even distances, which paragraph numbers do not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Literal

from ingest.model import Line, Page, SetAside

PAGE_NUMBER = re.compile(r"^\W*(?:page\s+)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_FEWEST_PAGES = 3
_FEWEST_LINES = 15  # of a page, in the median
_LONGEST_RUNNING = 120  # letters
_UNEVEN = 3.0  # times the median: a longer stretch is no page
_DEEPEST = 3  # running lines beside a page number


def shape_of(line: Line) -> str:
    """The line with its numbers made alike: "Report 2" and "Report 3" are one running foot."""
    return _DIGITS.sub("#", line.text.strip().lower())


def without_page_breaks(pages: Sequence[Page], taken: list[SetAside]) -> Page:
    """The file as one page, without the page numbers and running lines in its text.

    The first line of each printed page begins with a blank, as some converters have it.
    """
    lines: list[Line] = []
    for page in pages:
        first, *rest = page.lines or (None,)
        if first is None:
            continue
        lines += [_at_page_start(first) if lines else first, *rest]
    furniture = _with_running_lines(_numbered_lines(lines), lines)
    taken += [SetAside(_kind(lines[at]), None, lines[at].text.strip()) for at in sorted(furniture)]
    kept: list[Line] = []
    for at, line in enumerate(lines):
        if at not in furniture:
            kept.append(_at_page_start(line) if at - 1 in furniture else line)
    return Page(number=None, lines=tuple(kept))


def _kind(line: Line) -> Literal["page number", "header"]:
    return "page number" if PAGE_NUMBER.match(line.text) else "header"


def _at_page_start(line: Line) -> Line:
    return replace(line, text=f" {line.text.lstrip()}", blank_before=False)


def _numbered_lines(lines: Sequence[Line]) -> set[int]:
    """The lines of one shape whose number counts up by one from page to page."""
    shapes: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for at, line in enumerate(lines):
        numbers = _DIGITS.findall(line.text)
        if numbers and len(line.text) <= _LONGEST_RUNNING:
            shapes[shape_of(line)].append((at, int(numbers[0])))
            if len(numbers) > 1:
                shapes[f"{shape_of(line)} by its last"].append((at, int(numbers[-1])))
    return {at for found in shapes.values() for at in _counted(found)}


def _counted(found: Sequence[tuple[int, int]]) -> list[int]:
    """The longest stretch of lines whose numbers count up by one, at even distances."""
    longest: list[tuple[int, int]] = []
    chains: dict[int, list[tuple[int, int]]] = {}
    for at, number in found:
        chain = [*chains.get(number - 1, []), (at, number)]
        chains[number] = chain
        longest = max(longest, chain, key=len)
    places = [at for at, _ in longest]
    steps = [b - a for a, b in pairwise(places)]
    if len(places) < _FEWEST_PAGES or median(steps) < _FEWEST_LINES:
        return []
    return places if max(steps) <= _UNEVEN * median(steps) else []


def _with_running_lines(numbered: set[int], lines: Sequence[Line]) -> set[int]:
    """The numbered lines, and the lines of one shape beside most of them."""
    furniture = set(numbered)
    for _ in range(_DEEPEST):
        beside = {at for n in furniture for at in (n - 1, n + 1)} - furniture
        shapes = Counter(shape_of(lines[at]) for at in beside if 0 <= at < len(lines))
        running = {shape for shape, count in shapes.items() if count > len(numbered) / 2}
        furniture |= {
            at for at in beside if 0 <= at < len(lines) and shape_of(lines[at]) in running
        }
    return furniture
