"""A copy of a library with another encoder's vectors, to be searched beside it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from index.embed import Embedder
from index.encoder import Encoder
from index.library import Library
from index.passages import PassageConfig
from index.schema import FILE_NAME, open_reader
from index.search import SearchConfig
from index.update import Update, writing


def reembedded(
    library: Library, encoder: Encoder, folder: Path, config: SearchConfig | None = None
) -> Library:
    """Copy a library into a folder and encode its paragraphs anew; nothing is read again."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        closing(open_reader(library.folder)) as source,
        closing(sqlite3.connect(folder / FILE_NAME)) as target,
    ):
        source.backup(target)
    with writing(folder, create=False) as store:
        embedder = Embedder(store, lambda: encoder, PassageConfig(), reuse=False)
        update = Update(store, folder, embedder)
        for stored in store.files():
            update.cut_again(stored)
        update.commit()
    return Library.open(folder, encoder, config or library.config)
