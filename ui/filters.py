"""The question box and the filters: widgets that follow the address, and change it when used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from index.library import Library
from index.model import Facets, Hit
from index.records import slug
from index.standing import GRADES, SUBJECTS
from ui.address import FIRST_SHOWN, NOWHERE, SearchState, read_search, write_search
from ui.components import facets
from ui.facets import facet_lists, nothing_to_choose

WIDGETS = ("question", "year_from", "year_to")


def follow_address(library: Library) -> tuple[SearchState, list[str]]:
    """The search in the address, and a sentence for every value the library does not know.

    The address leads and the widgets are set to it, so that bookmarks, Back and Forward need
    nothing of their own.
    """
    state, unknown = known(read_search(st.query_params.to_dict()), library.facets())
    for name in WIDGETS:
        wanted = getattr(state, name)
        if st.session_state.get(name) != wanted:
            st.session_state[name] = wanted
    return state, unknown


def known(state: SearchState, all_of_it: Facets) -> tuple[SearchState, list[str]]:
    """The search without filters that name what is not in the library, and what was left out."""
    authority = _match(state.authority, all_of_it.authorities)
    kind = _match(state.kind, all_of_it.kinds)
    subject = _match(state.subject, SUBJECTS)
    judgement = _match(state.judgement, GRADES)
    unknown = [
        f"This library holds no {what} “{said}”; that filter is left out."
        for what, said, value in (
            ("authority", state.authority, authority),
            ("kind of document", state.kind, kind),
            ("part of a report", state.subject, subject),
            ("judgement", state.judgement, judgement),
        )
        if said and value is None
    ]
    kept = replace(state, authority=authority, kind=kind, subject=subject, judgement=judgement)
    return kept, unknown


def question_box() -> None:
    """The box and its button; Enter does the same as the button."""
    with st.form("ask", border=False):
        box, button = st.columns([1, 0.16], vertical_alignment="bottom")
        box.text_input(
            "Question",
            key="question",
            placeholder="In plain words, or a citation. Press / to come here.",
        )
        button.form_submit_button(
            "Search", type="primary", width="stretch", on_click=_keep_in_address
        )


def filter_lists(library: Library, state: SearchState, hits: Sequence[Hit] = ()) -> None:
    """What can be filtered by, each choice with how many of the hits it keeps."""
    st.header("Filters", anchor=False)
    lists = facet_lists(library, state, hits)
    if not nothing_to_choose(lists):
        facets(key="facets", data={"facets": lists, "asked": bool(state.question)})
    years = sorted(library.facets().years)
    if len(years) > 1:
        first, last = st.columns(2)
        for column, label, key in ((first, "From year", "year_from"), (last, "To year", "year_to")):
            column.selectbox(
                label, years, index=None, key=key, placeholder="Any", on_change=_keep_in_address
            )
    if state.filters != NOWHERE.filters:
        st.button("Clear filters", on_click=_clear_filters)


def _keep_in_address() -> None:
    """Write what the widgets say into the address: one step for the browser's Back button."""
    said: dict[str, Any] = {name: st.session_state.get(name) for name in WIDGETS}
    said["question"] = (said["question"] or "").strip()
    before = read_search(st.query_params.to_dict())
    # What was taken off belongs to its question and means nothing for another.
    ignored = before.ignored if before.question == said["question"] else ()
    kept = replace(before, **said, ignored=ignored, shown=FIRST_SHOWN)
    st.query_params.from_dict(write_search(kept))


def _clear_filters() -> None:
    before = read_search(st.query_params.to_dict())
    kept = SearchState(before.question, ignored=before.ignored, sort=before.sort)
    st.query_params.from_dict(write_search(kept))


def _match(said: str | None, values: Iterable[str]) -> str | None:
    """The value meant: in any case, or as a slug."""
    return next((value for value in values if said and slug(value) == slug(said)), None)
