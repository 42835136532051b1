"""The very paragraph that a citation names by its label or its key."""

from __future__ import annotations

from collections.abc import Iterable

from index.pinpoints import plain
from index.store import Store, StoredParagraph


def pinned(store: Store, place: str, documents: Iterable[int]) -> list[int]:
    """The rows of the paragraphs that a label or a key cites, among those of some documents."""
    found = [one for row in sorted(documents) for one in store.paragraphs(row)]
    return (
        [one.row for one in found if one.paragraph.number == place]
        or [one.row for one in found if one.paragraph.key == place]
        or [one.row for one in found if _labelled(one, place)]
    )


def _labelled(stored: StoredParagraph, place: str) -> bool:
    return plain(stored.paragraph.label) == plain(place)
