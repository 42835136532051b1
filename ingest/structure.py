"""What a document's paragraphs are like as a whole: the run of numbers and what is odd in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.model import Document


@dataclass(frozen=True, slots=True)
class StructureReport:
    """What a reader of the document can check against its pages."""

    paragraphs: int
    numbered: int
    run: str | None  # "1-135", "1-14, 16-40": the printed numbers in their order
    gaps: tuple[str, ...]  # numbers that the source leaves out
    repeats: tuple[str, ...]  # numbers that it prints more than once in one run
    restarts: tuple[str, ...]  # numbers at which it begins again
    headings: int
    pages_without_text: tuple[int, ...]


def report_structure(document: Document) -> StructureReport:
    """The report; numbers as "A4" or "2.1" that are no whole ones count but form no run."""
    numbers = [p.number for p in document.paragraphs if p.number is not None]
    run = [int(number) for number in numbers if number.isdecimal()]
    steps = list(pairwise(run))
    return StructureReport(
        paragraphs=len(document.paragraphs),
        numbered=len(numbers),
        run=", ".join(_stretches(run)) or None,
        gaps=tuple(_spread(a + 1, b - 1) for a, b in steps if b > a + 1),
        repeats=tuple(str(b) for a, b in steps if b == a),
        restarts=tuple(str(b) for a, b in steps if b < a),
        headings=len({(p.section, p.heading) for p in document.paragraphs if p.heading}),
        pages_without_text=_pages_without_text(document),
    )


def _stretches(run: Sequence[int]) -> list[str]:
    """The numbers as they stand, each stretch that counts up by one written with its ends."""
    stretches: list[tuple[int, int]] = []
    for number in run:
        if stretches and number == stretches[-1][1] + 1:
            stretches[-1] = (stretches[-1][0], number)
        else:
            stretches.append((number, number))
    return [_spread(first, last) for first, last in stretches]


def _spread(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _pages_without_text(document: Document) -> tuple[int, ...]:
    covered = {aside.page for aside in document.set_aside}
    for paragraph in document.paragraphs:
        if paragraph.page_start is not None and paragraph.page_end is not None:
            covered.update(range(paragraph.page_start, paragraph.page_end + 1))
    return tuple(page for page in range(1, (document.pages or 0) + 1) if page not in covered)
