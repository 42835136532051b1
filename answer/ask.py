"""A question put to a library -> its answer."""

from __future__ import annotations

from collections.abc import Collection

from answer.model import Answer, Sentence
from index.library import EVERYTHING, Library
from index.model import Filter


def ask(
    library: Library,
    question: str,
    *,
    top_k: int = 10,
    filters: Filter = EVERYTHING,
    ignore: Collection[str] = frozenset(),
) -> Answer:
    """Return what the library's documents say to a question, in their own words."""
    hits = library.search(question, top_k, filters, ignore)
    sentences = [Sentence(text, (hit.paragraph_id,)) for hit in hits[:2] for text in hit.highlights]
    return Answer("answered" if sentences else "no_answer", 0.5, tuple(sentences), tuple(hits))
