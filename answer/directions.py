"""Directions of an encoder's space along which opposites lie apart.

A sentence with one word replaced by its opposite moves, whatever it is about, the same way: the
directions are learnt from such pairs (`python -m eval claims --fit`) and know words that the list
of opposites does not hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from index.encoder import Vectors

FILE = Path(__file__).parent / "data" / "directions.npz"
_SHARPNESS = 12.0  # of the weight of a clause by its cosine with the claim
_CLOSEST = 3


@dataclass(frozen=True, slots=True)
class Directions:
    """One direction for each axis, scaled so that an exchange of opposites moves by about 1."""

    names: tuple[str, ...]
    vectors: Vectors  # float32 (axes, dim)
    sha256: str  # of the encoder's weights

    def signs(self, claim: Vectors, units: Vectors) -> Mapping[str, float]:
        """How far apart a claim and what is like it lie on the axes.

        Args:
            claim: float32 (dim,).
            units: of the source's sentences and clauses, float32 (n, dim).
        """
        cosines = units @ claim
        weights = np.exp(_SHARPNESS * (cosines - cosines.max()))
        near = (weights / weights.sum()) @ units
        apart = np.abs(self.vectors @ (claim - near))
        closest = units[np.argsort(-cosines, kind="stable")[:_CLOSEST]]
        least = np.abs(self.vectors @ (claim[:, None] - closest.T)).min(axis=1)
        found = {
            f"axis {name}": float(value) for name, value in zip(self.names, apart, strict=True)
        }
        found["axes, furthest"] = float(apart.max())
        found["axes, all"] = float(apart.sum())
        found["axes, furthest of the closest"] = float(least.max())
        found["axes, all of the closest"] = float(least.sum())
        return found


@lru_cache(maxsize=1)
def _stored() -> Directions | None:
    if not FILE.is_file():
        return None
    with np.load(FILE) as held:
        names = tuple(str(name) for name in held["names"])
        vectors = np.asarray(held["vectors"], np.float32)
        return Directions(names, vectors, str(held["sha256"]))


def directions_of(sha256: str) -> Directions | None:
    """The directions learnt for the encoder of these weights; None for any other."""
    stored = _stored()
    return stored if stored is not None and stored.sha256 == sha256 else None


def save(directions: Directions, path: Path = FILE) -> None:
    """Write them for directions_of."""
    np.savez_compressed(
        path,
        names=np.array(directions.names),
        vectors=directions.vectors.astype(np.float16),
        sha256=np.array(directions.sha256),
    )
    _stored.cache_clear()
