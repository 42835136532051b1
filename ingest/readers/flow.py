"""Paragraphs without a place on a page (Word, HTML) become lines."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from ingest.model import Line, Mark
from ingest.readers.text import HEADING_SIZES

# A soft line break parts the lines of an address or a title; in running text it is a space.
_SHORT = 60  # letters
_LONGEST_ROW = 200  # letters of a table's row that is one line


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters of a paragraph; a line feed is a soft break."""

    text: str
    bold: bool = False
    mark: str | None = None  # a footnote's sign that stands here


def heading_size(level: int | None) -> float | None:
    """Points for a heading of this level, from 0; None for body text."""
    if level is None:
        return None
    return HEADING_SIZES[min(level, len(HEADING_SIZES) - 1)]


def lines_of(
    pieces: Iterable[Piece],
    *,
    label: str = "",
    bold: bool = False,
    size: float | None = None,
) -> list[Line]:
    """The lines of one paragraph; none where it has no letters, whatever its label.

    Args:
        pieces: its text.
        label: its number or bullet.
        bold: whether all of it is, else its pieces tell.
        size: points, for a heading.
    """
    parted = _parted(pieces)
    short = all(len(_words(part)) <= _SHORT for part in parted)
    parts = parted if short else [list(chain.from_iterable(parted))]
    lines = [_line(part, bold=bold, size=size) for part in parts]
    lines = [line for line in lines if line.text]
    if not lines:
        return []
    before = f"{label} " if label else ""
    first = replace(lines[0], text=before + lines[0].text, blank_before=True)
    moved = tuple(replace(mark, at=mark.at + len(before)) for mark in first.marks)
    return [replace(first, marks=moved), *lines[1:]]


def row_of(cells: Sequence[Sequence[Line]]) -> list[Line]:
    """A table's row: one line where every cell is short, else the cells' own lines."""
    filled = [cell for cell in cells if cell]
    lines = [line for cell in filled for line in cell]
    if all(len(cell) == 1 for cell in filled) and sum(len(x.text) for x in lines) <= _LONGEST_ROW:
        words = "  ".join(line.text.strip() for line in lines)
        bold = bool(lines) and all(line.bold for line in lines)
        return [Line(words, bold=bold, blank_before=True)] if words else []
    return lines


def _parted(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces between soft breaks."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces:
        first, *rest = piece.text.split("\n")
        parts[-1].append(replace(piece, text=first))
        parts += [[Piece(" "), replace(piece, text=text, mark=None)] for text in rest]
    return parts


def _words(part: Sequence[Piece]) -> str:
    return " ".join("".join(piece.text for piece in part).split())


def _line(part: Sequence[Piece], *, bold: bool, size: float | None) -> Line:
    text, marks = "", []
    for piece in part:
        for letter in piece.text:
            blank = letter.isspace()
            if not blank:
                text += letter
            elif text and not text.endswith(" "):
                text += " "
        if piece.mark:
            marks.append(Mark(piece.mark, len(text.rstrip())))
    heavy = all(piece.bold for piece in part if piece.text.strip())
    return Line(text.rstrip(), size=size, bold=bold or (heavy and bool(text)), marks=tuple(marks))
