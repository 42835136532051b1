"""A paper as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from answer.paper import Block, Citations, Heading, Paper, Points, Quotation, Table, Text


def markdown_text(paper: Paper, citations: Citations = "inline") -> str:
    """The paper as the text of a .md file."""
    notes: list[str] | None = [] if citations == "footnotes" else None
    blocks = [f"# {_line(paper.title)}", *(_block(block, notes) for block in paper.blocks)]
    foot = [f"[^{number}]: {note}." for number, note in enumerate(notes or (), start=1)]
    return "\n\n".join([*blocks, *foot]) + "\n"


def _block(block: Block, notes: list[str] | None) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {_line(text)}"
        case Text(text):
            return text.strip()
        case Quotation(text, citation):
            return f"> “{_line(text)}”{_cited(_line(citation), notes)}"
        case Points(items):
            return "\n".join(f"- {_line(item)}" for item in items)
        case Table(header, rows):
            return "\n".join([_row(header), _row("---" for _ in header), *map(_row, rows)])


def _cited(citation: str, notes: list[str] | None) -> str:
    """The citation in brackets, or the mark of a footnote that is put to `notes`."""
    if notes is None:
        return f" ({citation})"
    notes.append(citation)
    return f"[^{len(notes)}]"


def _row(cells: Iterable[str]) -> str:
    texts = (_line(cell.strip().replace("\n", "; ")).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(texts)} |"


def _line(text: str) -> str:
    return " ".join(text.split())
