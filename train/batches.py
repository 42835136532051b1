"""Which paragraphs are set against each other in one step."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt


def shuffled(count: int, size: int, generator: np.random.Generator) -> Iterator[list[int]]:
    """Yield batches of places at random, none twice; a rest of less than half a batch is left."""
    order = generator.permutation(count)
    yield from _cut(order, size)


def alike_together(
    similarity: npt.NDArray[np.float32], size: int, group: int, generator: np.random.Generator
) -> Iterator[list[int]]:
    """Yield batches made of groups of paragraphs that resemble each other.

    Within a group every paragraph is a hard negative for the questions of the others, at no cost
    in encoding. `similarity` is (n, n), with -1 wherever two paragraphs say the same.
    """
    free = np.ones(len(similarity), dtype=bool)
    groups = []
    for first in generator.permutation(len(similarity)):
        if not free[first]:
            continue
        free[first] = False
        near = np.where(free, similarity[first], -1.0)
        chosen = [
            int(place) for place in np.argsort(-near, kind="stable")[: group - 1] if near[place] > 0
        ]
        free[chosen] = False
        groups.append([int(first), *chosen])
    order = [place for at in generator.permutation(len(groups)) for place in groups[at]]
    yield from _cut(np.asarray(order), size)


def _cut(order: npt.NDArray[np.integer], size: int) -> Iterator[list[int]]:
    for start in range(0, len(order), size):
        batch = [int(place) for place in order[start : start + size]]
        if start == 0 or len(batch) >= size / 2:
            yield batch
