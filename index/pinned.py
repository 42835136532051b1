"""The very paragraph that a citation names by its label or its key."""

from __future__ import annotations

from collections.abc import Iterable

from index.pinpoints import plain
from index.store import Store


def pinned(store: Store, place: str, documents: Iterable[int]) -> list[int]:
    """The rows of the paragraphs that a label or a key cites, among those of some documents."""
    among = sorted(documents)
    return (
        store.keyed("number", place, among)
        or store.keyed("key", place, among)
        or [row for row, label in store.labels(among) if plain(label) == plain(place)]
    )
