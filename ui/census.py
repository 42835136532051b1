"""The page How many: which reports say it, and which do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from answer.census import Census, Said, census, narrowed
from answer.census_output import census_csv, census_paper, summary
from answer.commands import today
from answer.word import word_file
from index.library import Library
from ui.components import passages, small
from ui.edge import guarded
from ui.further_address import CountState, read_count, write_count
from ui.further_charts import share_chart, share_height, share_text
from ui.library import library_folder, opened_library
from ui.passage_data import cited_card, group
from ui.tasks import finished
from ui.wording import as_text, counted, kind_name

SHOWN = 30  # paragraphs of a list; the rest on demand
_BOXES = ("authority", "kind", "year_from", "year_to")


@guarded
def census_page() -> None:
    """Ask for something and see which reports say it."""
    st.set_page_config(page_title="How many · Pilcrow")
    library = opened_library()
    state = read_count(st.query_params.to_dict())
    st.title("How many reports say it?", anchor=False)
    _ask(state)
    if not state.query:
        st.text(
            "Type a phrase, a statement or a question. Every report is looked through, not only "
            "the best hits. Words in double quotes are looked for word for word."
        )
        return
    key = ("census", str(library_folder()), library.info().version, state.query)
    everything: Census = finished(
        key,
        "Reading every report",
        lambda progress: census(library, state.query, progress=progress),
    )
    st.header(as_text(state.query), anchor=False)
    _filters(library, state)
    found = narrowed(
        everything, lambda card: library.allows(state.filters, card), state.filters, state.line
    )
    if not found.reports:
        st.warning("The filters leave no report.")
        return
    st.text(summary(found))
    _line(state)
    _charts(found)
    _downloads(found)
    _reports(found)


def _ask(state: CountState) -> None:
    if st.session_state.get("count query") != state.query:
        st.session_state["count query"] = state.query
    with st.form("count", border=False):
        box, button = st.columns([1, 0.16], vertical_alignment="bottom")
        box.text_input("Phrase, statement or question", key="count query", max_chars=400)
        button.form_submit_button("Count", type="primary", width="stretch", on_click=_keep_query)


def _keep_query() -> None:
    query = str(st.session_state.get("count query") or "").strip()
    state = read_count(st.query_params.to_dict())
    _open(replace(state, query=query))


def _filters(library: Library, state: CountState) -> None:
    facets = library.facets()
    years = sorted(facets.years)
    for name in _BOXES:
        if st.session_state.get(f"count {name}") != getattr(state, name):
            st.session_state[f"count {name}"] = getattr(state, name)
    columns = st.columns(4)
    choices: Mapping[str, tuple[str, Sequence[Any]]] = {
        "authority": ("Authority", list(facets.authorities)),
        "kind": ("Kind", list(facets.kinds)),
        "year_from": ("From year", years),
        "year_to": ("To year", years),
    }
    for column, (name, (label, values)) in zip(columns, choices.items(), strict=True):
        if getattr(state, name) not in values:
            st.session_state[f"count {name}"] = None
        column.selectbox(
            label,
            values,
            index=None,
            key=f"count {name}",
            placeholder="Any",
            format_func=kind_name if name == "kind" else str,
            on_change=_keep_filters,
        )


def _keep_filters() -> None:
    state = read_count(st.query_params.to_dict())
    said: dict[str, Any] = {name: st.session_state.get(f"count {name}") for name in _BOXES}
    _open(replace(state, **said))


def _line(state: CountState) -> None:
    if st.session_state.get("count line") != state.line:
        st.session_state["count line"] = state.line
    st.number_input(
        "The line: the score from which on a report counts",
        0.0,
        1.0,
        step=0.05,
        key="count line",
        on_change=_keep_line,
        width=320,
        help="Lower: more reports count, and more of them wrongly. The score is an estimate of "
        "the chance that the report says it; words in double quotes are certain.",
    )


def _keep_line() -> None:
    state = read_count(st.query_params.to_dict())
    _open(replace(state, line=round(float(st.session_state["count line"]), 2)))


def _charts(found: Census) -> None:
    for title, shares in (
        ("By year", found.by_year()),
        ("By kind", {kind_name(kind): share for kind, share in found.by_kind().items()}),
    ):
        st.subheader(title, anchor=False)
        st.vega_lite_chart(
            spec=share_chart(shares, dark=st.context.theme.type == "dark"),
            height=share_height(shares),
            key=f"chart {title}",
            alt=share_text(shares),
        )


def _downloads(found: Census) -> None:
    first, second = st.columns(2)
    first.download_button(
        "Download as a table (CSV)",
        data=f"\ufeff{census_csv(found)}".encode(),
        file_name="reports.csv",
        mime="text/csv",
        width="stretch",
    )
    second.download_button(
        "Download as Word",
        data=lambda: word_file(census_paper(found, today())),
        file_name="reports.docx",
        mime="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        width="stretch",
    )


def _reports(found: Census) -> None:
    sure = [one for one in found.yes if not found.is_borderline(one)]
    clear = [one for one in found.no if not found.is_borderline(one)]
    _list(f"Say it ({len(sure)})", sure, "sure", "No report is clearly above the line.")
    if found.borderline:
        _list(
            f"Near the line, to be read ({len(found.borderline)})", found.borderline, "borderline"
        )
    with st.expander(f"Do not say it ({len(clear)})"):
        st.text("\n".join(sorted(one.card.name for one in clear)) or "None.")


def _list(heading: str, reports: Sequence[Said], key: str, empty: str = "") -> None:
    whole = st.session_state.get(f"all {key}", False)
    shown = reports if whole else reports[:SHOWN]
    cards = [
        cited_card(one.paragraph, one.card, sentence=one.sentence, note=f"score {one.score:.2f}")
        for one in shown
        if one.paragraph
    ]
    data = {"label": heading, "said": "", "groups": [group(cards, heading, empty=empty)]}
    passages(key=f"passages {key}", data=data)
    if len(reports) > len(shown):
        small(f"{counted(len(shown), 'report')} of {len(reports)} are shown.")
        st.button("Show all", key=f"show {key}", on_click=_show_all, args=(key,))


def _show_all(key: str) -> None:
    st.session_state[f"all {key}"] = True


def _open(state: CountState) -> None:
    st.query_params.from_dict(write_count(state))
