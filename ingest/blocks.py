"""Lines become blocks: what was typed as one paragraph, heading, bullet or numbered item."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from ingest.model import Line, Mark
from ingest.typography import Typography, drop, ends_sentence, starts_lower

# Signs that are bullets wherever they begin a line (the last range: symbol fonts in text dumps),
# and any sign by itself, if it is not a dash in running text; the "o" of Courier is one.
_BULLETS = "•·▪■◼●○◦‣⁃∙□❖➢►▶✓\ue000-\uf8ff"
_SURE = re.compile(rf"[{_BULLETS}]")
_BULLET = re.compile(rf"^\s*([{_BULLETS}])\s*(?=\S)|^\s*([^\w\s\"'‘’“”(\[&£$€%©®#@]|o)\s+(?=\S)")
# A printed number: "12.", "12)", "(12)" or "12" and then text, or alone.
# Where the number is wider than the indent, the text is glued to it: "10.Most".
_NUMBER = re.compile(r"^\s*(\(?)(\d{1,3})([.)]?)(?:\s+(?=\S)|$|(?<=[.)])(?=[A-Z‘“]))")
_NEAR = 5.0  # points: the same indent
_SPACED = 1.2  # leadings: more than this is a space between paragraphs
_TELLING_LINES = 4  # from which a block shows how far its lines may run
_TEXT_SLACK = 0.85  # letters differ in width: a printed line's count of letters varies by this
_LINE_END_JOINS = re.compile(r"\w[-‐‑–—]$")
_SUSPENDED = re.compile(r"^(?:and|or|to)\b")  # "short- and long-term"


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before the text of a numbered or bulleted item."""

    kind: Literal["number", "bullet"]
    sign: str  # "87" or the bullet
    dress: str = ""  # what stands around a number: ".", ")", "()" or nothing
    length: int = 0  # letters of the line that it takes


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together on one page, or across pages once joined."""

    lines: tuple[Line, ...]
    label: Label | None = None
    spaced: bool = True  # set apart from what stands above
    margin: float = 0.0  # where its page's or column's text begins

    @property
    def text(self) -> str:
        """Its words without the label; line ends become spaces."""
        skip = self.label.length if self.label else 0
        return joined([self.lines[0].text[skip:], *(line.text for line in self.lines[1:])])

    def with_lines(self, lines: Sequence[Line]) -> Block:
        """It with more lines after its own."""
        return replace(self, lines=(*self.lines, *lines))

    @property
    def marks(self) -> tuple[Mark, ...]:
        """The footnote marks in it."""
        return tuple(mark for line in self.lines for mark in line.marks)

    @property
    def left(self) -> float | None:
        """Where it begins, the label included."""
        return self.lines[0].box.left if self.lines[0].box else None

    @property
    def hang(self) -> float | None:
        """Where its second line begins, or would begin."""
        if len(self.lines) > 1 and self.lines[1].box:
            return self.lines[1].box.left
        return self.lines[0].second_left if self.label else self.left

    @property
    def last(self) -> Line:
        """Its last line."""
        return self.lines[-1]


def joined(texts: Sequence[str]) -> str:
    """Lines as running text: one space between them, none after a hyphen or dash."""
    text = ""
    for part in (" ".join(each.split()) for each in texts):
        glue = not text or not part
        if _LINE_END_JOINS.match(text[-2:]) and not _SUSPENDED.match(part):
            glue = True
        text += part if glue else f" {part}"
    return text


def label_of(line: Line) -> Label | None:
    """The number or bullet that the line begins with."""
    found = _BULLET.match(line.text)
    if found:
        return Label("bullet", found[1] or found[2], length=found.end())
    found = _NUMBER.match(line.text)
    if found:
        return Label("number", found[2], found[1] + found[3], found.end())
    return None


def blocks_of(lines: Sequence[Line], body: Typography, margin: float = 0.0) -> list[Block]:
    """The lines of a page or column, parted where a new item begins."""
    return [replace(block, margin=margin) for block in _parted(lines, body)]


def _parted(lines: Sequence[Line], body: Typography) -> list[Block]:
    blocks: list[Block] = []
    for line in lines:
        label = label_of(line)
        if not blocks:
            blocks.append(Block((line,), _credible(label, line, None, body)))
            continue
        above = blocks[-1]
        if _is_bare_number(above, line):
            blocks[-1] = above.with_lines((line,))
        elif _begins(line, label, above, body):
            spaced = _is_spaced(line, above.last, body)
            blocks.append(Block((line,), _credible(label, line, above, body), spaced))
        else:
            blocks[-1] = above.with_lines((line,))
    return blocks


def _is_bare_number(block: Block, following: Line) -> bool:
    """Whether it is a number on a line of its own, whose text follows.

    Without a full stop only in a text file, from which page numbers have been taken.
    """
    label = block.label
    if label is None or label.kind != "number" or len(block.lines) > 1 or block.text:
        return False
    return bool(label.dress) or (following.box is None and following.text.strip()[:1].isupper())


def _credible(
    label: Label | None, line: Line, above: Block | None, body: Typography
) -> Label | None:
    """The label, unless it is a dash in running text."""
    if label and label.kind == "bullet" and not _SURE.match(label.sign):
        wraps = (
            above is not None and not ends_sentence(above.last.text) and not label_of(above.last)
        )
        if wraps and not _is_spaced(line, above.last, body):  # type: ignore[union-attr]
            return None
    return label


def _begins(line: Line, label: Label | None, above: Block, body: Typography) -> bool:
    """Whether the line begins a block of its own."""
    label = _credible(label, line, above, body)
    if (label and label.kind == "bullet") or not body.wrapped:
        return True
    if label and _is_item(line, label, above, body):
        return True
    if _runs_on(line, above, body):
        return False
    return (
        _is_spaced(line, above.last, body)
        or _changes_style(line, above, body)
        or _is_outdented(line, above)
        or _is_indented(line, above)
        or has_room(line, above, body)
    )


def _is_item(line: Line, label: Label, above: Block, body: Typography) -> bool:
    """Whether a line that begins with a number may be an item: it stands apart or sticks out.

    The second line of "...beyond the age of / 25. Support for care leavers..." does neither.
    """
    if _is_spaced(line, above.last, body) or _changes_style(line, above, body):
        return True
    if line.box and above.hang is not None and line.box.left < above.hang - _NEAR:
        return True
    if line.box is None and not body.parted and has_room(line, above, body, loose=True):
        return bool(label.dress)  # after a heading, in a file without empty lines
    aligned = line.box is None or above.left is None or abs(line.box.left - above.left) <= _NEAR
    return aligned and bool(label.dress) and ends_sentence(above.last.text)


def _is_spaced(line: Line, above: Line, body: Typography) -> bool:
    if line.box is None or line.blank_before:
        return line.blank_before
    step = max(body.leading, 1.2 * min(line.size or 0.0, above.size or 0.0))
    return drop(above, line) > _SPACED * step


def _runs_on(line: Line, above: Block, body: Typography) -> bool:
    """Whether a sentence goes on in the line; in text files even across an empty line.

    The line above must be full: items of a list, too, may begin with a small letter and end
    without a full stop.
    """
    if ends_sentence(above.last.text) or _changes_style(line, above, body):
        return False
    if line.box and _is_spaced(line, above.last, body):
        return False
    if line.box and above.hang is not None and abs(line.box.left - above.hang) > _NEAR:
        return False
    return not has_room(line, above, body, loose=True)


def _changes_style(line: Line, above: Block, body: Typography) -> bool:
    size, size_above = line.size or 0.0, above.last.size or 0.0
    if abs(size - size_above) > 0.6:
        return True
    # A heading in large letters may be bold in part; a title quoted in running text may be italic
    # for more than a line, but then the line above it is full.
    large = body.size is not None and size > body.size + 0.8
    differs = line.bold != above.last.bold or line.italic != above.last.italic
    return differs and not large and has_room(line, above, body, loose=True)


def _is_outdented(line: Line, above: Block) -> bool:
    """Whether the line goes back to the left of a hanging item's text: the item has ended."""
    if line.box is None or above.label is None or above.hang is None:
        return False
    hangs = len(above.lines) > 1
    return hangs and line.box.left < above.hang - _NEAR


def _is_indented(line: Line, above: Block) -> bool:
    """Whether the line is indented as the first of a paragraph, after the end of a sentence."""
    if line.box is None or above.hang is None or above.label is not None or len(above.lines) < 2:
        return False
    return line.box.left > above.hang + _NEAR and ends_sentence(above.last.text)


def has_room(line: Line, above: Block, body: Typography, *, loose: bool = False) -> bool:
    """Whether the line above was ended on purpose: the next line's first word had room on it.

    Only after the end of a sentence and before a capital, unless `loose`.
    """
    ends = ends_sentence(above.last.text) or (line.box is None and not _is_parted(line, body))
    if not loose and (not ends or starts_lower(line.text)):
        return False
    if line.box is None or above.last.box is None:
        return _has_letters_left(line, above.last, body, loose=loose)
    width = (line.second_left or line.box.right) - line.box.left
    return above.last.box.right + width < _right_edge(above, body)


def _is_parted(line: Line, body: Typography) -> bool:
    """Whether in a text file an empty line would show that a paragraph ends here.

    Not at the top of a page, nor where the file has no such lines: there a heading is a short line.
    """
    return body.parted and not line.text.startswith(" ")


def _right_edge(block: Block, body: Typography) -> float:
    """How far the block's lines may run: as far as they do, or in short blocks as others do.

    A box or a table cell is narrower than the page; the longest of ragged lines is a little
    shorter than its measure.
    """
    rights = [line.box.right for line in block.lines if line.box]
    size = block.last.size or 0.0
    if len(rights) >= _TELLING_LINES:
        return max(rights) - 0.5 * size
    return body.right - 2.0 * size


def _has_letters_left(line: Line, above: Line, body: Typography, *, loose: bool) -> bool:
    """The same for text files, whose lines are measured in letters."""
    new_page = line.text.startswith(" ")  # as a converter begins one
    if body.parted and not loose and not new_page:
        return False
    first = line.text.split(maxsplit=1)[0] if line.text.split() else ""
    # At a page's end a paragraph ends more often than just a sentence does.
    ended = new_page and ends_sentence(above.text)
    width = body.right if ended else _TEXT_SLACK * body.right
    return len(above.text.strip()) + 1 + len(first) < width
