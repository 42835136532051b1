"""What is wrong with a card: number and text put right by hand, or only reported."""

from __future__ import annotations

import streamlit as st

from index.corrections import ParagraphCorrection, read_corrections, wanted_reading
from index.curate import correct_paragraph, undo_paragraph
from index.library import Library
from index.model import Hit
from ingest.errors import PilcrowError
from ui.components import small
from ui.library import library_folder
from ui.wording import as_text

_OPEN = "correcting"  # in the session: the paragraph whose form is open


def open_form(paragraph_id: str) -> None:
    """Show the form below this paragraph's card, or close it; one at a time is enough."""
    st.session_state[_OPEN] = None if being_corrected() == paragraph_id else paragraph_id


def being_corrected() -> str | None:
    """The paragraph whose form is open."""
    paragraph_id: str | None = st.session_state.get(_OPEN)
    return paragraph_id


def correction_form(library: Library, hit: Hit) -> None:
    """The form that puts a paragraph right."""
    key = hit.paragraph_id
    with st.container(border=True):
        st.subheader(as_text(f"What is wrong with {hit.citation}?"), anchor=False)
        small("Compare it with the original. What you put right is shown as corrected by hand.")
        number = st.text_input(
            "Number as printed; empty where none is printed", hit.number or "", key=f"number {key}"
        )
        text = st.text_area("Text", hit.text, key=f"text {key}", height=180)
        note = st.text_input("What is wrong, in your words (optional)", key=f"note {key}")
        with st.container(horizontal=True):
            if st.button("Keep the correction", type="primary", key=f"keep {key}"):
                _keep(library, hit, number, text, note)
            known = _known(library, hit)
            if known and st.button("Undo the correction", key=f"undo {key}"):
                _undo(library, hit, known)
            if st.button("Close", key=f"close {key}"):
                st.session_state.pop(_OPEN)
                st.rerun(scope="fragment")


def _known(library: Library, hit: Hit) -> ParagraphCorrection | None:
    sha256 = library.card(hit.document_id).document.sha256
    own = read_corrections(library_folder()).get(sha256)
    return own.paragraphs.get(hit.paragraph_id.partition("#")[2]) if own else None


def _keep(library: Library, hit: Hit, number: str, text: str, note: str) -> None:
    try:
        now = wanted_reading(number, text)
        encoder = library.encoder() if now.text != hit.text else None
        correct_paragraph(library_folder(), hit.paragraph_id, now, note, encoder)
    except PilcrowError as error:
        st.error(as_text(str(error)))
        return
    _seen_again()


def _undo(library: Library, hit: Hit, known: ParagraphCorrection) -> None:
    try:
        encoder = library.encoder() if known.was.text != known.now.text else None
        undo_paragraph(library_folder(), hit.paragraph_id, encoder)
    except PilcrowError as error:
        st.error(as_text(str(error)))
        return
    _seen_again()


def _seen_again() -> None:
    """Close the form and search again: the library is another one now."""
    st.session_state.pop(_OPEN)
    st.rerun()
