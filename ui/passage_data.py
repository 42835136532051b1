"""Cards of paragraphs in lists and columns, as How many, Over time and Briefing show them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.library import Library
from index.model import CitedParagraph, Hit
from ui.paragraph_data import cited_data, hit_data


def cited_card(
    library: Library, cited: CitedParagraph, *, sentence: str = "", remark: str = ""
) -> dict[str, Any]:
    """A paragraph with the sentence of it that counts; `remark` is said above it."""
    marked = [sentence] if sentence else []
    return cited_data(library, cited) | _of_a_list(remark) | {"highlights": marked}


def hit_card(library: Library, hit: Hit) -> dict[str, Any]:
    """A paragraph found by a question."""
    return hit_data(library, hit) | _of_a_list()


def under_its_document(card: dict[str, Any]) -> dict[str, Any]:
    """The card without what the heading over it says, and what stands beside it."""
    return card | {"facts": card["facts_in_document"], "title": "", "later": []}


def gone_card(citation: str, remark: str) -> dict[str, Any]:
    """A paragraph that the library no longer holds: only how it was cited is known."""
    return {"citation": citation, "text": ""} | _of_a_list(remark)


def group(
    cards: Sequence[dict[str, Any]], heading: str = "", facts: str = "", empty: str = ""
) -> dict[str, Any]:
    """Cards under one heading."""
    return {"heading": heading, "facts": facts, "cards": list(cards), "empty": empty}


def _of_a_list(remark: str = "") -> dict[str, Any]:
    return {"remark": remark, "actions": [], "own": {}, "part": None, "taken": False}
