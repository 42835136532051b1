"""How a Word file looks: A4, one typeface, quotations behind a rule, numbered pages."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

MARGIN = 2.5  # cm
WIDTH = 21 - 2 * MARGIN  # cm of A4 that hold text
TABLE_SIZE = Pt(9)
_FACE = "Calibri"
_INK = RGBColor(0x1B, 0x5E, 0x5A)  # of headings, as on the pages
_RULE = {"val": "single", "sz": "12", "space": "8", "color": "9DB8B5"}
_SIZES = {"Title": 24, "Heading 1": 15, "Heading 2": 12.5}  # points
_LONGEST_TITLE = 255  # characters that a property of the file may have


def dress(document: WordDocument, title: str) -> None:
    """Set the page, the styles, the language and the foot of every page."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(MARGIN)
    section.top_margin = section.bottom_margin = Cm(MARGIN)
    _body(document)
    for name, size in _SIZES.items():
        _heading(document.styles[name], size)
    _quotation(document.styles["Quote"])
    _foot(section.footer.paragraphs[0], title)
    document.core_properties.title = title[:_LONGEST_TITLE]
    document.core_properties.author = ""


def _body(document: WordDocument) -> None:
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    normal.paragraph_format.space_after = Pt(8)
    normal.paragraph_format.line_spacing = 1.15
    _typeface(normal)
    language = OxmlElement("w:lang")  # else Word guesses it and underlines in red
    language.set(qn("w:val"), "en-GB")
    normal.element.get_or_add_rPr().append(language)


def _heading(style: Any, size: float) -> None:  # noqa: ANN401 - python-docx is untyped here
    _typeface(style)
    style.font.size = Pt(size)
    style.font.color.rgb = _INK
    style.paragraph_format.space_after = Pt(6)
    border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)


def _quotation(style: Any) -> None:  # noqa: ANN401
    style.font.italic = False
    style.font.color.rgb = RGBColor(0, 0, 0)
    style.paragraph_format.left_indent = Cm(0.8)
    style.paragraph_format.space_after = Pt(10)
    border, left = OxmlElement("w:pBdr"), OxmlElement("w:left")
    for name, value in _RULE.items():
        left.set(qn(f"w:{name}"), value)
    border.append(left)
    style.element.get_or_add_pPr().insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _typeface(style: Any) -> None:  # noqa: ANN401
    """The same letters everywhere; those of the theme would go before the ones named."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FACE)


def _foot(paragraph: Paragraph, title: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.add_run(f"{title} · page ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" of ")
    _field(paragraph, "NUMPAGES")
    for run in paragraph.runs:
        run.font.size = TABLE_SIZE


def _field(paragraph: Paragraph, code: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), code)
    run = OxmlElement("w:r")
    run.text = "1"
    run.get_or_add_rPr().get_or_add_sz().set(qn("w:val"), str(int(TABLE_SIZE.pt * 2)))
    field.append(run)
    paragraph._p.append(field)
