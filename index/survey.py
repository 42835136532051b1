"""Every document looked through for what is nearest to a question; no document is passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.dense import Ids
from index.encoder import Vectors
from index.model import CitedParagraph, Filter, QueryPlan
from index.places import both
from index.query import concepts
from index.search import Corpus, SearchConfig, holding

_Scores = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Near:
    """A paragraph and how near it is to the question."""

    cited: CitedParagraph
    similarity: float  # cosine of its nearest passage


def nearest_of_each(
    corpus: Corpus,
    plan: QueryPlan,
    vector: Vectors,
    *,
    filters: Filter,
    per_document: int,
    config: SearchConfig,
) -> dict[int, list[tuple[int, float]]]:
    """{document's row: [(paragraph's row, similarity)]}, the nearest paragraphs of each document.

    As many by words and meaning together, as search ranks them, as by meaning alone: what says
    it in other words is not crowded out. Boilerplate, which inspectors did not write about what
    they found, is left out; a quoted phrase must stand in the paragraph.
    """
    mask = corpus.filters.of(corpus.store.connection, filters)
    mask = both(mask, ~corpus.places.only(corpus.store.boilerplate()))
    if plan.phrases:
        mask = both(mask, holding(corpus, plan.phrases, mask))
    at = np.flatnonzero(mask)
    if not len(at):
        return {}
    points = corpus.words.score(concepts(plan), config.bm25).scores[at]
    cosines = _cosines(corpus, vector)[at]
    score = (points + config.dense_weight * np.maximum(cosines, 0)).astype(np.float32)
    rows = corpus.places.rows[at]
    return {
        document: [
            (int(rows[one]), float(cosines[one]))
            for one in _best(among, score, cosines, per_document)
        ]
        for document, among in _by_document(corpus.places.documents[at]).items()
    }


def _cosines(corpus: Corpus, vector: Vectors) -> _Scores:
    """Every paragraph's, of its nearest passage."""
    cosines = np.full(len(corpus.places), -1, np.float32)
    rows, found = corpus.dense.all(vector)
    np.maximum.at(cosines, corpus.places.at(rows), found)
    return np.where(cosines > -1, cosines, np.float32(0))  # 0 for one without a passage


def _by_document(documents: Ids) -> dict[int, Ids]:
    """{document's row: where in the array it stands}."""
    order = np.argsort(documents, kind="stable")
    values, starts = np.unique(documents[order], return_index=True)
    return dict(zip(values.tolist(), np.split(order, starts[1:]), strict=True))


def _best(places: Ids, both: _Scores, cosines: _Scores, count: int) -> Sequence[int]:
    """The places of the first by both and by meaning alone, each once."""
    firsts = [
        places[np.argsort(-scores[places], kind="stable")[:count]] for scores in (both, cosines)
    ]
    return list(dict.fromkeys(np.concatenate(firsts).tolist()))
