"""What the card of a paragraph shows on the pages How many, Over time and Briefing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.model import CitedParagraph, DocumentCard, Hit
from ui.address import paragraph_link, paragraph_name
from ui.further_address import collect_link
from ui.wording import dated, kind_name, pages

COLLECT = "Add to a briefing"


def cited_card(
    cited: CitedParagraph, card: DocumentCard, *, sentence: str = "", note: str = ""
) -> dict[str, Any]:
    """A paragraph with the sentence that counts; `note` is said before its facts."""
    paragraph, document = cited.paragraph, card.document
    facts = [
        note,
        kind_name(document.kind),
        dated(document),
        pages(paragraph.page_start, paragraph.page_end),
        "recommendation" if paragraph.recommendation else "",
    ]
    name = paragraph_name(paragraph.key, paragraph.number)
    return {
        "id": cited.paragraph_id,
        "citation": cited.citation,
        "href": paragraph_link(cited.document_id, name),
        "facts": " · ".join(fact for fact in facts if fact),
        "text": paragraph.text,
        "sentence": sentence,
        "links": [{"text": COLLECT, "href": collect_link(cited.paragraph_id)}],
        "actions": [],
    }


def hit_card(hit: Hit) -> dict[str, Any]:
    """A paragraph found by a question."""
    name = paragraph_name(hit.paragraph_id.partition("#")[2], hit.number)
    return {
        "id": hit.paragraph_id,
        "citation": hit.citation,
        "href": paragraph_link(hit.document_id, name),
        "facts": pages(hit.page_start, hit.page_end),
        "text": hit.text,
        "sentence": hit.highlights[0] if hit.highlights else "",
        "links": [{"text": COLLECT, "href": collect_link(hit.paragraph_id)}],
        "actions": [],
    }


def group(
    cards: Sequence[dict[str, Any]], heading: str = "", facts: str = "", empty: str = ""
) -> dict[str, Any]:
    """Cards under one heading."""
    return {"heading": heading, "facts": facts, "cards": list(cards), "empty": empty}
