"""How much meaning weighs against words, chosen on authorities that the encoder has not seen."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from eval.metrics import randomisation
from index.library import Library
from index.model import Filter
from index.search import WEIGHTS
from train.data import Item, locate
from train.held_back import gain

GRID = (10.0, 15.0, 20.0, 25.0, 30.0, 40.0)
SURE = 0.05  # p-value from which a change counts as chance, and what is stays
DEPTH = 10


@dataclass(frozen=True, slots=True)
class Asked:
    """A training question and where its answer is to be found."""

    question: str
    authority: str
    paragraph_id: str


@dataclass(frozen=True, slots=True)
class Swept:
    """What each weight gives on the same questions."""

    means: Mapping[float, float]  # nDCG@10; the one paragraph is the only relevant one
    chosen: float
    p_value: float  # of the best against the one in force
    questions: int


def questions_of(library: Library, items: Sequence[Item], most: int, seed: int) -> list[Asked]:
    """Return some training questions about paragraphs that the library holds."""
    cards = {card.document.document_id: card.document for card in library.documents()}
    found = locate(items, (library.document(document_id) for document_id in cards))
    asked = [
        Asked(question, cards[found[item.id].partition("#")[0]].authority or "", found[item.id])
        for item in items
        if item.id in found
        for question in item.questions
    ]
    order = np.random.default_rng(seed).permutation(len(asked))[:most]
    return [asked[place] for place in sorted(order)]


def sweep(parts: Sequence[tuple[Library, Sequence[Asked]]], now: float) -> Swept:
    """Search every question with every weight, in its own authority.

    Only there: what another authority's report says on the same theme would often answer too.
    The best weight is chosen where the paired test tells it from the one in force.
    """
    grid = sorted({*GRID, now})
    values = {
        weight: [value for library, asked in parts for value in _gains(library, asked, weight)]
        for weight in grid
    }
    means = {weight: float(np.mean(values[weight])) for weight in grid}
    best = max(grid, key=lambda weight: (means[weight], -abs(weight - now)))
    p_value = randomisation([a - b for a, b in zip(values[best], values[now], strict=True)])
    return Swept(means, best if p_value < SURE else now, p_value, len(values[now]))


def _gains(library: Library, asked: Sequence[Asked], weight: float) -> list[float]:
    before = library.config
    library.config = replace(before, dense_weight=weight)
    try:
        return [_gain(library, one) for one in asked]
    finally:
        library.config = before


def _gain(library: Library, asked: Asked) -> float:
    hits = library.search(asked.question, DEPTH, Filter(authority=asked.authority))
    ranks = [hit.rank for hit in hits if hit.paragraph_id == asked.paragraph_id]
    return gain(ranks[0]) if ranks else 0.0


def keep(weights: Mapping[str, float], path: Path = WEIGHTS) -> None:
    """Write weights into the file that search reads, beside those that it holds already."""
    known = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    text = json.dumps(known | dict(weights), indent=1, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
