"""The page Check a draft: what is wrong with it stands beside its sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from answer.check import Checked, check
from answer.check_commands import NOTES, check_lines, reading_line
from answer.doubts import doubted
from answer.model import Finding
from index.library import Library
from ingest.errors import PilcrowError
from ui.components import draft as draft_beside
from ui.components import links, small
from ui.draft_data import draft_data
from ui.drafts import KEPT, Draft, drafts
from ui.edge import guarded
from ui.further_address import CheckState, check_link, read_check, write_check
from ui.library import library_folder, opened_library
from ui.model_reading import Offer, read_by_model
from ui.tasks import finished
from ui.uploads import most_megabytes
from ui.wording import as_text, counted

MOST_CHARACTERS = 400_000  # typed into the box; an upload may hold more
MOST_MEGABYTES = 50  # of a draft; pictures take most of it
KINDS = ("docx", "md", "txt")
_LAST = "last pasted draft"


@guarded
def checker_page() -> None:
    """Take a draft, or show the one of the address with its findings."""
    st.set_page_config(page_title="Check a draft · Pilcrow", layout="wide")
    library = opened_library()
    state = read_check(st.query_params.to_dict())
    st.title("Check a draft", anchor=False)
    held = drafts().of(state.draft)
    if held is not None:
        _show(library, held, state)
        return
    if state.draft:
        st.info("That draft is not held any more. Paste or upload it again.")
    _ask()


def _ask() -> None:
    """The box and the upload."""
    if refused := st.session_state.pop("draft refused", None):
        st.error(as_text(refused))
    st.text(
        "Every citation and quotation of the draft is held against the documents of the library. "
        "The draft is not saved: it stays in this server's memory, under an address of its own, "
        f"until Pilcrow stops or {KEPT} other drafts have been checked."
    )
    if "pasted" not in st.session_state:
        st.session_state["pasted"] = st.session_state.get(_LAST, "")
    with st.form("draft", border=False):
        st.text_area("Paste it here", key="pasted", height=300, max_chars=MOST_CHARACTERS)
        with st.expander("Or upload it: Word, Markdown or text"):
            st.file_uploader(
                "Draft",
                type=list(KINDS),
                key="uploaded draft",
                max_upload_size=min(MOST_MEGABYTES, most_megabytes()),
            )
        st.form_submit_button("Check", type="primary", on_click=_take)


def _take() -> None:
    """Hold what was brought and go to its address; an upload goes before what was pasted."""
    text = str(st.session_state.get("pasted") or "").strip()
    st.session_state[_LAST] = text
    file = st.session_state.get("uploaded draft")
    name, content = (
        (file.name, file.getvalue()) if file else ("pasted.md", text.encode("utf-8", "replace"))
    )
    if not content:
        st.session_state["draft refused"] = "Paste a draft or choose a file first."
        return
    try:
        held = drafts().hold(name, content)
    except PilcrowError as error:
        st.session_state["draft refused"] = str(error)
        return
    st.query_params.from_dict(write_check(CheckState(held.key)))


def _show(library: Library, held: Draft, state: CheckState) -> None:
    key = ("check", str(library_folder()), library.info().version, held.key)
    checked: Checked = finished(
        key,
        "Checking the draft",
        lambda progress: check(held.parts, library, library.encoder(), progress),
    )
    top = st.container()  # what it came to, known last
    _ways(state)
    checked = _read(checked, state, key)
    with top:
        _came_to(checked)
    if not checked.checked:
        return
    draft_beside(key="draft beside", data=draft_data(library, held.parts, checked, state.only))
    st.download_button(
        "Download the findings as text",
        data="\n".join(check_lines(checked, held.name)).encode("utf-8", "replace"),
        file_name="findings.txt",
        mime="text/plain",
    )
    by = " and by a language model" if checked.reading is not None else ""
    small(
        f"Checked by words, figures and likeness in meaning{by}: read what is pointed out yourself."
    )


def _came_to(checked: Checked) -> None:
    wrong = [one for one in checked.findings if one.kind not in NOTES]
    st.header(
        f"{counted(checked.checked, 'citation')} checked, {len(wrong)} to be looked at",
        anchor=False,
    )
    st.text(_summary(checked, wrong))
    if checked.reading is not None:
        st.text(reading_line(checked.reading))


def _read(checked: Checked, state: CheckState, key: Hashable) -> Checked:
    """The check with what the language model does not find said, where the address says so."""
    if not checked.sound:
        return checked
    offer = Offer(
        href=check_link(replace(state, by_model=not state.by_model)),
        what="read the claims on which nothing was found",
        sent=(
            "Its server is sent those claims, the paragraphs they cite, and the sentence before a "
            "claim that begins with “They”, “Some”, “Most” or the like."
        ),
        taken=state.by_model,
    )
    return read_by_model(checked, key, offer, partial(doubted, checked))


def _summary(checked: Checked, wrong: Sequence[Finding]) -> str:
    if not checked.checked:
        return "No citation was found in it; paragraphs are cited as in “Wandsworth 2016, para 87”."
    if not wrong:
        return "Nothing is wrong with any of them."
    kinds = Counter(one.kind.replace("_", " ") for one in wrong)
    said = ", ".join(f"{count} × {kind}" for kind, count in kinds.most_common())
    return f"{said[:1].upper()}{said[1:]}."


def _ways(state: CheckState) -> None:
    ways = [
        (replace(state, only=False), "The whole draft"),
        (replace(state, only=True), "Only what something is said of"),
    ]
    shown = [{"href": check_link(way), "text": text, "current": way == state} for way, text in ways]
    again = {"href": check_link(CheckState()), "text": "Change it, or check another"}
    links(key="ways", data={"heading": "", "links": [*shown, again], "inline": True})
