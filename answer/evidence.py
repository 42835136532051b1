"""What speaks for a library's holding the answer to a question, as numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.model import Hit

READ = 5  # hits
SURE = 1e-4  # the least doubt that a reranker is left


@dataclass(frozen=True, slots=True)
class Evidence:
    """The features of the decision (docs/answers.md says what each is worth)."""

    coverage: float  # most of what is asked that one of the first hits mentions, 0 to 1
    similarity: float  # cosine of the nearest of them
    searched: float  # log of the paragraphs looked in: the best of many is good by chance
    relevance: float | None = None  # log odds that the best of them answers, of the reranker


def gather(hits: Sequence[Hit], searched: int) -> Evidence | None:
    """Return what the first hits tell; None where there are none."""
    first = hits[:READ]
    if not first:
        return None
    judged = [hit.relevance for hit in first if hit.relevance is not None]
    return Evidence(
        coverage=max(hit.coverage for hit in first),
        similarity=max(hit.similarity for hit in first),
        searched=math.log(max(searched, 1)),
        relevance=max(map(_log_odds, judged), default=None),
    )


def _log_odds(probability: float) -> float:
    """The log odds, finite for what was rounded to 0 or 1."""
    kept = min(max(probability, SURE), 1 - SURE)
    return math.log(kept / (1 - kept))
