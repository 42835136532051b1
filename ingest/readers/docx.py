"""Word documents become lines: one for each paragraph, with the number that Word prints."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ingest.errors import ReadError
from ingest.limits import ReadingLimits
from ingest.model import Line, Mark, Page, Source
from ingest.readers.flow import Piece, heading_size, lines_of, row_of
from ingest.readers.word_numbering import Counters, Level, NumberedList, written
from ingest.readers.word_package import DAMAGED, check_package

# What holds runs of text, and is no run itself.
_HOLDERS = frozenset(
    map(
        qn,
        (
            "w:hyperlink",
            "w:ins",
            "w:moveTo",
            "w:smartTag",
            "w:sdt",
            "w:sdtContent",
            "w:fldSimple",
            "w:customXml",
            "w:dir",
            "w:bdo",
        ),
    )
)
_BLOCK_HOLDERS = frozenset(map(qn, ("w:sdt", "w:sdtContent", "w:customXml", "w:ins", "w:moveTo")))
_SIGNS = {qn("w:tab"): " ", qn("w:ptab"): " ", qn("w:noBreakHyphen"): "-", qn("w:cr"): "\n"}
_NOTE_KINDS = {
    qn("w:footnoteReference"): (RELATIONSHIP_TYPE.FOOTNOTES, "decimal"),
    qn("w:endnoteReference"): (RELATIONSHIP_TYPE.ENDNOTES, "lowerRoman"),
}
_OFF = ("0", "false", "none", "off")
_MOST_STYLES_ABOVE = 20  # styles may by mistake be based on each other
_BODY_LEVEL = 9

# An element of the document's XML; python-docx gives them no common type of its own.
_Element = Any


def read(content: bytes, name: str, limits: ReadingLimits) -> Source:
    """The document as one page without a number: where Word breaks pages is not in the file.

    Automatic numbers are written out; what was deleted under "track changes" or is hidden is
    left out; footnotes stand at the end.

    Raises:
        UnsupportedFileError: it is no Word document.
        EncryptedFileError: it may be protected by a password.
        ReadError: it is empty, damaged, unpacks to far too much or defines words of its own.
    """
    check_package(content, name, limits.unpacked_megabytes)
    try:
        document = docx.Document(io.BytesIO(content))
        notes = _notes(document)
        _check_doctypes(document, notes.values(), name)
        lines = _Reading(document, notes).lines()
    except DAMAGED as error:
        raise ReadError(
            f"{name} is a damaged Word document; open it in Word, save it anew and add that."
        ) from error
    if not lines:
        raise ReadError(f"{name} holds no text; check that it was saved whole.")
    return Source(pages=(Page(number=None, lines=tuple(lines)),))


@dataclass(frozen=True, slots=True)
class _Style:
    based_on: str | None
    name: str
    properties: _Element | None  # w:pPr
    letters: _Element | None  # w:rPr


class _Reading:
    """One document, read from its first paragraph to its last."""

    def __init__(self, document: WordDocument, notes: Mapping[str, _Element]) -> None:
        self._document = document
        self._styles = _styles(document)
        self._counters = Counters(_lists(document, self._styles))
        self._linked = _linked_levels(document)
        self._note_parts = notes
        self._notes: list[tuple[str, str, str]] = []  # sign, kind of part, id

    def lines(self) -> list[Line]:
        """The lines of the text and, after them, of its notes."""
        lines = list(self._blocks(self._document.element.body))
        for sign, part, note_id in list(self._notes):
            lines += self._note(sign, part, note_id)
        return lines

    def _blocks(self, parent: _Element) -> Iterator[Line]:
        for element in parent:
            if element.tag == qn("w:p"):
                yield from self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                for row in element.iter(qn("w:tr")):
                    if _nearest(row, qn("w:tbl")) is element:
                        yield from self._row(row)
            elif element.tag in _BLOCK_HOLDERS:
                yield from self._blocks(element)

    def _row(self, row: _Element) -> list[Line]:
        """A short row is one line; the cells of a long one hold paragraphs of their own."""
        cells = []
        for cell in row.iter(qn("w:tc")):
            merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
            continued = merged is not None and merged.get(qn("w:val")) != "restart"
            if _nearest(cell, qn("w:tr")) is row and not continued:
                cells.append(list(self._blocks(cell)))
        return row_of(cells)

    def _paragraph(self, paragraph: _Element) -> list[Line]:
        pieces = [piece for piece in self._pieces(paragraph) if piece.text or piece.mark]
        styles = self._styles_of(paragraph)
        text = "".join(piece.text for piece in pieces).strip()
        label = "" if _is_hidden(paragraph) and not text else self._label(paragraph, styles)
        level = self._heading_level(paragraph, styles)
        lines = lines_of(pieces, label=label, bold=level is not None, size=heading_size(level))
        boxes = [box for box in paragraph.iter(qn("w:txbxContent")) if _is_shown(box, paragraph)]
        return [*lines, *(line for box in boxes for line in self._blocks(box))]

    def _pieces(self, parent: _Element) -> Iterator[Piece]:
        for element in parent:
            if element.tag == qn("w:r"):
                yield from self._run(element)
            elif element.tag in _HOLDERS:
                yield from self._pieces(element)

    def _run(self, run: _Element) -> Iterator[Piece]:
        properties = run.find(qn("w:rPr"))
        if _is_on(properties, "w:vanish"):
            return
        bold = self._is_bold(run, properties)
        for element in run:
            if element.tag == qn("w:t"):
                yield Piece(element.text or "", bold)
            elif element.tag == qn("w:br"):
                yield Piece("\n", bold)
            elif element.tag == qn("w:sym"):
                yield Piece("•", bold)  # of a symbol font: in these documents a bullet
            elif element.tag in _SIGNS:
                yield Piece(_SIGNS[element.tag], bold)
            elif element.tag in _NOTE_KINDS:
                yield Piece("", mark=self._mark(element))

    def _mark(self, reference: _Element) -> str:
        part, form = _NOTE_KINDS[reference.tag]
        sign = written(1 + sum(kind == part for _, kind, _ in self._notes), form)
        self._notes.append((sign, part, reference.get(qn("w:id")) or ""))
        return sign

    def _note(self, sign: str, part: str, note_id: str) -> list[Line]:
        for note in self._note_parts.get(part, ()):
            if note.get(qn("w:id")) == note_id:
                words = " ".join(line.text for line in self._blocks(note))
                return [Line(words.strip(), blank_before=True, marks=(Mark(sign, 0),))]
        return []

    # --- styles and numbers ---

    def _styles_of(self, paragraph: _Element) -> list[_Style]:
        """The paragraph's style and those that it is based on, nearest first."""
        return _chain(self._styles, _value(paragraph, "w:pPr", "w:pStyle") or "")

    def _label(self, paragraph: _Element, styles: Sequence[_Style]) -> str:
        """The printed number; every paragraph of a list is counted, an empty one too."""
        found = _numbering(paragraph.find(qn("w:pPr")), styles)
        if found is None or found[0] == "0":
            return ""
        list_id, level = found
        if level is None:
            style = _value(paragraph, "w:pPr", "w:pStyle") or ""
            level = self._linked.get((list_id, style), 0)
        return self._counters.label(list_id, level)

    def _heading_level(self, paragraph: _Element, styles: Sequence[_Style]) -> int | None:
        own = _value(paragraph, "w:pPr", "w:outlineLvl")
        inherited = (_child_value(style.properties, "w:outlineLvl") for style in styles)
        level = next((value for value in (own, *inherited) if value is not None), None)
        if level is not None:
            return int(level) if level.isdecimal() and int(level) < _BODY_LEVEL else None
        named = [style.name.lower() for style in styles]
        if "title" in named:
            return 0
        heading = next((name for name in named if name.startswith("heading ")), "")
        return int(heading[-1]) - 1 if heading[-1:].isdecimal() else None

    def _is_bold(self, run: _Element, properties: _Element | None) -> bool:
        if properties is not None and properties.find(qn("w:b")) is not None:
            return _is_on(properties, "w:b")
        paragraph = _nearest(run, qn("w:p"))
        own = _chain(self._styles, _child_value(properties, "w:rStyle") or "")
        for style in (*own, *self._styles_of(paragraph)):
            if style.letters is not None and style.letters.find(qn("w:b")) is not None:
                return _is_on(style.letters, "w:b")
        return False


def _notes(document: WordDocument) -> dict[str, _Element]:
    """The footnotes and endnotes, by the kind of their part."""
    kinds = [part for part, _ in _NOTE_KINDS.values()]
    relations = document.part.rels.values()
    return {
        rel.reltype: parse_xml(rel.target_part.blob) for rel in relations if rel.reltype in kinds
    }


def _check_doctypes(document: WordDocument, notes: Iterable[_Element], name: str) -> None:
    """See that no part has a DOCTYPE, whose entities would be words that are not read.

    Word documents have none (ECMA-376, part 2), and Word opens none with one.
    """
    parts = document.part.package.iter_parts()
    elements = [part.element for part in parts if isinstance(part, XmlPart)]
    if any(element.getroottree().docinfo.doctype for element in (*elements, *notes)):
        raise ReadError(
            f"{name} has a DOCTYPE, which no Word document has; open what it was made from, save "
            "that as .docx or PDF and add it."
        )


# --- XML -------------------------------------------------------------------------------------


def _value(element: _Element, *path: str) -> str | None:
    """The w:val of an element below, or None."""
    found = element.find("/".join(map(qn, path)))
    return None if found is None else found.get(qn("w:val"))


def _child_value(parent: _Element | None, tag: str) -> str | None:
    return None if parent is None else _value(parent, tag)


def _is_on(properties: _Element | None, tag: str) -> bool:
    found = None if properties is None else properties.find(qn(tag))
    return found is not None and (found.get(qn("w:val")) or "1").lower() not in _OFF


def _is_hidden(paragraph: _Element) -> bool:
    properties = paragraph.find(f"{qn('w:pPr')}/{qn('w:rPr')}")
    return _is_on(properties, "w:vanish")


def _nearest(element: _Element, tag: str) -> _Element:
    return next(element.iterancestors(tag), None)


def _is_shown(box: _Element, paragraph: _Element) -> bool:
    """Whether a text box is the paragraph's own, and no copy for older programs."""
    copies = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
    return _nearest(box, qn("w:p")) is paragraph and _nearest(box, copies) is None


def _chain(styles: Mapping[str, _Style], style_id: str) -> list[_Style]:
    chain: list[_Style] = []
    style = styles.get(style_id) or styles.get("")
    while style is not None and len(chain) < _MOST_STYLES_ABOVE:
        chain.append(style)
        style = styles.get(style.based_on) if style.based_on else None
    return chain


def _styles(document: WordDocument) -> dict[str, _Style]:
    """Every style by its id; under "" the one of paragraphs that name none."""
    styles: dict[str, _Style] = {}
    for element in document.styles.element.iter(qn("w:style")):
        style = _Style(
            based_on=_value(element, "w:basedOn"),
            name=_value(element, "w:name") or "",
            properties=element.find(qn("w:pPr")),
            letters=element.find(qn("w:rPr")),
        )
        styles[element.get(qn("w:styleId")) or ""] = style
        default = element.get(qn("w:default")) in ("1", "true")
        if default and element.get(qn("w:type")) == "paragraph":
            styles[""] = style
    return styles


def _numbering(
    properties: _Element | None, styles: Sequence[_Style]
) -> tuple[str, int | None] | None:
    """The list and level of a paragraph: its own, and what it lacks from its styles."""
    list_id: str | None = None
    level: str | None = None
    for source in (properties, *(style.properties for style in styles)):
        found = None if source is None else source.find(qn("w:numPr"))
        if found is None:
            continue
        list_id = list_id or _value(found, "w:numId")
        level = level or _value(found, "w:ilvl")
        if list_id is not None:
            break
    return (list_id, int(level) if level else None) if list_id else None


def _numbering_part(document: WordDocument) -> _Element | None:
    relations = document.part.rels.values()
    numbering = (rel for rel in relations if rel.reltype == RELATIONSHIP_TYPE.NUMBERING)
    found = next(numbering, None)
    return None if found is None else found.target_part.element


def _lists(document: WordDocument, styles: Mapping[str, _Style]) -> dict[str, NumberedList]:
    """Every list of the document by its id."""
    part = _numbering_part(document)
    if part is None:
        return {}
    definitions = {
        element.get(qn("w:abstractNumId")): element for element in part.iter(qn("w:abstractNum"))
    }
    numbers = {element.get(qn("w:numId")): element for element in part.iter(qn("w:num"))}
    lists = {}
    for list_id, element in numbers.items():
        definition = _value(element, "w:abstractNumId") or ""
        # A definition may leave everything to the list of a style.
        linked = definitions.get(definition)
        style = styles.get(_child_value(linked, "w:numStyleLink") or "-")
        found = _numbering(None, [style]) if style else None
        if found and found[0] in numbers:
            definition = _value(numbers[found[0]], "w:abstractNumId") or definition
        if definition in definitions:
            lists[list_id] = _numbered_list(definition, definitions[definition], element)
    return lists


def _numbered_list(definition: str, abstract: _Element, number: _Element) -> NumberedList:
    levels = {_index(level): _level(level) for level in abstract.findall(qn("w:lvl"))}
    starts = {}
    for override in number.findall(qn("w:lvlOverride")):
        at = _index(override)
        own = override.find(qn("w:lvl"))
        if own is not None:
            levels[at] = _level(own)
        start = _value(override, "w:startOverride")
        if start is not None and start.isdecimal():
            starts[at] = int(start)
            levels[at] = replace(levels.get(at, Level()), start=int(start))
    return NumberedList(definition, levels, starts)


def _index(element: _Element) -> int:
    return int(element.get(qn("w:ilvl")) or 0)


def _level(element: _Element) -> Level:
    start, restart = _value(element, "w:start"), _value(element, "w:lvlRestart")
    return Level(
        start=int(start) if start and start.isdecimal() else 0,
        form=_value(element, "w:numFmt") or "decimal",
        text=_value(element, "w:lvlText") or "",
        restart=int(restart) if restart and restart.isdecimal() else None,
        legal=_is_on(element, "w:isLgl"),
    )


def _linked_levels(document: WordDocument) -> dict[tuple[str, str], int]:
    """List and style -> the level whose definition names the style."""
    part = _numbering_part(document)
    if part is None:
        return {}
    by_definition = {
        (abstract.get(qn("w:abstractNumId")), _value(level, "w:pStyle")): _index(level)
        for abstract in part.iter(qn("w:abstractNum"))
        for level in abstract.findall(qn("w:lvl"))
    }
    return {
        (number.get(qn("w:numId")), style): level
        for number in part.iter(qn("w:num"))
        for (definition, style), level in by_definition.items()
        if style and definition == _value(number, "w:abstractNumId")
    }
