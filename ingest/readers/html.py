"""Web pages become lines: headings, paragraphs, lists with the numbers a browser shows, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree
from lxml import html as markup

from ingest.errors import ReadError, UnsupportedFileError
from ingest.limits import ReadingLimits
from ingest.model import Line, Mark, Page, Source
from ingest.readers.flow import Piece, heading_size, lines_of, row_of
from ingest.readers.signatures import kind_of
from ingest.readers.text import unmarked_utf16
from ingest.readers.word_numbering import BULLET, written

# What a reader does not read: scripts, and the frame around the text that every page of a site has.
_PASSED_OVER = re.compile(
    "script|style|noscript|template|head|title|nav|aside|footer|dialog|button|select|textarea|input"
    "|iframe|object|embed|svg|canvas|map|audio|video"
)
_FRAME_ROLES = frozenset(("navigation", "contentinfo", "search", "complementary", "banner"))
_BLOCKS = re.compile(
    "address|article|blockquote|body|center|details|dd|div|dl|dt|fieldset|figcaption|figure|form"
    "|header|hgroup|hr|legend|li|main|p|pre|section|summary|table|tbody|td|tfoot|th|thead"
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_BOLD = frozenset(("b", "strong", "th"))
_FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTE_SIGN = re.compile(r"^\[?(\d{1,3}|[*†‡§])\]?$")
_NOTES = re.compile(r"\b(?:footnotes?|endnotes|doc-endnotes)\b", re.IGNORECASE)
_BACK = re.compile(r"\s*(?:↩\ufe0e?|\^|\[back\]|back to content)\s*$", re.IGNORECASE)
_LOOKED_AT = 4096  # bytes that tell how the letters are written
_DECLARED = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
# Where pages say what they are: our name for it, and where it stands.
_PROPERTIES = (
    ("title", "//meta[@property='og:title']/@content"),
    ("title", "//head/title/text()"),
    ("publisher", "//meta[@property='og:site_name']/@content"),
    ("published", "//meta[@property='article:published_time']/@content"),
    ("published", "//meta[@name='DC.date' or @name='dcterms.issued' or @name='date']/@content"),
    ("type", "//meta[@property='og:type']/@content"),
)

_Element = Any  # lxml has no types of its own


def read(content: bytes, name: str, _: ReadingLimits) -> Source:
    """The page's own text as one page without a number.

    Menus, forms, side columns and the foot of the site are passed over. Its properties are
    "title", "publisher", "published" and "type" ("article" or "website"), as far as it says.

    Raises:
        UnsupportedFileError: it is no web page.
        ReadError: it is empty, nested too deeply to be read whole, holds characters that are no
            text, or no text without a program that a browser runs.
    """
    if not content.strip():
        raise ReadError(f"{name} is empty; download or save it again.")
    if (kind := kind_of(content)) not in (None, "a web page") or b"<" not in content:
        what = kind or "no web page"
        raise UnsupportedFileError(f"{name} is {what}, whatever its name says; rename it so.")
    page = _parsed(_decoded(content, name), name)
    try:
        lines = list(_Flow().lines(_own_part(page)))
    except RecursionError as error:
        raise _too_deep(name) from error
    if not lines:
        raise ReadError(
            f"{name} holds no text by itself; open it in a browser, print it to PDF and add that."
        )
    return Source((Page(number=None, lines=tuple(lines)),), properties=_properties(page))


def _parsed(text: str, name: str) -> _Element:
    """The whole page; the parser stops at a limit and says so only in its log."""
    parser = markup.HTMLParser(huge_tree=True)
    try:
        page = markup.document_fromstring(text, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise ReadError(f"{name} is no web page that can be read; save it again.") from error
    if any(entry.level == etree.ErrorLevels.FATAL for entry in parser.error_log):
        raise _too_deep(name)
    return page


def _too_deep(name: str) -> ReadError:
    return ReadError(
        f"{name} is nested too deeply to be read whole; open it in a browser, print it to PDF "
        "and add that."
    )


def _decoded(content: bytes, name: str) -> str:
    """The page's letters.

    Raises:
        ReadError: there are some that are none.
    """
    text = _as_text(content)
    if "\0" in text:
        raise ReadError(
            f"{name} holds characters that are no text; open it in a browser, print it to PDF and "
            "add that."
        )
    return text


def _as_text(content: bytes) -> str:
    """The page by its mark, its bytes, UTF-8, what it declares, or Windows-1252."""
    declared = _DECLARED.search(content[:_LOOKED_AT])
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    wide = "utf-16" if marked else unmarked_utf16(content[:_LOOKED_AT])
    names = [wide or "utf-8-sig", declared[1].decode() if declared else "utf-8"]
    for encoding in names:
        try:
            text = content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        # A declaration inside a text that is decoded already is refused by the parser.
        return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    return content.decode("cp1252", errors="replace")


def _properties(page: _Element) -> Mapping[str, str]:
    found: dict[str, str] = {"type": "website"}
    for key, place in reversed(_PROPERTIES):
        for value in page.xpath(place)[:1]:
            found[key] = " ".join(str(value).split())
    return found


def _own_part(page: _Element) -> _Element:
    """The element that holds the page's own text, where the page marks one."""
    for tag in ("main", "article"):
        marked = page.findall(f".//{tag}")
        if len(marked) == 1 and marked[0].text_content().strip():
            return marked[0]
    body = page.find(".//body")
    return page if body is None else body


class _Flow:
    """Blocks of a page in reading order."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._label = ""

    def lines(self, element: _Element) -> Iterator[Line]:
        """The lines of an element and all that it holds."""
        yield from self._inside(element, bold=False)
        yield from self._ended()

    def _ended(self, level: int | None = None) -> list[Line]:
        """The lines of the block that has come to its end."""
        pieces, self._pieces = self._pieces, []
        lines = lines_of(
            pieces,
            label=self._label,
            bold=level is not None,
            size=heading_size(level),
        )
        if lines:
            self._label = ""
        return lines

    def _inside(self, element: _Element, *, bold: bool, verbatim: bool = False) -> Iterator[Line]:
        self._add(element.text, bold=bold, verbatim=verbatim)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._child(child, bold=bold, verbatim=verbatim)
            self._add(child.tail, bold=bold, verbatim=verbatim)

    def _child(self, child: _Element, *, bold: bool, verbatim: bool) -> Iterator[Line]:
        tag = child.tag.lower()
        if _PASSED_OVER.fullmatch(tag) or _is_hidden(child):
            return
        if tag == "br":
            self._pieces.append(Piece("\n", bold))
        elif tag == "sup" and (sign := _note_sign(child)):
            self._pieces.append(Piece("", mark=sign))
        elif tag in _HEADINGS:
            yield from self._ended()
            yield from self._inside(child, bold=True)
            yield from self._ended(level=_HEADINGS.index(tag))
        elif tag in ("ol", "ul", "menu"):
            yield from self._ended()
            yield from self._list(child)
        elif tag == "tr":
            yield from self._ended()
            yield from row_of(
                [list(_Flow().lines(cell)) for cell in child.iterchildren("td", "th")]
            )
        elif _BLOCKS.fullmatch(tag):
            yield from self._ended()
            yield from self._inside(child, bold=bold, verbatim=tag == "pre")
            yield from self._ended()
        else:
            yield from self._inside(child, bold=bold or tag in _BOLD, verbatim=verbatim)

    def _add(self, text: str | None, *, bold: bool, verbatim: bool) -> None:
        if text:
            # Line ends in the source are spaces; only <pre> shows them.
            self._pieces.append(Piece(text if verbatim else text.replace("\n", " "), bold))

    def _list(self, element: _Element) -> Iterator[Line]:
        notes = _is_notes(element)
        labels = _labels(element)
        for child in element:
            if not isinstance(child.tag, str) or _is_hidden(child):
                continue
            if child.tag == "li":
                label = next(labels)
                yield from self._notes(child, label) if notes else self._item(child, label)
            else:
                yield from self._child(child, bold=False, verbatim=False)

    def _item(self, item: _Element, label: str) -> Iterator[Line]:
        self._label = label
        yield from self._inside(item, bold=False)
        yield from self._ended()
        self._label = ""

    def _notes(self, item: _Element, label: str) -> Iterator[Line]:
        """A footnote at the page's end: its number is a mark, not that of a paragraph."""
        words = " ".join(line.text for line in _Flow().lines(item))
        yield Line(_BACK.sub("", words), blank_before=True, marks=(Mark(label.rstrip("."), 0),))


def _is_hidden(element: _Element) -> bool:
    return (
        "hidden" in element.attrib
        or element.get("aria-hidden") == "true"
        or element.get("role") in _FRAME_ROLES
        or _HIDING_STYLE.search(element.get("style") or "") is not None
    )


def _note_sign(element: _Element) -> str | None:
    """The sign of a footnote that a raised number points to."""
    found = _NOTE_SIGN.match("".join(element.itertext()).strip())
    return found[1] if found else None


def _is_notes(element: _Element) -> bool:
    """Whether a list holds the footnotes of the page."""
    around = [element, *element.iterancestors("div", "section", "footer")]
    said = " ".join(f"{each.get('class') or ''} {each.get('role') or ''}" for each in around)
    return element.tag == "ol" and _NOTES.search(said) is not None


def _labels(element: _Element) -> Iterator[str]:
    """What a browser shows before each item of a list."""
    items = [child for child in element if child.tag == "li" and not _is_hidden(child)]
    if element.tag != "ol":
        yield from (BULLET for _ in items)
        return
    backwards = "reversed" in element.attrib
    number = _whole(element.get("start"), len(items) if backwards else 1)
    for item in items:
        number = _whole(item.get("value"), number)
        form = _FORMS.get(item.get("type") or element.get("type") or "1", "decimal")
        yield f"{written(number, form)}."
        number += -1 if backwards else 1


def _whole(text: str | None, otherwise: int) -> int:
    found = re.match(r"\s*([-+]?\d{1,9})(?!\d)", text or "")  # browsers take some ten digits
    return int(found[1]) if found else otherwise
