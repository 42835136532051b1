"""The hits of a search, kept for the session: a button or another order searches nothing again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from index.library import Library
from index.model import Hit
from ingest.model import Document
from ui.address import BEST_FIRST, MOST_SHOWN, SearchState


def found(library: Library, state: SearchState) -> list[Hit]:
    """The best paragraphs for the question behind the filters, best first."""
    key = (library.info().version, state.question, state.filters, state.ignored)
    kept = st.session_state.get("found")
    if kept is None or kept[0] != key:
        hits = library.search(
            state.question, top_k=MOST_SHOWN, filters=state.filters, ignore=state.ignored
        )
        kept = st.session_state["found"] = (key, hits)
    return list(kept[1])


def in_order(library: Library, hits: Sequence[Hit], sort: str) -> list[Hit]:
    """The hits as the reader wants them; those of one date stay best first, undated ones last."""
    if sort == BEST_FIRST:
        return list(hits)
    days = {card.document.document_id: _day(card.document) for card in library.documents()}
    dated = [hit for hit in hits if days.get(hit.document_id)]
    dated.sort(key=lambda hit: days[hit.document_id] or date.min, reverse=sort == "newest")
    return [*dated, *(hit for hit in hits if not days.get(hit.document_id))]


def _day(document: Document) -> date | None:
    return document.published or document.file_date or document.inspection_end
