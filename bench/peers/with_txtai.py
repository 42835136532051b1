"""txtai: its quick start, with paragraphs for chunks and the PDF reader that works offline."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import liteparse
from txtai import Embeddings
from txtai.pipeline import Textractor

from bench.peers.system import Chunk, model_folder


class Peer:
    """Textractor(paragraphs=True) with LiteParse, Embeddings with content."""

    def build(self, pdfs: Path, folder: Path) -> int:
        """See System."""
        reader = Textractor(backend="liteparse", paragraphs=True)
        # Its character recognition fetches data from the network, for pages that need none.
        reader.html.backend.liteparse = liteparse.LiteParse(
            output_format="markdown", ocr_enabled=False, quiet=True
        )
        chunks = [
            (path.name, chunk) for path in sorted(pdfs.glob("*.pdf")) for chunk in reader(str(path))
        ]
        embeddings = Embeddings(path=model_folder(), content=True)
        embeddings.index(chunks)
        embeddings.save(str(folder))
        return int(embeddings.count())

    def open(self, folder: Path) -> None:
        """See System."""
        self._embeddings = Embeddings()
        self._embeddings.load(str(folder))

    def search(self, question: str, top_k: int) -> Sequence[Chunk]:
        """See System."""
        return [Chunk(one["id"], one["text"]) for one in self._embeddings.search(question, top_k)]
