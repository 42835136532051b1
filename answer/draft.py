"""A draft in Word, Markdown or plain text -> its headings, paragraphs and sentences."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index.sentences import Span, sentence_spans
from ingest.errors import ReadError, UnsupportedFileError
from ingest.limits import ReadingLimits
from ingest.model import Line
from ingest.readers import read_source

MOST_CHARACTERS = 2_000_000  # about 800 pages
_MEGABYTES_UNPACKED = 60  # so many characters in Word: a draft is read in the server's own process
_MARKDOWN = frozenset({".md", ".markdown"})
_TEXT = frozenset({".txt"})
_WORD = frozenset({".docx"})

_HEADING = re.compile(r"^(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r"^(=+|-{3,})\s*$")
_QUOTED = re.compile(r"^\s*>\s?")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_NOTE = re.compile(r"^\[\^([^\]]+)\]:\s*(.*)$")
_NOTE_MARK = re.compile(r"\[\^([^\]]+)\]")
_LINK = re.compile(r"(?<!!)\[((?:\\.|[^\]\\])*)\]\(([^()\s]*)(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(
    r"(?<![\w*])(\*{1,3})(?=\S)(.+?)(?<=\S)\1(?![\w*])|(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)"
)
_RULE = re.compile(r"^\s*(?:\*\s*){3,}$|^\s*(?:-\s*){3,}$|^\s*\|?[\s:|-]+\|[\s:|-]*$")
_BRACKETED = re.compile(r"^[(\[][^()\[\]]*[)\]]\.?$|^[(\[][^()]*\([^()]*\)[^()]*[)\]]\.?$")
_CITED_AFTER = re.compile(r"[.!?][\"'”’]*\s+[(\[][^()\[\]]{3,200}[)\]]\.?(?=\s+[\"'“‘]?[A-Z0-9])")
_CITED_BEFORE = re.compile(r"([(\[][^()\[\]]{3,200}[)\]])\s+(?=[\"'“‘]?[A-Z0-9])")
_END = re.compile(r"[.!?:;,][\"'”’)\]]*$")
_LONGEST_HEADING = 90
_LONGEST_OPEN = 1500  # characters; a mark that was never closed must not swallow the draft


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a draft."""

    kind: Literal["heading", "text", "quotation"]
    text: str  # as rendered; links to paragraphs keep their address
    level: int = 0  # of a heading, 1 is the title


def read_draft(path: Path) -> list[Part]:
    """The parts of a draft, in reading order.

    Raises:
        ReadError: it is not there, empty, too long or of a kind that is not read.
    """
    suffix = path.suffix.lower()
    if path.exists() and suffix not in _MARKDOWN | _TEXT | _WORD:
        raise UnsupportedFileError(
            f"{path.name} is no draft that can be checked; save it as .docx, .md or .txt."
        )
    try:
        content = path.read_bytes()
    except FileNotFoundError as exc:
        raise ReadError(f"There is no file {path}; check its name and folder.") from exc
    except OSError as exc:
        raise ReadError(f"{path} cannot be opened ({exc.strerror}); close it elsewhere.") from exc
    if not content.strip():
        raise ReadError(f"{path.name} is empty; there is nothing in it to check.")
    if suffix in _WORD:
        parts = list(_word_parts(content, path.name))
    else:
        text = _decoded(content, path.name)
        parts = list(_parts(text, markdown=suffix in _MARKDOWN))
    if not parts:
        raise ReadError(f"{path.name} holds no text; there is nothing in it to check.")
    if sum(len(part.text) for part in parts) > MOST_CHARACTERS:
        raise ReadError(
            f"{path.name} has more than {MOST_CHARACTERS:,} characters; check it in parts."
        )
    return parts


def sentences(text: str) -> list[Span]:
    """The sentences of a part, each with the citation in brackets that follows its full stop."""
    cuts: list[Span] = []
    for start, end in sentence_spans(text):
        for first, last in _parted(text, start, end):
            if cuts and (_BRACKETED.match(text[first:last]) or _is_open(text, *cuts[-1])):
                cuts[-1] = (cuts[-1][0], last)
            else:
                cuts.append((first, last))
    return cuts


def _is_open(text: str, start: int, end: int) -> bool:
    """Whether a quotation or bracket that begins there goes on after it."""
    piece = text[start:end]
    quoted = piece.count("“") > piece.count("”") or piece.count('"') % 2 == 1
    return (quoted or piece.count("(") > piece.count(")")) and end - start < _LONGEST_OPEN


def _parted(text: str, start: int, end: int) -> Iterator[Span]:
    """At the brackets after a full stop, which the next sentence follows."""
    at = start
    if (opening := _CITED_BEFORE.match(text, start, end)) is not None:
        yield start, opening.end(1)
        at = opening.end()
    for match in _CITED_AFTER.finditer(text, at, end):
        yield at, match.end()
        at = match.end() + (len(text[match.end() : end]) - len(text[match.end() : end].lstrip()))
    if at < end:
        yield at, end


def _decoded(content: bytes, name: str) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    if b"\0" in content[:4096]:
        raise UnsupportedFileError(
            f"{name} is no text, whatever its name says; save the draft as .docx, .md or .txt."
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _word_parts(content: bytes, name: str) -> Iterator[Part]:
    first = True
    limits = ReadingLimits(unpacked_megabytes=_MEGABYTES_UNPACKED)
    lines = [line for page in read_source(content, name, limits).pages for line in page.lines]
    for line, text in _with_notes(lines):
        if not text:
            continue
        short = len(text) <= _LONGEST_HEADING and not _END.search(text)
        if line.size is not None and line.bold and short:
            yield Part("heading", text, 1 if first else 2)
        else:
            yield Part("text", text)
        first = False


def _with_notes(lines: Sequence[Line]) -> Iterator[tuple[Line, str]]:
    """Each line of the text, its footnotes in brackets where their marks are."""
    marked: set[str] = set()
    text: list[Line] = []
    notes: dict[str, str] = {}
    for line in lines:
        if line.marks and line.marks[0].at == 0 and line.marks[0].sign in marked:
            notes[line.marks[0].sign] = line.text.strip().rstrip(".")
        else:
            marked.update(mark.sign for mark in line.marks)
            text.append(line)
    for line in text:
        whole = line.text
        for mark in reversed(line.marks):
            note = notes.get(mark.sign)
            whole = f"{whole[: mark.at]} ({note}){whole[mark.at :]}" if note else whole
        yield line, whole.strip()


def _parts(text: str, *, markdown: bool) -> Iterator[Part]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").split("\n")
    notes = {}
    kept = []
    for line in lines:
        note = _NOTE.match(line) if markdown else None
        if note:
            notes[note[1]] = note[2]
        else:
            kept.append(line)
    for block in _blocks(kept, markdown=markdown):
        yield from _block_parts(block, notes, markdown=markdown)


def _blocks(lines: list[str], *, markdown: bool) -> Iterator[list[str]]:
    """Lines that belong together: parted by blank lines, headings, list items, quotations."""
    block: list[str] = []
    for line in lines:
        alone = markdown and (_HEADING.match(line) or _RULE.match(line) or line.startswith("|"))
        quoted = markdown and bool(_QUOTED.match(line))
        begins = _ITEM.match(line) or (block and quoted != bool(_QUOTED.match(block[-1])))
        if block and (alone or begins or not line.strip()):
            yield block
            block = []
        if not line.strip() or (alone and _RULE.match(line)):
            continue
        if markdown and block and _UNDERLINE.match(line) and len(block) == 1:
            yield [f"{'#' if line.startswith('=') else '##'} {block[0]}"]
            block = []
            continue
        block.append(line)
        if alone:
            yield block
            block = []
    if block:
        yield block


def _block_parts(block: list[str], notes: dict[str, str], *, markdown: bool) -> Iterator[Part]:
    if markdown and (heading := _HEADING.match(block[0])):
        yield Part("heading", _rendered(heading[2], notes), len(heading[1]))
        return
    quoted = markdown and all(_QUOTED.match(line) for line in block)
    lines = [_ITEM.sub("", _QUOTED.sub("", line) if quoted else line).strip() for line in block]
    text = " ".join(line for line in lines if line)
    if markdown:
        text = _rendered(text.strip("|"), notes)
    if not text:
        return
    if not markdown and len(block) == 1 and _looks_like_heading(text):
        yield Part("heading", text, 2)
    else:
        yield Part("quotation" if quoted else "text", text)


def _looks_like_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not _END.search(text) and not text.endswith(")")


def _rendered(text: str, notes: dict[str, str]) -> str:
    """As a reader sees it; a footnote stands in brackets where its mark is."""
    text = _NOTE_MARK.sub(lambda m: f" ({notes[m[1]].rstrip('.')})" if m[1] in notes else "", text)
    text = _LINK.sub(lambda m: m[0] if _leads_to_paragraph(m[2]) else m[1], text)
    text = _EMPHASIS.sub(lambda m: m[2] or m[3], text)
    return html.unescape(text)


def _leads_to_paragraph(address: str) -> bool:
    return "doc=" in address and "p=" in address
