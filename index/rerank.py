"""The first candidates read again together with the question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from index.reranker import Reranker, probabilities
from index.search import Scored, SearchConfig, points_of


def reranked(
    found: Sequence[Scored],
    texts: Mapping[int, str],
    question: str,
    reranker: Reranker,
    config: SearchConfig,
) -> list[Scored]:
    """Return what was found with the first `config.rerank` in the order of both scores' sum.

    Nothing leaves its group, so what the question names still stands first. The places keep
    their scores: they say how well the best, the second and so on were found.

    Args:
        found: best first.
        texts: of every paragraph found, by row.
        question: as an encoder reads it.
        reranker: its scores are log odds that a paragraph answers.
        config: how many, and what the log odds weigh.
    """
    first, rest = found[: config.rerank], found[config.rerank :]
    scores = reranker.score(question, [texts[scored.row] for scored in first])
    groups: dict[int, list[tuple[float, Scored]]] = defaultdict(list)
    for scored, score, chance in zip(first, scores, probabilities(scores), strict=True):
        both = points_of(scored.score) + config.rerank_weight * float(score)
        relevance = round(float(chance), 4)
        groups[int(scored.score)].append((both, replace(scored, relevance=relevance)))
    ordered = [
        scored
        for group in groups.values()  # best first, as found
        for _, scored in sorted(group, key=lambda pair: -pair[0])
    ]
    places = [scored.score for scored in first]
    return [replace(s, score=place) for s, place in zip(ordered, places, strict=True)] + list(rest)
