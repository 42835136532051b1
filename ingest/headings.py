"""Which blocks are headings, and which heading stands above which."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ingest.blocks import Block
from ingest.typography import Typography, ends_sentence, starts_lower

_MOST_WORDS = 40
_MOST_LINES = 4
_MOST_WORDS_PLAIN = 20  # of a heading that only its shortness shows
_MOST_WORDS_UNSTYLED = 8
_MOST_WORDS_OVER_LIST = 4
_PARAGRAPH_WORDS = 15  # from which a block is no line of a list or an address
_LARGER = 0.8  # points above the body's size

# "Lead inspector: A. Sample" stands in a list of names.
_FIELD = re.compile(r"^(?:[^\W\d][\w’'-]*\s+){0,3}[^\W\d][\w’'-]*\s*:\s+[A-Z]")

Rank = tuple[float, bool, bool]


def is_heading(block: Block, following: Block | None, body: Typography) -> bool:
    """Whether the block is a heading, by its size or weight; in plain text by its shortness."""
    text = block.text
    words = len(text.split())
    if not words or words > _MOST_WORDS or len(block.lines) > _MOST_LINES:
        return False
    if block.label and block.label.kind == "bullet":
        return False
    if _is_distinct(block, body):
        return not ends_sentence(text) or text.rstrip().endswith((":", "?")) or len(block.lines) < 3
    if body.size is None:
        return _is_plain_heading(block, following)
    return _is_unstyled_heading(block, following, body)


def _is_distinct(block: Block, body: Typography) -> bool:
    """Whether every line is larger, bolder or more slanted than the body text."""
    if body.size is None:
        return all(line.bold for line in block.lines)
    large = all((line.size or 0.0) > body.size + _LARGER for line in block.lines)
    weighty = all(line.bold or line.italic for line in block.lines)
    return large or (weighty and not any(body.is_small(line) for line in block.lines))


def _is_plain_heading(block: Block, following: Block | None) -> bool:
    """A short line by itself, no sentence, with something beneath it that begins anew."""
    text = block.text
    apart = block.spaced or block.lines[0].text.startswith(" ")  # a converter's page break
    if block.label or not apart or len(text.split()) > _MOST_WORDS_PLAIN:
        return False
    if text.startswith("(") or (ends_sentence(text) and not _heads_list(text, following)):
        return False
    if following is None or starts_lower(text) or _FIELD.match(text):
        return False
    return following.label is not None or not starts_lower(following.text)


def _heads_list(text: str, following: Block | None) -> bool:
    """Whether it is a question, or a word or two above a list: "Within three months:"."""
    short = text.endswith(":") and len(text.split()) <= _MOST_WORDS_OVER_LIST
    bulleted = following is not None and following.label and following.label.kind == "bullet"
    return text.endswith("?") or bool(short and bulleted)


def _is_unstyled_heading(block: Block, following: Block | None, body: Typography) -> bool:
    """A line set as body text, with no end of a sentence, above an item or a paragraph."""
    text = block.text
    if block.label or not block.spaced or len(block.lines) > 1 or body.is_small(block.last):
        return False
    if not text[:1].isupper() or ":" in text or ends_sentence(text):
        return False
    if len(text.split()) > _MOST_WORDS_UNSTYLED:
        return False
    if following is None or following.lines[0].page != block.last.page:
        return False
    return following.label is not None or len(following.text.split()) >= _PARAGRAPH_WORDS


def rank(block: Block) -> Rank:
    """What makes one heading stand above another: size, then weight, then slant."""
    size = max(line.size or 0.0 for line in block.lines)
    bold = all(line.bold for line in block.lines)
    return (round(size), bold, all(line.italic for line in block.lines))


@dataclass(slots=True)
class Outline:
    """The headings above the place that has been reached."""

    _open: list[tuple[Rank, str]] = field(default_factory=list)
    _unused: bool = False  # no paragraph stands under the last heading yet

    def enter(self, text: str, level: Rank) -> None:
        """Pass a heading: it closes those of its own and lower ranks."""
        keeps = [(other, title) for other, title in self._open if other > level]
        if self._unused and self._open and self._open[-1][0] == level and level[0] == 0.0:
            keeps = self._open[-1:]  # plain text shows no ranks: a heading under a heading
        self._open = [*keeps, (level, text)]
        self._unused = True

    def use(self) -> tuple[str | None, str | None]:
        """The nearest heading and the one above it, for a paragraph."""
        self._unused = False
        titles = [title for _, title in self._open]
        return (titles[-1] if titles else None, titles[-2] if len(titles) > 1 else None)
