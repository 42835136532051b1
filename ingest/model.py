"""What reading a file gives: a Document of Paragraphs, and the Lines they were made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

ParagraphKind = Literal["numbered", "recommendation", "bullet", "prose", "summary", "boilerplate"]
DocumentKind = Literal[
    "inspection",
    "monitoring visit",
    "focused visit",
    "joint targeted area inspection",
    "area SEND inspection",
    "web page",
    "news article",
    "other",
]
SECOND_HAND: frozenset[str] = frozenset({"web page", "news article"})


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in PDF points from the page's lower left corner."""

    page: int  # 1-based
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A raised sign that points to a footnote, or that begins one. It is no part of the text."""

    sign: str
    at: int  # the text's length before it; 0 where it begins the line


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, with what its typography tells. Text files leave the last fields unset."""

    text: str
    page: int | None = None  # 1-based
    box: Box | None = None
    size: float | None = None  # of most of its letters, points
    bold: bool = False
    blank_before: bool = False  # an empty line (text formats) or a table's rule stands before it
    italic: bool = False
    marks: tuple[Mark, ...] = ()
    second_left: float | None = None  # where its second word begins: the text after a label
    cells: tuple[Line, ...] = ()  # its parts, where wide gaps make columns of it
    recognised: bool = False  # read from a picture


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document (a text file is a single page without a number)."""

    number: int | None  # 1-based
    lines: tuple[Line, ...]
    width: float | None = None  # points
    height: float | None = None
    picture: bool = False  # an image stands on it and no text


@dataclass(frozen=True, slots=True)
class Source:
    """What a reader makes of a file, before anything is understood."""

    pages: tuple[Page, ...]
    properties: Mapping[str, str] = field(default_factory=dict)  # what the file says of itself
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line that belongs to no paragraph: kept, so that nothing is lost silently."""

    kind: Literal[
        "header", "footer", "page number", "footnote", "contents", "cover", "table", "heading"
    ]
    page: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The citable unit."""

    key: str  # unique in its document: "p87"
    number: str | None  # as printed
    kind: ParagraphKind
    heading: str | None  # nearest one, as printed
    text: str  # verbatim, without the number, footnote marks and page furniture
    page_start: int | None = None  # PDF page, 1-based
    page_end: int | None = None
    label: str = ""  # "para 87", "3rd bullet under 'What needs to improve?', p. 2"
    section: str | None = None  # the heading above the heading, where there is one
    recommendation: bool = False
    notes: tuple[str, ...] = ()  # footnotes whose marks it carries
    boxes: tuple[Box, ...] = ()  # where it stands, at least one for each page
    recognised: bool = False  # read from a picture by character recognition
    correction: str | None = None  # what was put right by hand, as a sentence


@dataclass(frozen=True, slots=True)
class Structure:
    """The paragraphs of a document and the lines that belong to none."""

    paragraphs: tuple[Paragraph, ...]
    set_aside: tuple[SetAside, ...] = ()
    warnings: tuple[str, ...] = ()  # what looks odd, in plain words


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the cover, the file's name and sources.toml tell of a document."""

    title: str | None = None
    publisher: str | None = None
    authority: str | None = None
    kind: DocumentKind = "other"
    inspection_start: date | None = None
    inspection_end: date | None = None
    published: date | None = None
    file_date: date | None = None
    judgements: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read."""

    doc: str  # the file's name without its folder
    document_id: str
    sha256: str
    paragraphs: tuple[Paragraph, ...]
    title: str | None = None
    publisher: str | None = None
    authority: str | None = None
    kind: DocumentKind = "other"
    inspection_start: date | None = None
    inspection_end: date | None = None
    published: date | None = None  # as printed on the cover
    file_date: date | None = None  # in the file's name
    judgements: Mapping[str, str] = field(default_factory=dict)  # as printed, in lower case
    pages: int | None = None
    origin: str | None = None  # where it was published
    rights: str | None = None
    repeats: str | None = None  # the doc that a second-hand source retells
    retells: str | None = None  # the report it retells, in words, where it is not to hand
    handed_over_as: str | None = None
    set_aside: tuple[SetAside, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year it is cited by: published, else of the file's name, else of the inspection."""
        dated = self.published or self.file_date or self.inspection_end
        return dated.year if dated else None

    def paragraph_id(self, paragraph: Paragraph) -> str:
        """The paragraph's stable address: "wandsworth-inspection-2016-02-16#p87"."""
        return f"{self.document_id}#{paragraph.key}"

    @property
    def second_hand(self) -> bool:
        """Whether it retells what somebody else published."""
        return self.kind in SECOND_HAND
