"""The language model that reads again, for the pages on which it may."""

from __future__ import annotations

import os

import streamlit as st

from answer.configured import LanguageModel, configured_model
from answer.errors import NotConfiguredError
from ui.components import links
from ui.wording import as_text


def reader() -> LanguageModel | None:
    """The language model that is set up; a warning where it is set up wrongly."""
    try:
        return configured_model(os.environ)
    except NotConfiguredError as error:
        st.warning(as_text(str(error)))
        return None


def reading_way(href: str, model: LanguageModel, what: str, *, sent: str, taken: bool) -> None:
    """The link that has the model do `what`, or, where it is taken, leaves it out again.

    `sent` tells what its server is sent for that.
    """
    if taken:
        way = {"href": href, "text": "Without the language model"}
    else:
        said = f"Let the language model {model.name} {what}"
        way = {"href": href, "text": said, "note": sent}
    links(key="reading", data={"heading": "", "links": [way], "inline": True})
