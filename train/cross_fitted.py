"""The encoders of all folds as one, so that no paragraph is met by one that saw its authority."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from index.encoder import Encoder, Vectors, unit
from index.library import Library
from index.passages import PassageConfig, passage_spans
from index.reembed import reembedded
from index.search import SearchConfig
from index.sentences import Span
from train.errors import TrainingError

# What a cosine is worth besides the root: feedback lengthens the one block that it moves.
FEEDBACK_SHARE = 0.86


class CrossFitted:
    """One encoder made of each fold's own.

    A passage's vector stands in the block of its fold, with noughts in the others; a question's
    holds every encoder's vector of it. Their product is the cosine by the encoder of the
    passage's fold, divided by the root of the number of folds.
    """

    def __init__(self, encoders: Sequence[Encoder], folds: Mapping[str, int]) -> None:
        self._encoders = encoders
        self._folds = folds
        digest = "".join(encoder.sha256 for encoder in encoders)
        self.name = "cross-fitted"
        self.sha256 = hashlib.sha256(digest.encode()).hexdigest()
        self.dim = sum(encoder.dim for encoder in encoders)
        self.max_tokens = min(encoder.max_tokens for encoder in encoders)

    def token_spans(self, text: str) -> Sequence[Span]:
        """See Encoder."""
        return self._encoders[0].token_spans(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder. Raises TrainingError for a text of no fold."""
        unknown = [text for text in texts if text not in self._folds]
        if unknown:
            raise TrainingError(f"No fold holds the passage that begins {unknown[0][:60]!r}.")
        vectors = np.zeros((len(texts), self.dim), np.float32)
        start = 0
        for fold, encoder in enumerate(self._encoders):
            own = [place for place, text in enumerate(texts) if self._folds[text] == fold]
            block = slice(start, start + encoder.dim)
            vectors[own, block] = encoder.encode([texts[place] for place in own])
            start += encoder.dim
        return vectors

    def encode_query(self, text: str) -> Vectors:
        """See Encoder."""
        joined = np.concatenate([encoder.encode_query(text) for encoder in self._encoders])
        vector: Vectors = unit(joined[None, :])[0]
        return vector


def passage_folds(library: Library, folds: Mapping[str, int], encoder: Encoder) -> dict[str, int]:
    """Return the fold of every passage's text; authorities of no fold belong to the first."""
    found = {}
    for card in library.documents():
        fold = folds.get(card.document.authority or "", 0)
        for cited in library.paragraphs(card.document.document_id):
            text = cited.paragraph.text
            for start, stop in passage_spans(text, encoder, PassageConfig()):
                found[text[start:stop]] = fold
    return found


def cross_fitted_library(
    library: Library, encoders: Sequence[Encoder], folds: Mapping[str, int], folder: Path
) -> Library:
    """Build the library's documents anew with the encoders of all folds, to be searched."""
    encoder = CrossFitted(encoders, passage_folds(library, folds, encoders[0]))
    return reembedded(library, encoder, folder, adjusted(library.config, len(encoders)))


def adjusted(config: SearchConfig, count: int) -> SearchConfig:
    """Return the settings under which vectors of `count` blocks weigh what those of one do."""
    root = math.sqrt(count)
    share = FEEDBACK_SHARE if config.feedback else 1.0
    return replace(
        config, dense_weight=config.dense_weight * root * share, feedback=config.feedback / root
    )
