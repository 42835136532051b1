"""Footnotes: the small print that a raised mark in the text points to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.model import Line, Mark, Page
from ingest.typography import Typography, ends_sentence

# The mark that begins a footnote of a text file: "1 Ofsted produces this report".
_TEXT_NOTE = re.compile(r"^\s*(\d{1,2})\s+(?=[A-Z‘“\"'])")

# A mark glued to a word or to the sign after it: "area2", "(LSCB)3", "plans.4".
_GLUED = re.compile(r"(?:(?<=[^\W\d]{2})|(?<=[^\W\d][.,;:’”)]))\d{1,2}(?=[\s.,;:)]|$)")


@dataclass(frozen=True, slots=True)
class Footnote:
    """The text at a page's foot to which a raised mark in the page points."""

    sign: str
    page: int | None
    text: str


def without_footnotes(page: Page, body: Typography, notes: list[Footnote]) -> Page:
    """The page without its footnotes, which are added to the notes."""
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
    return replace(page, lines=tuple(_with_marks(kept, [note.sign for note in notes])))


def _with_marks(lines: Sequence[Line], signs: Sequence[str]) -> Iterator[Line]:
    """The lines with their footnote marks, glued to words there ("area2"), taken out of the text.

    Each sign once, in the order of the notes.
    """
    due = list(signs)
    for line in lines:
        found = _GLUED.search(line.text)
        if found is None or found[0] not in due or _TEXT_NOTE.match(line.text):
            yield line
            continue
        due = due[due.index(found[0]) + 1 :]
        text = f"{line.text[: found.start()]}{line.text[found.end() :]}"
        yield replace(line, text=text, marks=(*line.marks, Mark(found[0], found.start())))


def _ends_note(line: Line, *, shows_breaks: bool) -> bool:
    return line.text.startswith(" ") if shows_breaks else line.blank_before
