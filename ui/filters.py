"""The question box and the filters: widgets that follow the address, and change it when used."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from index.library import Library
from index.model import Facets
from index.records import slug
from ui.address import SearchState, read_search, write_search
from ui.wording import kind_name

WIDGETS = ("question", "authority", "year_from", "year_to", "kind")


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
    unknown = [
        f"This library holds no {what} “{said}”; that filter is left out."
        for what, said, value in (
            ("authority", state.authority, authority),
            ("kind of document", state.kind, kind),
        )
        if said and value is None
    ]
    return replace(state, authority=authority, kind=kind), unknown


def question_box() -> None:
    """The box and its button; Enter does the same as the button."""
    with st.form("ask", border=False):
        box, button = st.columns([1, 0.16], vertical_alignment="bottom")
        box.text_input(
            "Question",
            key="question",
            placeholder="In plain words, or a citation",
        )
        button.form_submit_button(
            "Search", type="primary", width="stretch", on_click=_keep_in_address
        )


def filter_boxes(library: Library, state: SearchState) -> None:
    """The filters, with the number of documents that each choice leaves beside the others."""
    every, left = library.facets(), library.facets(state.filters)
    asked = {year for year in (state.year_from, state.year_to) if year}
    years = sorted({*every.years, *asked})
    st.subheader("Filters", anchor=False)
    _choice("Authority", "authority", every.authorities, left.authorities, str)
    _choice("From year", "year_from", years, left.years, str)
    _choice("To year", "year_to", years, left.years, str)
    _choice("Kind of document", "kind", every.kinds, left.kinds, kind_name)
    if state.filters != SearchState().filters:
        st.button("Clear filters", on_click=_clear_filters)


def _choice(
    label: str,
    key: str,
    values: Iterable[Any],
    counts: Mapping[Any, int],
    name: Callable[[Any], str],
) -> None:
    st.selectbox(
        label,
        list(values),
        index=None,
        key=key,
        placeholder="All",
        format_func=lambda value: f"{name(value)} ({counts.get(value, 0)})",
        on_change=_keep_in_address,
    )


def _keep_in_address() -> None:
    """Write what the widgets say into the address: one step for the browser's Back button."""
    said: dict[str, Any] = {name: st.session_state.get(name) for name in WIDGETS}
    said["question"] = (said["question"] or "").strip()
    before = read_search(st.query_params.to_dict())
    # What was taken off belongs to its question and means nothing for another.
    ignored = before.ignored if before.question == said["question"] else ()
    st.query_params.from_dict(write_search(SearchState(**said, ignored=ignored)).items())


def _clear_filters() -> None:
    before = read_search(st.query_params.to_dict())
    kept = SearchState(before.question, ignored=before.ignored)
    st.query_params.from_dict(write_search(kept).items())


def _match(said: str | None, values: Iterable[str]) -> str | None:
    """The value meant: in any case, or as a slug."""
    return next((value for value in values if said and slug(value) == slug(said)), None)
