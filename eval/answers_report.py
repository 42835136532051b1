"""Answers measured, and a decision fitted, as text for a terminal."""

from __future__ import annotations

from eval.answers import MEASURES, AnswerReport
from eval.calibrate import Fitted
from eval.model import Mean
from eval.report import table

_HEADS = {
    "first": "first relevant",
    "precision": "citations relevant",
    "answers_it": "one of grade 2",
    "sentences": "sentences",
    "verbatim": "verbatim",
}


def answers_text(report: AnswerReport) -> str:
    """Return how a set was answered, with 95 % intervals."""
    rows = [["questions", "n", *(_HEADS[name] for name in MEASURES)]]
    for kind, means in report.means.items():
        count = str(means[MEASURES[0]].questions)
        rows.append([kind, count, *(_interval(means[name]) for name in MEASURES)])
    seconds = [outcome.seconds for outcome in report.outcomes]
    mean = sum(seconds) / max(1, len(seconds))
    return "\n\n".join(
        [
            table(rows),
            _decided(report),
            f"Processor time a question, its search included: mean {mean * 1000:.0f} ms, "
            f"most {max(seconds, default=0.0) * 1000:.0f} ms.",
        ]
    )


def _interval(mean: Mean) -> str:
    return f"{mean.mean:.3f} ({mean.low:.2f}–{mean.high:.2f})"


def _decided(report: AnswerReport) -> str:
    parts = [f"{report.answered} of {report.answerable} questions with an answer are answered"]
    if report.unanswerable:
        parts.append(f"{report.declined} of {report.unanswerable} without one declined")
    if report.auroc is not None:
        parts.append(f"AUROC of the confidence {report.auroc:.3f}")
    return "; ".join(parts) + "."


def rates_text(fitted: Fitted) -> str:
    """Return what a calibration does, scores cross-fitted by authority."""
    rows = [["questions put to", "with answer", "answered", "without", "declined", "AUROC"]]
    for name, rates in fitted.rates.items():
        figures = [rates.answered, rates.declined, rates.auroc]
        answered, declined, auroc = ("" if x is None else f"{x:.3f}" for x in figures)
        counts = str(rates.answerable), str(rates.unanswerable)
        rows.append([name, counts[0], answered, counts[1], declined, auroc])
    weights = ", ".join(f"{name} {value:.3f}" for name, value in fitted.calibration.weights.items())
    threshold = fitted.calibration.threshold
    return f"{table(rows)}\n\n{fitted.name}: threshold {threshold:.3f}; weights {weights}."
