"""Who is reading: a name chosen once and kept in the browser."""

from __future__ import annotations

from urllib.parse import unquote

import streamlit as st

from answer.briefings import LONGEST_NAME
from ui.components import person, small

_COOKIE = "pilcrow_person"
_KEY = "person"


def person_name() -> str:
    """The reader's name; "" where none was chosen yet."""
    chosen = st.session_state.get(_KEY)
    if chosen is None:
        chosen = unquote(st.context.cookies.get(_COOKIE, ""))[:LONGEST_NAME]
    return " ".join(str(chosen).split())


def asked_name() -> str:
    """The reader's name; a form that asks for it where there is none."""
    name = person_name()
    if name:
        person(key="keep person", data={"name": name})
        return name
    with st.form("person form"):
        st.text_input("Your name", key="person typed", max_chars=LONGEST_NAME)
        small(
            "A briefing keeps paragraphs you choose, with their citations, to be saved as "
            "Word. Your name stays in this browser and tells your briefings from those of others."
        )
        st.form_submit_button("Use this name", type="primary", on_click=_keep)
    return ""


def change_name() -> None:
    """A way to be somebody else in this browser."""
    with st.popover(f"Your name: {person_name()}"):
        st.text_input("Your name", key="person typed", max_chars=LONGEST_NAME)
        st.button("Use this name", on_click=_keep)


def _keep() -> None:
    typed = " ".join(str(st.session_state.get("person typed") or "").split())
    if typed:
        st.session_state[_KEY] = typed
