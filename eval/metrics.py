"""Ranking measures by ir_measures, intervals, and how well a score tells what has no answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ir_measures
import numpy as np
from ir_measures import RR, R, Success, nDCG

from eval.model import Abstention, Mean

# nDCG's gain is the grade itself, discounted by log2(rank + 1), as in trec_eval.
MEASURES = (nDCG @ 10, R @ 5, R @ 10, RR @ 10, Success @ 1, Success @ 5)
NAMES = tuple(str(measure) for measure in MEASURES)
RESAMPLES = 10_000
LEVEL = 0.95
ANSWERED_SHARE = 0.9  # of the answerable questions a threshold must keep


def measure(
    qrels: Mapping[str, Mapping[str, int]], run: Mapping[str, Mapping[str, float]]
) -> dict[str, dict[str, float]]:
    """Return {query_id: {measure: value}} for every query of the qrels.

    A query without hits, or without a relevant paragraph among them, scores 0.
    """
    values = {query_id: dict.fromkeys(NAMES, 0.0) for query_id in qrels}
    asked = {query_id: dict(run.get(query_id, {})) for query_id in qrels}
    judged = {query_id: dict(grades) for query_id, grades in qrels.items()}
    for metric in ir_measures.iter_calc(MEASURES, judged, asked):
        values[metric.query_id][str(metric.measure)] = float(metric.value)
    return values


def bootstrap(values: Sequence[float], seed: int = 0) -> Mean:
    """Return the mean with the percentile interval of means over questions drawn again."""
    sample = np.asarray(values, dtype=np.float64)
    if not sample.size:
        return Mean(0.0, 0.0, 0.0, 0)
    draws = np.random.default_rng(seed).integers(sample.size, size=(RESAMPLES, sample.size))
    low, high = np.quantile(sample[draws].mean(axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Mean(float(sample.mean()), float(low), float(high), int(sample.size))


def auroc(answerable: Sequence[float], unanswerable: Sequence[float]) -> float | None:
    """Return the chance that a question with an answer scores above one without; ties half."""
    if not answerable or not unanswerable:
        return None
    pairs = np.asarray(answerable), np.asarray(unanswerable)
    return float(np.greater.outer(*pairs).mean() + np.equal.outer(*pairs).mean() / 2)


def abstention(
    answerable: Sequence[float], unanswerable: Sequence[float], threshold: float | None = None
) -> Abstention:
    """Return what declining below a threshold would do.

    Without a threshold it is the highest that still answers nine in ten answerable questions.
    """
    if threshold is None and answerable:
        threshold = float(np.quantile(answerable, 1 - ANSWERED_SHARE, method="lower"))
    limit = float("-inf") if threshold is None else threshold
    return Abstention(
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        auroc=auroc(answerable, unanswerable),
        threshold=threshold,
        answered=sum(score >= limit for score in answerable),
        declined=sum(score < limit for score in unanswerable),
    )


def randomisation(differences: Sequence[float], seed: int = 0) -> float:
    """Return the two-sided p-value of a paired randomisation test.

    The share of 10,000 random choices of signs whose mean is at least as far from nought
    (Smucker, Allan and Carterette, 2007); the observed one counts among them.
    """
    paired = np.asarray(differences, dtype=np.float64)
    if not np.any(paired):
        return 1.0
    signs = np.random.default_rng(seed).choice([-1.0, 1.0], size=(RESAMPLES, paired.size))
    as_far = np.abs((signs * paired).mean(axis=1)) >= abs(paired.mean()) - 1e-12
    return float((as_far.sum() + 1) / (RESAMPLES + 1))
