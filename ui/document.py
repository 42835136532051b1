"""The document page: one document read through, beside the page that it was read from."""

from __future__ import annotations

import mimetypes
from collections.abc import Sequence

import streamlit as st

from index.errors import LibraryError
from index.library import Library
from index.model import CitedParagraph, DocumentCard, Filter, Hit
from ui.address import SearchState, find_paragraph, read_page, read_search, search_link
from ui.components import links, reader
from ui.document_data import document_data, hits_data
from ui.document_picture import page_data
from ui.edge import guarded
from ui.library import opened_library
from ui.wording import as_text

HITS = 10  # of the question in one document


@guarded
def document_page() -> None:
    """The document and paragraph of the address; without one, the library's list."""
    st.set_page_config(layout="wide")
    library = opened_library()
    document_id = st.query_params.get("doc")
    if not document_id:
        links(key="to the library", data={"heading": "", "links": [TO_LIBRARY]})
        st.info("No document was chosen. Choose one in the library.")
        return
    try:
        card = library.card(document_id)
    except LibraryError as error:
        st.warning(as_text(str(error)))
        links(key="to the library", data={"heading": "", "links": [TO_LIBRARY]})
        return
    st.set_page_config(page_title=f"{card.name} · Pilcrow")
    search = read_search(st.query_params.to_dict())
    with st.container(horizontal=True, vertical_alignment="center"):
        _way_back(search)
        _download(library, card)
    _read(library, card, search)


TO_LIBRARY = {"href": "library", "text": "All documents of the library"}


def _read(library: Library, card: DocumentCard, search: SearchState) -> None:
    document_id = card.document.document_id
    paragraphs = library.paragraphs(document_id)
    name = st.query_params.get("p", "")
    asked = find_paragraph(paragraphs, name) if name else None
    if name and asked is None:
        st.warning(as_text(f"There is no paragraph “{name}” in this document."))
    found = _hits(library, document_id, search)
    reader(
        key=f"document {document_id}",
        data={
            "document": document_data(card.document, paragraphs, search),
            "asked": asked.paragraph.key if asked else None,
            "hits": hits_data(search, paragraphs, found, asked),
            "page": _page(library, card, paragraphs, asked, search),
        },
    )


def _hits(library: Library, document_id: str, search: SearchState) -> Sequence[Hit]:
    """What the question finds in this document; kept, for only the paragraph changes here."""
    if not search.question:
        return ()
    key = (library.info().version, document_id, search.question, search.ignored)
    kept = st.session_state.get("hits in document")
    if kept is None or kept[0] != key:
        with st.spinner("Looking for the question in this document …"):
            found = library.search(
                search.question,
                top_k=HITS,
                filters=Filter(document_id=document_id),
                ignore=search.ignored,
            )
        kept = st.session_state["hits in document"] = (key, found)
    hits: Sequence[Hit] = kept[1]
    return hits


def _page(
    library: Library,
    card: DocumentCard,
    paragraphs: Sequence[CitedParagraph],
    asked: CitedParagraph | None,
    search: SearchState,
) -> dict[str, object] | None:
    """The page that is asked for, else the paragraph's; none for what has no pages."""
    document = card.document
    first = asked.paragraph.page_start if asked else 1
    number = read_page(st.query_params.to_dict()) or first
    if not document.pages or number is None or not any(one.paragraph.boxes for one in paragraphs):
        return None
    return page_data(library, document, min(number, document.pages), asked, search)


def _way_back(search: SearchState) -> None:
    """A link to the results that the reader came from."""
    state = search if search.question else st.session_state.get("last search")
    link = TO_LIBRARY
    if state:
        link = {"href": search_link(state), "text": f"Back to the results for “{state.question}”"}
    links(key="way back", data={"heading": "", "links": [link]})


def _download(library: Library, card: DocumentCard) -> None:
    doc, document_id = card.document.doc, card.document.document_id
    st.download_button(
        "Download the original",
        data=lambda: library.original(document_id),
        file_name=doc,
        mime=mimetypes.guess_type(doc)[0] or "application/octet-stream",
        on_click="ignore",
        key="original",
    )
