"""How much a reranker lifts the answers of shortlists that it was not trained on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sentence_transformers import CrossEncoder

from train.calibration import Calibration, calibrate
from train.candidates import Shortlist
from train.held_back import gain
from train.reranker import score_all


@dataclass(frozen=True, slots=True)
class Reranked:
    """nDCG@10 of each question as searched and as reranked, and the line of its scores."""

    searched: tuple[float, ...]
    reranked: tuple[float, ...]
    calibration: Calibration

    def __str__(self) -> str:
        return (
            f"nDCG@10 as searched {np.mean(self.searched):.4f}, "
            f"as reranked {np.mean(self.reranked):.4f} (n={len(self.searched)}); {self.calibration}"
        )


def measure_reranked(model: CrossEncoder, shortlists: Iterable[Shortlist], tokens: int) -> Reranked:
    """Score whole shortlists. One whose answer the search missed counts 0 both times."""
    searched, reranked = [], []
    scores: list[npt.NDArray[np.float32]] = []
    for shortlist in shortlists:
        rank = shortlist.answer_rank
        searched.append(0.0 if rank is None else gain(rank))
        row = score_all(model, shortlist, tokens)
        scores.append(row)
        better = int((row[1:] > row[0]).sum())
        reranked.append(0.0 if rank is None else gain(better + 1))
    right = [place == 0 for row in scores for place in range(len(row))]
    line = calibrate(np.concatenate(scores), np.array(right))
    return Reranked(tuple(searched), tuple(reranked), line)
