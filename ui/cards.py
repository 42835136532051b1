"""The results: each hit as a card that stands on its own, so that its buttons search nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from index.library import Library
from index.model import Hit
from index.repeats import Repeated, group_repeats
from ingest.errors import PilcrowError
from ui.address import FIRST_SHOWN, SORTS, SearchState, read_search, search_link
from ui.card_data import context_data, group_data
from ui.components import card, links
from ui.correcting import correction_form, open_form
from ui.edge import guarded
from ui.found import in_order
from ui.judging import NOT_RELEVANT, RELEVANT, judging
from ui.wording import counted

GRADES = {"relevant": RELEVANT, "not relevant": NOT_RELEVANT}


@st.fragment
@guarded
def hit_cards(library: Library, hits: list[Hit], *, answering: bool = True) -> None:
    """The first of the hits, each passage once, and a button for more of them.

    Hits that answer nothing are called the nearest, not the best.
    """
    search = read_search(st.query_params.to_dict())
    shown = search.shown
    groups = group_repeats(in_order(library, hits, search.sort))
    _sorting(search, len(groups), "best" if answering else "nearest")
    for group in groups[:shown]:
        hit_card(library, group, replace(search, shown=FIRST_SHOWN))
    if len(groups) > shown:
        st.button("Show more", on_click=_show_more, args=(shown,))


def _sorting(search: SearchState, count: int, called: str) -> None:
    """The ways to sort, each a link of its own."""
    ways = [
        {
            "text": name,
            "href": search_link(replace(search, sort=sort, shown=FIRST_SHOWN)),
            "current": sort == search.sort,
        }
        for sort, name in SORTS.items()
    ]
    heading = f"The {called} {counted(count, 'paragraph')}" if count > 1 else ""
    if count > 1:
        links(key="sorting", data={"heading": heading, "links": ways, "inline": True})


@st.fragment
@guarded
def hit_card(library: Library, group: Repeated, search: SearchState) -> None:
    """One hit; what is done on it runs this function again and nothing else."""
    hit = group.hit
    key = f"hit {hit.paragraph_id}"
    asked = st.session_state.get(key, {}).get("context")
    context = context_data(library, hit, search) if asked else None
    grade = judging().grade(search, hit)
    data = {
        "hit": group_data(library, group, search),
        "context": context,
        "judged": next((name for name, value in GRADES.items() if value == grade), None),
        "said": st.session_state.pop(f"said {key}", ""),
    }
    card(
        key=key,
        data=data,
        on_context_change=_nothing,
        on_judged_change=lambda: _judge(library, hit, search, key),
        on_wrong_change=lambda: open_form(key),
    )
    correction_form(library, hit, key)


def _judge(library: Library, hit: Hit, search: SearchState, key: str) -> None:
    """Keep what was said of the hit; what came of it is said on the card."""
    given: Any = st.session_state[key]["judged"]
    try:
        judging().judge(library, search, hit, GRADES.get(given))
    except PilcrowError as error:
        st.session_state[f"said {key}"] = f"Not kept. {error}"
        return
    kept = f"Kept as {given} to this question." if given in GRADES else "Taken back."
    st.session_state[f"said {key}"] = kept


def _show_more(shown: int) -> None:
    st.query_params["shown"] = str(shown + FIRST_SHOWN)


def _nothing() -> None:
    """The card's state is read when its fragment runs again; the change itself needs no act."""
