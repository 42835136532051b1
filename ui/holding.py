"""One document on the Library page: how it was read, and putting right what is wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import get_args

import streamlit as st

from index.corrections import DocumentCorrections, field_text, read_corrections
from index.curate import correct_document, remove_document, undo_document, undo_paragraph
from index.errors import LibraryError
from index.library import Library
from ingest.errors import PilcrowError
from ingest.model import Document, DocumentKind
from ui.address import document_link, paragraph_link, paragraph_name
from ui.components import links, small, table
from ui.holdings_data import structure_table
from ui.library import library_folder
from ui.wording import as_text, kind_name, long_day, title

FORM = 720  # pixels; a box across the whole screen is hard to read
EARLIEST, LATEST = date(1990, 1, 1), date(2100, 1, 1)
TEXTS = {"title": "Title", "publisher": "Publisher", "authority": "Authority"}
DAYS = {
    "published": "Published",
    "inspection_start": "Inspection began",
    "inspection_end": "Inspection ended",
}
NAMES = TEXTS | {"kind": "Kind of document", "judgements": "Judgements"} | DAYS


def holding_view(library: Library, document_id: str) -> None:
    """The document's view; without it, a sentence and the way back."""
    back = {"href": "library", "text": "All documents of the library"}
    try:
        document = library.document(document_id)
    except LibraryError as error:
        links(key="back", data={"heading": "", "links": [back]})
        st.warning(as_text(str(error)))
        return
    read = {"href": document_link(document_id), "text": "Read this document"}
    links(key="back", data={"heading": "", "links": [back, read], "inline": True})
    st.title(as_text(title(document)), anchor=False)
    small(f"{library.card(document_id).name} · {document.doc}")
    with st.container():  # what comes and goes moves nothing below it to another place
        _notices(document)
    with st.container(width=FORM):
        table(key="structure", data=structure_table(document))
        own = read_corrections(library_folder()).get(document.sha256, DocumentCorrections())
        _fields(document, own, library.info().version)
        _corrections(library, document, own)
        _remove(document)


def _notices(document: Document) -> None:
    if notice := st.session_state.pop("holding notice", None):
        st.success(as_text(notice))
    if refused := st.session_state.pop("holding refused", None):
        st.error(as_text(refused))
    for warning in document.warnings:
        st.warning(as_text(warning[:1].upper() + warning[1:] + "."))


def _fields(document: Document, own: DocumentCorrections, version: int) -> None:
    st.header("Put right what the cover says", anchor=False)
    _fill(document, version)
    with st.form("fields"):
        said: dict[str, str | None] = {}
        for name, label in TEXTS.items():
            said[name] = st.text_input(label, key=f"field {name}", max_chars=2000)
        said["kind"] = st.selectbox(
            NAMES["kind"], get_args(DocumentKind), format_func=kind_name, key="field kind"
        )
        for column, (name, label) in zip(st.columns(len(DAYS)), DAYS.items(), strict=True):
            day = column.date_input(
                label,
                value=None,
                min_value=EARLIEST,
                max_value=LATEST,
                format="DD/MM/YYYY",
                key=f"field {name}",
            )
            said[name] = day.isoformat() if isinstance(day, date) else None
        said["judgements"] = st.text_area(
            "Judgements, one a line: what was judged, a colon, the grade", key="field judgements"
        )
        if st.form_submit_button("Keep", type="primary"):
            _try("Kept.", lambda: correct_document(library_folder(), document.document_id, said))
            st.rerun()
    if own.fields:
        for name, (was, now) in own.fields.items():
            small(f"{NAMES[name]}: read as “{was or 'nothing'}”, put right to “{now or 'nothing'}”")
        if st.button("Undo these", key="undo fields"):
            _try("Undone.", lambda: undo_document(library_folder(), document.document_id))
            st.rerun()


def _fill(document: Document, version: int) -> None:
    """Put into the boxes what the document holds: at first, and where another version is shown."""
    stamp = (document.document_id, version)
    if st.session_state.get("fields of") == stamp and "field kind" in st.session_state:
        return
    st.session_state["fields of"] = stamp
    for name in TEXTS:
        st.session_state[f"field {name}"] = getattr(document, name) or ""
    for name in ("kind", *DAYS):
        st.session_state[f"field {name}"] = getattr(document, name)
    st.session_state["field judgements"] = field_text(document, "judgements")


def _corrections(library: Library, document: Document, own: DocumentCorrections) -> None:
    """What was put right of single paragraphs, each with its undoing."""
    st.header("Paragraphs put right", anchor=False)
    if not own.paragraphs:
        small("None. A card of the search page has “Something is wrong” for that.")
    for key, correction in own.paragraphs.items():
        paragraph_id = f"{document.document_id}#{key}"
        with st.container(horizontal=True, vertical_alignment="center"):
            number = correction.now.number or "without a number"
            st.text(f"Paragraph {number}. {correction.sentence}", width="stretch")
            st.button(
                "Undo",
                key=f"undo {key}",
                on_click=_undo_paragraph,
                args=(library, paragraph_id, correction.was.text != correction.now.text),
            )
        name = paragraph_name(key, correction.now.number)
        href = paragraph_link(document.document_id, name)
        links(key=f"see {key}", data={"heading": "", "links": [{"href": href, "text": "See it"}]})


def _undo_paragraph(library: Library, paragraph_id: str, text_changed: bool) -> None:
    encoder = library.encoder() if text_changed else None
    _try("Undone.", lambda: undo_paragraph(library_folder(), paragraph_id, encoder))


def _try(said: str, act: Callable[[], object]) -> None:
    """Do it, and keep what came of it for the top of the page."""
    try:
        act()
    except PilcrowError as error:
        st.session_state["holding refused"] = str(error)
        return
    st.session_state["holding notice"] = said


def _remove(document: Document) -> None:
    st.header("Remove", anchor=False)
    with st.expander("Remove this document …"):  # in place: a popover may open out of sight
        st.text(
            "It is taken out of every search. Its file is kept under “Removed documents” on the "
            "Library page, from where it can be brought back."
        )
        st.button("Remove it", on_click=_removed, args=(document,), type="primary")


def _removed(document: Document) -> None:
    try:
        remove_document(library_folder(), document.document_id)
    except PilcrowError as error:
        st.session_state["holding refused"] = str(error)
        return
    today = long_day(f"{date.today():%Y-%m-%d}")
    said = f"“{title(document)}” was removed on {today}. Bring it back under “Removed documents”."
    st.session_state["library notice"] = said
    st.query_params.clear()
