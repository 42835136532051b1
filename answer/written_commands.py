"""python -m answer ask --written."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from answer.commands import put
from answer.model import Answer
from answer.output import answer_lines
from answer.written import Written, WrittenSentence, heading, written_object, written_or_why
from index.library import Library


def add_written(command: argparse.ArgumentParser) -> None:
    """Give a command the option of an answer in a language model's words."""
    command.add_argument(
        "--written",
        action="store_true",
        help="have the answer written by the language model that is set up (docs/written.md)",
    )


def written_part(
    options: argparse.Namespace, library: Library, question: str, answer: Answer
) -> Mapping[str, Any]:
    """What the option adds to an answer's JSON."""
    if not options.written or answer.status == "error":
        return {}
    *_, final = _writing(library, question, answer)
    return {"written": written_object(final)}


def put_written(library: Library, question: str, answer: Answer) -> None:
    """Print sentences as they come; where they come to nothing, why, and the quoted answer."""
    citations = {hit.paragraph_id: hit.citation for hit in answer.hits}
    shown = 0
    final = None
    for final in _writing(library, question, answer):
        if final.sentences and not shown:
            put(f"{heading(final.model)}.", "")
        for sentence in final.sentences[shown:]:
            put(_line(sentence, citations), "")
        shown = len(final.sentences)
        sys.stdout.flush()
    if final is not None and final.reason:
        put(final.reason)
    if final is None or final.status == "fallback":
        put("", *answer_lines(answer))


def _line(sentence: WrittenSentence, citations: Mapping[str, str]) -> str:
    cited = "; ".join(citations[key] for key in sentence.citations)
    said = f"{sentence.text} ({cited})" if cited else sentence.text
    return said if sentence.supported else f"NOT SUPPORTED: {said} [{sentence.reason}]"


def _writing(library: Library, question: str, answer: Answer) -> Iterator[Written]:
    return written_or_why(question, answer, library, os.environ)
