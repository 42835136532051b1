"""The page Briefing: collect paragraphs, put them in order, note, write them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from answer.briefing import Briefing, Collected, Entry, briefing_paper, collect, entry_for
from answer.briefings import LONGEST_NAME, Briefings
from answer.commands import today
from answer.errors import AnswerError
from answer.markdown import markdown_text
from answer.paper import Paper
from answer.word import word_file
from index.library import Library
from index.records import slug
from ingest.errors import PilcrowError
from ui.components import links, passages, small
from ui.edge import guarded
from ui.further_address import BriefingState, briefing_link, read_briefing, write_briefing
from ui.library import library_folder, opened_library
from ui.passage_data import cited_card, group
from ui.person import asked_name, change_name
from ui.wording import as_text, counted

FIRST_NAME = "My briefing"
LONGEST_NOTE = 5000
_ACTIONS = (
    *(("Note", "note"), ("Up", "up"), ("Down", "down")),
    *(("First", "first"), ("Last", "last"), ("Remove", "remove")),
)


@guarded
def briefing_page() -> None:
    """One's briefings, or the one in the address."""
    st.set_page_config(page_title="Briefing · Pilcrow")
    library, kept = opened_library(), Briefings(library_folder())
    state = read_briefing(st.query_params.to_dict())
    st.title(as_text(state.name) or "Briefings", anchor=False)
    if refused := st.session_state.pop("briefing refused", None):
        st.error(as_text(refused))
    if state.name and state.owner and not state.add:
        _one(library, kept, state)
        return
    name = asked_name()
    if not name:
        return
    if state.add:
        _offer(library, kept, name, state.add)
    else:
        _all(kept, name)


def _all(kept: Briefings, owner: str) -> None:
    names = kept.of(owner)
    if names:
        ways = [{"href": briefing_link(BriefingState(owner, one)), "text": one} for one in names]
        links(key="briefings", data={"heading": "Your briefings", "links": ways})
    else:
        st.text(
            "You have no briefing yet. Press “Add to a briefing” below a paragraph, or begin an "
            "empty one here."
        )
    with st.form("new briefing", border=False, clear_on_submit=True):
        st.text_input("Name of a new briefing", key="new name", max_chars=LONGEST_NAME)
        st.form_submit_button("Begin", on_click=_begin, args=(kept, owner))
    change_name()


def _begin(kept: Briefings, owner: str) -> None:
    name = str(st.session_state.get("new name") or "").strip()
    try:
        kept.make(owner, name)
    except AnswerError as error:
        st.session_state["briefing refused"] = str(error)
        return
    _open(BriefingState(owner, " ".join(name.split())))


def _offer(library: Library, kept: Briefings, owner: str, paragraph_id: str) -> None:
    """The paragraph of the address, and the briefings that it can be added to."""
    cited = library.paragraph(paragraph_id)
    shown = cited_card(cited, library.card(cited.document_id)) | {"links": []}
    passages(key="offered", data={"label": "To be added", "said": "", "groups": [group([shown])]})
    names = kept.of(owner)
    with st.form("add", border=False):
        st.selectbox(
            "Add it to the briefing (choose, or type a new name)",
            names or [FIRST_NAME],
            key="add to",
            accept_new_options=True,
        )
        st.form_submit_button(
            "Add", type="primary", on_click=_add, args=(library, kept, owner, paragraph_id)
        )
    change_name()


def _add(library: Library, kept: Briefings, owner: str, paragraph_id: str) -> None:
    name = str(st.session_state.get("add to") or FIRST_NAME)
    try:
        kept.add(owner, name, entry_for(library, paragraph_id))
    except PilcrowError as error:
        st.session_state["briefing refused"] = str(error)
        return
    _open(BriefingState(owner, " ".join(name.split())))


def _one(library: Library, kept: Briefings, state: BriefingState) -> None:
    """A briefing; somebody else's can be read and written out, not changed."""
    links(key="all", data=_way_back())
    briefing = kept.read(state.owner, state.name)
    own = asked_name().casefold() == briefing.owner.casefold()
    collected = collect(library, briefing)
    count = counted(len(collected), "paragraph")
    small(f"By {briefing.owner}. {count}. This address can be sent to others.")
    if not collected:
        st.text("Nothing is collected yet. Press “Add to a briefing” below a paragraph.")
    _edit_note(kept, state, briefing)
    said = st.session_state.pop("briefing said", "")
    cards = [_card(library, one, own=own) for one in collected]
    data = {"label": "Collected paragraphs", "said": said, "groups": [group(cards)]}
    passages(
        key="collected",
        data=data,
        on_act_change=lambda: _act(kept, state, briefing),
    )
    if collected:
        _exports(library, briefing, collected)
    if own:
        with st.popover("Remove this briefing"):
            st.text("This cannot be undone.")
            st.button("Remove it", on_click=_delete, args=(kept, state))


def _way_back() -> dict[str, Any]:
    return {
        "heading": "",
        "links": [{"href": briefing_link(BriefingState()), "text": "All your briefings"}],
    }


def _card(library: Library, one: Collected, *, own: bool) -> dict[str, Any]:
    """An entry as it stands now; what is no longer there says so."""
    actions = [{"text": text, "value": value} for text, value in _ACTIONS] if own else []
    mine = {
        "id": str(one.entry.id),
        "heading": one.entry.heading,
        "above": one.entry.note,
        "actions": actions,
        "links": [],
    }
    if one.found is None:
        gone = {"citation": one.entry.citation, "href": None, "sentence": "", "text": ""}
        return {**gone, "facts": "The library no longer holds this paragraph.", **mine}
    note = "reads otherwise than when it was collected" if one.changed else ""
    if one.quotation is None:
        note = "no longer holds the words that were to be quoted"
    card = library.card(one.found.document_id)
    return cited_card(one.found, card, sentence=one.entry.quote or "", note=note) | mine


def _act(kept: Briefings, state: BriefingState, briefing: Briefing) -> None:
    """Do what was pressed on an entry."""
    asked = st.session_state["collected"].get("act")
    if not asked:
        return
    entry_id, what = int(asked["id"]), asked["value"]
    ids = [entry.id for entry in briefing.entries]
    if what == "note":
        st.session_state["noting"] = (briefing.owner, briefing.name, entry_id)
        return
    place = ids.index(entry_id) + 1 if entry_id in ids else 1
    places = {"up": place - 1, "down": place + 1, "first": 1, "last": len(ids)}
    try:
        if what == "remove":
            kept.remove(state.owner, state.name, entry_id)
            st.session_state["briefing said"] = "Removed."
        elif what in places:
            kept.move(state.owner, state.name, entry_id, places[what])
            moved = min(max(places[what], 1), len(ids))
            st.session_state["briefing said"] = f"Now at place {moved} of {len(ids)}."
    except AnswerError as error:
        st.session_state["briefing refused"] = str(error)


def _edit_note(kept: Briefings, state: BriefingState, briefing: Briefing) -> None:
    """The form for what is written before an entry, while one is open."""
    noting = st.session_state.get("noting")
    entry = next(
        (one for one in briefing.entries if noting == (briefing.owner, briefing.name, one.id)),
        None,
    )
    if entry is None:
        return
    with st.form("note form"):
        st.subheader(as_text(entry.citation), anchor=False)
        st.text_input("Heading over it", entry.heading, key=f"heading {entry.id}", max_chars=200)
        st.text_area(
            "Your words before it", entry.note, key=f"note {entry.id}", max_chars=LONGEST_NOTE
        )
        st.form_submit_button(
            "Keep", type="primary", on_click=_keep_note, args=(kept, state, entry)
        )


def _keep_note(kept: Briefings, state: BriefingState, entry: Entry) -> None:
    st.session_state.pop("noting", None)
    try:
        kept.annotate(
            state.owner,
            state.name,
            entry.id,
            note=str(st.session_state.get(f"note {entry.id}") or "").strip(),
            heading=" ".join(str(st.session_state.get(f"heading {entry.id}") or "").split()),
        )
    except AnswerError as error:
        st.session_state["briefing refused"] = str(error)
        return
    st.session_state["briefing said"] = "Kept."


def _exports(library: Library, briefing: Briefing, collected: Sequence[Collected]) -> None:
    def paper() -> Paper:
        return briefing_paper(briefing, collected, library.documents(), library.info(), today())

    name = slug(briefing.name) or "briefing"
    first, second = st.columns(2)
    first.download_button(
        "Download as Word",
        data=lambda: word_file(paper()),
        file_name=f"{name}.docx",
        mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        width="stretch",
    )
    second.download_button(
        "Download as Markdown",
        data=lambda: markdown_text(paper()).encode("utf-8", "replace"),
        file_name=f"{name}.md",
        mime="text/markdown",
        width="stretch",
    )


def _delete(kept: Briefings, state: BriefingState) -> None:
    try:
        kept.delete(state.owner, state.name)
    except AnswerError as error:
        st.session_state["briefing refused"] = str(error)
    _open(replace(state, owner="", name=""))


def _open(state: BriefingState) -> None:
    st.query_params.from_dict(write_briefing(state))
