"""The language model that may read on a page: the way to ask it, and what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from typing import TypeVar

import streamlit as st

from answer.configured import LanguageModel, configured_model
from answer.errors import NotConfiguredError
from answer.model_reading import Progress
from ui.components import links
from ui.tasks import finished, tasks
from ui.wording import as_text

Read = TypeVar("Read")


def reading_model(*, wanted: bool) -> LanguageModel | None:
    """The language model that is set up; said where one is wanted and there is none."""
    try:
        model = configured_model(os.environ)
    except NotConfiguredError as error:
        st.warning(as_text(str(error)))
        return None
    if model is None and wanted:
        st.warning("No language model is set up here: what is shown is without one.")
    return model


def reading_way(href: str, model: LanguageModel, what: str, *, sent: str, taken: bool) -> None:
    """The link that has the model do `what`, or, where it is taken, leaves it out again.

    `sent` tells what its server is sent for that.
    """
    said = f"Let the language model {model.name} {what}"
    text = "Without the language model" if taken else said
    way = {"href": href, "text": text, "note": sent}
    links(key="reading", data={"heading": "", "links": [way], "inline": True})


def read(
    key: Hashable,
    model: LanguageModel,
    work: Callable[[Progress], Read],
    reason: Callable[[Read], str | None],
) -> Read:
    """What a model's reading came to; where it ended early, with a button to try again."""
    task = ("read", key, model)
    found: Read = finished(task, f"The language model {model.name} reads", work)
    if reason(found):
        st.button("Ask the language model again", on_click=tasks().forget, args=(task,))
    return found
