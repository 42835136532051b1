"""What every page shows of a paragraph: where it stands, how it is cited, its words."""

from __future__ import annotations

from typing import Any, TypeAlias

from index.library import Library
from index.model import CitedParagraph, Hit
from index.standing import subjects
from ingest.model import Document, Paragraph
from ui.address import NOWHERE, SearchState, document_link, paragraph_link, paragraph_name
from ui.further_address import collect_link
from ui.later_data import later_data, standing_data
from ui.wording import dated, kind_name, pages, title

Words: TypeAlias = Hit | Paragraph


def hit_data(library: Library, hit: Hit, search: SearchState = NOWHERE) -> dict[str, Any]:
    """What is shown of a paragraph found by a question."""
    return _data(library, hit, hit, search) | {"highlights": list(hit.highlights)}


def cited_data(library: Library, cited: CitedParagraph) -> dict[str, Any]:
    """What is shown of a paragraph of the library."""
    return _data(library, cited, cited.paragraph, NOWHERE) | {"highlights": []}


def _data(
    library: Library, cited: Hit | CitedParagraph, words: Words, search: SearchState
) -> dict[str, Any]:
    document = library.card(cited.document_id).document
    name = paragraph_name(cited.paragraph_id.partition("#")[2], words.number)
    about = subjects(words.heading, words.section)
    return {
        "id": cited.paragraph_id,
        "number": words.number,
        "label": words.label,
        "citation": cited.citation,
        "full_citation": cited.full_citation,
        "title": title(document),
        "facts": facts(document, words),
        "facts_in_document": _of_the_paragraph(words),
        "standing": standing_data(document, words.heading, words.section),
        "later": later_data(library, document, about, search),
        "heading": None if words.heading and words.heading in words.label else words.heading,
        "text": words.text,
        "notes": list(words.notes),
        "href": paragraph_link(cited.document_id, name, search),
        "link": paragraph_link(cited.document_id, name),
        "collect": collect_link(cited.paragraph_id),
        "second_hand": document.second_hand,
        "original": _original(library, document),
        "retells": document.retells,
        "correction": words.correction,
    }


def facts(document: Document, words: Words) -> list[str]:
    """Where and when, in the order in which a reader asks for it."""
    known = [
        document.authority,
        kind_name(document.kind),
        dated(document),
        *_of_the_paragraph(words),
    ]
    return [fact for fact in known if fact]


def _of_the_paragraph(words: Words) -> list[str]:
    known = [
        pages(words.page_start, words.page_end),
        "recommendation" if words.recommendation else None,
        "read by character recognition" if words.recognised else None,
    ]
    return [fact for fact in known if fact]


def _original(library: Library, document: Document) -> dict[str, str] | None:
    """The report that a second-hand source retells, where the library has it."""
    if document.repeats is None:
        return None
    documents = (card.document for card in library.documents())
    original = next((one for one in documents if one.doc == document.repeats), None)
    if original is None:
        return None
    return {"title": title(original), "href": document_link(original.document_id)}
