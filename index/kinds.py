"""Kinds of document as questions and reports call them."""

from __future__ import annotations

import re

KINDS = {
    "focused visit": r"\bfocus(?:s?ed)? visits?\b",
    "monitoring visit": r"\bmonitoring visits?\b",
    "joint targeted area inspection": r"\bJTAIs?\b|\bjoint (?:targeted (?:area )?)?inspections?\b",
    "area SEND inspection": r"\b(?:area )?SEND inspections?\b",
}


def kinds_named(question: str) -> dict[str, list[tuple[int, int]]]:
    """Return {kind of document named: where}."""
    spans = {
        kind: [match.span() for match in re.finditer(pattern, question, re.IGNORECASE)]
        for kind, pattern in KINDS.items()
    }
    return {kind: where for kind, where in spans.items() if where}


def says_kind(kind: str, text: str) -> bool:
    """Whether a text speaks of a kind of document."""
    return bool(re.search(KINDS[kind], text, re.IGNORECASE))
