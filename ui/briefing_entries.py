"""The entries of a briefing on its page: put in order, edited in place, removed and put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from answer.briefing import Collected
from answer.briefings import MOST_ENTRIES, Briefings, Taken
from answer.errors import AnswerError
from index.library import Library
from ui.briefing_form import (
    LEFT,
    edit_form,
    leave_form,
    lost_words,
    open_briefing,
    typed_over,
    words_follow,
)
from ui.components import passages
from ui.further_address import BriefingState
from ui.passage_data import cited_card, gone_card, group

_ACTIONS = (
    *(("Edit", "edit"), ("Up", "up"), ("Down", "down")),
    *(("First", "first"), ("Last", "last"), ("Remove", "remove")),
)
_LISTS = {"collected": "Collected paragraphs", "collected below": "Collected paragraphs, below"}
_STEPS = {"up": -1, "down": 1}
_ENDS = {"first": 1, "last": MOST_ENTRIES}
_GONE = "The paragraph that was to be edited is no longer in this briefing."
# In the session: what was taken out of which briefing, the latest last.
_TAKEN = "taken entries"


def entries(
    library: Library,
    kept: Briefings,
    state: BriefingState,
    collected: Sequence[Collected],
    *,
    own: bool,
) -> None:
    """The cards in their order; the form of the one that is edited stands below it."""
    ids = [one.entry.id for one in collected]
    cards = {one.entry.id: _card(library, one, own=own) for one in collected}
    said = st.session_state.pop("entry said", "")
    edited = state.edit if own and state.edit in ids else None
    if own:
        lost_words(state, ids)
    if own and state.edit is not None and edited is None:
        _gone(state.edit)
    taken = [one for one in _taken(state) if own and one.entry.id not in ids]
    cards |= {one.entry.id: _taken_card(one) for one in taken}
    order = in_places(ids, taken)
    cut = len(order) if edited is None else order.index(edited) + 1
    shown = [cards[entry_id] for entry_id in order]
    _list(kept, state, "collected", shown[:cut], said=said, reveal=_reveal(edited))
    if edited is not None:
        place = ids.index(edited)
        edit_form(kept, state, collected[place].entry, place + 1, len(ids))
    if shown[cut:]:
        _list(kept, state, "collected below", shown[cut:])


def in_places(ids: Sequence[int], taken: Sequence[Taken]) -> list[int]:
    """The entries in their order, with those that were taken out where they stood."""
    order = [*ids]
    for one in reversed(taken):  # the latest first: it stood among those that are there
        at = order.index(one.before) if one.before in order else len(order)
        order.insert(at, one.entry.id)
    return order


def _list(
    kept: Briefings,
    state: BriefingState,
    key: str,
    cards: Sequence[dict[str, Any]],
    **said: Any,  # noqa: ANN401 - what JSON holds
) -> None:
    passages(
        key=key,
        data={"label": _LISTS[key], "said": "", "groups": [group(cards)]} | said,
        on_act_change=lambda: _act(kept, state, st.session_state[key].get("act")),
    )


def _reveal(edited: int | None) -> dict[str, Any] | None:
    """What is brought into view: the entry whose form is open, or was closed just now."""
    left = st.session_state.pop(LEFT, None)
    if edited is not None:
        return {"id": str(edited), "open": True}
    return None if left is None else {"id": str(left), "open": False}


def _gone(entry_id: int) -> None:
    """Say that the form of the address is of an entry that is there no more."""
    st.warning(_GONE)
    st.button("Close", on_click=leave_form, args=(entry_id,))


def _card(library: Library, one: Collected, *, own: bool) -> dict[str, Any]:
    """An entry as it stands now; what is no longer there says so."""
    mine = {
        "id": str(one.entry.id),
        "own": {"heading": one.entry.heading, "note": one.entry.note},
        "actions": [_action(*action) for action in _ACTIONS] if own else [],
        "collect": None,
    }
    if one.found is None:
        return gone_card(one.entry.citation, "The library no longer holds this paragraph.") | mine
    remark = "It reads otherwise than when it was collected." if one.changed else ""
    if one.quotation is None:
        remark = "It no longer holds the words that were to be quoted, and is left out of the file."
    if own and typed_over(one.entry.id):
        remark = f"{remark} What you typed for it is not kept yet: see Edit.".strip()
    card = cited_card(library, one.found, sentence=one.entry.quote or "", remark=remark)
    return card | mine | {"part": one.entry.quote if one.quotation else None}


def _taken_card(one: Taken) -> dict[str, Any]:
    """What stands in the place of an entry that was taken out; the focus passes to its way back."""
    back = _action("Put it back", "back") | {"focus": "remove"}
    shown = {"id": str(one.entry.id), "taken": True, "actions": [back]}
    return gone_card(one.entry.citation, "") | shown


def _action(text: str, value: str) -> dict[str, str]:
    return {"text": text, "value": value, "focus": value}


def _act(kept: Briefings, state: BriefingState, asked: dict[str, str] | None) -> None:
    """Do what was pressed on an entry, wherever it stands by now, and say what came of it."""
    if not asked:
        return
    entry_id, what = int(asked["id"]), asked["value"]
    mine = (state.owner, state.name)
    try:
        if what == "edit":
            _edit(kept, state, entry_id)
        elif what == "remove":
            _remember(state, kept.remove(*mine, entry_id))
            st.session_state["entry said"] = "Removed."
        elif what == "back":
            _put_back(kept, state, entry_id)
        elif what in _STEPS:
            _say_place(*kept.step(*mine, entry_id, _STEPS[what]))
        elif what in _ENDS:
            _say_place(*kept.move(*mine, entry_id, _ENDS[what]))
    except AnswerError as error:
        st.session_state["entry said"] = str(error)


def _edit(kept: Briefings, state: BriefingState, entry_id: int) -> None:
    if any(one.id == entry_id for one in kept.read(state.owner, state.name).entries):
        open_briefing(replace(state, edit=entry_id))
    else:
        st.session_state["entry said"] = _GONE


def _say_place(place: int, places: int) -> None:
    st.session_state["entry said"] = f"Now at place {place} of {places}."


def _taken(state: BriefingState) -> list[Taken]:
    """What was taken out of a briefing in this session, the latest last."""
    taken: list[Taken] = st.session_state.get(_TAKEN, {}).get((state.owner, state.name), [])
    return taken


def _remember(state: BriefingState, taken: Taken) -> None:
    known = st.session_state.setdefault(_TAKEN, {})
    known[state.owner, state.name] = [*_taken(state), taken]


def follow(state: BriefingState, name: str) -> None:
    """Let what was taken out of a briefing, and is typed over it, go with it to another name."""
    known = st.session_state.setdefault(_TAKEN, {})
    known[state.owner, name] = known.pop((state.owner, state.name), [])
    words_follow((state.owner, state.name), (state.owner, name))


def _put_back(kept: Briefings, state: BriefingState, entry_id: int) -> None:
    """Put an entry back before the next one that is still there, and forget that it was out."""
    ids = [one.id for one in kept.read(state.owner, state.name).entries]
    taken = {one.entry.id: one for one in _taken(state)}
    if entry_id not in taken:  # pressed twice
        return
    order = in_places(ids, [*taken.values()])
    after = order[order.index(entry_id) + 1 :]
    before = next((one for one in after if one in ids), None)
    kept.restore(state.owner, state.name, replace(taken.pop(entry_id), before=before))
    st.session_state[_TAKEN][state.owner, state.name] = [*taken.values()]
    st.session_state["entry said"] = "Put back."
