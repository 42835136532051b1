"""Where the reader was before: a page that collects leads back to what was being read."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from streamlit.navigation.page import StreamlitPage

_KEY = "came from"


def remember(page: StreamlitPage) -> None:
    """Keep the address of this page, for pages that are opened from it."""
    said = urlencode(st.query_params.to_dict())
    path = page.url_path or "./"
    st.session_state[_KEY] = (page.title, f"{path}?{said}" if said else path)


def way_back() -> list[dict[str, str]]:
    """A link to the page that was open before; none where this was the first."""
    if _KEY not in st.session_state:
        return []
    title, href = st.session_state[_KEY]
    return [{"href": href, "text": f"Back to {title}"}]
