"""Pilcrow, with the general model or as it ships."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.peers.system import Chunk
from index.build import BuildConfig, build
from index.encoder import GENERAL_MODEL, OWN_MODEL
from index.library import Library
from index.search import SearchConfig


class Peer:
    """A library of paragraphs."""

    def __init__(self, model: str, *, rerank: bool) -> None:
        self._model = model
        self._config = SearchConfig() if rerank else SearchConfig(rerank=0)

    def build(self, pdfs: Path, folder: Path) -> int:
        """See System."""
        build([pdfs], folder, config=BuildConfig(model=self._model))
        return Library.open(folder).info().passages

    def open(self, folder: Path) -> None:
        """See System."""
        self._library = Library.open(folder, config=self._config)

    def search(self, question: str, top_k: int) -> Sequence[Chunk]:
        """See System."""
        return [Chunk(hit.doc, hit.text) for hit in self._library.search(question, top_k)]


def general() -> Peer:
    """With the model that the others use."""
    return Peer(GENERAL_MODEL, rerank=False)


def shipped() -> Peer:
    """With our own encoder and reranker."""
    return Peer(OWN_MODEL, rerank=True)


def unranked() -> Peer:
    """As it ships, with --no-rerank."""
    return Peer(OWN_MODEL, rerank=False)
