"""bm25s with its numpy backend and Snowball's stemmer, the index mapped into memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import bm25s
import Stemmer

from bench.engines.harness import TOP_K, Question, run, sayings


class Bm25s:
    """It knows words, no phrases."""

    def build(self, texts: Iterator[str], folder: Path) -> None:
        """Make the index."""
        retriever = bm25s.BM25()
        retriever.index(_tokens(list(texts)), show_progress=False)
        retriever.save(str(folder))

    def open(self, folder: Path) -> Callable[[Question], object]:
        """What puts a question to the index."""
        retriever = bm25s.BM25.load(str(folder), mmap=True)

        def ask(question: Question) -> object:
            tokens = _tokens([" ".join(sayings(question))])
            return retriever.retrieve(tokens, k=TOP_K, show_progress=False)

        return ask


def _tokens(texts: Sequence[str]) -> object:
    stemmer = Stemmer.Stemmer("english")
    return bm25s.tokenize(texts, stemmer=stemmer, show_progress=False)


if __name__ == "__main__":
    run(Bm25s())
