"""The results: a list of hits. What is done on one of them runs the list again, not the search."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import streamlit as st

from eval.model import Question
from index.library import Library
from index.model import Hit
from index.repeats import Repeated, group_repeats
from ingest.errors import PilcrowError
from ui.address import FIRST_SHOWN, SORTS, SearchState, linked_search, read_search, search_link
from ui.card_data import context_data, group_data
from ui.components import cards, links, small
from ui.correcting import being_corrected, correction_form, open_form
from ui.edge import guarded
from ui.found import in_order
from ui.judging import NOT_RELEVANT, RELEVANT, grade_of, judging
from ui.wording import counted

GRADES = {"relevant": RELEVANT, "not relevant": NOT_RELEVANT}
_NAMES = {grade: name for name, grade in GRADES.items()}
# In the session: what was done on the cards of a question, and what is to be said on them.
_DONE, _SAID = "done on cards", "said on cards"


@dataclass(frozen=True, slots=True)
class Done:
    """What a reader has done on the cards of one question, by paragraph."""

    asked: str
    around: Mapping[str, bool] = field(default_factory=dict)  # whether the neighbours are shown
    judged: Mapping[str, str] = field(default_factory=dict)  # "relevant", "not relevant", "nothing"


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
    done = _done(search_link(search))
    said = st.session_state.pop(_SAID, {})
    shown = [_card(library, group, search, judged=judged, done=done, said=said) for group in groups]
    hits = {group.hit.paragraph_id: group.hit for group in groups}
    do = partial(_do, library, search)
    with st.container():  # always there, so that the list below it is the same list when it goes
        for paragraph_id in sorted(said.keys() - hits.keys()):  # of cards that are shown no more
            small(said[paragraph_id])
    wrong = hits.get(being_corrected() or "")
    end = [*hits].index(wrong.paragraph_id) + 1 if wrong else len(shown)
    _cards("cards", search, shown[:end], do)
    if wrong:
        correction_form(library, wrong)
        _cards("cards after", search, shown[end:], do)


def _card(
    library: Library,
    group: Repeated,
    search: SearchState,
    *,
    judged: Question,
    done: Done,
    said: Mapping[str, str],
) -> dict[str, Any]:
    paragraph_id = group.hit.paragraph_id
    grade = grade_of(judged, group.hit)
    context, trouble = None, ""
    if done.around.get(paragraph_id):
        try:
            context = context_data(library, group.hit, search)
        except PilcrowError as error:  # the other cards stand
            trouble = str(error)
    return {
        "hit": group_data(library, group, search),
        "context": context,
        "judged": None if grade is None else _NAMES.get(grade),
        "said": said.get(paragraph_id, trouble),
    }


def _cards(
    key: str, search: SearchState, shown: list[dict[str, Any]], do: Callable[[Done], None]
) -> None:
    """A list of cards.

    The browser tells all that was done on it so far: of two things done in quick succession, only
    what it tells last arrives.
    """
    cards(
        key=key,
        data={"asked": search_link(search), "cards": shown},
        on_done_change=lambda: do(Done(**st.session_state[key]["done"])),
        on_wrong_change=lambda: open_form(st.session_state[key]["wrong"]),
    )


def _done(asked: str) -> Done:
    """What was done so far on the cards of a question."""
    done: Done | None = st.session_state.get(_DONE)
    return done if done is not None and done.asked == asked else Done(asked)


def _do(library: Library, search: SearchState, told: Done) -> None:
    """Do what is new of what the browser tells.

    It is done for the question that the cards were shown for: they are still there, and can be
    judged, while another one or another order is being worked out.
    """
    before = _done(told.asked)
    new = {one: name for one, name in told.judged.items() if before.judged.get(one) != name}
    kept = {
        one: name for one, name in new.items() if _judge(library, search, told.asked, one, name)
    }
    if told.asked == search_link(search):
        around, judged = {**before.around, **told.around}, {**before.judged, **kept}
        st.session_state[_DONE] = Done(told.asked, around, judged)


def _judge(library: Library, search: SearchState, asked: str, paragraph_id: str, name: str) -> bool:
    """Keep what was said of a paragraph; its card says whether it could be kept."""
    said = st.session_state.setdefault(_SAID, {})
    judged = linked_search(asked)
    try:
        judging().judge(library, judged, paragraph_id, GRADES.get(name))
    except PilcrowError as error:
        said[paragraph_id] = f"Not kept. {error}"
        return False
    same = judged.question == search.question
    question = "this question" if same else f"“{judged.question}”"
    said[paragraph_id] = f"Kept as {name} to {question}." if name in GRADES else "Taken back."
    return True


def _show_more(shown: int) -> None:
    st.query_params["shown"] = str(shown + FIRST_SHOWN)
