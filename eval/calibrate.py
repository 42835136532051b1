"""The decision whether to answer, fitted to questions with and without an answer."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from answer.decide import Calibration
from answer.evidence import Evidence
from eval.errors import EvalError
from eval.metrics import auroc

FOLDS = 5
ANSWERED = 0.96  # share of answerable questions that the threshold keeps; others ask less like ours
PRIOR = 0.8  # share of the questions put to a library that it answers, as the weights assume
RIDGE = 1.0  # penalty on weights of standardised features
STEPS = 30  # of Newton's method; it converges in fewer than ten
FEATURES = {"plain": ("coverage", "similarity", "searched"), "words": ("coverage", "searched")}
_Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """A question put to a library."""

    set_name: str
    group: str  # questions about one authority stay together
    answerable: bool
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Rates:
    """What the decision does with one question set, scores cross-fitted."""

    answerable: int
    unanswerable: int
    answered: float | None  # share of the answerable that is answered
    declined: float | None  # share of the unanswerable that is declined
    auroc: float | None


@dataclass(frozen=True, slots=True)
class Fitted:
    """A calibration and how it does."""

    name: str  # see answer.decide.calibration_name
    calibration: Calibration
    rates: Mapping[str, Rates]  # {set name, or "all"}


def calibrate(samples: Sequence[Sample]) -> list[Fitted]:
    """Return the calibrations of all samples, with rates from fits that left their group out.

    Raises:
        EvalError: if either kind of question is missing, or only part has been reranked.
    """
    labels = np.array([sample.answerable for sample in samples])
    if labels.all() or not labels.any():
        raise EvalError("Calibrating needs questions with an answer and questions without one.")
    reranked = {sample.evidence.relevance is not None for sample in samples}
    if len(reranked) > 1:
        raise EvalError("Part of the hits was reranked; search all libraries the same way.")
    if True in reranked:
        return [_fitted("reranked", [*FEATURES["plain"], "relevance"], samples, labels)]
    return [_fitted(name, features, samples, labels) for name, features in FEATURES.items()]


def _fitted(
    name: str, features: Sequence[str], samples: Sequence[Sample], labels: npt.NDArray[np.bool_]
) -> Fitted:
    values = np.array([[asdict(one.evidence)[feature] for feature in features] for one in samples])
    scores = _crossfitted(values, labels, _folds([sample.group for sample in samples]))
    threshold = float(np.quantile(scores[labels], 1 - ANSWERED, method="lower"))
    weights, bias = fit(values, labels)
    named = dict(zip(features, weights.round(6).tolist(), strict=True))
    rates = _rates(samples, labels, scores, threshold)
    return Fitted(name, Calibration(named, bias, round(threshold, 6)), rates)


def fit(features: _Floats, labels: npt.NDArray[np.bool_]) -> tuple[_Floats, float]:
    """Return weights and bias of a logistic regression with a ridge, by Newton's method.

    The two kinds of question weigh as PRIOR says, however many there are of each.
    """
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    design = np.column_stack([(features - mean) / spread, np.ones(len(features))])
    share = labels.mean()
    weight = np.where(labels, PRIOR / share, (1 - PRIOR) / (1 - share))
    penalty = np.diag([RIDGE] * features.shape[1] + [1e-9])
    theta = np.zeros(design.shape[1])
    for _ in range(STEPS):
        chance = 0.5 + 0.5 * np.tanh(design @ theta / 2)
        slope = design.T @ (weight * (labels - chance)) - penalty @ theta
        curve = (design * (weight * chance * (1 - chance))[:, None]).T @ design + penalty
        theta = theta + np.linalg.solve(curve, slope)
    weights = theta[:-1] / spread
    return weights, round(float(theta[-1] - weights @ mean), 6)


def _crossfitted(
    features: _Floats, labels: npt.NDArray[np.bool_], folds: npt.NDArray[np.int64]
) -> _Floats:
    """Each sample's probability by a fit that saw no question of its group."""
    scores = np.zeros(len(labels))
    for fold in range(FOLDS):
        inside = folds == fold
        weights, bias = fit(features[~inside], labels[~inside])
        scores[inside] = 0.5 + 0.5 * np.tanh((features[inside] @ weights + bias) / 2)
    return scores


def _folds(groups: Sequence[str]) -> npt.NDArray[np.int64]:
    """The fold of each sample; the groups are dealt out in the order of their names."""
    place = {group: at % FOLDS for at, group in enumerate(sorted(set(groups)))}
    return np.array([place[group] for group in groups])


def _rates(
    samples: Sequence[Sample], labels: npt.NDArray[np.bool_], scores: _Floats, threshold: float
) -> dict[str, Rates]:
    of = np.array([sample.set_name for sample in samples])
    names = ["all", *dict.fromkeys(of.tolist())]
    masks = {name: (of == name) | (name == "all") for name in names}
    return {
        name: _rate(scores[mask & labels], scores[mask & ~labels], threshold)
        for name, mask in masks.items()
    }


def _rate(answerable: _Floats, unanswerable: _Floats, threshold: float) -> Rates:
    def share(decided: npt.NDArray[np.bool_]) -> float | None:
        return round(float(decided.mean()), 4) if len(decided) else None

    return Rates(
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        answered=share(answerable >= threshold),
        declined=share(unanswerable < threshold),
        auroc=auroc(answerable.tolist(), unanswerable.tolist()),
    )


def write_calibrations(fitted: Sequence[Fitted], model_sha256: str, path: Path) -> None:
    """Put calibrations into the data file, each in the place of the one of the same name."""
    record: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    for one in fitted:
        rates = {name: asdict(rates) for name, rates in one.rates.items()}
        record[one.name] = {**asdict(one.calibration), "crossfitted": rates}
    record["model_sha256"] = model_sha256
    text = json.dumps(record, indent=1, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8", newline="\n")
