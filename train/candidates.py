"""What the search puts before a reranker, with what it found each for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from index.library import Library
from index.model import Filter
from index.query import encoded_text
from index.search import CANDIDATES, points_of
from train.data import Item, locate

ELSEWHERE = 6  # of so many questions one is put to another authority's documents besides


@dataclass(frozen=True, slots=True)
class Asked:
    """A training question and where its answer is to be found."""

    question: str
    authority: str
    paragraph_id: str


@dataclass(frozen=True, slots=True)
class Shortlist:
    """A question with what the search found for it, best first."""

    query: str  # as an encoder reads it
    texts: tuple[str, ...]
    points: npt.NDArray[np.float64]
    groups: npt.NDArray[np.int64]  # a higher one goes before, whatever the points
    answer: int | None  # its place; None where the search missed it or was not to find it
    elsewhere: bool  # put to another authority's documents


def questions_of(library: Library, items: Sequence[Item], most: int, seed: int) -> list[Asked]:
    """Return some training questions about paragraphs that the library holds."""
    cards = {card.document.document_id: card.document for card in library.documents()}
    found = locate(items, (library.document(document_id) for document_id in cards))
    asked = [
        Asked(question, cards[found[item.id].partition("#")[0]].authority or "", found[item.id])
        for item in items
        if item.id in found
        for question in item.questions
    ]
    order = np.random.default_rng(seed).permutation(len(asked))[:most]
    return [asked[place] for place in sorted(order)]


def gather(library: Library, asked: Sequence[Asked], seed: int) -> Iterator[Shortlist]:
    """Yield the shortlist of each question in its own authority, of some in another one.

    Only there: what another authority's report says on the same theme would often answer too.
    """
    generator = np.random.default_rng(seed)
    authorities = sorted({one.authority for one in asked})
    library.config = replace(library.config, rerank=0)
    for place, one in enumerate(asked):
        yield _shortlist(library, one, one.authority)
        others = [authority for authority in authorities if authority != one.authority]
        if others and place % ELSEWHERE == 0:
            yield _shortlist(library, one, others[generator.integers(len(others))])


def _shortlist(library: Library, asked: Asked, authority: str) -> Shortlist:
    hits = library.search(asked.question, CANDIDATES, Filter(authority=authority))
    ids = [hit.paragraph_id for hit in hits]
    return Shortlist(
        query=encoded_text(library.plan(asked.question)),
        texts=tuple(hit.text for hit in hits),
        points=np.array([points_of(hit.score) for hit in hits]),
        groups=np.array([int(hit.score) for hit in hits], np.int64),
        answer=ids.index(asked.paragraph_id) if asked.paragraph_id in ids else None,
        elsewhere=authority != asked.authority,
    )
