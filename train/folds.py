"""Authorities divided into folds, so that every figure is of authorities not trained on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import numpy as np


def assign_folds(authorities: Iterable[str], count: int, seed: int) -> dict[str, int]:
    """Return {authority: fold}, folds of nearly as many questions each.

    `authorities` names one for every question. An authority lies whole in one fold: its reports
    resemble each other too closely for one to be a test of training on another.
    """
    sizes = Counter(authorities)
    names = np.array(sorted(sizes), dtype=object)
    np.random.default_rng(seed).shuffle(names)
    loads = [0] * count
    folds = {}
    for name in names:
        fold = loads.index(min(loads))
        folds[str(name)] = fold
        loads[fold] += sizes[str(name)]
    return folds


def fold_of(authority: str | None, folds: Mapping[str, int]) -> int | None:
    """Return the fold whose model has not seen an authority; None where any model will do."""
    return folds.get(authority) if authority else None
