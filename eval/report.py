"""Reports and comparisons as text: for a terminal, and as Markdown for the docs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from eval.compare import Change, Comparison
from eval.metrics import NAMES
from eval.model import Abstention, Mean, Outcome, Report

SHOWN = 10  # questions that changed most
TOP = 5  # places of each list set side by side
_WIDTH = 44  # characters of a citation set beside another


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table that reads well in a terminal; the first row is the head."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [_row(row, widths) for row in rows]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    return "\n".join([lines[0], rule, *lines[1:]])


def _row(row: Sequence[str], widths: Sequence[int]) -> str:
    return (
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
    )


def means_table(means: Mapping[str, Mapping[str, Mean]]) -> str:
    """Return the means by kind of question, with 95 % intervals and denominators."""
    rows = [["questions", "n", *NAMES]]
    for kind, group in means.items():
        count = str(group[NAMES[0]].questions)
        rows.append([kind, count, *(_interval(group[name]) for name in NAMES)])
    return table(rows)


def _interval(mean: Mean) -> str:
    return f"{mean.mean:.3f} ({mean.low:.2f}–{mean.high:.2f})"


def report_text(report: Report) -> str:
    """Return a report for the terminal."""
    parts = [means_table(report.means), abstention_text(report.abstention)]
    parts += [_unresolved(report.unresolved)] if report.unresolved else []
    slowest = max((outcome.seconds for outcome in report.outcomes), default=0.0)
    total = sum(outcome.seconds for outcome in report.outcomes)
    mean = total / max(1, len(report.outcomes))
    parts.append(
        f"Processor time a question: mean {mean * 1000:.0f} ms, most {slowest * 1000:.0f} ms."
    )
    return "\n\n".join(parts)


def abstention_text(told: Abstention) -> str:
    """Return in words how well the first hit's coverage tells what has no answer."""
    if told.auroc is None or told.threshold is None:
        return "No questions without an answer: abstention was not measured."
    return (
        f"Questions without an answer: AUROC {told.auroc:.3f}; below a coverage of "
        f"{told.threshold:.2f}, "
        f"{told.declined} of {told.unanswerable} are declined and {told.answered} of "
        f"{told.answerable} others answered."
    )


def _unresolved(entries: Sequence[Mapping[str, object]]) -> str:
    lines = [
        f"  {entry['id']}: {entry['doc']}, number {entry['number']}: {entry['anchor']}"
        for entry in entries
    ]
    return "\n".join(
        [f"{len(entries)} judged paragraphs are not in this library and count as misses:", *lines]
    )


def comparison_text(comparison: Comparison, shown: int = SHOWN) -> str:
    """Return a comparison for the terminal, the questions that changed most last."""
    rows = [["measure", "first", "second", "change", "p", "wins", "losses", "ties"]]
    for d in comparison.differences:
        figures = [f"{d.first:.3f}", f"{d.second:.3f}", f"{d.change:+.3f}", f"{d.p_value:.3f}"]
        rows.append([d.measure, *figures, str(d.wins), str(d.losses), str(d.ties)])
    parts = [f"{comparison.questions} questions in both.", table(rows)]
    parts += _missing(comparison)
    parts += [_change_text(change) for change in comparison.changed[:shown]]
    return "\n\n".join(parts)


def _missing(comparison: Comparison) -> Iterable[str]:
    for which, ids in (("first", comparison.only_first), ("second", comparison.only_second)):
        if ids:
            yield f"Only in the {which}, left out: {', '.join(ids)}."


def _change_text(change: Change) -> str:
    lines = [f"{change.first.id} {change.by:+.3f}: {change.first.question}"]
    left, right = _places(change.first), _places(change.second)
    pairs = zip(left, right, strict=True)
    lines += [f"  {a.ljust(_WIDTH + 4)}  {b}".rstrip() for a, b in pairs if a or b]
    return "\n".join(lines)


def _places(outcome: Outcome) -> list[str]:
    """Return the first places of a list; the bracket holds the grade, "?" where unjudged."""
    places = [
        f"[{'?' if place.grade is None else place.grade}] {place.citation[:_WIDTH]}"
        for place in outcome.found[:TOP]
    ]
    return places + [""] * (TOP - len(places))
