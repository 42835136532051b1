"""A library's documents built anew with another encoder, to be searched and thrown away."""

from __future__ import annotations

import tempfile
from pathlib import Path

from index.build import build
from index.encoder import Encoder
from index.library import Library
from index.search import SearchConfig


def rebuilt(
    library: Library, encoder: Encoder, folder: Path, config: SearchConfig | None = None
) -> Library:
    """Build into a folder what a library holds, from its originals."""
    with tempfile.TemporaryDirectory() as scratch:
        for card in library.documents():
            document_id = card.document.document_id
            place = Path(scratch) / document_id
            place.mkdir()
            (place / card.document.doc).write_bytes(library.original(document_id))
        build([Path(scratch)], folder, encoder=encoder)
    return Library.open(folder, encoder, config or library.config)
