"""A paper as a Word file."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.shared import Cm

from answer.paper import Citations, Heading, Paper, Points, Quotation, Table, Text
from answer.word_notes import Footnotes
from answer.word_style import TABLE_SIZE, WIDTH, dress

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def word_file(paper: Paper, citations: Citations = "inline") -> bytes:
    """The paper as the content of a .docx file, on A4, in British English."""
    document = docx.Document()
    title = _clean(paper.title)
    dress(document, title)
    document.add_heading(title, level=0)
    notes = Footnotes(document) if citations == "footnotes" else None
    for block in paper.blocks:
        match block:
            case Heading(text, level):
                document.add_heading(_clean(text), level=level)
            case Text(text):
                document.add_paragraph(_clean(text))
            case Points(items):
                for item in items:
                    document.add_paragraph(_clean(item), style="List Bullet")
            case Quotation():
                _add_quotation(document, block, notes)
            case Table():
                _add_table(document, block)
    if notes is not None:
        notes.save()
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _add_quotation(document: WordDocument, quotation: Quotation, notes: Footnotes | None) -> None:
    paragraph = document.add_paragraph(f"“{_clean(quotation.text)}”", style="Quote")
    citation = _clean(quotation.citation)
    if notes is None:
        paragraph.add_run(f" ({citation})")
    else:
        notes.add(paragraph, f"{citation}.")


def _add_table(document: WordDocument, table: Table) -> None:
    grid = document.add_table(rows=1, cols=len(table.header), style="Table Grid")
    grid.autofit = False
    _fill(grid.rows[0], table.header, bold=True)
    grid.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # on every page
    for row in table.rows:
        _fill(grid.add_row(), row, bold=False)
    shares = table.shares or (1,) * len(table.header)
    for column, share in zip(grid.columns, shares, strict=True):
        column.width = Cm(WIDTH * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width


def _fill(row: Any, texts: tuple[str, ...], *, bold: bool) -> None:  # noqa: ANN401 - untyped
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = 0
        run = paragraph.add_run(_clean(text))
        run.bold = bold
        run.font.size = TABLE_SIZE


def _clean(text: str) -> str:
    """The text without the control characters that no XML file may hold."""
    return _NOT_XML.sub("", text)
