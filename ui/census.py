"""The page How many: which reports say it, and which do not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import streamlit as st

from answer.census import BORDER, Census, Said, census, narrowed
from answer.census_output import census_csv, census_name, census_paper, headline, particulars
from answer.commands import today
from answer.decided import decided
from answer.word import WORD_TYPE, word_file
from index.library import Library
from ui.address import document_link, paragraph_link, paragraph_name
from ui.components import links, passages, small, table
from ui.edge import guarded
from ui.further_address import CountState, count_link, read_count, write_count
from ui.further_charts import (
    SCORES_HEIGHT,
    score_chart,
    score_text,
    share_chart,
    share_height,
    share_text,
)
from ui.library import library_folder, opened_library
from ui.model_reading import Offer, read_by_model
from ui.passage_data import cited_card, group
from ui.tasks import finished
from ui.wording import as_text, kind_name, page_title

SHOWN = 30  # paragraphs of a list; the rest on demand
_BOXES = ("authority", "kind", "year_from", "year_to")


@guarded
def census_page() -> None:
    """Ask for something and see which reports say it."""
    state = read_count(st.query_params.to_dict())
    st.set_page_config(page_title=page_title(state.query, "How many"), layout="centered")
    library = opened_library()
    st.title("How many reports say it?", anchor=False)
    _ask(state)
    if not state.query:
        st.text(
            "Type a phrase, a statement or a question. Every report is looked through, not only "
            "the best hits. Words in double quotes are looked for word for word."
        )
        return
    everything = _counted(library, state)
    _filters(library, state)
    found = narrowed(
        everything, lambda card: library.allows(state.filters, card), state.filters, state.line
    )
    if not found.reports:
        st.warning("The filters leave no report.")
        return
    st.header(as_text(headline(found)), anchor=False)
    st.text(particulars(found))
    _downloads(found)
    _line(state, found)
    _shares(found)
    _reports(library, state, found)


def _counted(library: Library, state: CountState) -> Census:
    """Every report, decided by the language model where the address says so."""
    key = ("census", str(library_folder()), library.info().version, state.query)
    found: Census = finished(
        key,
        "Reading every report",
        lambda progress: census(library, state.query, progress=progress),
    )
    if found.exact:
        return found
    offer = Offer(
        href=count_link(replace(state, by_model=not state.by_model)),
        what="decide",
        sent="Its server is sent the query and the nearest sentences of the reports.",
        taken=state.by_model,
    )
    return read_by_model(found, key, offer, partial(decided, found))


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
    _open(replace(state, query=query, by_model=False))


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


def _line(state: CountState, found: Census) -> None:
    """Where yes ends, seen among the scores of all reports, and moved."""
    if found.exact:
        small("Looked for word for word: no line has to be drawn.")
        return
    if st.session_state.get("count line") != state.line:
        st.session_state["count line"] = state.line
    st.subheader("The line between yes and no", anchor=False)
    st.text(
        "Every report has a score from 0 to 1: the higher, the surer that it says it. "
        f"{_line_words(found)}"
    )
    # Not a slider: its figure is too faint on the dark page.
    st.number_input("The line", 0.0, 1.0, step=0.05, key="count line", on_change=_keep_line)
    _chart("scores", score_chart(found, dark=_is_dark()), SCORES_HEIGHT, score_text(found))


def _line_words(found: Census) -> str:
    near = f"Reports less than {BORDER:g} from the line are listed apart, to be read."
    if not found.decided:
        return f"From the line on it counts. {near}"
    return (
        "Where the language model decided, the line does not count; reports on its other side are "
        "listed apart, to be read."
    )


def _is_dark() -> bool:
    return bool(st.context.theme.type == "dark")


def _chart(key: str, spec: dict[str, Any], height: int, alt: str) -> None:
    st.vega_lite_chart(spec=spec, height=height, key=f"chart {key}", alt=alt)


def _keep_line() -> None:
    state = read_count(st.query_params.to_dict())
    _open(replace(state, line=round(float(st.session_state["count line"]), 2)))


def _shares(found: Census) -> None:
    kinds = {kind_name(kind): share for kind, share in found.by_kind().items()}
    for title, shares in (("By year", found.by_year()), ("By kind", kinds)):
        st.subheader(title, anchor=False)
        spec = share_chart(shares, dark=_is_dark())
        _chart(title, spec, share_height(shares), share_text(shares))


def _downloads(found: Census) -> None:
    first, second = st.columns(2)
    first.download_button(
        "Download as a table (CSV)",
        data=f"\ufeff{census_csv(found)}".encode(),
        file_name=f"{census_name(found)}.csv",
        mime="text/csv",
        width="stretch",
    )
    second.download_button(
        "Download as Word",
        data=lambda: word_file(census_paper(found, today())),
        file_name=f"{census_name(found)}.docx",
        mime=WORD_TYPE,
        width="stretch",
    )


def _reports(library: Library, state: CountState, found: Census) -> None:
    sure = [one for one in found.yes if not found.is_borderline(one)]
    clear = [one for one in found.no if not found.is_borderline(one)]
    near, nothing = found.borderline, "No report is clearly above the line."
    _list(library, state, f"Say it ({len(sure)})", sure, nothing)
    if near:
        _list(library, state, f"To be read ({len(near)})", near)
    if clear:
        with st.expander(f"Do not say it ({len(clear)})"):
            table(key="clear", data=_clear_table(clear))


def _list(
    library: Library, state: CountState, heading: str, reports: Sequence[Said], empty: str = ""
) -> None:
    shown = reports if state.every else reports[:SHOWN]
    exact = _is_exact(reports)
    cards = [
        cited_card(library, one.paragraph, sentence=one.sentence, remark=_scored(one, exact))
        for one in shown
        if one.paragraph
    ]
    data = {"label": heading, "said": "", "groups": [group(cards, heading, empty=empty)]}
    passages(key=f"passages {heading.partition('(')[0]}", data=data)
    if len(reports) > len(shown):
        way = {
            "href": count_link(replace(state, every=True)),
            "text": f"Show all {len(reports)} reports",
        }
        links(key=f"all {heading.partition('(')[0]}", data={"heading": "", "links": [way]})


def _scored(one: Said, exact: bool) -> str:
    return "" if exact else f"Score {one.score:.2f}"


def _is_exact(reports: Sequence[Said]) -> bool:
    """Whether they were looked through word for word: a score is then certain."""
    return all(one.score in {0.0, 1.0} for one in reports)


def _clear_table(reports: Sequence[Said]) -> dict[str, Any]:
    """The reports that do not say it, each with what comes nearest, to be looked at."""
    rows = [
        [
            {"text": one.card.name, "href": document_link(one.card.document.document_id)},
            _nearest(one),
            f"{one.score:.2f}",
        ]
        for one in sorted(reports, key=lambda one: one.card.name)
    ]
    return {
        "caption": "Reports that do not say it",
        "head": ["Report", "What comes nearest in it", "Score"],
        "rows": rows,
        "numbers": [2],
    }


def _nearest(one: Said) -> Any:  # noqa: ANN401 - a cell of the table: text or a link
    if one.paragraph is None:
        return ""
    name = paragraph_name(one.paragraph.paragraph.key, one.paragraph.paragraph.number)
    return {
        "text": one.paragraph.paragraph.label,
        "href": paragraph_link(one.paragraph.document_id, name),
        "note": one.sentence,
    }


def _open(state: CountState) -> None:
    st.query_params.from_dict(write_count(state))
