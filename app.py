"""Pilcrow's pages: navigation and theme."""

from __future__ import annotations

import streamlit as st

from ui.about import about_page
from ui.briefing import briefing_page
from ui.census import census_page
from ui.checker import checker_page
from ui.components import LOOK, MARK, keys
from ui.document import document_page
from ui.holdings import holdings_page
from ui.quality import quality_page
from ui.search import search_page
from ui.trail import trail_page
from ui.way_back import remember

st.set_page_config(page_title="Pilcrow", page_icon=MARK)
st.logo(MARK, size="large")
st.html(LOOK)
pages = [
    st.Page(search_page, title="Search", url_path="search", default=True),
    st.Page(briefing_page, title="Briefing", url_path="briefing"),
    st.Page(checker_page, title="Check a draft", url_path="check"),
    st.Page(trail_page, title="Over time", url_path="time"),
    st.Page(census_page, title="How many", url_path="count"),
    st.Page(holdings_page, title="Library", url_path="library"),
    st.Page(quality_page, title="Quality", url_path="quality"),
    st.Page(about_page, title="About", url_path="about"),
    st.Page(document_page, title="Document", url_path="document", visibility="hidden"),
]
page = st.navigation(pages, position="top")
if page.url_path != "briefing":  # which leads back to where one came from
    remember(page)
page.run()
keys(key="keys")
