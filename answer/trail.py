"""One authority over time: its inspections, a question across them, and what became of advice."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from answer.errors import AnswerError
from answer.judgement_line import Grade, grades
from index.library import Library
from index.model import CitedParagraph, DocumentCard, Filter, Hit
from index.records import slug
from ingest.model import Document

PER_INSPECTION = 3  # paragraphs that answer, of each inspection
_LOOKED_THROUGH = 10  # hits among which the one is that is nearest in meaning
_NEAR = 0.37  # similarity from which on a paragraph is on the same subject (docs/census.md)
# "(Recommendation)" ends a finding that a recommendation was made of, and is none itself.
_FINDING = re.compile(r"\(recommendations?\.?\)\W*$", re.IGNORECASE)
_NONE_MADE = re.compile(
    r"\b(?:not find any|no (?:areas|recommendations)|none identified)\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(
    r"\s*[(\[](?:see )?(?:paragraphs?|paras?\.?|recommendations?)\b[^)\]]*[)\]]", re.IGNORECASE
)
_SAYS = frozenset({"numbered", "prose", "bullet"})  # kinds of paragraphs that hold findings


@dataclass(frozen=True, slots=True)
class Stop:
    """One inspection on the line, with what it says to the question."""

    card: DocumentCard
    grades: tuple[Grade, ...]
    hits: tuple[Hit, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A recommendation and what the next inspection of its kind says on the subject."""

    recommendation: CitedParagraph
    next_document_id: str
    found: Hit | None  # None: the next one says nothing that is near enough


@dataclass(frozen=True, slots=True)
class Trail:
    """An authority's inspections from the first to the latest."""

    authority: str
    question: str
    stops: tuple[Stop, ...]
    links: tuple[Link, ...] = ()


def trail(
    library: Library,
    authority: str,
    question: str = "",
    *,
    links: bool = True,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Trail:
    """An authority's inspections, asked one question, each followed to the next.

    What retells an inspection is left out. What `progress` raises ends the work.

    Raises AnswerError where the library holds no inspection of the authority.
    """
    cards = inspections(library, authority)
    stops = []
    for done, card in enumerate(cards):
        progress(done, len(cards))
        hits = _answers(library, card, question) if question.strip() else ()
        stops.append(Stop(card, grades(card.document), hits))
    progress(len(cards), len(cards))
    followed = follow_all(library, authority, progress) if links else ()
    return Trail(cards[0].document.authority or authority, question, tuple(stops), followed)


def follow_all(
    library: Library,
    authority: str,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Link, ...]:
    """Every recommendation of an authority's inspections, followed to the next one.

    What `progress` raises ends the work.

    Raises AnswerError where the library holds no inspection of the authority.
    """
    advised = _advice(library, inspections(library, authority))
    if not advised:
        return ()
    links = []
    for done, (recommendation, following) in enumerate(advised):
        progress(done, len(advised))
        links.append(follow(library, recommendation, following.document))
    progress(len(advised), len(advised))
    return tuple(links)


def inspections(library: Library, authority: str) -> list[DocumentCard]:
    """An authority's inspections, the earliest first.

    Raises AnswerError where there is none.
    """
    cards = [
        card
        for card in library.documents()
        if slug(card.document.authority or "") == slug(authority) and not card.document.second_hand
    ]
    if not cards:
        held = {card.document.authority for card in library.documents()} - {None}
        near = get_close_matches(authority, sorted(map(str, held)), n=3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        raise AnswerError(f"The library holds no inspection of {authority!r}.{hint}")
    return sorted(cards, key=lambda card: (_when(card.document), card.document.document_id))


def recommendations(library: Library, document_id: str) -> list[CitedParagraph]:
    """What an inspection asks to be improved, in its order."""
    return [
        cited
        for cited in library.paragraphs(document_id)
        if _recommends(cited) and not _NONE_MADE.search(cited.paragraph.text)
    ]


def next_inspection(cards: Sequence[DocumentCard], document_id: str) -> DocumentCard | None:
    """The inspection of the same kind that comes next, of one authority's in their order."""
    place = next(at for at, card in enumerate(cards) if card.document.document_id == document_id)
    kind = cards[place].document.kind
    return next((card for card in cards[place + 1 :] if card.document.kind == kind), None)


def follow(library: Library, recommendation: CitedParagraph, following: Document) -> Link:
    """What the next inspection says on the subject of a recommendation."""
    subject = _POINTS_BACK.sub("", recommendation.paragraph.text)
    within = Filter(document_id=following.document_id)
    hits = library.search(subject, _LOOKED_THROUGH, within, rerank=False)  # ranked anew below
    near = [hit for hit in hits if hit.kind in _SAYS and (hit.similarity or 0) >= _NEAR]
    found = max(near, key=lambda hit: (hit.similarity or 0) + hit.coverage / 2, default=None)
    return Link(recommendation, following.document_id, found)


def _advice(
    library: Library, cards: Sequence[DocumentCard]
) -> list[tuple[CitedParagraph, DocumentCard]]:
    """Every recommendation with the next inspection of the same kind."""
    return [
        (recommendation, following)
        for card in cards
        if (following := next_inspection(cards, card.document.document_id))
        for recommendation in recommendations(library, card.document.document_id)
    ]


def _answers(library: Library, card: DocumentCard, question: str) -> tuple[Hit, ...]:
    """The best paragraphs, none that has neither a word nor the meaning of the question."""
    where = Filter(document_id=card.document.document_id)
    hits = library.search(question, _LOOKED_THROUGH, where)
    near = [hit for hit in hits if hit.coverage > 0 or hit.similarity >= _NEAR]
    return tuple(hit for hit in near if hit.kind != "boilerplate")[:PER_INSPECTION]


def _recommends(cited: CitedParagraph) -> bool:
    paragraph = cited.paragraph
    advises = paragraph.recommendation or paragraph.kind == "recommendation"
    retold = "summary for children" in (paragraph.heading or "").lower()
    return advises and not retold and not _FINDING.search(paragraph.text)


def _when(document: Document) -> str:
    dated = document.inspection_end or document.published or document.file_date
    return dated.isoformat() if dated else ""
