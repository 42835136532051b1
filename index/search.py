"""Question -> paragraphs in their order: filters, scopes, candidates of both kinds, one score."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

import numpy as np

from index.bm25 import Bm25Config, Lexical, WordIndex
from index.dense import DenseIndex, Ids
from index.encoder import Vectors
from index.fusion import ranked
from index.lexical import with_phrases
from index.model import Filter, QueryPlan
from index.pinned import pinned
from index.places import Places
from index.query import concepts
from index.restriction import Restriction, of_documents, restriction
from index.scope import scopes
from index.store import Store
from ingest.limits import limit
from ingest.model import Document

WEIGHTS = Path(__file__).parent / "data" / "weights.json"  # written by `python -m train weights`
_CHOSEN = json.loads(WEIGHTS.read_text(encoding="utf-8"))


RERANK_VARIABLE = "PILCROW_RERANK"
CHARACTERS_VARIABLE = "PILCROW_QUESTION_CHARACTERS"
MOST_CHARACTERS = 4000  # the longest paragraphs, pasted in whole, have fewer
CANDIDATES = 30  # that a reranker reads


def _read_again() -> int:
    return 0 if os.environ.get(RERANK_VARIABLE, "").lower() in ("off", "0", "no") else CANDIDATES


@dataclass(frozen=True, slots=True)
class SearchConfig:
    """How paragraphs are ranked; every figure is from docs/retrieval.md or docs/training.md."""

    depth: int = 200  # candidates of each kind
    dense_weight: float = _CHOSEN["dense_weight"]  # points of BM25 that a cosine of 1 is worth
    brief: int = 14  # words; a paragraph of no more names a subject and seldom says anything of it
    brief_weight: float = 0.8  # what the points of such a paragraph are multiplied by
    feedback: float = 0.4  # how far the question's vector moves towards what is found first
    feedback_from: int = 3  # paragraphs
    bm25: Bm25Config = field(default_factory=Bm25Config)
    highlights: int = 2  # sentences emphasised in a hit
    most_characters: int = field(  # of a question: of a longer one its beginning is asked
        default_factory=lambda: limit(CHARACTERS_VARIABLE, MOST_CHARACTERS)
    )
    rerank: int = field(default_factory=_read_again)  # first candidates; 0 reads none again
    rerank_weight: float = _CHOSEN["rerank_weight"]  # points that log odds of 1 are worth


@dataclass(frozen=True, slots=True)
class Scored:
    """A paragraph's row and its score; a higher whole number goes before any fraction."""

    row: int
    score: float
    coverage: float  # see Hit
    similarity: float = 0.0  # see Hit
    relevance: float | None = None  # see Hit


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is searched: one version of a library."""

    store: Store
    dense: DenseIndex
    words: WordIndex
    places: Places
    documents: Mapping[int, Document]  # by row, without their paragraphs


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready: every paragraph's BM25 score and the question's vector."""

    lexical: Lexical
    vector: Vectors | None


def find(
    corpus: Corpus,
    plan: QueryPlan,
    vector: Vectors | None,
    *,
    filters: Filter,
    top_k: int,
    config: SearchConfig,
) -> list[Scored]:
    """The paragraphs that answer best, best first, ties by paragraph_id.

    First stand those whose printed number the question cites, then those of the authority and
    year that it names, then the rest; a filter and a quoted phrase bind all of them. A first
    pass finds what the question's vector is moved towards for the second (pseudo-relevance
    feedback).
    """
    store = corpus.store
    allowed = restriction(filters)
    if plan.phrases:
        allowed = allowed.both(
            Restriction.to(with_phrases(store.connection, corpus.words, plan.phrases, allowed))
        )
    query = Query(corpus.words.score(concepts(plan), config.bm25), vector)
    groups = [_rows(corpus, group) for group in _groups(corpus, plan, allowed)]
    if vector is not None and config.feedback:
        first = _ranked(corpus, query, groups, config.feedback_from, config)
        query = replace(query, vector=_moved(vector, store.vectors_of(first), config.feedback))
    deep = replace(config, depth=max(config.depth, top_k))
    found = list(_ranked(corpus, query, groups, top_k, deep).values())
    return found if vector is None else _with_similarity(corpus, vector, found)


def _with_similarity(corpus: Corpus, vector: Vectors, found: list[Scored]) -> list[Scored]:
    """What was found with the cosine of each and the question as it was asked."""
    rows = np.array([scored.row for scored in found], np.int64)
    cosines = dict(corpus.dense.search(vector, len(rows), rows))
    return [replace(scored, similarity=cosines.get(scored.row, 0.0)) for scored in found]


def _rows(corpus: Corpus, allowed: Restriction) -> Ids:
    return corpus.store.rows(allowed) if allowed.query else corpus.words.rows


def _moved(vector: Vectors, found: Vectors, share: float) -> Vectors:
    """Return the question's vector moved towards the mean of others (Rocchio, 1971)."""
    if not len(found):
        return vector
    moved: Vectors = vector + np.float32(share) * found.mean(axis=0)
    moved /= np.linalg.norm(moved)
    return moved


def _ranked(
    corpus: Corpus, query: Query, groups: Sequence[Ids], top_k: int, config: SearchConfig
) -> dict[int, Scored]:
    """The first paragraphs by row, best first: all of a group before any of the next."""
    found: dict[int, Scored] = {}
    for place, group in enumerate(groups):
        scores = _candidates(corpus, query, group, config) if len(found) < top_k else {}
        for row in ranked(scores, corpus.store.names(list(scores))):
            score = len(groups) - 1 - place + scores[row]
            found.setdefault(row, Scored(row, score, _coverage(corpus, query, row)))
    return dict(islice(found.items(), top_k))


def _coverage(corpus: Corpus, query: Query, row: int) -> float:
    """Return how much of the most that words could score a paragraph does.

    A question of a citation alone asks for no words, and none are missing.
    """
    place = np.searchsorted(corpus.words.rows, row)
    points = float(query.lexical.scores[place])
    return round(points / query.lexical.most, 4) if query.lexical.most else 1.0


def _groups(corpus: Corpus, plan: QueryPlan, allowed: Restriction) -> Iterator[Restriction]:
    """What is searched first, second, and so on; the last is everything allowed."""
    named = scopes(plan, corpus.documents)
    narrowest = allowed.both(of_documents(sorted(named[0]))) if named else allowed
    if plan.place:
        rows = pinned(corpus.store, plan.place, named[0] if named else frozenset())
        yield allowed.both(Restriction.to(rows))
    if plan.paragraphs:
        numbered = (corpus.store.numbered(number, narrowest) for number in plan.paragraphs)
        yield Restriction.to([row for rows in numbered for row in rows])
    for documents in named:
        yield allowed.both(of_documents(sorted(documents)))
    yield allowed


def _candidates(corpus: Corpus, query: Query, rows: Ids, config: SearchConfig) -> dict[int, float]:
    """The scores of the best paragraphs among those, each between 0 and 1."""
    places = np.searchsorted(corpus.words.rows, rows)
    brief = corpus.words.lengths[places] <= config.brief
    weights = np.where(brief, config.brief_weight, 1.0)
    lexical = query.lexical.scores[places]
    best = rows[np.argsort(-lexical, kind="stable")[: config.depth]]
    points = dict.fromkeys(best.tolist(), 0.0) | dict(_similar(corpus, query, rows, best, config))
    by_row = dict(
        zip(rows.tolist(), zip(lexical.tolist(), weights.tolist(), strict=True), strict=True)
    )
    scores = {}
    for row, cosine in points.items():
        said, weight = by_row[row]
        if said > 0 or query.vector is not None:
            scores[row] = _fraction(weight * (said + config.dense_weight * max(cosine, 0.0)))
    return scores


def _similar(
    corpus: Corpus, query: Query, rows: Ids, best: Ids, config: SearchConfig
) -> list[tuple[int, float]]:
    """The cosines of the nearest paragraphs and of those that BM25 found besides."""
    if query.vector is None:
        return []
    whole = len(rows) == len(corpus.words.rows)
    nearest = corpus.dense.search(query.vector, config.depth, None if whole else rows)
    missing = np.setdiff1d(best, [row for row, _ in nearest]).astype(np.int64)
    return [*nearest, *corpus.dense.search(query.vector, len(missing), missing)]


def _fraction(total: float) -> float:
    """Points as a number below 1 in the same order, rounded so that ties are ties."""
    return round(total / (total + 20.0), 6)


def points_of(score: float) -> float:
    """The points behind a score, its group left out."""
    fraction = score - int(score)
    return 20.0 * fraction / (1.0 - fraction)
