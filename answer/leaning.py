"""Whether a text praises or finds fault, told of words that no list holds too."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answer.polarity import tone
from index.encoder import Vectors
from index.library import Library
from index.sentences import sentence_spans

Scores = npt.NDArray[np.float64]

_GENERAL = "strengths and weaknesses of services for children"  # what every report speaks of
_PER_REPORT = 2  # paragraphs
_MOST = 2000  # sentences; more tell no more
_BATCH = 256
_KEPT: dict[tuple[str, int, str], Leaning] = {}
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Leaning:
    """The direction from sentences whose words find fault to those whose words praise."""

    axis: Vectors
    middle: float
    spread: float

    def measured(self, vectors: Vectors) -> Scores:
        """How far each vector leans: above 0 to praise, below 0 to fault, about -2 to 2."""
        return np.asarray((vectors @ self.axis - self.middle) / self.spread, np.float64)


def leaning_of(library: Library, progress: Callable[[int, int], None]) -> Leaning | None:
    """The direction in a library's own vectors, kept for its version; None in a small library."""
    info = library.info()
    key = (str(library.folder), info.version, info.model_sha256)
    with _LOCK:
        if key not in _KEPT:
            found = _learn(library, progress)
            if found is None:
                return None
            _KEPT.clear()  # another version's is of no more use
            _KEPT[key] = found
        return _KEPT[key]


def _learn(library: Library, progress: Callable[[int, int], None]) -> Leaning | None:
    near = library.survey(_GENERAL, per_document=_PER_REPORT)
    paragraphs = [one.cited.paragraph.text for found in near.values() for one in found]
    sentences = [text[a:b] for text in paragraphs for a, b in sentence_spans(text)]
    sentences = list(dict.fromkeys(sentences))[:_MOST]
    tones = np.array([tone(one) for one in sentences])
    if (tones > 0).sum() < 10 or (tones < 0).sum() < 10:
        return None
    rows = []
    for start in range(0, len(sentences), _BATCH):
        progress(0, 1)  # nothing of the work itself is done yet
        rows.append(library.encoder().encode(sentences[start : start + _BATCH]))
    vectors = np.concatenate(rows)
    praise, fault = vectors[tones > 0].mean(axis=0), vectors[tones < 0].mean(axis=0)
    axis = praise - fault
    middle = float((praise + fault) @ axis) / 2
    return Leaning(axis, middle, float((vectors[tones != 0] @ axis).std()) or 1.0)
