"""Question sets and runs as all pages share them, and reports judged as of now."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from eval.errors import EvalError
from eval.kept import KeptRuns, resolve_in, set_of
from eval.model import Question, Report
from eval.rejudge import rejudged
from eval.sets import QuestionSets
from index.library import Library
from ui.library import library_folder
from ui.quality_run import Runner

SHIPPED_NOTE = "came with this version"


@dataclass(frozen=True, slots=True)
class Quality:
    """All that is kept about quality beside one library."""

    sets: QuestionSets
    runs: KeptRuns
    runner: Runner


@dataclass(frozen=True, slots=True)
class Judged:
    """A run's report by the judgements of today."""

    report: Report
    questions: str  # name of the set
    changed: bool  # whether judgements changed since the run
    elsewhere: bool = False  # whether most of what is judged is not in this library


def quality_folder() -> Path:
    """Where users' question sets and runs are kept: with the library, and through its rebuilds."""
    return library_folder() / "quality"


def quality() -> Quality:
    """What is kept beside the library that the pages serve."""
    return _quality(str(quality_folder()))


def judged_now(library: Library, kept: Quality, run_id: str) -> Judged:
    """A run's report by the judgements of today, as it was where its set is gone.

    It also stays as it was where this library lacks most of the paragraphs judged: by them every
    figure would be nought, which says nothing of the search.

    Raises EvalError where there is no such run.
    """
    report = _report(str(kept.runs.folder), run_id)
    name = set_of(report)
    if name not in kept.sets.names():
        return Judged(report, name, changed=False)
    questions = kept.sets.read(name)
    if questions == kept.runs.questions(run_id):
        return Judged(report, name, changed=False)
    # A run that ships keeps no questions of its own: whether judgements changed, its grades tell.
    digest = hashlib.sha256(repr(questions).encode()).hexdigest()
    stand = f"{kept.runs.folder} {library.info().version} {digest}"
    now = _rejudged(stand, run_id, report, library, questions)
    lost = len(now.unresolved)
    if lost > len(report.unresolved) and 2 * lost > sum(len(one.judgements) for one in questions):
        return Judged(report, name, changed=False, elsewhere=True)
    return Judged(now, name, changed=_grades(now) != _grades(report))


def _grades(report: Report) -> list[tuple[object, ...]]:
    return [
        (one.id, dict(one.missed), *(place.grade for place in one.found)) for one in report.outcomes
    ]


def summaries(kept: Quality) -> dict[str, Report]:
    """Every run that can be read, the newest first, without its questions."""
    found = {}
    for run_id in kept.runs.ids():
        try:
            report = _summary(str(kept.runs.folder), run_id)
        except EvalError:  # of another version, or damaged: opening it says so
            continue
        if kept.runs.is_shipped(run_id):
            report = replace(report, measured={**report.measured, "name": SHIPPED_NOTE})
        found[run_id] = report
    return found


@st.cache_resource(show_spinner=False)
def _quality(folder: str) -> Quality:
    runs = KeptRuns(Path(folder) / "runs")
    return Quality(QuestionSets(Path(folder) / "questions"), runs, Runner(runs))


@st.cache_resource(show_spinner="Reading the run …", max_entries=8)
def _report(folder: str, run_id: str) -> Report:
    return KeptRuns(Path(folder)).read(run_id)


@st.cache_resource(show_spinner=False, max_entries=1000)
def _summary(folder: str, run_id: str) -> Report:
    return replace(KeptRuns(Path(folder)).read(run_id), outcomes=())


@st.cache_resource(show_spinner="Measuring by the judgements of today …", max_entries=8)
def _rejudged(
    stand: str, run_id: str, _as_run: Report, _library: Library, _questions: Sequence[Question]
) -> Report:
    """`stand` and `run_id` name what the others hold."""
    return rejudged(_as_run, _questions, resolve_in(_library, _questions))
