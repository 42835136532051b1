"""The results: a list of hits. What is done on one of them runs the list again, not the search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from eval.model import Question
from index.library import Library
from index.model import Hit
from index.repeats import Repeated, group_repeats
from ingest.errors import PilcrowError
from ui.address import FIRST_SHOWN, SORTS, SearchState, read_search, search_link
from ui.card_data import context_data, group_data
from ui.components import cards, links
from ui.correcting import being_corrected, correction_form, open_form
from ui.edge import guarded
from ui.found import in_order
from ui.judging import NOT_RELEVANT, RELEVANT, grade_of, judging
from ui.wording import counted

GRADES = {"relevant": RELEVANT, "not relevant": NOT_RELEVANT}
_NAMES = {grade: name for name, grade in GRADES.items()}
# In the session, by paragraph: whose neighbours are shown, and what is to be said on a card.
_AROUND, _SAID = "around", "said"


@st.fragment
@guarded
def hit_cards(library: Library, hits: list[Hit], *, answering: bool = True) -> None:
    """The first of the hits, each passage once, and a button for more of them.

    Hits that answer nothing are called the nearest, not the best.
    """
    search = read_search(st.query_params.to_dict())
    groups = group_repeats(in_order(library, hits, search.sort))
    _sorting(search, len(groups), "best" if answering else "nearest")
    _list(library, groups[: search.shown], replace(search, shown=FIRST_SHOWN))
    if len(groups) > search.shown:
        st.button("Show more", on_click=_show_more, args=(search.shown,))


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


def _list(library: Library, groups: Sequence[Repeated], search: SearchState) -> None:
    """One element for all cards; a second one below the form of a card that is put right."""
    judged = judging().question(search)
    said = st.session_state.pop(_SAID, {})
    around = st.session_state.get(_AROUND, frozenset())
    shown = [
        _card(library, group, search, judged=judged, around=around, said=said) for group in groups
    ]
    hits = {group.hit.paragraph_id: group.hit for group in groups}
    judge = partial(_judge, library, hits, search)
    wrong = hits.get(being_corrected() or "")
    end = [*hits].index(wrong.paragraph_id) + 1 if wrong else len(shown)
    _cards("cards", shown[:end], judge)
    if wrong:
        correction_form(library, wrong)
        _cards("cards after", shown[end:], judge)


def _card(
    library: Library,
    group: Repeated,
    search: SearchState,
    *,
    judged: Question,
    around: Set[str],
    said: Mapping[str, str],
) -> dict[str, Any]:
    hit = group.hit
    grade = grade_of(judged, hit)
    return {
        "hit": group_data(library, group, search),
        "context": context_data(library, hit, search) if hit.paragraph_id in around else None,
        "judged": None if grade is None else _NAMES.get(grade),
        "said": said.get(hit.paragraph_id, ""),
    }


def _cards(key: str, shown: list[dict[str, Any]], judge: Callable[[dict[str, str]], None]) -> None:
    cards(
        key=key,
        data={"cards": shown},
        on_context_change=lambda: _turn(st.session_state[key]["context"]),
        on_judged_change=lambda: judge(st.session_state[key]["judged"]),
        on_wrong_change=lambda: open_form(st.session_state[key]["wrong"]),
    )


def _turn(paragraph_id: str) -> None:
    """Show the neighbours of a paragraph, or hide them again."""
    st.session_state[_AROUND] = st.session_state.get(_AROUND, frozenset()) ^ {paragraph_id}


def _judge(
    library: Library, hits: Mapping[str, Hit], search: SearchState, said: dict[str, str]
) -> None:
    """Keep what was said of a hit; what came of it is said on its card."""
    paragraph_id, value = said["id"], said["value"]
    try:
        judging().judge(library, search, hits[paragraph_id], GRADES.get(value))
        kept = f"Kept as {value} to this question." if value in GRADES else "Taken back."
    except PilcrowError as error:
        kept = f"Not kept. {error}"
    st.session_state[_SAID] = {paragraph_id: kept}


def _show_more(shown: int) -> None:
    st.query_params["shown"] = str(shown + FIRST_SHOWN)
