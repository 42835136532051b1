"""The tables of the Quality page, as data: figures become text here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from eval.compare import Change, Comparison
from eval.kept import set_of
from eval.metrics import NAMES
from eval.model import Mean, Outcome, Report
from ui.quality_address import QualityState, quality_link
from ui.wording import counted, long_date

Cell = str | dict[str, str]
LISTED = ("nDCG@10", "R@10", "RR@10", "Success@5")  # of each run in the list of runs
KINDS = {
    "all": "All",
    "scoped": "One authority",
    "theme": "Across authorities",
    "change": "Change over time",
    "none": "No answer",
}
MEASURES = {
    "nDCG@10": "How well the first ten are ordered: 1 where all that answers stands on top.",
    "R@5": "The share of all relevant paragraphs that stand among the first five.",
    "R@10": "The share of all relevant paragraphs that stand among the first ten.",
    "RR@10": "1 divided by the place of the first relevant paragraph; 0 beyond the tenth.",
    "Success@1": "The share of questions whose first paragraph is relevant.",
    "Success@5": "The share of questions with a relevant paragraph among the first five.",
}
ABOUT = {
    "name": "Name",
    "date": "Date",
    "commit": "Version (commit)",
    "model": "Model",
    "model_sha256": "Model's hash",
    "documents": "Documents",
    "paragraphs": "Paragraphs",
    "corpus_sha256": "Documents' hash",
    "questions": "Question set",
    "questions_sha256": "Question set's hash",
    "depth": "Paragraphs asked for",
    "use_filters": "Filters ticked",
    "python": "Python",
    "ir_measures": "ir_measures",
}


def kind_label(kind: str) -> str:
    """A kind of question as the page calls it."""
    return KINDS.get(kind, kind.capitalize())


def run_date(report: Report) -> str:
    """16 February 2016, 14:05 UTC."""
    moment = datetime.fromisoformat(str(report.measured["date"]))
    return f"{long_date(moment.date())}, {moment:%H:%M} UTC"


def run_name(report: Report) -> str:
    """A run as lists call it: date, question set, and its note where it has one."""
    return " · ".join([run_date(report), set_of(report), *_note(report)])


def _note(report: Report) -> list[str]:
    name = str(report.measured.get("name") or "")
    return [name] if name not in ("", set_of(report)) else []


def runs_table(runs: Mapping[str, Report]) -> dict[str, Any]:
    """The runs that are kept, the newest first."""
    return {
        "caption": f"{counted(len(runs), 'run')}",
        "head": ["Run", "Question set", *LISTED, "Version", "Model"],
        "numbers": [2, 3, 4, 5],
        "rows": [_run_row(run_id, report) for run_id, report in runs.items()],
    }


def _run_row(run_id: str, report: Report) -> list[Cell]:
    means = report.means.get("all", {})
    commit = str(report.measured.get("commit") or "")
    note = " ".join(_note(report))
    return [
        {"text": run_date(report), "href": quality_link(QualityState(run=run_id)), "note": note},
        set_of(report),
        *(_figure(means.get(name)) for name in LISTED),
        commit[:7] + commit[40:],
        str(report.measured.get("model") or ""),
    ]


def means_table(report: Report) -> dict[str, Any]:
    """The means by kind of question, with their intervals and denominators."""
    return {
        "caption": "Means by kind of question, with 95 % intervals",
        "head": ["Questions", "Number", *NAMES],
        "numbers": list(range(1, len(NAMES) + 2)),
        "rows": [
            [kind_label(kind), f"{group[NAMES[0]].questions:,}"]
            + [_figure(group[name], interval=True) for name in NAMES]
            for kind, group in report.means.items()
        ],
    }


def _figure(mean: Mean | None, *, interval: bool = False) -> Cell:
    if mean is None:
        return "–"
    note = f"{mean.low:.2f}–{mean.high:.2f}" if interval else ""
    return {"text": f"{mean.mean:.3f}", "note": note}


def questions_table(outcomes: Sequence[Outcome], state: QualityState, limit: int) -> dict[str, Any]:
    """The questions, those that fare worst by the state's measure first."""
    return {
        "caption": f"{counted(len(outcomes), 'question')}, the worst by {state.measure} first",
        "head": [
            "Question",
            "Kind",
            state.measure,
            "First relevant",
            "Relevant in the first ten",
            "Not judged in the first ten",
        ],
        "numbers": [2, 3, 4, 5],
        "rows": [_question_row(outcome, state) for outcome in worst(outcomes, state.measure)][
            :limit
        ],
    }


def worst(outcomes: Iterable[Outcome], measure: str) -> list[Outcome]:
    """The outcomes from the worst to the best; questions without an answer last."""
    return sorted(
        outcomes, key=lambda one: (not one.answerable, one.values.get(measure, 0.0), one.id)
    )


def _question_row(outcome: Outcome, state: QualityState) -> list[Cell]:
    top = outcome.found[:10]
    relevant = [place for place in outcome.found if place.grade]
    link = quality_link(replace(state, question=outcome.id, shown=0))
    value = outcome.values.get(state.measure)
    every = len(relevant) + len(outcome.missed)
    return [
        {"text": outcome.question, "href": link, "note": outcome.id},
        kind_label(outcome.kind),
        "–" if value is None else f"{value:.3f}",
        _ordinal(relevant[0].rank) if relevant else "none found" if every else "–",
        f"{sum(bool(place.grade) for place in top)} of {every}" if every else "–",
        str(sum(place.grade is None for place in top)),
    ]


def _ordinal(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def comparison_table(comparison: Comparison) -> dict[str, Any]:
    """What became of each measure, and how likely chance alone would do as much."""
    questions = counted(comparison.questions, "question")
    return {
        "caption": f"{questions} that both runs asked and that have an answer",
        "head": ["Measure", "Other run", "This run", "Difference", "p", "Wins", "Losses", "Ties"],
        "numbers": list(range(1, 8)),
        "rows": [
            [
                one.measure,
                f"{one.first:.3f}",
                f"{one.second:.3f}",
                signed(one.change),
                "< 0.001" if one.p_value < 0.001 else f"{one.p_value:.3f}",
                f"{one.wins:,}",
                f"{one.losses:,}",
                f"{one.ties:,}",
            ]
            for one in comparison.differences
        ],
    }


def changed_table(changes: Sequence[Change], state: QualityState, limit: int) -> dict[str, Any]:
    """The questions that changed most by the state's measure."""
    return {
        "caption": f"{counted(len(changes), 'question')} changed by {state.measure}, the most "
        "changed first",
        "head": ["Question", "Kind", "Other run", "This run", "Difference"],
        "numbers": [2, 3, 4],
        "rows": [_changed_row(change, state) for change in changes[:limit]],
    }


def _changed_row(change: Change, state: QualityState) -> list[Cell]:
    link = quality_link(replace(state, question=change.second.id, shown=0))
    return [
        {"text": change.second.question, "href": link, "note": change.second.id},
        kind_label(change.second.kind),
        f"{change.first.values[state.measure]:.3f}",
        f"{change.second.values[state.measure]:.3f}",
        signed(change.by),
    ]


def signed(change: float) -> str:
    """A change with its sign; a true minus, which does not break off from its figure."""
    text = f"{change:+.3f}".replace("-", "−")
    return "0.000" if text.endswith("0.000") else text


def values_table(outcomes: Mapping[str, Outcome]) -> dict[str, Any]:
    """One question's values, a row for each run."""
    return {
        "caption": "What this question scores",
        "head": ["Run", *NAMES],
        "numbers": list(range(1, len(NAMES) + 1)),
        "rows": [
            [name, *(f"{outcome.values[one]:.3f}" for one in NAMES)]
            for name, outcome in outcomes.items()
            if outcome.values
        ],
    }


def about_table(report: Report) -> dict[str, Any]:
    """What a run was made with."""
    return {
        "caption": "What was measured",
        "head": ["What", "Value"],
        "numbers": [],
        "rows": [[name, value] for name, value in about(report).items()],
    }


def about(report: Report) -> dict[str, str]:
    """What a run was made with, in words, the settings of the search spelt out."""
    known = {key: value for key, value in report.measured.items() if key != "config"}
    settings = dict(_settings(report.measured.get("config") or {}))
    texts = {ABOUT.get(key, key): _text(value) for key, value in known.items()}
    return texts | {f"Setting {name}": _text(value) for name, value in settings.items()}


def differences(first: Report, second: Report) -> dict[str, Any]:
    """What two runs were made with where it differs; name and date always do."""
    before, after = about(first), about(second)
    kept = [name for name in {**before, **after} if name not in ("Name", "Date")]
    return {
        "caption": "What differs between the two runs",
        "head": ["What", "Other run", "This run"],
        "numbers": [],
        "rows": [
            [name, before.get(name, "–"), after.get(name, "–")]
            for name in kept
            if before.get(name) != after.get(name)
        ],
    }


def _settings(config: Mapping[str, Any], prefix: str = "") -> Iterable[tuple[str, Any]]:
    for name, value in config.items():
        if isinstance(value, Mapping):
            yield from _settings(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "unknown" if value is None else str(value)
