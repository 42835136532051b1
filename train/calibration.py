"""A reranker's scores -> log odds that mean what they say."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.reranker import CALIBRATION

STEPS = 50  # Newton's method needs fewer than ten; a separable sample never ends
RIDGE = 1e-3  # keeps a separable sample from running away


@dataclass(frozen=True, slots=True)
class Calibration:
    """Platt's line: log odds = slope * score + intercept."""

    slope: float
    intercept: float


def calibrate(scores: npt.NDArray[np.float32], right: npt.NDArray[np.bool_]) -> Calibration:
    """Return the line under which the scores explain best which pairs were right (Platt, 1999)."""
    columns = np.stack([scores.astype(np.float64), np.ones(len(scores))], axis=1)
    line = np.zeros(2)
    for _ in range(STEPS):
        chances = 0.5 + 0.5 * np.tanh(columns @ line / 2)  # the logistic, without overflow
        gradient = columns.T @ (chances - right) + RIDGE * line
        curvature = (columns * (chances * (1 - chances))[:, None]).T @ columns
        newton = np.linalg.solve(curvature + RIDGE * np.eye(2), gradient).astype(np.float64)
        step = _shortened(newton, line, columns, right)
        line -= step
        if float(np.abs(step).max()) < 1e-8:
            break
    return Calibration(float(line[0]), float(line[1]))


def _shortened(
    step: npt.NDArray[np.float64],
    line: npt.NDArray[np.float64],
    columns: npt.NDArray[np.float64],
    right: npt.NDArray[np.bool_],
) -> npt.NDArray[np.float64]:
    """Return Newton's step halved until it does not lead uphill."""

    def loss(at: npt.NDArray[np.float64]) -> float:
        odds = columns @ at
        return float(np.sum(np.logaddexp(0, odds) - right * odds) + RIDGE * at @ at / 2)

    start = loss(line)
    while loss(line - step) > start and float(np.abs(step).max()) > 1e-8:
        step = step / 2
    return step


def write_calibration(calibration: Calibration, folder: Path) -> None:
    """Keep the line in a reranker's folder, where it is read from."""
    text = json.dumps(asdict(calibration))
    (folder / CALIBRATION).write_text(f"{text}\n", encoding="utf-8", newline="\n")
