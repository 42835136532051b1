"""What a library is asked with and what it answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ingest.model import Document, Paragraph


@dataclass(frozen=True, slots=True)
class Filter:
    """Which paragraphs may be found; an unset field allows all."""

    authority: str | None = None  # a name in any case, or its slug
    year_from: int | None = None
    year_to: int | None = None
    kind: str | None = None  # of the document
    paragraph_kind: str | None = None
    document_id: str | None = None
    subject: str | None = None  # one of index.standing.SUBJECTS: of the part it stands in
    judgement: str | None = None  # one of index.standing.GRADES: of that part


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """What a question was understood as."""

    text: str  # as asked
    terms: tuple[str, ...] = ()  # content words, as they are looked up
    phrases: tuple[str, ...] = ()  # in double quotes: must occur
    expansions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # "b&b": (...)
    corrections: Mapping[str, str] = field(default_factory=dict)  # "wandswoth": "Wandsworth"
    authorities: tuple[str, ...] = ()  # named in the question
    years: tuple[int, ...] = ()  # named in the question
    paragraph: str | None = None  # a printed number cited in the question
    topic: str = ""  # the question without names of places, years and number, spelt right
    absent: tuple[str, ...] = ()  # authorities named that the library does not hold
    year_from: int | None = None  # "since 2016"
    year_to: int | None = None  # "until 2018"
    kinds: tuple[str, ...] = ()  # of documents named: "focused visit"
    moment: Literal["first", "latest"] | None = None  # "the last inspection"
    change: bool = False  # asks how something moved between inspections
    paragraphs: tuple[str, ...] = ()  # every printed number cited: "paras 87-89"
    documents: tuple[str, ...] = ()  # document_ids that a citation or an address names
    place: str | None = None  # a paragraph cited otherwise: by its label, or the key of an address
    # Years named of which there is no document of those authorities, and those of which there is.
    absent_years: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    absent_kinds: tuple[str, ...] = ()  # kinds named of which those authorities have no document
    # Of several authorities named those without a document of any year named, though others have
    # one, and the years of which they have one.
    lacking: Mapping[str, tuple[int, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A paragraph found, ready to be shown and cited."""

    rank: int  # from 1
    score: float  # higher is better; comparable within one result only
    doc: str
    document_id: str
    paragraph_id: str
    number: str | None
    label: str  # "para 87"
    citation: str  # "Wandsworth 2016, para 87"
    full_citation: str  # publisher, title, date, paragraph, page
    heading: str | None
    page_start: int | None
    page_end: int | None
    text: str
    highlights: tuple[str, ...]  # the sentences of text that match best, verbatim
    kind: str  # of the paragraph
    title: str | None
    authority: str | None
    year: int | None
    document_kind: str
    second_hand: bool
    section: str | None = None
    recommendation: bool = False
    recognised: bool = False
    notes: tuple[str, ...] = ()
    repeats: str | None = None  # doc of the report that a second-hand source retells
    handed_over_as: str | None = None
    # Share of what the question asks for that the text mentions, rare words counting more:
    # 0 to 1, and unlike the score comparable between questions.
    coverage: float = 0.0
    correction: str | None = None  # what was put right by hand, as a sentence
    # Cosine of the question and the text, -1 to 1: how near they are in meaning.
    similarity: float = 0.0
    # How likely the text answers the question, 0 to 1, by a reranker; None where none read it.
    relevance: float | None = None


@dataclass(frozen=True, slots=True)
class LibraryInfo:
    """What a library holds and what it was built with."""

    version: int  # counts committed changes
    documents: int
    paragraphs: int
    passages: int
    model: str
    model_sha256: str
    dim: int
    updated: str  # ISO date and time, UTC
    warnings: tuple[str, ...] = ()
    dense: str = "exact"  # how the vectors nearest to a question are found
    recall: float = 1.0  # share of the ten nearest that are found so, measured when it was made


@dataclass(frozen=True, slots=True)
class DocumentCard:
    """What is known of a document of the library, without its text."""

    document: Document  # its paragraphs and what was set aside left out
    name: str  # how citations call it: "Wandsworth 2016"
    paragraphs: int
    kinds: Mapping[str, int]  # paragraphs of each kind; a numbered recommendation counts in both


@dataclass(frozen=True, slots=True)
class CitedParagraph:
    """A paragraph where it stands in the library, with its citations."""

    paragraph_id: str
    document_id: str
    paragraph: Paragraph
    citation: str  # "Wandsworth 2016, para 87"
    full_citation: str  # publisher, title, date, paragraph, page


@dataclass(frozen=True, slots=True)
class Facets:
    """What can be filtered by, and how many documents each choice leaves."""

    authorities: Mapping[str, int]
    years: Mapping[int, int]
    kinds: Mapping[str, int]  # of documents
    paragraph_kinds: Mapping[str, int]  # paragraphs, not documents
