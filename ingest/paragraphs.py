"""Pages of lines become citable paragraphs: the numbered run, headings, bullets, page spans."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from ingest.blocks import Block, blocks_of, has_room, joined
from ingest.columns import Frame, frames_of, margins_of, with_column_measures
from ingest.footnotes import Footnote
from ingest.furniture import part
from ingest.headings import Outline, is_heading, rank
from ingest.labels import labelled
from ingest.model import Box, Line, Page, Paragraph, ParagraphKind, SetAside, Structure
from ingest.numbering import hangs, run_of
from ingest.typography import Typography, ends_sentence, measure, starts_lower

_SHORT_SENTENCE = 25  # words
_NEAR = 6.0  # points: the same indent
_RECOMMENDS = re.compile(
    r"^(?:\w+ )?recommendations?\b|^areas? for (?:improvement|priority|development)"
    r"|^what (?:needs|does .* need) to (?:improve|change)|^priority\b.*\baction"
    r"|^immediately\b|^within \w+ (?:months?|weeks?)\b",
    re.IGNORECASE,
)
_SUMMARISES = re.compile(
    r"summary\b|^headline findings|^inspection outcome|^the overall judge?ment"
)
_COVER_FIELD = re.compile(r"^(?:[^\W\d][\w’'-]*\s+){0,3}[^\W\d][\w’'-]*\s*:\s+\S")
_GREETING = re.compile(r"^dear\b", re.IGNORECASE)
_NAMES = re.compile(r"\binspection team$|^inspectors?$", re.IGNORECASE)
_IMPRINT = re.compile(r"^©|\bcrown copyright\b", re.IGNORECASE)
_SIGNATURE = re.compile(r"^yours (?:sincerely|faithfully|truly)\b", re.IGNORECASE)


def find_paragraphs(pages: Sequence[Page]) -> Structure:
    """The paragraphs of a document in reading order, what belongs to none, and what looks odd."""
    body = measure(pages)
    parted = part(pages, body)
    taken = list(parted.set_aside)
    frames = [frame for page in parted.pages for frame in frames_of(page, body, taken)]
    blocks = _joined_over_frames(with_column_measures(frames))
    blocks, numbered = _with_run(blocks)
    items, unused = _Assembly(body, parted.footnotes).items(blocks, numbered)
    taken += [SetAside(_headings_place(block), block.lines[0].page, block.text) for block in unused]
    bullets = {at for at, item in enumerate(items) if item.is_bullet}
    paragraphs = labelled([_paragraph(item, parted.footnotes) for item in items], bullets)
    numbers = [int(block.label.sign) for block in numbered if block.label]
    warnings = (*_run_warnings(numbers), *_empty_pages(pages))
    return Structure(paragraphs=paragraphs, set_aside=tuple(taken), warnings=warnings)


def _headings_place(block: Block) -> Literal["cover", "heading"]:
    return "cover" if block.lines[0].page == 1 else "heading"


# --- pages -----------------------------------------------------------------------------------


def _joined_over_frames(frames: Sequence[Frame]) -> list[Block]:
    """All blocks, those that the end of a page or column cut in two made one again."""
    blocks: list[Block] = []
    before: Typography | None = None
    for frame, margin in zip(frames, margins_of(frames), strict=True):
        first, *rest = blocks_of(frame.lines, frame.body, margin)
        if before and _goes_on(blocks[-1], first, before):
            blocks[-1] = blocks[-1].with_lines(first.lines)
        else:
            blocks.append(first)
        blocks += rest
        before = frame.body
    return blocks


def _goes_on(last: Block, first: Block, body: Typography) -> bool:
    """Whether the last block of a page or column goes on in the first of the next."""
    if is_heading(first, None, body) or is_heading(last, first, body):
        return False
    aligned = _is_aligned(last, first)
    if first.label and (first.label.kind == "bullet" or not aligned or hangs(first)):
        return False
    if not ends_sentence(last.text):
        full = not has_room(first.lines[0], last, body, loose=True)
        return (full or last.label is not None) and (aligned or starts_lower(first.text))
    if first.label or last.label:
        return aligned and first.label is None
    # What stands alone at the top of a page, and is no sentence, is not a paragraph's last line.
    return aligned and ends_sentence(first.text) and not has_room(first.lines[0], last, body)


def _is_aligned(last: Block, first: Block) -> bool:
    """Whether the next page's text stands where the last page's would have gone on.

    Or as far from the left margin, where left and right pages mirror each other, and columns.
    """
    if last.hang is None or first.left is None:
        return True
    shift = first.margin - last.margin
    return any(abs(last.hang + by - first.left) <= _NEAR for by in (0.0, shift))


# --- the run ---------------------------------------------------------------------------------


def _with_run(blocks: Sequence[Block]) -> tuple[list[Block], list[Block]]:
    """The blocks and, among them, those of the run; numbers that are no items lose their label.

    A block that only such a number had parted from the text before it goes back to it.
    """
    run = set(run_of(blocks))
    kept: list[Block] = []
    numbered: list[Block] = []
    for at, block in enumerate(blocks):
        if block.label is None or block.label.kind == "bullet":
            kept.append(block)
        elif at in run:
            kept.append(block)
            numbered.append(block)
        elif kept and not block.spaced and not kept[-1].last.bold:
            above = kept.pop()
            merged = above.with_lines(block.lines)
            kept.append(merged)
            numbered = [merged if other is above else other for other in numbered]
        else:
            kept.append(replace(block, label=None))
    return kept, numbered


def _run_warnings(numbers: Sequence[int]) -> Iterable[str]:
    """What looks odd in the run, in plain words."""
    for before, number in pairwise(numbers):
        if number == before:
            yield f"paragraph number {number} is printed twice in the source"
        elif number == 1:
            yield f"the paragraph numbers begin again at 1 after {before}"
        elif number < before:
            yield f"paragraph number {number} follows {before} in the source"
        elif number == before + 2:
            yield f"paragraph {before + 1} is missing in the source"
        elif number > before + 2:
            yield f"paragraphs {before + 1} to {number - 1} are missing in the source"
    if numbers and numbers[0] > 1:
        yield f"the first paragraph number is {numbers[0]}"


def _empty_pages(pages: Sequence[Page]) -> Iterable[str]:
    for page in pages:
        if not page.lines and page.number is not None:
            yield f"page {page.number} has no text: probably scanned"


# --- paragraphs ------------------------------------------------------------------------------


@dataclass(slots=True)
class _Item:
    """A paragraph in the making."""

    kind: ParagraphKind
    heading: str | None
    section: str | None
    number: str | None = None
    blocks: list[Block] = field(default_factory=list)
    titles: list[Block] = field(default_factory=list)  # headings that it is the first under

    @property
    def text(self) -> str:
        return joined([block.text for block in self.blocks])

    @property
    def is_bullet(self) -> bool:
        label = self.blocks[0].label
        return label is not None and label.kind == "bullet"


class _Assembly:
    """Blocks in reading order become paragraphs under their headings."""

    def __init__(self, body: Typography, footnotes: Sequence[Footnote]) -> None:
        self._body = body
        self._footnotes = footnotes
        self._outline = Outline()
        self._items: list[_Item] = []
        self._open: _Item | None = None  # the numbered paragraph that may go on
        self._unused: list[Block] = []  # headings with nothing under them yet
        self._lone: list[Block] = []  # headings that nothing stood under

    def items(
        self, blocks: Sequence[Block], numbered: Sequence[Block]
    ) -> tuple[list[_Item], list[Block]]:
        """The paragraphs, and the headings that have none under them."""
        run = {id(block) for block in numbered}
        opening = next((i for i, b in enumerate(blocks) if _GREETING.match(b.last.text)), -1)
        closing = next((i for i, b in enumerate(blocks) if _SIGNATURE.match(b.text)), len(blocks))
        closing = min(closing, _imprint_start(blocks, run))
        for at, block in enumerate(blocks):
            following = blocks[at + 1] if at + 1 < len(blocks) else None
            if id(block) in run:
                self._number(block)
            elif self._belongs(block):
                self._open.blocks.append(block)  # type: ignore[union-attr]
            elif at <= opening or at >= closing:
                self._add("boilerplate", block)
            elif self._is_cover_line(block):
                self._lone.append(block)
            elif is_heading(block, following, self._body) or (
                self._open and id(following) in run and self._is_interjected(block)
            ):
                self._head(block)
            else:
                self._add(self._kind(block), block)
        return self._items, [*self._lone, *self._unused]

    def _number(self, block: Block) -> None:
        self._add("numbered", block)
        item = self._items[-1]
        item.number = block.label.sign if block.label else None
        self._open = item

    def _belongs(self, block: Block) -> bool:
        """Whether the block goes on with the numbered paragraph: its bullets, its later lines."""
        if self._open is None or is_heading(block, None, self._body):
            return False
        first = self._open.blocks[0]
        if not ends_sentence(self._open.text) and starts_lower(block.text):
            return True
        if block.label:
            deeper = block.left is None or first.left is None or block.left > first.left + _NEAR
            return deeper or self._open.text.endswith(":")
        if block.left is None or first.hang is None or first.left is None:
            return block.text.startswith("(")  # "(Recommendation.)"
        return first.hang > first.left + _NEAR and abs(block.left - first.hang) <= _NEAR

    def _is_cover_line(self, block: Block) -> bool:
        """Whether it is a line of the cover, no heading and no sentence: "Lead inspector: ..."."""
        if self._items or ends_sentence(block.text):
            return False
        printed = block.last.page == 1 and len(block.text.split()) <= _SHORT_SENTENCE
        set_as_body = not any(line.bold or self._is_large(line) for line in block.lines)
        return (printed and set_as_body) or _COVER_FIELD.match(block.text) is not None

    def _is_large(self, line: Line) -> bool:
        return bool(self._body.size and line.size and line.size > self._body.size)

    def _is_interjected(self, block: Block) -> bool:
        """Whether it is a heading put as a sentence, between two numbered paragraphs of plain text.

        "The graded judgement for adoption performance is that it requires improvement."
        """
        short = len(block.lines) <= 2 and len(block.text.split()) <= _SHORT_SENTENCE
        return self._body.size is None and short and not starts_lower(block.text)

    def _head(self, block: Block) -> None:
        self._open = None
        self._outline.enter(block.text, rank(block))
        if self._unused and rank(self._unused[-1]) <= rank(block):
            self._lone += self._unused
            self._unused = []
        self._unused.append(block)

    def _add(self, kind: ParagraphKind, block: Block) -> None:
        self._open = None
        heading, section = self._outline.use()
        self._items.append(_Item(kind, heading, section, blocks=[block], titles=self._unused))
        self._unused = []

    def _kind(self, block: Block) -> ParagraphKind:
        heading, section = self._outline.use()
        if self._body.is_small(block.lines[0]) or (heading and _NAMES.search(heading)):
            return "boilerplate"
        if _recommends(heading, section):
            return "recommendation"
        if block.label:
            return "bullet"
        return "summary" if heading and _SUMMARISES.search(heading.lower()) else "prose"


def _imprint_start(blocks: Sequence[Block], run: set[int]) -> int:
    """Where the imprint begins: the blocks around "© Crown copyright" on the last pages.

    They go back on their page to the last heading or numbered paragraph.
    """
    sign = next((i for i, b in enumerate(blocks) if _IMPRINT.search(b.last.text)), None)
    if sign is None or any(id(block) in run for block in blocks[sign:]):
        return len(blocks)
    page = blocks[sign].last.page
    while (
        page and sign and blocks[sign - 1].lines[0].page == page and id(blocks[sign - 1]) not in run
    ):
        if blocks[sign - 1].last.bold:
            break
        sign -= 1
    return sign


def _recommends(heading: str | None, section: str | None) -> bool:
    return any(title is not None and _RECOMMENDS.search(title) for title in (heading, section))


def _paragraph(item: _Item, footnotes: Sequence[Footnote]) -> Paragraph:
    lines = [line for block in item.blocks for line in block.lines]
    pages = [line.page for line in lines if line.page is not None]
    recommends = _recommends(item.heading, item.section)
    return Paragraph(
        key="",
        number=item.number,
        kind=item.kind,
        heading=item.heading,
        text=item.text,
        page_start=min(pages, default=None),
        page_end=max(pages, default=None),
        section=item.section,
        recommendation=recommends and item.kind in ("numbered", "recommendation"),
        notes=tuple(_notes(item, footnotes)),
        boxes=tuple(_boxes(item)),
        recognised=any(line.recognised for line in lines),
    )


def _notes(item: _Item, footnotes: Sequence[Footnote]) -> Iterable[str]:
    """The footnotes that its marks and its new headings' point to, on the mark's own page."""
    for block in (*item.titles, *item.blocks):
        for line in block.lines:
            for mark in line.marks:
                for note in footnotes:
                    if note.sign == mark.sign and note.page == line.page:
                        yield note.text


def _boxes(item: _Item) -> Iterable[Box]:
    """One rectangle for each page of each block."""
    for block in item.blocks:
        pages = dict.fromkeys(line.page for line in block.lines)
        for page in pages:
            boxes = [line.box for line in block.lines if line.box and line.page == page]
            if boxes:
                yield Box(
                    page=boxes[0].page,
                    left=min(box.left for box in boxes),
                    bottom=min(box.bottom for box in boxes),
                    right=max(box.right for box in boxes),
                    top=max(box.top for box in boxes),
                )
