"""Two reports side by side: what changed, by how much, and whether that is chance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.errors import EvalError
from eval.metrics import NAMES, randomisation
from eval.model import Outcome, Report

EVEN = 1e-9  # a smaller difference is a tie


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure, the second report against the first."""

    measure: str
    first: float
    second: float
    p_value: float  # two-sided, of a paired randomisation test
    wins: int  # questions on which the second does better
    losses: int
    ties: int

    @property
    def change(self) -> float:
        """How much higher the second is."""
        return self.second - self.first


@dataclass(frozen=True, slots=True)
class Change:
    """One question's two outcomes."""

    first: Outcome
    second: Outcome
    by: float  # of the measure asked for


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two reports say of the questions they share."""

    differences: tuple[Difference, ...]
    changed: tuple[Change, ...]  # by the size of the change
    questions: int  # answerable and in both
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]


def compare(first: Report, second: Report, by: str = NAMES[0]) -> Comparison:
    """Return the comparison over the answerable questions of both reports.

    Raises:
        EvalError: if they share no question.
    """
    before, after = _answerable(first), _answerable(second)
    shared = [question_id for question_id in before if question_id in after]
    if not shared:
        raise EvalError("The two reports share no question; compare runs over one question set.")
    pairs = [(before[question_id], after[question_id]) for question_id in shared]
    changes = [Change(a, b, b.values[by] - a.values[by]) for a, b in pairs]
    return Comparison(
        differences=tuple(_difference(name, pairs) for name in NAMES),
        changed=tuple(
            sorted(
                (change for change in changes if abs(change.by) > EVEN),
                key=lambda change: (-abs(change.by), change.first.id),
            )
        ),
        questions=len(shared),
        only_first=tuple(sorted(before.keys() - after.keys())),
        only_second=tuple(sorted(after.keys() - before.keys())),
    )


def _answerable(report: Report) -> dict[str, Outcome]:
    return {outcome.id: outcome for outcome in report.outcomes if outcome.answerable}


def _difference(name: str, pairs: Sequence[tuple[Outcome, Outcome]]) -> Difference:
    by = [after.values[name] - before.values[name] for before, after in pairs]
    return Difference(
        measure=name,
        first=sum(before.values[name] for before, _ in pairs) / len(pairs),
        second=sum(after.values[name] for _, after in pairs) / len(pairs),
        p_value=randomisation(by),
        wins=sum(value > EVEN for value in by),
        losses=sum(value < -EVEN for value in by),
        ties=sum(abs(value) <= EVEN for value in by),
    )


def read_gates(texts: Iterable[str]) -> dict[str, float]:
    """Return {measure: least change allowed} of texts such as "nDCG@10=-0.01".

    Raises:
        EvalError: if a text is no gate.
    """
    gates = {}
    for text in texts:
        match = re.fullmatch(r"\s*([^=\s]+)\s*=\s*([+-]?\d*\.?\d+)\s*", text)
        if match is None or match[1] not in NAMES:
            raise EvalError(
                f"{text!r} is no gate. Write a measure and the least change allowed, such as "
                f"nDCG@10=-0.01; measures: {', '.join(NAMES)}."
            )
        gates[match[1]] = float(match[2])
    return gates


def broken(comparison: Comparison, gates: Mapping[str, float]) -> list[Difference]:
    """Return the differences below their gate."""
    return [
        difference
        for difference in comparison.differences
        if difference.measure in gates and difference.change < gates[difference.measure] - EVEN
    ]
