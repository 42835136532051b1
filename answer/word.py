"""A paper as a Word file (the only python-docx of answering)."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from answer.paper import Heading, Paper, Points, Quotation, Table, Text

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SMALL = Pt(9)


def word_file(paper: Paper) -> bytes:
    """The paper as the content of a .docx file, on A4, in British English."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    _speak_english(document)
    document.core_properties.title = _clean(paper.title)[:255]
    document.add_heading(_clean(paper.title), level=0)
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
                _add_quotation(document, block)
            case Table():
                _add_table(document, block)
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def _add_quotation(document: WordDocument, quotation: Quotation) -> None:
    paragraph = document.add_paragraph(style="Quote")
    paragraph.paragraph_format.left_indent = Cm(1)
    paragraph.add_run(f"“{_clean(quotation.text)}”")
    paragraph.add_run(f" ({_clean(quotation.citation)})").italic = False


def _add_table(document: WordDocument, table: Table) -> None:
    grid = document.add_table(rows=1, cols=len(table.header), style="Table Grid")
    _fill(grid.rows[0], table.header, bold=True)
    repeated = OxmlElement("w:tblHeader")  # the header row again on every page
    grid.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in table.rows:
        _fill(grid.add_row(), row, bold=False)


def _fill(row: Any, texts: tuple[str, ...], *, bold: bool) -> None:  # noqa: ANN401 - untyped
    for cell, text in zip(row.cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(_clean(text))
        run.bold = bold
        run.font.size = _SMALL


def _speak_english(document: WordDocument) -> None:
    """Set the language of the text, which Word would else guess and underline in red."""
    properties = document.styles["Normal"].element.get_or_add_rPr()
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-GB")
    properties.append(language)


def _clean(text: str) -> str:
    """The text without the control characters that no XML file may hold."""
    return _NOT_XML.sub("", text)
