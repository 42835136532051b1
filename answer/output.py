"""Answers as JSON and as text to be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from answer.model import Answer
from index.output import hit_object


def answer_object(answer: Answer) -> dict[str, Any]:
    """An answer for JSON."""
    return {
        "status": answer.status,
        "confidence": answer.confidence,
        "reason": answer.reason,
        "sentences": [asdict(sentence) for sentence in answer.sentences],
        "hits": [hit_object(hit) for hit in answer.hits],
    }


def answer_lines(answer: Answer) -> Iterator[str]:
    """An answer to be read: each sentence with its citation."""
    citations = {hit.paragraph_id: hit.citation for hit in answer.hits}
    if answer.reason:
        yield answer.reason
    for sentence in answer.sentences:
        yield f"{sentence.text} ({'; '.join(citations[cited] for cited in sentence.citations)})"
