"""What meaning and reading again weigh, chosen on authorities that the models have not seen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from eval.metrics import randomisation
from index.library import Library
from index.model import Filter
from index.search import WEIGHTS
from train.calibration import Calibration, calibrate
from train.candidates import Asked, Shortlist
from train.held_back import CUTOFF, gain

DENSE = (10.0, 15.0, 20.0, 25.0, 30.0, 40.0)
# Points that a likeness of 1 is worth: no more than a cosine. More gains further on questions by
# the writer of the training ones, and on no others (docs/training.md).
READING = (0.0, 5.0, 10.0, 15.0, 20.0)
SURE = 0.05  # p-value from which a change counts as chance, and what is stays


@dataclass(frozen=True, slots=True)
class Swept:
    """What each weight gives on the same questions."""

    means: Mapping[float, float]  # nDCG@10; the one paragraph is the only relevant one
    chosen: float
    p_value: float  # of the best against the one in force
    questions: int


@dataclass(frozen=True, slots=True)
class Read:
    """A shortlist with what the reranker made of it."""

    shortlist: Shortlist
    likeness: npt.NDArray[np.float32]


def sweep_dense(parts: Sequence[tuple[Library, Sequence[Asked]]], now: float) -> Swept:
    """Search every question with every weight of meaning, in its own authority."""
    values = {
        weight: [value for library, asked in parts for value in _gains(library, asked, weight)]
        for weight in sorted({*DENSE, now})
    }
    return _chosen(values, now)


def sweep_reading(read: Sequence[Read]) -> Swept:
    """Order every shortlist by every weight of the reranker; 0 is without one."""
    own = [one for one in read if not one.shortlist.elsewhere]
    values = {weight: [_reread_gain(one, weight) for one in own] for weight in READING}
    return _chosen(values, 0.0)


def _chosen(values: Mapping[float, Sequence[float]], now: float) -> Swept:
    """The best weight where the paired test tells it from the one in force, else that one."""
    means = {weight: float(np.mean(values[weight])) for weight in values}
    best = max(means, key=lambda weight: (means[weight], -abs(weight - now)))
    p_value = randomisation([a - b for a, b in zip(values[best], values[now], strict=True)])
    return Swept(means, best if p_value < SURE else now, p_value, len(values[now]))


def _gains(library: Library, asked: Sequence[Asked], weight: float) -> list[float]:
    before = library.config
    library.config = replace(before, dense_weight=weight, rerank=0)
    try:
        return [_gain(library, one) for one in asked]
    finally:
        library.config = before


def _gain(library: Library, asked: Asked) -> float:
    hits = library.search(asked.question, CUTOFF, Filter(authority=asked.authority))
    ranks = [hit.rank for hit in hits if hit.paragraph_id == asked.paragraph_id]
    return gain(ranks[0]) if ranks else 0.0


def _reread_gain(read: Read, weight: float) -> float:
    shortlist = read.shortlist
    if shortlist.answer is None:
        return 0.0
    both = shortlist.points + weight * read.likeness
    order = np.lexsort((-both, -shortlist.groups))
    return gain(int(np.flatnonzero(order == shortlist.answer)[0]) + 1)


def calibrated(read: Sequence[Read]) -> Calibration:
    """Return the line that makes likeness log odds, over all that the search puts forward.

    Lists of another authority's documents are there too, so that "none of these" is met.
    """
    likeness = np.concatenate([one.likeness for one in read])
    right = np.concatenate([np.arange(len(one.likeness)) == _place(one.shortlist) for one in read])
    return calibrate(likeness, right)


def _place(shortlist: Shortlist) -> int:
    return -1 if shortlist.answer is None else shortlist.answer


def keep(weights: Mapping[str, float], path: Path = WEIGHTS) -> None:
    """Write weights into the file that search reads, beside those that it holds already."""
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    text = json.dumps(known | dict(weights), indent=1, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
