"""An encoder that does not compute again what it has computed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from index.encoder import Encoder, Vectors
from index.sentences import Span


class RememberingEncoder:
    """Keeps the vector of every text; for one run over a draft or several, not for long."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._vectors: dict[str, Vectors] = {}
        self.name = encoder.name
        self.sha256 = encoder.sha256
        self.dim = encoder.dim
        self.max_tokens = encoder.max_tokens

    def token_spans(self, text: str) -> Sequence[Span]:
        """See Encoder."""
        return self._encoder.token_spans(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._encoder.encode(new), strict=True))
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        return np.stack([self._vectors[text] for text in texts])

    def encode_query(self, text: str) -> Vectors:
        """See Encoder."""
        return self._encoder.encode_query(text)
