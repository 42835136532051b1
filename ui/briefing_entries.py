"""The entries of a briefing on its page: put in order, edited in place, removed and put back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from answer.briefing import Collected, Entry
from answer.briefings import Briefings
from answer.errors import AnswerError
from index.library import Library
from ui.components import passages, small
from ui.further_address import BriefingState, read_briefing, write_briefing
from ui.passage_data import cited_card, gone_card, group
from ui.wording import as_text

LONGEST_NOTE = 5000
_ACTIONS = (
    *(("Edit", "edit"), ("Up", "up"), ("Down", "down")),
    *(("First", "first"), ("Last", "last"), ("Remove", "remove")),
)
_REMOVED = "removed entry"


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

    def shown(
        key: str, label: str, cards: Sequence[dict[str, Any]], said: str = "", reveal: str = ""
    ) -> None:
        passages(
            key=key,
            data={"label": label, "said": said, "groups": [group(cards)], "reveal": reveal},
            on_act_change=lambda: _act(kept, state, ids, st.session_state[key].get("act")),
        )

    edited = ids.index(state.edit) if own and state.edit in ids else None
    cut = len(ids) if edited is None else edited + 1
    cards = [_card(library, one, own=own) for one in collected]
    said = st.session_state.pop("entry said", "")
    reveal = str(state.edit) if edited is not None else ""
    shown("collected", "Collected paragraphs", cards[:cut], said, reveal)
    if edited is not None:
        _edit_form(kept, state, collected[edited].entry, edited + 1, len(ids))
    if cards[cut:]:
        shown("collected below", "Collected paragraphs, below", cards[cut:])


def _card(library: Library, one: Collected, *, own: bool) -> dict[str, Any]:
    """An entry as it stands now; what is no longer there says so."""
    mine = {
        "id": str(one.entry.id),
        "own": {"heading": one.entry.heading, "note": one.entry.note},
        "actions": [{"text": text, "value": value} for text, value in _ACTIONS] if own else [],
        "collect": None,
    }
    if one.found is None:
        return gone_card(one.entry.citation, "The library no longer holds this paragraph.") | mine
    remark = "It reads otherwise than when it was collected." if one.changed else ""
    if one.quotation is None:
        remark = "It no longer holds the words that were to be quoted, and is left out of the file."
    card = cited_card(library, one.found, sentence=one.entry.quote or "", remark=remark)
    return card | mine | {"part": one.entry.quote if one.quotation else None}


def _act(
    kept: Briefings, state: BriefingState, ids: Sequence[int], asked: dict[str, str] | None
) -> None:
    """Do what was pressed on an entry."""
    if not asked:
        return
    entry_id, what = int(asked["id"]), asked["value"]
    if what == "edit":
        open_briefing(replace(state, edit=entry_id))
        return
    place = ids.index(entry_id) + 1 if entry_id in ids else 1
    places = {"up": place - 1, "down": place + 1, "first": 1, "last": len(ids)}
    try:
        if what == "remove":
            _remove(kept, state, entry_id, place)
        elif what in places:
            kept.move(state.owner, state.name, entry_id, places[what])
            moved = min(max(places[what], 1), len(ids))
            st.session_state["entry said"] = f"Now at place {moved} of {len(ids)}."
    except AnswerError as error:
        st.session_state["briefing refused"] = str(error)


def _remove(kept: Briefings, state: BriefingState, entry_id: int, place: int) -> None:
    entries = kept.read(state.owner, state.name).entries
    entry = next((one for one in entries if one.id == entry_id), None)
    kept.remove(state.owner, state.name, entry_id)
    st.session_state[_REMOVED] = (state.owner, state.name, entry, place)
    st.session_state["entry said"] = "Removed."


def offer_removed(kept: Briefings, state: BriefingState) -> None:
    """A way back for what was removed last."""
    removed = st.session_state.get(_REMOVED)
    if not removed or removed[:2] != (state.owner, state.name):
        return
    _, _, entry, place = removed
    with st.container(horizontal=True, vertical_alignment="center"):
        st.text(f"Removed: {entry.citation}.", width="content")
        st.button("Put it back", on_click=_put_back, args=(kept, state, entry, place))


def _put_back(kept: Briefings, state: BriefingState, entry: Entry, place: int) -> None:
    st.session_state.pop(_REMOVED, None)
    try:
        entry_id = kept.add(state.owner, state.name, entry)
        kept.move(state.owner, state.name, entry_id, place)
    except AnswerError as error:
        st.session_state["briefing refused"] = str(error)


def _edit_form(
    kept: Briefings, state: BriefingState, entry: Entry, place: int, places: int
) -> None:
    """What is written over an entry, how much of it is quoted, and its place."""
    with st.form("entry form"):
        st.subheader(as_text(f"Edit {entry.citation}"), anchor=False)
        if refused := st.session_state.pop("entry refused", None):
            st.error(as_text(refused))
        st.text_input("Heading over it", entry.heading, key=f"heading {entry.id}", max_chars=200)
        st.text_area(
            "Your words before it", entry.note, key=f"note {entry.id}", max_chars=LONGEST_NOTE
        )
        st.text_area(
            "Quote only these words of it, copied from the paragraph (empty: all of it)",
            entry.quote or "",
            key=f"quote {entry.id}",
        )
        st.number_input(
            f"Place, of {places}", 1, places, place, key=_place_key(entry, place), width=160
        )
        small("The words before it are yours; what is quoted stays word for word.")
        with st.container(horizontal=True):
            st.form_submit_button(
                "Keep", type="primary", on_click=_keep, args=(kept, state, entry, place)
            )
            st.form_submit_button("Close without keeping", on_click=_close)


def _place_key(entry: Entry, place: int) -> str:
    """Of the field; moved otherwise, the entry has another field, which says where it is now."""
    return f"place {entry.id} {place}"


def _keep(kept: Briefings, state: BriefingState, entry: Entry, place: int) -> None:
    typed = {name: st.session_state.get(f"{name} {entry.id}") for name in ("heading", "note")}
    try:
        kept.annotate(
            state.owner,
            state.name,
            entry.id,
            note=str(typed["note"] or "").strip(),
            heading=" ".join(str(typed["heading"] or "").split()),
            quote=str(st.session_state.get(f"quote {entry.id}") or ""),
        )
        wanted = int(st.session_state.get(_place_key(entry, place)) or place)
        if wanted != place:
            kept.move(state.owner, state.name, entry.id, wanted)
    except AnswerError as error:
        st.session_state["entry refused"] = str(error)
        return
    st.session_state["entry said"] = "Kept."
    _close()


def _close() -> None:
    open_briefing(replace(read_briefing(st.query_params.to_dict()), edit=None))


def open_briefing(state: BriefingState) -> None:
    """Let the address say what is shown."""
    st.query_params.from_dict(write_briefing(state))
