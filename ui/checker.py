"""The page Check a draft: paste or upload it, and read what is wrong beside its sentences."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from answer.check import Checked, check
from answer.check_commands import NOTES, check_lines
from answer.draft import Part, read_draft
from answer.model import Finding
from index.errors import LibraryError
from index.library import Library
from ui.address import paragraph_link, paragraph_name
from ui.components import passages, small
from ui.edge import guarded
from ui.further_address import collect_link
from ui.library import library_folder, opened_library
from ui.passage_data import COLLECT, group
from ui.tasks import finished
from ui.uploads import most_megabytes
from ui.wording import counted

MOST_CHARACTERS = 400_000  # typed into the box; an upload may hold more
MOST_MEGABYTES = 50  # of a draft; pictures take most of it
KINDS = ("docx", "md", "txt")


@guarded
def checker_page() -> None:
    """Take a draft and show the findings on it."""
    st.set_page_config(page_title="Check a draft · Pilcrow")
    library = opened_library()
    st.title("Check a draft", anchor=False)
    st.text(
        "Every citation and quotation of the draft is held against the documents of the library. "
        "The draft is not kept."
    )
    with st.form("draft", border=False):
        st.text_area("Paste it here", key="pasted", height=220, max_chars=MOST_CHARACTERS)
        with st.expander("Or upload it: Word, Markdown or text"):
            file = st.file_uploader(
                "Draft", type=list(KINDS), max_upload_size=min(MOST_MEGABYTES, most_megabytes())
            )
        st.form_submit_button("Check", type="primary")
    name, content = (file.name, file.getvalue()) if file else _pasted()
    if not content:
        return
    parts = parts_of(name, content)
    key = ("check", str(library_folder()), library.info().version, name, hash(content))
    checked: Checked = finished(
        key, "Checking the draft", lambda _: check(parts, library, library.encoder())
    )
    show_findings(library, name, checked)


def _pasted() -> tuple[str, bytes]:
    text = str(st.session_state.get("pasted") or "").strip()
    return "pasted.md", text.encode("utf-8", "replace")


def parts_of(name: str, content: bytes) -> list[Part]:
    """The parts of a draft that came as a file. Raises ReadError where it is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft{Path(name).suffix.lower()}"
        path.write_bytes(content)
        return read_draft(path)


def show_findings(library: Library, name: str, checked: Checked) -> None:
    """The findings in the draft's order, what is wrong before what is merely older."""
    wrong = [one for one in checked.findings if one.kind not in NOTES]
    notes = [one for one in checked.findings if one.kind in NOTES]
    st.header(
        f"{counted(checked.checked, 'citation')} checked, {len(wrong)} to be looked at",
        anchor=False,
    )
    if not checked.checked:
        st.text(
            "No citation was found in it; paragraphs are cited as in “Wandsworth 2016, para 87”."
        )
        return
    _list(library, wrong, "To be looked at", "Nothing is wrong with any of them.")
    if notes:
        _list(library, notes, "Superseded or second-hand", "")
    st.download_button(
        "Download the findings as text",
        data="\n".join(check_lines(checked, name)).encode("utf-8", "replace"),
        file_name="findings.txt",
        mime="text/plain",
    )
    small("Checked by words, figures and likeness in meaning: read what is pointed out yourself.")


def _list(library: Library, findings: Sequence[Finding], heading: str, empty: str) -> None:
    cards = [_card(library, one, at) for at, one in enumerate(findings)]
    data = {"label": heading, "said": "", "groups": [group(cards, heading, empty=empty)]}
    passages(key=f"findings {heading}", data=data)


def _card(library: Library, finding: Finding, at: int) -> dict[str, Any]:
    """What is wrong with one citation: the sentence of the draft, and what to write instead."""
    instead = f" Instead: {finding.suggestion}" if finding.suggestion else ""
    card: dict[str, Any] = {
        "id": str(at),
        "heading": finding.kind.replace("_", " ").capitalize(),
        "above": finding.where,
        "citation": finding.cited,
        "href": None,
        "facts": "",
        "message": f"{finding.message}{instead}",
        "text": "",
        "sentence": "",
        "links": [],
        "actions": [],
    }
    if finding.paragraph_id is None:
        return card
    try:
        cited = library.paragraph(finding.paragraph_id)
    except LibraryError:
        return card
    name = paragraph_name(cited.paragraph.key, cited.paragraph.number)
    return card | {
        "href": paragraph_link(cited.document_id, name),
        "text": cited.paragraph.text,
        "links": [{"text": COLLECT, "href": collect_link(cited.paragraph_id)}],
    }
