"""The very paragraphs that a citation names by a label, a key or a page."""

from __future__ import annotations

from collections.abc import Iterable

from index.pinpoints import pages_of, plain
from index.store import Store
from ingest.model import Paragraph


def pinned(store: Store, place: str, documents: Iterable[int]) -> list[int]:
    """The rows of the paragraphs that a place cites, among those of some documents."""
    among = sorted(documents)
    pages = pages_of(place)
    if pages:
        return [one.row for one in store.of_documents(among) if _is_on(one.paragraph, pages)]
    return (
        store.keyed("number", place, among)
        or store.keyed("key", place, among)
        or [
            one.row
            for one in store.of_documents(among)
            if plain(one.paragraph.label) == plain(place)
        ]
    )


def _is_on(paragraph: Paragraph, pages: Iterable[int]) -> bool:
    first = paragraph.page_start
    last = paragraph.page_end or first
    return first is not None and last is not None and any(first <= page <= last for page in pages)
