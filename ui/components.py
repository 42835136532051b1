"""Our own elements, from hits to tables. Data goes in as data, never as markup."""

from __future__ import annotations

from pathlib import Path

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from ui.wording import as_text

HERE = Path(__file__).parent
MARK = str(HERE / "pilcrow.svg")
LOOK = HERE / "app.css"  # of what Streamlit draws itself


def small(text: str) -> None:
    """A line in small letters, as text; the framework's own caption is too pale on our ground."""
    st.markdown(f":small[{as_text(text)}]")


def _source(*names: str) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


def _component(name: str, *files: str, html: str = "<section></section>") -> ComponentRenderer:
    """An element of our own: its style sheets and scripts, the shared ones before them."""
    styles = [file for file in files if file.endswith(".css")]
    scripts = [file for file in files if file.endswith(".js")]
    return st.components.v2.component(
        f"pilcrow_{name}",
        html=html,
        css=_source("base.css", *styles) if styles else None,
        js=_source("dom.js", *scripts),
    )


_PARAGRAPH = ("paragraph.css", "copy.js", "paragraph.js")  # one paragraph, as every page shows it
cards = _component("cards", *_PARAGRAPH, "cards.css", "cards.js")
answer = _component("answer", "answer.css", "copy.js", "answer.js")
reader = _component(
    "reader",
    "reader.css",
    "reader_page.css",
    "copy.js",
    "reader_find.js",
    "reader_page.js",
    "reader.js",
)
links = _component("links", "links.css", "copy.js", "links.js", html="<nav></nav>")
chips = _component("chips", "chips.css", "chips.js")
table = _component("table", "table.css", "table.js")
ranked = _component("ranked", "ranked.css", "ranked.js")
facets = _component("facets", "facets.css", "facets.js")
written = _component("written", "written.css", "written.js")
holdings = _component("holdings", "table.css", "holdings.css", "holdings.js")
passages = _component("passages", *_PARAGRAPH, "passages.css", "passages.js")
draft = _component("draft", *_PARAGRAPH, "draft.css", "draft.js")
person = _component("person", "person.js", html="<section hidden></section>")
keys = _component("keys", "keys.js", html="<section hidden></section>")
