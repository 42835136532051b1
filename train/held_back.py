"""How well an encoder finds the paragraphs of authorities that it was not trained on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from train.examples import Example, Other

Vectors: TypeAlias = npt.NDArray[np.float32]
Encode: TypeAlias = Callable[[Sequence[str]], Vectors]
CUTOFF = 10


@dataclass(frozen=True, slots=True)
class HeldBack:
    """nDCG@10 of each question: its one paragraph is the only relevant one."""

    within: tuple[float, ...]  # among the paragraphs of its authority, every question
    anywhere: tuple[float, ...]  # among all, the questions that name no authority

    def __str__(self) -> str:
        return (
            f"nDCG@10 within the authority {np.mean(self.within):.4f} (n={len(self.within)}), "
            f"anywhere {np.mean(self.anywhere):.4f} (n={len(self.anywhere)})"
        )


def measure_held_back(
    encode: Encode, examples: Sequence[Example], others: Sequence[Other]
) -> HeldBack:
    """Search the examples' paragraphs among themselves and the others."""
    passages = encode([e.passage for e in examples] + [o.passage for o in others])
    authorities = np.array([e.authority for e in examples] + [o.authority for o in others])
    asked = [(place, query) for place, e in enumerate(examples) for query in e.queries]
    scores = encode([query.text for _, query in asked]) @ passages.T
    within, anywhere = [], []
    for (place, query), row in zip(asked, scores, strict=True):
        within.append(_gain(row[authorities == authorities[place]], row[place]))
        if not query.placed:
            anywhere.append(_gain(row, row[place]))
    return HeldBack(tuple(within), tuple(anywhere))


def _gain(scores: npt.NDArray[np.float32], own: np.float32) -> float:
    return gain(int((scores > own).sum()) + 1)


def gain(rank: int) -> float:
    """Return nDCG@10 of a list whose one relevant entry has this rank, from 1."""
    return float(1 / np.log2(rank + 1)) if rank <= CUTOFF else 0.0
