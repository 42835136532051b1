"""The search page: a question, what it was understood as, and the paragraphs that answer it."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from index.library import Library
from index.model import QueryPlan
from ui.address import SearchState, search_link
from ui.answer import answer_box
from ui.cards import hit_cards
from ui.chips import search_chips
from ui.components import links, small
from ui.document import document_page
from ui.edge import guarded
from ui.examples import example_links
from ui.filters import filter_lists, follow_address, question_box
from ui.found import Found, ask_again, served
from ui.library import opened_library
from ui.wording import as_text, counted, filter_texts, not_held
from ui.written import written_answer

HASTY = (
    "Others are searching just now, so these were put in order without being read a second time."
)


@guarded
def search_page() -> None:
    """Ask and read; everything the page shows follows from its address."""
    st.set_page_config(layout="centered")
    if "doc" in st.query_params:  # a link to a paragraph that leaves out the page's name
        st.switch_page(
            st.Page(document_page, url_path="document"), query_params=st.query_params.to_dict()
        )
    library = opened_library()
    state, unknown = follow_address(library)
    with st.container():  # always there, so that the box below it is the same box when it goes
        if not state.question:
            _introduce(library)
    question_box()
    beside = st.sidebar.container()
    for sentence in unknown:
        st.warning(as_text(sentence))
    if not state.question:
        with beside:
            filter_lists(library, state)
        example_links(library)
        return
    st.set_page_config(page_title=f"{state.question} · Pilcrow")
    st.session_state["last search"] = state
    with served(library, state) as found:
        with beside:
            filter_lists(library, state, found.hits)
        _results(library, state, found)


def _results(library: Library, state: SearchState, found: Found) -> None:
    above = st.container()  # always there, like the one over the question
    search_chips(found.whole, found.plan, state)
    if not found.hits:
        _nothing_found(library, found.plan, state)
        return
    answered = found.answer.status == "answered"
    answer_box(found.plan, found.answer)
    written_answer(library, state, found.answer)
    if not_held(found.plan) and answered:  # else the answer box says it
        above.warning(as_text(not_held(found.plan)))
    if found.hasty:
        _say_hasty(above)
    hit_cards(library, list(found.hits), answering=bool(found.answer.sentences))


def _say_hasty(above: DeltaGenerator) -> None:
    with above.container(horizontal=True, vertical_alignment="center"):
        small(HASTY)
        st.button("Ask again", on_click=ask_again)


def _introduce(library: Library) -> None:
    st.title("Ask the inspection reports", anchor=False)
    info, years = library.info(), library.facets().years
    span = f", {min(years)} to {max(years)}" if years else ""
    st.text(
        "You get the paragraphs that answer, each with its printed number and a citation to "
        f"copy, from {counted(info.documents, 'document')}{span}."
    )


def _nothing_found(library: Library, plan: QueryPlan, state: SearchState) -> None:
    """Say so, and what to try next."""
    st.header("Nothing found", anchor=False)
    if any(library.allows(state.filters, card) for card in library.documents()):
        every = f"the {counted(library.info().documents, 'document')} in the library"
        searched = "the documents that the filters leave" if filter_texts(state.filters) else every
        st.text(f"None of {searched} holds what is asked for.")
        st.markdown(
            "- Use other words for the same thing, or fewer of them.\n"
            + "- Leave out the double quotes: words in quotes must occur exactly so."
            * bool(plan.phrases)
        )
    else:
        st.text("No document in the library passes all these filters together. Take one off.")
    ways = [{"href": "library", "text": "See which documents are in the library"}]
    if filter_texts(state.filters):
        href = search_link(SearchState(state.question, ignored=state.ignored))
        ways.insert(0, {"href": href, "text": "Search all documents, without the filters"})
    links(key="ways on", data={"heading": "", "links": ways})
