"""What the search puts before a reranker: one paragraph that answers, and others that do not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from index.library import Library
from index.model import Filter
from train.examples import Example
from train.held_back import Encode

DEPTH = 30  # first candidates, those that a reranker will be shown


@dataclass(frozen=True, slots=True)
class Shortlist:
    """A question with what the search found for it."""

    query: str
    authority: str
    answer: str
    answer_rank: int | None  # from 1; None where the search missed it
    rest: tuple[str, ...]  # best first


def gather(
    examples: Sequence[Example],
    library: Library,
    *,
    per_example: int,
    generator: np.random.Generator,
) -> Iterator[Shortlist]:
    """Yield the shortlists of some of each example's questions, searched in its own authority.

    Only there: what another authority's report says on the same theme would often answer too.
    """
    for example in examples:
        within = Filter(authority=example.authority)
        chosen = generator.permutation(len(example.queries))[:per_example]
        for query in [example.queries[place] for place in sorted(chosen)]:
            hits = library.search(query.text, top_k=DEPTH, filters=within)
            ranks = {hit.paragraph_id: hit.rank for hit in hits}
            yield Shortlist(
                query.text,
                example.authority,
                example.passage,
                ranks.get(example.paragraph_id),
                tuple(hit.text for hit in hits if hit.paragraph_id != example.paragraph_id),
            )


def without_repeats(
    shortlists: Sequence[Shortlist], encode: Encode, same: float
) -> Iterator[Shortlist]:
    """Yield the shortlists less what says the same as the answer: similarity above `same`."""
    if not shortlists:
        return
    texts = sorted({text for s in shortlists for text in (s.answer, *s.rest)})
    places = {text: place for place, text in enumerate(texts)}
    vectors = encode(texts)
    for shortlist in shortlists:
        answer = vectors[places[shortlist.answer]]
        rest = [t for t in shortlist.rest if float(vectors[places[t]] @ answer) <= same]
        yield Shortlist(
            shortlist.query,
            shortlist.authority,
            shortlist.answer,
            shortlist.answer_rank,
            tuple(rest),
        )
