"""The answer in a language model's words, on the search page, while it is being written."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from typing import Any

import streamlit as st

from answer.configured import configured_model
from answer.errors import NotConfiguredError
from answer.model import Answer
from answer.written import Written, WrittenSentence, heading, written_or_why
from index.library import Library
from index.model import Hit
from ui.address import SearchState, paragraph_link, paragraph_name
from ui.components import written
from ui.edge import guarded
from ui.wording import as_text
from ui.writing import Writing

_KEY = "written"
STOP_SECONDS = 2.0  # it stops within a tenth, unless a sentence is being checked


def written_answer(library: Library, state: SearchState, answer: Answer) -> None:
    """The written answer beside the quoted one; nothing unless a language model is set up.

    Nothing either where the documents do not answer the question: the model is not asked then.
    """
    try:
        model = configured_model(os.environ)
    except NotConfiguredError as error:
        st.warning(as_text(str(error)))
        return
    if model is not None and answer.status == "answered":
        writing = _writing(library, state, answer, model.name)
        _show(writing, {hit.paragraph_id: hit for hit in answer.hits})


def _writing(library: Library, state: SearchState, answer: Answer, model: str) -> Writing:
    """The answer to this search, begun where it was not yet; one to another search is ended."""
    asked = (library.info().version, state.question, state.filters, state.ignored, answer)
    kept: tuple[object, Writing] | None = st.session_state.get(_KEY)
    if kept is not None and kept[0] == asked:
        return kept[1]
    if kept is not None:
        kept[1].stop()
    environment = dict(os.environ)
    writing = Writing(
        model, lambda stop: written_or_why(state.question, answer, library, environment, stop)
    )
    st.session_state[_KEY] = (asked, writing)
    return writing


@st.fragment
@guarded
def _show(writing: Writing, hits: Mapping[str, Hit]) -> None:
    """How far it is. While more may come, the component asks again, and only this runs anew."""
    looks = st.session_state["looks at written"] = st.session_state.get("looks at written", 0) + 1
    stand = writing.stand
    written(
        key="written answer",
        data={**written_data(stand, hits), "looks": looks},
        on_more_change=_nothing,
        on_stop_change=partial(_stop, writing),
    )


def written_data(stand: Written, hits: Mapping[str, Hit]) -> dict[str, Any]:
    """What is shown of a written answer; of one that failed only why."""
    if stand.status == "fallback":
        return {"heading": None, "writing": False, "sentences": [], "note": stand.reason}
    return {
        "heading": heading(stand.model) if stand.model else None,
        "writing": stand.status == "writing",
        "sentences": [_sentence_data(one, hits) for one in stand.sentences],
        "note": stand.reason,
    }


def _sentence_data(sentence: WrittenSentence, hits: Mapping[str, Hit]) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "supported": sentence.supported,
        "reason": sentence.reason,
        "cited": [_cited_data(hits[key]) for key in sentence.citations],
    }


def _cited_data(hit: Hit) -> dict[str, str]:
    name = paragraph_name(hit.paragraph_id.partition("#")[2], hit.number)
    return {"text": hit.citation, "href": paragraph_link(hit.document_id, name)}


def _stop(writing: Writing) -> None:
    writing.stop()
    writing.wait(STOP_SECONDS)


def _nothing() -> None:
    """The fragment runs again and shows what there is by then."""
