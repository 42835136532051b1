"""The language model that may read on a page: the way to ask it, and what came of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import streamlit as st

from answer.configured import LanguageModel, configured_model
from answer.errors import NotConfiguredError
from answer.model_reading import Progress, Reading
from ui.components import links
from ui.tasks import finished, tasks
from ui.wording import as_text


class Readable(Protocol):
    """What a language model may read."""

    @property
    def reading(self) -> Reading[Any] | None:
        """What it said, where it has read."""


Read = TypeVar("Read", bound=Readable)


@dataclass(frozen=True, slots=True)
class Offer:
    """What a reader of the page may have the model do."""

    href: str  # the same page with it, or without it where it is taken
    what: str  # "decide"
    sent: str  # what its server is sent, in a sentence
    taken: bool


def read_by_model(
    found: Read, key: Hashable, offer: Offer, work: Callable[[LanguageModel, Progress], Read]
) -> Read:
    """What was found, read by the language model where the offer is taken.

    Shows the offer, and, where the reading ended early, a button to ask again.
    """
    model = _set_up(wanted=offer.taken)
    if model is None:
        return found
    said = f"Let the language model {model.name} {offer.what}"
    text = "Without the language model" if offer.taken else said
    way = {"href": offer.href, "text": text, "note": offer.sent}
    links(key="reading", data={"heading": "", "links": [way], "inline": True})
    if not offer.taken:
        return found
    task = ("read", key, model)
    read: Read = finished(
        task, f"The language model {model.name} reads", lambda progress: work(model, progress)
    )
    if read.reading is not None and read.reading.reason:
        st.button("Ask the language model again", on_click=tasks().forget, args=(task,))
    return read


def _set_up(*, wanted: bool) -> LanguageModel | None:
    """The language model that is set up; said where one is wanted and there is none."""
    try:
        model = configured_model(os.environ)
    except NotConfiguredError as error:
        st.warning(as_text(str(error)))
        return None
    if model is None and wanted:
        st.warning("No language model is set up here: what is shown is without one.")
    return model
