"""The form of one entry of a briefing. What is typed is held until it is kept or given up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import streamlit as st

from answer.briefing import Entry, plain
from answer.briefings import Briefings
from answer.errors import AnswerError, ChangedError
from ui.components import small
from ui.further_address import BriefingState, read_briefing, write_briefing
from ui.wording import as_text

LONGEST_HEADING, LONGEST_NOTE = 200, 5000  # characters
LEFT = "entry left"  # in the session: the entry whose form was closed, for the focus to go there
_REFUSED = "refused of entry {}"
_FIELDS = {
    "heading": "Heading over it",
    "note": "Your words before it",
    "quote": "Quote only these words of it, copied from the paragraph (empty: all of it)",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What is typed over an entry and not kept yet."""

    where: tuple[str, str]  # owner and name of the briefing
    seen: Entry  # as it was when it was begun
    boxes: Mapping[str, str]  # by field, as it stands in the form

    @property
    def changes(self) -> dict[str, str]:
        """The fields that are not as they were, as they are to be."""
        before = _written(self.seen)
        typed = {field: _tidied(field, text) for field, text in self.boxes.items()}
        return {
            field: text for field, text in typed.items() if text != _tidied(field, before[field])
        }


def typed_over(entry_id: int) -> Typed | None:
    """What is typed over an entry and not kept yet, if anything is."""
    typed = _held().get(entry_id)
    return typed if typed is not None and typed.changes else None


def edit_form(kept: Briefings, state: BriefingState, entry: Entry, place: int, places: int) -> None:
    """What is written over an entry, how much of it is quoted, and its place."""
    at = f"place {entry.id} {place}"  # moved otherwise, it has another box, which says where it is
    with st.container(border=True):
        st.subheader(as_text(f"Edit {entry.citation}"), anchor=False)
        _boxes(state, entry)
        st.number_input(f"Place, of {places}", 1, places, place, key=at, width=160)
        small("The words before it are yours; what is quoted stays word for word.")
        if refused := st.session_state.pop(_REFUSED.format(entry.id), None):
            st.error(as_text(refused))
        with st.container(horizontal=True):
            keep = partial(_keep, kept, state, entry, at)
            st.button("Keep", type="primary", on_click=keep)
            st.button("Close without keeping", on_click=leave_form, args=(entry.id,))


def leave_form(entry_id: int, said: str = "") -> None:
    """Close the form of an entry and forget what was typed there."""
    _forget(entry_id)
    st.session_state[LEFT] = entry_id
    st.session_state["entry said"] = said
    open_briefing(replace(read_briefing(st.query_params.to_dict()), edit=None))


def words_follow(where: tuple[str, str], to: tuple[str, str]) -> None:
    """Let what is typed over the entries of a briefing go with it to another name."""
    for entry_id, typed in _held().items():
        if typed.where == where:
            _held()[entry_id] = replace(typed, where=to)


def lost_words(state: BriefingState, ids: Sequence[int]) -> None:
    """What was typed over entries of a briefing that are no longer there, to be copied."""
    for entry_id, typed in _held().items():
        if typed.where == (state.owner, state.name) and entry_id not in ids and typed.changes:
            small(f"{typed.seen.citation} was removed. You had typed for it:")
            st.code("\n\n".join(typed.changes.values()), language=None, wrap_lines=True)
            forget = partial(_forget, entry_id)
            st.button("Forget these words", key=f"forget {entry_id}", on_click=forget)


def open_briefing(state: BriefingState) -> None:
    """Let the address say what is shown."""
    st.query_params.from_dict(write_briefing(state))


def _boxes(state: BriefingState, entry: Entry) -> None:
    """The boxes, filled with what was typed before, or else with what is kept."""
    heading, note, quote = (f"{field} {entry.id}" for field in _FIELDS)
    if note not in st.session_state:  # the form has just been opened
        fresh = Typed((state.owner, state.name), entry, _written(entry))
        held = _held()[entry.id] = typed_over(entry.id) or fresh
        for field, text in held.boxes.items():
            st.session_state[f"{field} {entry.id}"] = text
    hold = partial(_hold, entry.id)
    st.text_input(_FIELDS["heading"], key=heading, max_chars=LONGEST_HEADING, on_change=hold)
    st.text_area(_FIELDS["note"], key=note, max_chars=LONGEST_NOTE, on_change=hold)
    st.text_area(_FIELDS["quote"], key=quote, on_change=hold)


def _tidied(field: str, text: str) -> str:
    """A field as it is kept: a heading on one line, a note with its lines."""
    return plain(text) if field == "heading" else text.strip()


def _written(entry: Entry) -> dict[str, str]:
    """What is kept over an entry, by field."""
    return {"heading": entry.heading, "note": entry.note, "quote": entry.quote or ""}


def _hold(entry_id: int) -> None:
    """Take over what the boxes hold; of a form that is being closed not all may be there."""
    boxes = {field: st.session_state.get(f"{field} {entry_id}") for field in _FIELDS}
    if held := _held().get(entry_id):
        typed = {field: str(text) for field, text in boxes.items() if text is not None}
        _held()[entry_id] = replace(held, boxes={**held.boxes, **typed})


def _keep(kept: Briefings, state: BriefingState, entry: Entry, at: str) -> None:
    """Keep what was changed and close the form; where that cannot be, it stays open and says so."""
    _hold(entry.id)
    typed = _held()[entry.id]
    place = st.session_state.get(at)
    try:
        if typed.changes:
            kept.annotate(state.owner, state.name, entry.id, **typed.changes, seen=typed.seen)
        if place is not None and str(place) != at.rpartition(" ")[2]:
            kept.move(state.owner, state.name, entry.id, int(place))
    except ChangedError as error:
        theirs: dict[str, Any] = dict(error.theirs)
        _held()[entry.id] = replace(typed, seen=replace(typed.seen, **theirs))
        st.session_state[_REFUSED.format(entry.id)] = _meanwhile(error)
    except AnswerError as error:
        st.session_state[_REFUSED.format(entry.id)] = str(error)
    else:
        leave_form(entry.id, "Kept.")


def _meanwhile(error: ChangedError) -> str:
    said = [
        f"{_FIELDS[field].partition(' (')[0]}: “{text}”" for field, text in error.theirs.items()
    ]
    return (
        "Somebody else has changed this meanwhile. It now says:\n"
        + "\n".join(said)
        + "\nYours stands in the form. Press Keep once more to put it in the place of that."
    )


def _forget(entry_id: int) -> None:
    _held().pop(entry_id, None)


def _held() -> dict[int, Typed]:
    """What is typed in this session, by entry."""
    held: dict[int, Typed] = st.session_state.setdefault("typed over entries", {})
    return held
