"""Ranked lists -> one list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def reciprocal_rank_fusion(
    rankings: Sequence[Sequence[int]],
    *,
    rank_constant: int = 60,
    weights: Sequence[float] | None = None,
) -> dict[int, float]:
    """Score of every id that some ranking holds: the sum of weight / (rank_constant + rank).

    Ranks count from 1. Cormack, Clarke and Buettcher, SIGIR 2009, whose constant is 60. Scores
    are rounded to 12 places, so that the order of the rankings cannot tell through the order
    in which floating-point numbers were added.
    """
    scores: dict[int, float] = {}
    for weight, ranking in zip(weights or [1.0] * len(rankings), rankings, strict=True):
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + weight / (rank_constant + rank)
    return {item: round(score, 12) for item, score in scores.items()}


def ranked(scores: Mapping[int, float], names: Mapping[int, str]) -> list[int]:
    """Ids by falling score, ties by name."""
    return sorted(scores, key=lambda item: (-scores[item], names[item]))
