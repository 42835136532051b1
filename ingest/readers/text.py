"""Plain text and Markdown become pages of lines; what a reader of the rendered text would read."""

from __future__ import annotations

import codecs
import html
import re
from collections.abc import Iterator
from dataclasses import replace

from ingest.errors import ReadError, UnsupportedFileError
from ingest.limits import ReadingLimits
from ingest.model import Line, Page, Source
from ingest.readers.signatures import kind_of

# Points that browsers give the six levels of heading; lines of body text have no size.
HEADING_SIZES = (24.0, 18.0, 14.0, 12.0, 10.0, 8.0)
_MARKDOWN_SUFFIXES = (".md", ".markdown")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Enough for a decision between UTF-16 and a binary file.
_SAMPLE_BYTES = 4096
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-{2,})\s*$")
_RULE = re.compile(r"^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})$")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_TABLE_RULE = re.compile(r"^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)+\|?\s*$")
_BULLET = re.compile(r"^\s*[-*+]\s+(?=\S)")
_QUOTE = re.compile(r"^ {0,3}(?:>\s?)+")
_BOLD_LINE = re.compile(r"^\s*(?:\*\*(?!\s)[^*]+\*\*|__(?!\s)[^_]+__)[\s.:]*$")
_LINK = re.compile(r"!?\[([^\]\[]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>")
_EMPHASIS = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*_])")
_CODE = re.compile(r"`([^`]+)`")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
# Escaped signs stand in the private use area while marks are taken away.
_ESCAPED = 0xE000
_UNESCAPED = {_ESCAPED + code: chr(code) for code in range(0x21, 0x7F)}
_SIGNS = re.compile(r"^#{2,6} \S|\*\*\S[^*\n]*\*\*|\[[^\]\n]+\]\((?:https?|mailto):", re.MULTILINE)


def read(content: bytes, name: str, _: ReadingLimits) -> Source:
    """The text's pages, one for each form feed and none of them numbered.

    White space at the start of a line is kept: it shows indents, and in converted PDFs the page
    breaks. Markdown's marks are taken away where the file is Markdown, by its name or by its
    headings, bold and links; its headings become bold lines with a size, its bullets "• ".

    Raises:
        ReadError: the file is empty.
        UnsupportedFileError: the content is no text, or a text of another kind (HTML, RTF).
    """
    if kind := kind_of(content):
        raise UnsupportedFileError(f"{name} is {kind}, whatever its name says; rename it so.")
    text, warnings = _decode(content, name)
    if not text.strip():
        raise ReadError(f"{name} holds no text; check that it was saved or downloaded whole.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    markdown = name.lower().endswith(_MARKDOWN_SUFFIXES) or _SIGNS.search(text) is not None
    pages = (part.split("\n") for part in text.split("\f"))
    lines = (tuple(_markdown_lines(page) if markdown else _plain_lines(page)) for page in pages)
    return Source(pages=tuple(Page(number=None, lines=page) for page in lines), warnings=warnings)


def _decode(content: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return _decode_as(content, encoding, name), ()
    if wide := unmarked_utf16(content[:_SAMPLE_BYTES]):
        return _decode_as(content, wide, name), ()
    warnings: tuple[str, ...] = ()
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        # Windows' older editors save in this code page without saying so.
        text = _decode_as(content, "cp1252", name)
        warnings = ("it is not in UTF-8 and was read as Windows-1252 (Western European)",)
    if _CONTROL.search(text):
        raise UnsupportedFileError(_no_text(name))
    return text, warnings


def _decode_as(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnsupportedFileError(_no_text(name)) from error


def _no_text(name: str) -> str:
    return f"{name} is not a text file, whatever its name says; save it again as UTF-8 text."


def unmarked_utf16(sample: bytes) -> str | None:
    """The byte order, where every other byte is mostly zero, as in UTF-16 of Western text."""
    pairs = len(sample) // 2
    if pairs and sample[1::2].count(0) > 0.7 * pairs and not sample[0::2].count(0):
        return "utf-16-le"
    if pairs and sample[0::2].count(0) > 0.7 * pairs and not sample[1::2].count(0):
        return "utf-16-be"
    return None


def _plain_lines(lines: list[str]) -> Iterator[Line]:
    blank = False
    for line in lines:
        if line.strip():
            yield Line(text=line.rstrip(), blank_before=blank)
        blank = not line.strip()


def _markdown_lines(lines: list[str]) -> Iterator[Line]:
    blank, skip = False, False
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if skip or _is_mark_alone(line):
            # A rule or an underline parts what stands around it, as a blank line does.
            blank, skip = True, False
            continue
        underline = _UNDERLINE.match(following) if _may_be_underlined(line) else None
        read_line = _underlined(line, underline[1]) if underline else _markdown_line(line)
        yield replace(read_line, blank_before=blank)
        skip = underline is not None
        blank = read_line.size is not None  # body text under a heading is a paragraph of its own


def _is_mark_alone(line: str) -> bool:
    return not line.strip() or any(pattern.match(line) for pattern in (_RULE, _FENCE, _TABLE_RULE))


def _may_be_underlined(line: str) -> bool:
    return not (_HEADING.match(line) or _BULLET.match(line) or "|" in line)


def _underlined(line: str, mark: str) -> Line:
    size = HEADING_SIZES[0 if mark.startswith("=") else 1]
    return Line(text=_without_marks(line.strip()), size=size, bold=True)


def _markdown_line(line: str) -> Line:
    if heading := _HEADING.match(line):
        size = HEADING_SIZES[len(heading[1]) - 1]
        return Line(text=_without_marks(heading[2]), size=size, bold=True)
    line = _QUOTE.sub("", line).lstrip()  # an indent would show a page break in plain text
    bold = _BOLD_LINE.match(line) is not None
    return Line(text=_without_marks(_BULLET.sub("• ", _cells(line))), bold=bold)


def _cells(line: str) -> str:
    """A table's row with its cells side by side."""
    stripped = line.strip()
    if not (stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1):
        return line
    return "  ".join(cell.strip() for cell in stripped.strip("|").split("|"))


def _without_marks(text: str) -> str:
    """The text as it would be rendered: no emphasis, link addresses, escapes or entities."""
    text = _ESCAPE.sub(lambda match: chr(_ESCAPED + ord(match[1])), text)
    text = _CODE.sub(r"\1", _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", text)))
    before = None
    while before != text:  # emphasis within emphasis
        before, text = text, _EMPHASIS.sub(r"\2", text)
    return html.unescape(text).translate(_UNESCAPED).rstrip()
