"""The page of the original beside the text, with the paragraph that was asked for marked."""

from __future__ import annotations

from base64 import b64encode
from typing import Any

import streamlit as st

from index.library import Library
from index.model import CitedParagraph
from ingest.errors import ReadError
from ingest.model import Document
from ingest.readers.pdf import PageImage, render_page
from ui.address import SearchState, page_link, paragraph_name

PIXELS_A_POINT = 2.5  # beside the text a point is 0.7 pixels wide, so that 3 of them fit in one
MARGIN = 2.0  # points left around a box
KEPT = 40  # pages, of some 400 kB


def page_data(
    library: Library,
    document: Document,
    number: int,
    asked: CitedParagraph | None,
    search: SearchState,
) -> dict[str, Any] | None:
    """What the reader shows of a page; None where it cannot be drawn."""
    count = document.pages or 0
    try:
        image = _image(document.sha256, number, library, document.document_id)
    except ReadError:  # a file that is no PDF, or that only its reader could mend
        return None
    name = paragraph_name(asked.paragraph.key, asked.paragraph.number) if asked else ""

    def way(page: int) -> str | None:
        return page_link(document.document_id, name, page, search) if 1 <= page <= count else None

    boxes = boxes_data(asked, number, image) if asked else []
    label = asked.paragraph.label if asked else ""
    return {
        "number": number,
        "count": count,
        "src": f"data:image/png;base64,{b64encode(image.png).decode('ascii')}",
        "width": image.width,
        "height": image.height,
        "boxes": boxes,
        "alt": f"Page {number} of {count} as published" + f"; {label} is marked" * bool(boxes),
        "previous": way(number - 1),
        "next": way(number + 1),
    }


def boxes_data(asked: CitedParagraph, number: int, image: PageImage) -> list[dict[str, float]]:
    """The paragraph's boxes on a page, in per cent from the upper left corner."""
    return [
        {
            "left": 100 * (box.left - MARGIN) / image.width,
            "top": 100 * (image.height - box.top - MARGIN) / image.height,
            "width": 100 * (box.right - box.left + 2 * MARGIN) / image.width,
            "height": 100 * (box.top - box.bottom + 2 * MARGIN) / image.height,
        }
        for box in asked.paragraph.boxes
        if box.page == number
    ]


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _image(sha256: str, number: int, _library: Library, _document_id: str) -> PageImage:
    """The page of the file with that digest."""
    return render_page(_library.original(_document_id), number, PIXELS_A_POINT)
