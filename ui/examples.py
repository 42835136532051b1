"""What to ask first: example questions made from what is in the library."""

from __future__ import annotations

from collections.abc import Iterable

from index.library import Library
from ingest.model import Document
from ui.address import SearchState, search_link
from ui.components import links

A_PARAGRAPH = "87"  # cited by the example, where the document has it


def example_links(library: Library) -> None:
    """Links that ask the example questions."""
    items = [
        {"href": search_link(SearchState(question)), "text": question}
        for question in example_questions(library)
    ]
    links(key="examples", data={"heading": "For example", "links": items})


def example_questions(library: Library) -> list[str]:
    """Three questions: in plain words, of one authority and year, and a citation typed in."""
    documents = [card.document for card in library.documents()]
    official = [one for one in documents if one.authority and not one.second_hand]
    newest = max(official, key=lambda one: (one.year or 0, one.document_id), default=None)
    questions = [
        "What happened to care leavers in B&B accommodation?",
        _of_one_year(newest) if newest else "How are children who go missing kept safe?",
    ]
    cited = _citation(library, official)
    return [*questions, cited or "“requires improvement to be good”"]


def _of_one_year(document: Document) -> str:
    year = f" in {document.year}" if document.year else ""
    return f"How well do managers oversee social workers in {document.authority}{year}?"


def _citation(library: Library, documents: Iterable[Document]) -> str | None:
    """A citation that this library can follow, to show that one may be typed."""
    for document in documents:
        numbered = [one for one in library.paragraphs(document.document_id) if one.paragraph.number]
        if numbered:
            usual = (one for one in numbered if one.paragraph.number == A_PARAGRAPH)
            return next(usual, numbered[len(numbered) // 2]).citation
    return None
