"""One run on the Quality page: its figures, a comparison with another, its questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from eval.compare import compare
from eval.errors import EvalError
from eval.metrics import NAMES
from eval.model import Outcome, Report
from eval.report import abstention_text
from index.library import Library
from ui.charts import Series, chart_height, chart_text, interval_chart
from ui.components import small, table
from ui.quality_address import ROWS, QualityState, read_quality, write_quality
from ui.quality_kept import Judged, Quality, judged_now, summaries
from ui.quality_tables import (
    MEASURES,
    about_table,
    changed_table,
    comparison_table,
    differences,
    kind_label,
    means_table,
    questions_table,
    run_date,
    run_name,
)
from ui.wording import as_text, counted

CHANGED = 10  # questions listed of a comparison
MIME = {".json": "application/json", ".jsonl": "application/jsonl"}


def run_view(library: Library, kept: Quality, state: QualityState) -> None:
    """The run of the address, against another one where the address names one."""
    judged = judged_now(library, kept, state.run)
    report = judged.report
    st.set_page_config(page_title=f"{run_name(report)} · Pilcrow")
    st.title(as_text(judged.questions), anchor=False)
    small(" · ".join(_facts(judged)))
    if judged.elsewhere:
        st.warning(
            "This library lacks most of the documents that these questions are about. The figures "
            "were measured where they are; a run here would find next to nothing."
        )
    chosen = _choose_other(kept, judged, state)
    if chosen:
        try:
            _comparison(report, judged_now(library, kept, chosen).report, state)
        except EvalError as error:
            st.warning(as_text(str(error)))
    _figures(report)
    _questions(report.outcomes, state)
    _about(kept, report, state.run)


def _facts(judged: Judged) -> list[str]:
    report = judged.report
    name = str(report.measured.get("name") or "")
    facts = [run_date(report), *([name] if name not in ("", judged.questions) else [])]
    facts.append(counted(len(report.outcomes), "question"))
    if judged.changed:
        facts.append("by the judgements of today, which changed since the run")
    return facts


def _choose_other(kept: Quality, judged: Judged, state: QualityState) -> str | None:
    """The run to compare with, among those of the same question set."""
    runs = {
        run_id: report
        for run_id, report in summaries(kept).items()
        if run_id != state.run and report.measured["questions"] == _asked(judged.report)
    }
    if state.against and state.against not in runs:
        st.warning("The run to compare with is not there, or it asked another question set.")
    chosen = state.against if state.against in runs else None
    _set("other run", chosen)
    if not runs:
        small("Run this set again, say with another model, to compare the two.")
        return None
    st.selectbox(
        "Compare with",
        list(runs),
        index=None,
        key="other run",
        placeholder="Another run",
        format_func=lambda run_id: run_name(runs[run_id]),
        on_change=_keep,
    )
    return chosen


def _asked(report: Report) -> str:
    return str(report.measured["questions"])


def _comparison(report: Report, other: Report, state: QualityState) -> None:
    comparison = compare(other, report, state.measure)
    st.header("Compared with the other run", anchor=False)
    table(key="comparison", data=comparison_table(comparison))
    small(
        "p: how often chance alone would make a difference as large (a paired randomisation "
        "test). Wins and losses: questions on which this run does better and worse."
    )
    _chart({"Other run": other.means["all"], "This run": report.means["all"]}, "comparison chart")
    left_out = len(comparison.only_first) + len(comparison.only_second)
    if left_out:
        st.text(f"{counted(left_out, 'question')} that only one of the runs asked are left out.")
    changed = comparison.changed
    if changed:
        st.subheader("The questions that changed most", anchor=False)
        table(key="changed", data=changed_table(changed, state, CHANGED))
    else:
        st.text(f"No question changed by {state.measure}.")
    differing = differences(other, report)
    if differing["rows"]:
        with st.expander("What differs between the two runs"):
            table(key="differences", data=differing)


def _figures(report: Report) -> None:
    st.header("Figures", anchor=False)
    if report.means:
        table(key="means", data=means_table(report))
        _chart({kind_label(kind): means for kind, means in report.means.items()}, "means chart")
        with st.expander("What the measures mean"):
            st.markdown(
                "\n".join(f"- **{as_text(name)}**: {as_text(MEASURES[name])}" for name in NAMES)
            )
    else:
        st.text("No question of this set has an answer, so that nothing can be ranked.")
    st.subheader("Questions without an answer", anchor=False)
    st.text(abstention_text(report.abstention))
    if report.unresolved:
        count = len(report.unresolved)
        st.warning(
            f"{counted(count, 'judged paragraph')} {'is' if count == 1 else 'are'} not in this "
            "library and count as missed."
        )
        with st.expander("Which they are"):
            table(key="unresolved", data=_unresolved_table(report))


def _unresolved_table(report: Report) -> dict[str, object]:
    rows = [
        [str(entry["id"]), str(entry["doc"]), str(entry["number"] or "–"), str(entry["anchor"])]
        for entry in report.unresolved
    ]
    return {
        "caption": "Judged paragraphs that are not in this library",
        "head": ["Question", "Document", "Number", "Words"],
        "numbers": [],
        "rows": rows,
    }


def _chart(series: Series, key: str) -> None:
    st.vega_lite_chart(
        spec=interval_chart(series, dark=st.context.theme.type == "dark"),
        height=chart_height(series),
        key=key,
        alt=chart_text(series),
    )


def _questions(outcomes: Sequence[Outcome], state: QualityState) -> None:
    st.header("Questions", anchor=False)
    kinds = list(dict.fromkeys(outcome.kind for outcome in outcomes))
    _set("question kind", state.kind if state.kind in kinds else None)
    _set("measure", state.measure)
    first, second = st.columns(2)
    first.selectbox(
        "Kind",
        kinds,
        index=None,
        key="question kind",
        placeholder="All",
        format_func=kind_label,
        on_change=_keep,
    )
    second.selectbox("Measure", NAMES, key="measure", on_change=_keep)
    listed = [
        outcome for outcome in outcomes if state.kind not in kinds or outcome.kind == state.kind
    ]
    limit = max(ROWS, state.shown)
    table(key="questions", data=questions_table(listed, state, limit))
    if len(listed) > limit:
        st.button("Show more", on_click=_show_more, args=(limit,))


def _about(kept: Quality, report: Report, run_id: str) -> None:
    with st.expander("What was measured"):
        table(key="about", data=about_table(report))
    with st.expander("Download or remove this run"):
        for name, path in kept.runs.files(run_id).items():
            st.download_button(
                name,
                data=path.read_bytes,
                file_name=name if "questions" in name else f"{run_id}{path.suffix}",
                mime=MIME.get(path.suffix, "text/plain"),
                key=f"download {name}",
            )
        if kept.runs.is_shipped(run_id):
            return
        with st.popover("Remove this run"):
            st.text("This cannot be undone. The question set stays.")
            st.button("Remove it", on_click=_remove, args=(kept, run_id))


def _set(key: str, value: str | None) -> None:
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _keep() -> None:
    """Write what the widgets say into the address."""
    said = st.session_state
    state = read_quality(st.query_params.to_dict())
    if not state.run:  # a box that the page has left behind may still report what was chosen
        return
    changed = replace(
        state,
        against=said.get("other run") or "",
        kind=said.get("question kind") or "",
        measure=said.get("measure") or NAMES[0],
        shown=0,
    )
    st.query_params.from_dict(write_quality(changed))


def _show_more(limit: int) -> None:
    st.query_params["shown"] = str(limit + ROWS)


def _remove(kept: Quality, run_id: str) -> None:
    kept.runs.remove(run_id)
    st.query_params.clear()
