"""A paper as Markdown."""

from __future__ import annotations

from collections.abc import Iterable

from answer.paper import Block, Heading, Paper, Points, Quotation, Table, Text


def markdown_text(paper: Paper) -> str:
    """The paper as the text of a .md file."""
    blocks = [f"# {_line(paper.title)}", *(_block(block) for block in paper.blocks)]
    return "\n\n".join(blocks) + "\n"


def _block(block: Block) -> str:
    match block:
        case Heading(text, level):
            return f"{'#' * (level + 1)} {_line(text)}"
        case Text(text):
            return text.strip()
        case Quotation(text, citation):
            return f"> “{_line(text)}” ({_line(citation)})"
        case Points(items):
            return "\n".join(f"- {_line(item)}" for item in items)
        case Table(header, rows):
            return "\n".join([_row(header), _row("---" for _ in header), *map(_row, rows)])


def _row(cells: Iterable[str]) -> str:
    texts = (_line(cell).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(texts)} |"


def _line(text: str) -> str:
    return " ".join(text.split())
