"""Footnotes of a Word file, which python-docx reads past and does not write."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_TEXT, _MARK = "Footnote Text", "Footnote Reference"
# The line above the notes: Word wants both kinds to be there.
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))


class Footnotes:
    """The footnotes of one document, written into it by save()."""

    def __init__(self, document: WordDocument) -> None:
        self._document = document
        self._root = parse_xml(f"<w:footnotes {nsdecls('w')}/>")
        self._count = 0
        for note_id, kind in _SEPARATORS:
            self._root.append(_separator(note_id, kind))
        _add_styles(document)

    def add(self, paragraph: Paragraph, text: str) -> None:
        """Put the mark of a new footnote at the end of a paragraph."""
        self._count += 1
        run = paragraph.add_run()
        run.style = _MARK
        run._r.append(_element("w:footnoteReference", id=str(self._count)))
        self._root.append(self._note(text))

    def save(self) -> None:
        """Put the notes into the document, where there are any."""
        if not self._count:
            return
        package = self._document.part.package
        name = PackURI("/word/footnotes.xml")
        content = serialize_part_xml(self._root)
        part = Part(name, CONTENT_TYPE.WML_FOOTNOTES, content, package)
        self._document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        settings = self._document.settings.element
        settings.find(qn("w:compat")).addprevious(_settings())  # the schema's order

    def _note(self, text: str) -> Any:  # noqa: ANN401 - an element of untyped XML
        note = _element("w:footnote", id=str(self._count))
        paragraph = OxmlElement("w:p")
        paragraph.get_or_add_pPr().append(_element("w:pStyle", val=_id(self._document, _TEXT)))
        mark = OxmlElement("w:r")
        mark.get_or_add_rPr().append(_element("w:rStyle", val=_id(self._document, _MARK)))
        mark.append(OxmlElement("w:footnoteRef"))
        words = OxmlElement("w:r")
        words.text = f" {text}"
        paragraph.extend((mark, words))
        note.append(paragraph)
        return note


def _add_styles(document: WordDocument) -> None:
    text = document.styles.add_style(_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(2)
    mark = document.styles.add_style(_MARK, WD_STYLE_TYPE.CHARACTER)
    mark.font.superscript = True


def _id(document: WordDocument, name: str) -> str:
    return str(document.styles[name].style_id)


def _separator(note_id: str, kind: str) -> Any:  # noqa: ANN401
    note = _element("w:footnote", type=kind, id=note_id)
    run = OxmlElement("w:r")
    run.append(OxmlElement(f"w:{kind}"))
    paragraph = OxmlElement("w:p")
    paragraph.append(run)
    note.append(paragraph)
    return note


def _settings() -> Any:  # noqa: ANN401
    notes = OxmlElement("w:footnotePr")
    notes.extend(_element("w:footnote", id=note_id) for note_id, _ in _SEPARATORS)
    return notes


def _element(tag: str, **attributes: str) -> Any:  # noqa: ANN401
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element
