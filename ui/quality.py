"""The Quality page: how good the search is, measured on questions whose answers are known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from eval.errors import EvalError
from eval.model import Question
from index.library import Library
from ui.components import links, small, table
from ui.edge import guarded
from ui.library import opened_library
from ui.quality_address import QualityState, quality_link, read_quality, write_quality
from ui.quality_kept import Quality, quality, summaries
from ui.quality_question import question_view
from ui.quality_report import run_view
from ui.quality_tables import kind_label, runs_table
from ui.wording import as_text, counted

POLL_SECONDS = 0.5
FORM = 640  # pixels; a box across the whole screen is hard to read
FOLDER_NOTE = "Kept in “{folder}”, beside the library; a rebuild leaves it alone."


@guarded
def quality_page() -> None:
    """The start of the page, a run, or one of its questions, as the address says."""
    st.set_page_config(page_title="Quality · Pilcrow", layout="wide")
    library, kept = opened_library(), quality()
    state = read_quality(st.query_params.to_dict())
    if state.run:
        link = {"href": quality_link(QualityState()), "text": "All runs and question sets"}
        links(key="quality start", data={"heading": "", "links": [link]})
    _show_runner(kept)
    try:
        if state.run and state.question:
            question_view(library, kept, state)
        elif state.run:
            run_view(library, kept, state)
    except EvalError as error:
        st.warning(as_text(str(error)))
    if not state.run:
        _start(library, kept, state)


def _start(library: Library, kept: Quality, state: QualityState) -> None:
    st.title("How good is the search?", anchor=False)
    st.text(
        "Put a set of questions whose answers are known to the library, and see which paragraphs "
        "are found, at which place, and which are missed."
    )
    _notices()
    with st.container(width=FORM):
        name = _choose_set(kept, state)
        questions = kept.sets.read(name)
        small(_contents(questions, kept.sets.judged(name)))
        _run_form(library, kept)
        _set_actions(kept, name)
    _list_runs(kept)


def _choose_set(kept: Quality, state: QualityState) -> str:
    names = kept.sets.names()
    asked = state.questions if state.questions in names else names[0]
    if state.questions and asked != state.questions:
        st.warning(as_text(f"There is no question set “{state.questions}”."))
    if st.session_state.get("question set") != asked:
        st.session_state["question set"] = asked
    st.selectbox("Question set", names, key="question set", on_change=_keep_set)
    return asked


def _contents(questions: Sequence[Question], judged: int) -> str:
    """How many questions there are, of which kinds, and what users changed."""
    answerable = [question for question in questions if question.answerable]
    kinds = Counter(kind_label(question.kind).lower() for question in answerable)
    parts = [f"{count:,} {kind}" for kind, count in kinds.most_common()]
    parts += [f"{len(questions) - len(answerable):,} without an answer"]
    text = f"{counted(len(questions), 'question')}: {', '.join(parts)}."
    return f"{text} You judged {counted(judged, 'question')} further." if judged else text


def _run_form(library: Library, kept: Quality) -> None:
    def begin() -> None:
        name = st.session_state["question set"]  # chosen in the same moment, the page not drawn yet
        note = str(st.session_state.get("run note") or "").strip()
        if kept.runner.start(library, name, kept.sets.read(name), note):
            st.session_state["awaited"] = True

    st.text_input(
        "What is this run for? (optional)",
        key="run note",
        max_chars=80,
        placeholder="such as: before the new model",
    )
    st.button("Run these questions", type="primary", on_click=begin, disabled=kept.runner.working)


def _set_actions(kept: Quality, name: str) -> None:
    with st.expander("Add, download or remove a question set"):
        st.file_uploader(
            "Add a question set: one JSON object a line, as docs/questions.md says",
            type="jsonl",
            key="upload",
            on_change=_upload,
            args=(kept,),
        )
        st.download_button(
            f"Download “{name}” with all judgements",
            data=lambda: kept.sets.as_file(name),
            file_name=f"{name}.questions.jsonl",
            mime="application/jsonl",
        )
        if kept.sets.own(name):
            what = "Forget your judgements in" if kept.sets.is_shipped(name) else "Remove"
            with st.popover(f"{what} “{name}”"):
                st.text("This cannot be undone. Download the set first to keep a copy.")
                st.button(f"{what} it", on_click=_remove_set, args=(kept, name))


def _list_runs(kept: Quality) -> None:
    st.header("Earlier runs", anchor=False)
    table(key="runs", data=runs_table(summaries(kept)))
    small(FOLDER_NOTE.format(folder=kept.runs.folder))


def _show_runner(kept: Quality) -> None:
    """A run under way, or why the last one failed."""
    if kept.runner.working or st.session_state.get("awaited"):
        _watch(kept)
    elif kept.runner.stand.failed:
        st.error(as_text(kept.runner.stand.failed))


@st.fragment(run_every=POLL_SECONDS)
@guarded
def _watch(kept: Quality) -> None:
    stand = kept.runner.stand
    if kept.runner.working:
        st.progress(stand.share, text=as_text(f"“{stand.questions}”: {stand.sentence}"))
        st.button("Stop", on_click=kept.runner.stop, disabled=stand.stopping)
        return
    if st.session_state.pop("awaited", False) and stand.made:
        st.query_params.from_dict(write_quality(QualityState(run=stand.made)))
    st.rerun()


def _notices() -> None:
    """What came of an upload; said once."""
    if refused := st.session_state.pop("refused", None):
        st.error(as_text(refused))
    if added := st.session_state.pop("added", None):
        st.success(as_text(added))


def _upload(kept: Quality) -> None:
    file = st.session_state.get("upload")
    if file is None:
        return
    try:
        name = kept.sets.add(file.name, file.getvalue())
    except EvalError as error:
        st.session_state["refused"] = str(error)
        return
    st.session_state["added"] = f"“{file.name}” is kept as “{name}”."
    _open(QualityState(questions=name))


def _remove_set(kept: Quality, name: str) -> None:
    kept.sets.remove(name)
    _open(QualityState())


def _keep_set() -> None:
    state = read_quality(st.query_params.to_dict())
    if not state.run:  # a box that the page has left behind may still report what was chosen
        _open(replace(state, questions=st.session_state["question set"]))


def _open(state: QualityState) -> None:
    st.query_params.from_dict(write_quality(state))
