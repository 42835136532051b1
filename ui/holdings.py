"""The Library page: what is in the library."""

from __future__ import annotations

import streamlit as st

from index.library import Library
from ui.address import document_link
from ui.components import links
from ui.edge import guarded
from ui.library import opened_library
from ui.wording import counted, dated, kind_name, title


@guarded
def holdings_page() -> None:
    """Every document of the library."""
    st.set_page_config(page_title="Library · Pilcrow", layout="wide")
    library = opened_library()
    st.title("Library", anchor=False)
    _list_documents(library)


def _list_documents(library: Library) -> None:
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
