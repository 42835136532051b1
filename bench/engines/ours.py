"""Our own index, asked for every paragraph's score as search does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from bench.engines.harness import TOP_K, Question, run
from index.bm25 import Bm25Config, WordIndex
from index.postings import Postings, Tokens
from index.words import Run, WordFile, write

_SHA256 = "sha256"


class Ours:
    """Each concept counts as one word."""

    def build(self, texts: Iterator[str], folder: Path) -> None:
        """Make the index."""
        postings = Postings.of(Tokens.read(texts).sorted())
        path = WordFile(1, "").path(folder)
        (folder / _SHA256).write_text(write(path, Run(np.arange(postings.size), postings)))

    def open(self, folder: Path) -> Callable[[Question], object]:
        """What puts a question to the index."""
        file = WordFile(1, (folder / _SHA256).read_text())
        written = file.load(folder)
        if written is None:
            raise SystemExit(f"{file.path(folder)} is not as it was written.")
        index = WordIndex(written.rows, [written.postings])

        def ask(question: Question) -> object:
            scores = index.score(question, Bm25Config()).scores
            return np.argpartition(scores, -TOP_K)[-TOP_K:]

        return ask


if __name__ == "__main__":
    run(Ours())
