"""Signs weighed into a probability, with weights fitted by `python -m eval claims --fit`."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

WEIGHTS = Path(__file__).parent / "data" / "support.toml"


@dataclass(frozen=True, slots=True)
class Weighing:
    """A logistic regression: what each sign adds to the log odds, and from where on it counts."""

    intercept: float
    weights: Mapping[str, float]
    threshold: float  # of the probability

    def probability(self, signs: Mapping[str, float]) -> float:
        """The probability that these signs speak of."""
        odds = self.intercept + sum(w * signs.get(name, 0.0) for name, w in self.weights.items())
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, odds))))

    def says_yes(self, signs: Mapping[str, float]) -> bool:
        """Whether the probability reaches the threshold."""
        return self.probability(signs) >= self.threshold


@lru_cache(maxsize=1)
def weighings() -> dict[str, Weighing]:
    """The fitted weighings by name.

    "turned" (says the opposite), "turned by words" (the same for an encoder without directions)
    and "elsewhere" (not said here).
    """
    tables = tomllib.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {
        name.replace("_", " "): Weighing(table["intercept"], table["weights"], table["threshold"])
        for name, table in tables.items()
    }
