"""The page Over time: one authority's inspections, a question across them, advice followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import streamlit as st

from answer.commands import today
from answer.judgement_line import LINES
from answer.trail import Link, Stop, Trail, follow_all, trail
from answer.trail_output import NEAREST, NOTHING_NEAR, inspections_of, trail_paper, when
from answer.word import WORD_TYPE, word_file
from index.library import Library
from index.records import slug
from ui.address import document_link
from ui.components import links, passages, small, table
from ui.edge import guarded
from ui.further_address import TrailState, read_trail, trail_link, write_trail
from ui.further_charts import STEPS_HEIGHT, judgement_chart, judgement_text
from ui.library import library_folder, opened_library
from ui.passage_data import cited_card, group, hit_card, under_its_document
from ui.tasks import finished
from ui.wording import as_text, counted, kind_name, page_title

SHOWN = 20  # recommendations; the rest on demand


@guarded
def trail_page() -> None:
    """An authority's inspections from the first to the latest."""
    library = opened_library()
    state = _known(library, read_trail(st.query_params.to_dict()))
    st.set_page_config(page_title=page_title(state.authority, "Over time"), layout="wide")
    st.title("An authority over time", anchor=False)
    _choose(library, state)
    if not state.authority:
        st.text(
            "Choose an authority: you see how each of its inspections judged it, what each says "
            "to a question, and what became of what was recommended."
        )
        return
    key = (str(library_folder()), library.info().version, state.authority)
    found: Trail = finished(
        ("trail", *key, state.question),
        f"Asking the inspections of {state.authority}",
        lambda told: trail(library, state.authority, state.question, links=False, progress=told),
    )
    st.header(as_text(found.authority), anchor=False)
    _judgements(found)
    _question(library, found)
    followed: tuple[Link, ...] = finished(
        ("links", *key),
        f"Following what was recommended in {state.authority} to the next inspection",
        lambda told: follow_all(library, state.authority, told),
    )
    _links(library, replace(found, links=followed), state)
    _download(library, replace(found, links=followed))


def _download(library: Library, found: Trail) -> None:
    st.download_button(
        "Download as Word",
        data=lambda: word_file(trail_paper(found, library.info(), today())),
        file_name=f"{slug(found.authority)}-over-time.docx",
        mime=WORD_TYPE,
    )


def _known(library: Library, state: TrailState) -> TrailState:
    """The state with the authority as the library calls it; without one that it does not hold."""
    names = list(library.facets().authorities)
    known = next((name for name in names if slug(name) == slug(state.authority)), "")
    if state.authority and not known:
        st.warning(as_text(f"This library holds no report on “{state.authority}”."))
    return replace(state, authority=known)


def _choose(library: Library, state: TrailState) -> None:
    if st.session_state.get("trail authority") != (state.authority or None):
        st.session_state["trail authority"] = state.authority or None
    if st.session_state.get("trail question") != state.question:
        st.session_state["trail question"] = state.question
    first, second = st.columns([1, 2], vertical_alignment="bottom")
    first.selectbox(
        "Authority",
        list(library.facets().authorities),
        index=None,
        key="trail authority",
        on_change=_keep,
    )
    second.text_input(
        "Question across its inspections (optional)",
        key="trail question",
        max_chars=400,
        on_change=_keep,
    )


def _keep() -> None:
    authority = str(st.session_state.get("trail authority") or "")
    question = str(st.session_state.get("trail question") or "").strip()
    st.query_params.from_dict(write_trail(TrailState(authority, question)))


def _judgements(found: Trail) -> None:
    graded = [stop for stop in found.stops if stop.grades]
    if len(graded) > 1:
        st.vega_lite_chart(
            spec=judgement_chart(found.stops, dark=st.context.theme.type == "dark"),
            height=STEPS_HEIGHT,
            key="judgements chart",
            alt=judgement_text(found.stops),
        )
        small("Lines of one grade are drawn beside each other, a little above and below it.")
    table(key="judgements", data=_judgement_table(found))
    if len(found.stops) == 1:
        st.text("The library holds one inspection of this authority: there is nothing to compare.")


def _judgement_table(found: Trail) -> dict[str, Any]:
    lines = [name for name in LINES if any(_grade(stop, name) for stop in found.stops)]
    rows = [
        [
            {
                "text": stop.card.name,
                "href": document_link(stop.card.document.document_id),
                "note": f"{kind_name(stop.card.document.kind)}, {when(stop)}",
            },
            *(_grade(stop, name) for name in lines),
        ]
        for stop in found.stops
    ]
    return {
        "caption": "Inspections, the earliest first",
        "head": ["Inspection", *(LINES[name] for name in lines)],
        "rows": rows,
        "numbers": [],
    }


def _grade(stop: Stop, line: str) -> str:
    return next((grade.grade for grade in stop.grades if grade.line == line), "")


def _question(library: Library, found: Trail) -> None:
    if not found.question:
        return
    st.header(as_text(found.question), anchor=False)
    groups = [
        group(
            [under_its_document(hit_card(library, hit)) for hit in stop.hits],
            stop.card.name,
            when(stop),
            empty="Nothing near it.",
        )
        for stop in found.stops
    ]
    data = {"label": "What each inspection says", "said": "", "groups": groups, "as": "columns"}
    passages(key="answers over time", data=data)


def _links(library: Library, found: Trail, state: TrailState) -> None:
    if not found.links:
        return
    st.header("What was recommended, and what the next inspection says", anchor=False)
    st.text(NEAREST)
    followed = [link for link in found.links if link.found]
    shown = followed if state.every else followed[:SHOWN]
    for (before, after), pairs in groupby(shown, inspections_of):
        names = [library.card(document_id).name for document_id in (before, after)]
        st.subheader(as_text(" → ".join(names)), anchor=False)
        groups = [side for link in pairs for side in _pair(library, link)]
        label = f"Recommended in {names[0]}, and what {names[1]} says"
        data = {"label": label, "said": "", "groups": groups, "as": "pairs", "level": "h4"}
        passages(key=f"links {before}", data=data)
    if len(followed) > len(shown):
        text = f"Show all {len(followed)} recommendations"
        way = {"href": trail_link(replace(state, every=True)), "text": text}
        links(key="all links", data={"heading": "", "links": [way]})
    _not_followed(library, [link for link in found.links if not link.found])


def _not_followed(library: Library, lost: Sequence[Link]) -> None:
    if not lost:
        return
    with st.expander(f"{counted(len(lost), 'recommendation')} not followed"):
        st.text(NOTHING_NEAR)
        cards = [cited_card(library, link.recommendation) for link in lost]
        data = {"label": "Not followed", "said": "", "groups": [group(cards)], "level": "h3"}
        passages(key="not followed", data=data)


def _pair(library: Library, link: Link) -> list[dict[str, Any]]:
    said = [under_its_document(hit_card(library, link.found))] if link.found else []
    advice = under_its_document(cited_card(library, link.recommendation))
    return [group([advice], facts="Recommended"), group(said, facts="The next inspection")]
