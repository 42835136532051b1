"""Whether a library answers a question: a probability from the evidence, and a threshold."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from answer.evidence import Evidence, gather
from index.model import Hit

DATA = Path(__file__).parent / "data" / "decision.json"  # made by python -m eval calibrate
PRESENT = 0.98  # chance of an answer where the paragraph that was asked for is there
ABSENT = 0.02  # chance of an answer where the place or the year asked about is not held


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression over the evidence, fitted by python -m eval calibrate."""

    weights: Mapping[str, float]  # {feature: weight}
    bias: float
    threshold: float  # probability from which on a question is answered

    def probability(self, evidence: Evidence) -> float:
        """Return the chance that the documents answer."""
        values = asdict(evidence)
        odds = self.bias + sum(weight * values[name] for name, weight in self.weights.items())
        return 0.5 + 0.5 * math.tanh(odds / 2)  # the logistic function, which cannot overflow


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether to answer, and how likely an answer is."""

    answered: bool
    confidence: float


@lru_cache(maxsize=1)
def calibrations() -> Mapping[str, Calibration]:
    """Return what was fitted, by the name that calibration_name gives."""
    return read_calibrations(json.loads(DATA.read_text(encoding="utf-8")))


@lru_cache(maxsize=1)
def calibrated_model() -> str:
    """Return the hash of the encoder whose cosines were calibrated."""
    return str(json.loads(DATA.read_text(encoding="utf-8"))["model_sha256"])


def read_calibrations(record: Mapping[str, Any]) -> dict[str, Calibration]:
    """Return the calibrations of a data file."""
    names = ("weights", "bias", "threshold")
    fitted = {key: value for key, value in record.items() if isinstance(value, dict)}
    return {key: Calibration(*(fitted[key][name] for name in names)) for key in fitted}


def calibration_name(evidence: Evidence, model_sha256: str) -> str:
    """Return which calibration reads the evidence.

    "reranked" where a reranker judged the hits, "plain" without one, and "words" in a library
    whose encoder is not the calibrated one: its cosines mean something else.
    """
    if evidence.relevance is not None and "reranked" in calibrations():
        return "reranked"
    return "plain" if model_sha256 == calibrated_model() else "words"


def decide(
    hits: Sequence[Hit], searched: int, model_sha256: str, *, held: bool, cited: bool = False
) -> Decision:
    """Return whether the hits answer.

    Args:
        hits: best first.
        searched: how many paragraphs they were found among.
        model_sha256: of the library's encoder.
        held: whether the library has what the question names: places, years, kinds, numbers.
        cited: whether a paragraph was asked for by its number, and nothing else.
    """
    evidence = gather(hits, searched)
    if evidence is None:
        return Decision(False, 0.0)
    fitted = calibrations()[calibration_name(evidence, model_sha256)]
    confidence = fitted.probability(evidence)
    if cited:
        confidence = max(confidence, PRESENT)
    if not held:
        confidence = min(confidence, ABSENT)
    return Decision(held and confidence >= fitted.threshold, round(confidence, 4))
