"""Every document looked through for what is nearest to a question; no document is passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from index.dense import Ids
from index.encoder import Vectors
from index.lexical import with_phrases
from index.model import CitedParagraph, Filter, QueryPlan
from index.query import concepts
from index.restriction import Restriction, restriction
from index.search import Corpus, SearchConfig

_Scores = npt.NDArray[np.float32]
_NO_FINDINGS = "SELECT id FROM paragraph WHERE kind <> 'boilerplate'"


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
    allowed = restriction(filters).both(Restriction(_NO_FINDINGS))
    if plan.phrases:
        held = with_phrases(corpus.store.connection, corpus.words, plan.phrases, allowed)
        allowed = Restriction.to(held)
    rows = corpus.store.rows(allowed)
    if not len(rows):
        return {}
    words = corpus.words.score(concepts(plan), config.bm25).scores
    points = words[np.searchsorted(corpus.words.rows, rows)]
    cosines = _cosines(corpus, vector, rows)
    both = (points + config.dense_weight * np.maximum(cosines, 0)).astype(np.float32)
    documents = corpus.places.documents[corpus.places.at(rows)]
    return {
        document: [
            (int(rows[at]), float(cosines[at])) for at in _best(places, both, cosines, per_document)
        ]
        for document, places in _by_document(documents).items()
    }


def _cosines(corpus: Corpus, vector: Vectors, rows: Ids) -> _Scores:
    found = corpus.dense.search(vector, len(rows), rows)
    cosines = np.zeros(len(rows), np.float32)
    if found:
        near, scores = zip(*found, strict=True)
        cosines[np.searchsorted(rows, near)] = scores
    return cosines


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
