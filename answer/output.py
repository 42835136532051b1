"""Answers as JSON and as text to be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from answer.model import Answer
from index.output import hit_object

NEAREST = 3  # hits that are shown in place of an answer
MOST = 0.99


def answer_object(answer: Answer) -> dict[str, Any]:
    """An answer for JSON."""
    return {
        "status": answer.status,
        "confidence": answer.confidence,
        "reason": answer.reason,
        "note": answer.note,
        "sentences": [asdict(sentence) for sentence in answer.sentences],
        "hits": [hit_object(hit) for hit in answer.hits],
    }


def answer_lines(answer: Answer) -> Iterator[str]:
    """An answer to be read: each sentence with its citation, or why there is none."""
    citations = {hit.paragraph_id: hit.citation for hit in answer.hits}
    if answer.note:
        yield answer.note
        yield ""
    for sentence in answer.sentences:
        yield f"{sentence.text} ({'; '.join(citations[key] for key in sentence.citations)})"
        yield ""
    if answer.reason:
        yield answer.reason
        for hit in answer.hits[:NEAREST]:
            yield ""
            yield f"{hit.citation}: {hit.text}"
    elif answer.sentences:
        yield f"Likelihood that these documents answer the question: {percent(answer.confidence)}."


def percent(probability: float) -> str:
    """A probability in words; no decision is certain."""
    if probability > MOST:
        return f"over {MOST:.0%}"
    return f"under {1 - MOST:.0%}" if probability < 1 - MOST else f"{probability:.0%}"
