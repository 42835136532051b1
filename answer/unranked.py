"""A library whose search leaves out the second reading, for work that ranks places itself."""

from __future__ import annotations

from dataclasses import replace

from index.library import Library


def unranked(library: Library) -> Library:
    """The same library with the same encoder; nothing that its search finds is read again."""
    return Library.open(library.folder, library.encoder(), replace(library.config, rerank=0))
