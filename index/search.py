"""Question -> paragraphs in their order: filters, scopes, candidates of both kinds, one score."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.bm25 import Bm25Config, Lexical, WordIndex
from index.cosines import Cosines
from index.dense import NOTHING, Ids
from index.encoder import Vectors
from index.fusion import ranked
from index.lexical import with_phrases
from index.model import Filter, QueryPlan
from index.nearest import Nearest
from index.pinned import pinned
from index.places import Mask, Places, both, highest
from index.query import concepts
from index.restriction import FilterMasks
from index.scope import scopes
from index.store import Store
from ingest.limits import limit
from ingest.model import Document

WEIGHTS = Path(__file__).parent / "data" / "weights.json"  # written by `python -m train weights`
_CHOSEN = json.loads(WEIGHTS.read_text(encoding="utf-8"))

Scores = npt.NDArray[np.float64]

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
    dense: Nearest
    words: WordIndex
    places: Places
    filters: FilterMasks
    documents: Mapping[int, Document]  # by row, without their paragraphs
    vectors: Callable[[Ids], tuple[Ids, Vectors]]  # those of paragraphs, with their rows


@dataclass(frozen=True, slots=True)
class Query:
    """A question made ready: every paragraph's BM25 score and the question's vector."""

    lexical: Lexical
    vector: Vectors | None
    cosines: Cosines


class Group:
    """Paragraphs that are searched together, and what words alone find among them."""

    def __init__(self, places: Places, lexical: Lexical, mask: Mask | None, depth: int) -> None:
        self._places = places
        self._lexical = lexical
        self._mask = None if mask is None or mask.all() else mask
        self._depth = depth

    @cached_property
    def rows(self) -> Ids | None:
        """Ascending; None: all."""
        return None if self._mask is None else self._places.rows[self._mask]

    @cached_property
    def said(self) -> Ids:
        """The rows of the best by BM25."""
        if self._mask is None:
            return self._places.rows[highest(self._lexical.scores, self._depth)]
        at = np.flatnonzero(self._mask)
        return self._places.rows[at[highest(self._lexical.scores[at], self._depth)]]


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
    allowed = corpus.filters.of(corpus.store.connection, filters)
    if plan.phrases:
        allowed = both(allowed, holding(corpus, plan.phrases, allowed))
    lexical = corpus.words.score(concepts(plan), config.bm25)
    query = Query(lexical, vector, Cosines(corpus.dense, corpus.vectors))
    deep = replace(config, depth=max(config.depth, top_k))
    masks = list(_groups(corpus, plan, allowed))
    groups = [Group(corpus.places, lexical, mask, config.depth) for mask in masks]
    if vector is not None and config.feedback:
        first = _ranked(corpus, query, groups, config.feedback_from, config)
        moved = _moved(vector, corpus.store.vectors_of(first), config.feedback)
        query = replace(query, vector=moved)
    if deep.depth > config.depth:
        groups = [Group(corpus.places, lexical, mask, deep.depth) for mask in masks]
    found = _ranked(corpus, query, groups, top_k, deep)
    return _scored(corpus, replace(query, vector=vector), found)


def holding(corpus: Corpus, phrases: Sequence[str], allowed: Mask | None) -> Mask:
    """The paragraphs that hold every phrase."""
    places = corpus.places
    among = places.rows if allowed is None else places.rows[allowed]
    return places.only(with_phrases(corpus.store.connection, corpus.words, phrases, among))


def _moved(vector: Vectors, found: Vectors, share: float) -> Vectors:
    """Return the question's vector moved towards the mean of others (Rocchio, 1971)."""
    if not len(found):
        return vector
    moved: Vectors = vector + np.float32(share) * found.mean(axis=0)
    moved /= np.linalg.norm(moved)
    return moved


def _ranked(
    corpus: Corpus, query: Query, groups: Sequence[Group], top_k: int, config: SearchConfig
) -> dict[int, float]:
    """The scores of the first paragraphs, best first: all of a group before any of the next."""
    found: dict[int, float] = {}
    for place, group in enumerate(groups):
        if len(found) == top_k:
            break
        rows, scores = _candidates(corpus, query, group, config)
        new = np.isin(rows, list(found), invert=True)
        first = _first(corpus.store, rows[new], scores[new], top_k - len(found))
        found |= {row: len(groups) - 1 - place + score for row, score in first.items()}
    return found


def _first(store: Store, rows: Ids, scores: Scores, count: int) -> dict[int, float]:
    """The highest scores by falling score, ties by paragraph_id."""
    if len(rows) > count:
        high = scores >= np.partition(scores, -count)[-count]
        rows, scores = rows[high], scores[high]
    held = dict(zip(rows.tolist(), scores.tolist(), strict=True))
    times = Counter(held.values())
    tied = [row for row, score in held.items() if times[score] > 1]
    order = ranked(held, dict.fromkeys(held, "") | store.names(tied))
    return {row: held[row] for row in order[:count]}


def _scored(corpus: Corpus, query: Query, found: Mapping[int, float]) -> list[Scored]:
    """The paragraphs with how much of the question they hold and how near they are to it.

    The coverage is how much of the most that words could score a paragraph does. A question of a
    citation alone asks for no words, and none are missing.
    """
    rows = np.array(sorted(found), np.int64)
    points, most = query.lexical.scores[corpus.places.at(rows)].tolist(), query.lexical.most
    covered = [round(one / most, 4) if most else 1.0 for one in points]
    near = _near(query, rows).tolist()
    told = dict(zip(rows.tolist(), zip(covered, near, strict=True), strict=True))
    return [Scored(row, score, *told[row]) for row, score in found.items()]


def _groups(corpus: Corpus, plan: QueryPlan, allowed: Mask | None) -> Iterator[Mask | None]:
    """What is searched first, second, and so on; the last is everything allowed."""
    store, places = corpus.store, corpus.places
    named = scopes(plan, corpus.documents)
    if plan.place:
        rows = pinned(store, plan.place, named[0] if named else frozenset())
        yield both(allowed, places.only(rows))
    if plan.paragraphs:
        numbered = places.only(store.numbered(plan.paragraphs))
        narrowest = both(allowed, places.within(named[0])) if named else allowed
        yield both(narrowest, numbered)
    for documents in named:
        yield both(allowed, places.within(documents))
    yield allowed


def _candidates(
    corpus: Corpus, query: Query, group: Group, config: SearchConfig
) -> tuple[Ids, Scores]:
    """The best paragraphs of a group, ascending, and their points as numbers below 1."""
    rows = np.union1d(group.said, _nearest(corpus, query, group, config))
    at = corpus.places.at(rows)
    said = query.lexical.scores[at]
    weights = np.where(corpus.words.lengths[at] <= config.brief, config.brief_weight, 1.0)
    totals = weights * (said + config.dense_weight * np.maximum(_near(query, rows), 0.0))
    scores = np.round(totals / (totals + 20.0), 6)  # so that ties are ties
    held = (said > 0) | (query.vector is not None)
    return rows[held], scores[held]


def _nearest(corpus: Corpus, query: Query, group: Group, config: SearchConfig) -> Ids:
    """The nearest paragraphs of a group; of a small one none, for words alone find all of it."""
    if query.vector is None or (group.rows is not None and len(group.rows) <= config.depth):
        return NOTHING[0]
    return corpus.dense.search(query.vector, config.depth, group.rows)[0]


def _near(query: Query, rows: Ids) -> Scores:
    """The cosines of paragraphs and the question; the rows ascend."""
    return np.zeros(len(rows)) if query.vector is None else query.cosines.of(query.vector, rows)


def points_of(score: float) -> float:
    """The points behind a score, its group left out."""
    fraction = score - int(score)
    return 20.0 * fraction / (1.0 - fraction)
