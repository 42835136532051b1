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


def reading_model() -> LanguageModel | None:
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
