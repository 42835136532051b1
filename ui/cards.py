"""The results: each hit as a card that stands on its own, so that its buttons search nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from index.library import Library
from index.model import CitedParagraph, Hit
from index.repeats import Repeated, group_repeats
from ingest.model import Document
from ui.address import (
    FIRST_SHOWN,
    NOWHERE,
    SearchState,
    document_link,
    paragraph_link,
    paragraph_name,
    read_search,
)
from ui.components import card
from ui.edge import guarded
from ui.wording import dated, kind_name, pages, title

AROUND = 2  # paragraphs before, and as many after


@st.fragment
@guarded
def hit_cards(library: Library, hits: list[Hit]) -> None:
    """The first of the hits, each passage once, and a button for more of them."""
    search = read_search(st.query_params.to_dict())
    shown = search.shown
    groups = group_repeats(hits)
    for group in groups[:shown]:
        hit_card(library, group, replace(search, shown=FIRST_SHOWN))
    if len(groups) > shown:
        st.button("Show more", on_click=_show_more, args=(shown,))


@st.fragment
@guarded
def hit_card(library: Library, group: Repeated, search: SearchState) -> None:
    """One hit; asking for the paragraphs around it runs this function again and nothing else."""
    hit = group.hit
    key = f"hit {hit.paragraph_id}"
    asked = st.session_state.get(key, {}).get("context")
    context = context_data(library, hit) if asked else None
    also = [repeat_data(repeat, search) for repeat in group.repeats]
    data = {"hit": hit_data(library, hit, search) | {"also": also}, "context": context}
    card(key=key, data=data, on_context_change=_nothing)


def hit_data(library: Library, hit: Hit, search: SearchState = NOWHERE) -> dict[str, Any]:
    """What the card shows of a hit."""
    document = library.card(hit.document_id).document
    original = _original(library, hit)
    return {
        "number": hit.number,
        "label": hit.label,
        "citation": hit.citation,
        "full_citation": hit.full_citation,
        "title": title(document),
        "facts": facts(document, hit),
        "heading": None if hit.heading and hit.heading in hit.label else hit.heading,
        "text": hit.text,
        "highlights": list(hit.highlights),
        "notes": list(hit.notes),
        "href": paragraph_link(hit.document_id, _name(hit), search),
        "second_hand": hit.second_hand,
        "original": original,
        "retells": document.retells,
    }


def repeat_data(hit: Hit, search: SearchState = NOWHERE) -> dict[str, Any]:
    """A place that says the same, to be opened and cited like any other."""
    return {
        "citation": hit.citation,
        "href": paragraph_link(hit.document_id, _name(hit), search),
        "second_hand": hit.second_hand,
    }


def facts(document: Document, hit: Hit) -> list[str]:
    """Where and when, in the order in which a reader asks for it."""
    known = [
        document.authority,
        kind_name(document.kind),
        dated(document),
        pages(hit.page_start, hit.page_end),
        "recommendation" if hit.recommendation else None,
        "read by character recognition" if hit.recognised else None,
    ]
    return [fact for fact in known if fact]


def context_data(library: Library, hit: Hit) -> dict[str, Any]:
    """The paragraphs before and after, each with a link to it."""
    near = library.neighbours(hit.paragraph_id, AROUND, AROUND)
    place = [one.paragraph_id for one in near].index(hit.paragraph_id)
    return {
        "before": [_neighbour(one) for one in near[:place]],
        "after": [_neighbour(one) for one in near[place + 1 :]],
    }


def _neighbour(cited: CitedParagraph) -> dict[str, str]:
    name = paragraph_name(cited.paragraph.key, cited.paragraph.number)
    return {
        "label": cited.paragraph.label,
        "text": cited.paragraph.text,
        "href": paragraph_link(cited.document_id, name),
    }


def _original(library: Library, hit: Hit) -> dict[str, str] | None:
    """The report that a second-hand source retells, where the library has it."""
    if hit.repeats is None:
        return None
    documents = (card.document for card in library.documents())
    document = next((one for one in documents if one.doc == hit.repeats), None)
    if document is None:
        return None
    return {"title": title(document), "href": document_link(document.document_id)}


def _name(hit: Hit) -> str:
    return paragraph_name(hit.paragraph_id.partition("#")[2], hit.number)


def _show_more(shown: int) -> None:
    st.query_params["shown"] = str(shown + FIRST_SHOWN)


def _nothing() -> None:
    """The card's state is read when its fragment runs again; the change itself needs no act."""
