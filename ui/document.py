"""The document page: one document read through, with the paragraph that was asked for marked."""

from __future__ import annotations

from typing import Any

import streamlit as st

from index.errors import LibraryError
from index.library import Library
from index.model import CitedParagraph
from ingest.model import Document
from ui.address import (
    document_link,
    find_paragraph,
    paragraph_link,
    paragraph_name,
    search_link,
)
from ui.components import links, reader
from ui.edge import guarded
from ui.library import opened_library
from ui.wording import as_text, counted, dated, kind_name, long_date, pages, title


@guarded
def document_page() -> None:
    """The document and paragraph of the address, or the list of documents."""
    st.set_page_config(layout="wide")
    library = opened_library()
    _way_back()
    document_id = st.query_params.get("doc")
    if not document_id:
        _list_documents(library)
        return
    try:
        card = library.card(document_id)
    except LibraryError as error:
        st.warning(as_text(str(error)))
        _list_documents(library)
        return
    st.set_page_config(page_title=f"{card.name} · Pilcrow")
    _read(card.document, library.paragraphs(document_id), st.query_params.get("p", ""))


def _read(document: Document, paragraphs: list[CitedParagraph], name: str) -> None:
    asked = find_paragraph(paragraphs, name) if name else None
    if name and asked is None:
        st.warning(as_text(f"There is no paragraph “{name}” in this document."))
    key = asked.paragraph.key if asked else None
    reader(
        key=f"document {document.document_id}",
        data={"document": document_data(document, paragraphs), "asked": key},
    )


def _way_back() -> None:
    """A link to the results that the reader came from."""
    state = st.session_state.get("last search")
    if state:
        link = {"href": search_link(state), "text": f"Back to the results for “{state.question}”"}
        links(key="way back", data={"heading": "", "links": [link]})


def _list_documents(library: Library) -> None:
    st.title("Documents", anchor=False)
    items = [
        {
            "href": document_link(one.document_id),
            "text": title(one),
            "note": " · ".join(filter(None, (one.authority, kind_name(one.kind), dated(one)))),
        }
        for one in (card.document for card in library.documents())
    ]
    heading = f"{counted(len(items), 'document')} in the library"
    links(key="documents", data={"heading": heading, "links": items})


def document_data(document: Document, paragraphs: list[CitedParagraph]) -> dict[str, Any]:
    """What the reader shows of a document."""
    return {
        "id": document.document_id,
        "title": title(document),
        "facts": [
            fact
            for fact in (
                document.authority,
                kind_name(document.kind),
                document.publisher,
                dated(document),
                counted(document.pages, "page") if document.pages else None,
            )
            if fact
        ],
        "inspected": _inspected(document),
        "judgements": [list(pair) for pair in document.judgements.items()],
        "second_hand": document.second_hand,
        "origin": document.origin,
        "rights": document.rights,
        "sections": sections(paragraphs),
    }


def sections(paragraphs: list[CitedParagraph]) -> list[dict[str, Any]]:
    """The paragraphs in reading order, gathered under the heading that stands over them."""
    gathered: list[dict[str, Any]] = []
    for cited in paragraphs:
        place = {"section": cited.paragraph.section, "heading": cited.paragraph.heading}
        if not gathered or {name: gathered[-1][name] for name in place} != place:
            gathered.append(place | {"paragraphs": []})
        gathered[-1]["paragraphs"].append(_paragraph_data(cited))
    return gathered


def _paragraph_data(cited: CitedParagraph) -> dict[str, Any]:
    paragraph = cited.paragraph
    return {
        "key": paragraph.key,
        "number": paragraph.number,
        "label": paragraph.label,
        "kind": paragraph.kind,
        "text": paragraph.text,
        "page": pages(paragraph.page_start, paragraph.page_end),
        "notes": list(paragraph.notes),
        "href": paragraph_link(cited.document_id, paragraph_name(paragraph.key, paragraph.number)),
        "citation": cited.citation,
        "full_citation": cited.full_citation,
    }


def _inspected(document: Document) -> str | None:
    start, end = long_date(document.inspection_start), long_date(document.inspection_end)
    if start and end and start != end:
        return f"Inspected {start} to {end}"
    return f"Inspected {start or end}" if start or end else None
