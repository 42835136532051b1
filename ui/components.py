"""Our own elements, from hits to tables. Data goes in as data, never as markup."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from ui.wording import as_text

HERE = Path(__file__).parent
MARK = str(HERE / "pilcrow.svg")


def small(text: str) -> None:
    """A line in small letters, as text; the framework's own caption is too pale on our ground."""
    st.markdown(f":small[{as_text(text)}]")


def _source(*names: str) -> str:
    return "\n".join((HERE / name).read_text(encoding="utf-8") for name in names)


card = st.components.v2.component(
    "pilcrow_card",
    html="<article></article>",
    css=_source("base.css", "card.css"),
    js=_source("dom.js", "copy.js", "card.js"),
)
answer = st.components.v2.component(
    "pilcrow_answer",
    html="<section></section>",
    css=_source("base.css", "answer.css"),
    js=_source("dom.js", "copy.js", "answer.js"),
)
reader = st.components.v2.component(
    "pilcrow_reader",
    html="<section></section>",
    css=_source("base.css", "reader.css", "reader_page.css"),
    js=_source("dom.js", "copy.js", "reader_find.js", "reader_page.js", "reader.js"),
)
links = st.components.v2.component(
    "pilcrow_links",
    html="<nav></nav>",
    css=_source("base.css", "links.css"),
    js=_source("dom.js", "links.js"),
)
chips = st.components.v2.component(
    "pilcrow_chips",
    html="<section></section>",
    css=_source("base.css", "chips.css"),
    js=_source("dom.js", "chips.js"),
)
table = st.components.v2.component(
    "pilcrow_table",
    html="<section></section>",
    css=_source("base.css", "table.css"),
    js=_source("dom.js", "table.js"),
)
ranked = st.components.v2.component(
    "pilcrow_ranked",
    html="<section></section>",
    css=_source("base.css", "ranked.css"),
    js=_source("dom.js", "ranked.js"),
)
facets = st.components.v2.component(
    "pilcrow_facets",
    html="<section></section>",
    css=_source("base.css", "facets.css"),
    js=_source("dom.js", "facets.js"),
)
written = st.components.v2.component(
    "pilcrow_written",
    html="<section></section>",
    css=_source("base.css", "written.css"),
    js=_source("dom.js", "written.js"),
)
holdings = st.components.v2.component(
    "pilcrow_holdings",
    html="<section></section>",
    css=_source("base.css", "table.css", "holdings.css"),
    js=_source("dom.js", "holdings.js"),
)
passages = st.components.v2.component(
    "pilcrow_passages",
    html="<section></section>",
    css=_source("base.css", "passages.css"),
    js=_source("dom.js", "copy.js", "passages.js"),
)
person = st.components.v2.component(
    "pilcrow_person", html="<section hidden></section>", js=_source("dom.js", "person.js")
)
keys = st.components.v2.component(
    "pilcrow_keys", html="<section hidden></section>", js=_source("keys.js")
)
