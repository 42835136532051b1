"""The page Briefing: one's briefings, what is to be added, and the files that come out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import streamlit as st

from answer.briefing import Briefing, Collected, briefing_paper, collect, entry_for
from answer.briefings import LONGEST_NAME, Briefings
from answer.commands import today
from answer.errors import AnswerError
from answer.markdown import markdown_text
from answer.paper import Citations, Paper
from answer.word import WORD_TYPE, word_file
from index.library import Library
from index.records import slug
from ingest.errors import PilcrowError
from ui.briefing_entries import entries, follow
from ui.briefing_form import lost_words, open_briefing
from ui.components import links, passages
from ui.edge import guarded
from ui.further_address import BriefingState, briefing_link, read_briefing
from ui.library import library_folder, opened_library
from ui.passage_data import cited_card, group
from ui.person import asked_name, change_name, person_name
from ui.way_back import way_back
from ui.wording import as_text, counted, long_date, page_title

FIRST_NAME = "My briefing"
CITATIONS: dict[Citations, str] = {"inline": "in brackets", "footnotes": "as footnotes"}


@guarded
def briefing_page() -> None:
    """One's briefings, or the one in the address."""
    state = read_briefing(st.query_params.to_dict())
    st.set_page_config(page_title=page_title(state.name, "Briefing"), layout="centered")
    library, kept = opened_library(), Briefings(library_folder())
    st.title(as_text(_title(state)), anchor=False)
    if refused := st.session_state.pop("briefing refused", None):
        st.error(as_text(refused))
    if state.name and state.owner and not state.add:
        _one(library, kept, state)
    elif state.add and (gone := _not_there(library, state.add)):
        _dead_end(gone)
    elif name := asked_name():
        if state.add:
            _offer(library, kept, name, state.add)
        else:
            _all(kept, name)


def _title(state: BriefingState) -> str:
    if state.add:
        return "Add to a briefing"
    return (state.owner and state.name) or "Briefings"


def _not_there(library: Library, paragraph_id: str) -> str:
    """Why a paragraph cannot be collected; "" where it can."""
    try:
        library.paragraph(paragraph_id)
    except PilcrowError as error:
        return str(error)
    return ""


def _dead_end(said: str) -> None:
    """Say that an address leads to nothing here, and where to go on."""
    st.warning(as_text(said))
    ways = [
        *way_back(),
        {"href": briefing_link(BriefingState()), "text": "All your briefings"},
        {"href": "./", "text": "Search"},
    ]
    links(key="ways on", data={"heading": "", "links": ways})


def _all(kept: Briefings, owner: str) -> None:
    found = [kept.read(owner, name) for name in kept.of(owner)]
    if found:
        links(key="briefings", data={"heading": "Your briefings", "links": [*map(_way, found)]})
    else:
        st.text(
            "You have no briefing yet. Press “Add to a briefing” below a paragraph, or begin an "
            "empty one here."
        )
    with st.form("new briefing", border=False, clear_on_submit=True):
        st.text_input("Name of a new briefing", key="new name", max_chars=LONGEST_NAME)
        st.form_submit_button("Begin", on_click=_begin, args=(kept, owner))
    change_name()


def _way(briefing: Briefing) -> dict[str, str]:
    state = BriefingState(briefing.owner, briefing.name)
    return {"href": briefing_link(state), "text": briefing.name, "note": _said(briefing)}


def _said(briefing: Briefing) -> str:
    changed = long_date(date.fromisoformat(briefing.changed[:10]))
    return f"{counted(len(briefing.entries), 'paragraph')}, last changed on {changed}"


def _begin(kept: Briefings, owner: str) -> None:
    name = str(st.session_state.get("new name") or "").strip()
    try:
        kept.make(owner, name)
    except AnswerError as error:
        st.session_state["briefing refused"] = str(error)
        return
    open_briefing(BriefingState(owner, " ".join(name.split())))


def _offer(library: Library, kept: Briefings, owner: str, paragraph_id: str) -> None:
    """The paragraph of the address, and the briefings that it can be added to."""
    if back := way_back():
        links(key="back", data={"heading": "", "links": back})
    names = kept.of(owner)
    with st.form("add", border=False):
        st.selectbox(
            "To which briefing? Choose one, or type a new name",
            names or [FIRST_NAME],
            key="add to",
            accept_new_options=True,
        )
        st.form_submit_button(
            "Add", type="primary", on_click=_add, args=(library, kept, owner, paragraph_id)
        )
    card = cited_card(library, library.paragraph(paragraph_id)) | {"collect": None}
    passages(key="offered", data={"label": "To be added", "said": "", "groups": [group([card])]})
    change_name()


def _add(library: Library, kept: Briefings, owner: str, paragraph_id: str) -> None:
    name = str(st.session_state.get("add to") or FIRST_NAME)
    try:
        entry = entry_for(library, paragraph_id)
        kept.add(owner, name, entry)
    except PilcrowError as error:
        st.session_state["briefing refused"] = str(error)
        return
    st.session_state["briefing said"] = f"Added at the end: {entry.citation}."
    open_briefing(BriefingState(owner, " ".join(name.split())))


def _one(library: Library, kept: Briefings, state: BriefingState) -> None:
    """A briefing; somebody else's can be read and written out, not changed."""
    try:
        briefing = kept.read(state.owner, state.name)
    except AnswerError as error:
        _dead_end(f"{error} It may have been renamed or removed.")
        lost_words(state, [])
        return
    own = person_name().casefold() == briefing.owner.casefold()
    collected = collect(library, briefing)
    st.text(f"By {briefing.owner}. {_said(briefing)}.")
    _ways(briefing)
    if st.session_state.get("briefing said"):
        st.success(as_text(st.session_state.pop("briefing said")))
    if own:
        asked_name()  # keeps it in this browser
    if collected:
        _exports(library, briefing, collected, state)
    else:
        st.text(
            "Nothing is collected yet. Press “Add to a briefing” below a paragraph: of the search, "
            "of a document, of How many, of Over time or of a draft's findings."
        )
    entries(library, kept, state, collected, own=own)
    if own:
        with st.container(horizontal=True):
            _renaming(kept, state)
            with st.popover("Remove this briefing"):
                st.text(f"{_said(briefing)}. This cannot be undone.")
                st.button("Remove it", on_click=_delete, args=(kept, state))


def _renaming(kept: Briefings, state: BriefingState) -> None:
    with st.popover("Rename it"):
        st.text("Its address changes with its name: send it again to those who have it.")
        st.text_input("New name", state.name, key="renamed", max_chars=LONGEST_NAME)
        st.button("Rename", on_click=_rename, args=(kept, state))


def _rename(kept: Briefings, state: BriefingState) -> None:
    name = " ".join(str(st.session_state.get("renamed") or "").split())
    try:
        kept.rename(state.owner, state.name, name)
    except AnswerError as error:
        st.session_state["briefing refused"] = str(error)
        return
    follow(state, name)
    open_briefing(replace(state, name=name))


def _ways(briefing: Briefing) -> None:
    here = BriefingState(briefing.owner, briefing.name)
    ways = [
        *way_back(),
        {"href": briefing_link(BriefingState()), "text": "All your briefings"},
        {"copy": briefing_link(here), "text": "Copy its address, to send to others"},
    ]
    links(key="ways", data={"heading": "", "links": ways, "inline": True})


def _exports(
    library: Library, briefing: Briefing, collected: Sequence[Collected], state: BriefingState
) -> None:
    def paper() -> Paper:
        return briefing_paper(briefing, collected, library.documents(), library.info(), today())

    name = slug(briefing.name) or "briefing"
    how, first, second = st.columns(3, vertical_alignment="bottom")
    if st.session_state.get("citations") != state.citations:
        st.session_state["citations"] = state.citations
    how.selectbox(
        "Citations in the file",
        list(CITATIONS),
        key="citations",
        format_func=lambda way: CITATIONS[way],
        on_change=_keep_citations,
    )
    first.download_button(
        "Download as Word",
        data=lambda: word_file(paper(), state.citations),
        file_name=f"{name}.docx",
        mime=WORD_TYPE,
        width="stretch",
    )
    second.download_button(
        "Download as Markdown",
        data=lambda: markdown_text(paper(), state.citations).encode("utf-8", "replace"),
        file_name=f"{name}.md",
        mime="text/markdown",
        width="stretch",
    )


def _keep_citations() -> None:
    state = read_briefing(st.query_params.to_dict())
    open_briefing(replace(state, citations=st.session_state["citations"]))


def _delete(kept: Briefings, state: BriefingState) -> None:
    try:
        kept.delete(state.owner, state.name)
    except AnswerError as error:
        st.session_state["briefing refused"] = str(error)
    open_briefing(BriefingState())
