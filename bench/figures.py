"""Figures beside their targets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eval.report import table


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of ours, what it is compared with, and what it has to be."""

    name: str
    ours: str
    theirs: str
    value: float  # what the target is about: a ratio, or the measure itself
    target: float
    at_least: bool = True  # else at most

    @property
    def is_met(self) -> bool:
        """Whether the value reaches the target."""
        return self.value >= self.target if self.at_least else self.value <= self.target

    def row(self) -> list[str]:
        """The line of the table."""
        sign = "at least" if self.at_least else "at most"
        told = "met" if self.is_met else "MISSED"
        values = [f"{self.value:.3f}", f"{sign} {self.target:g}", told]
        return [self.name, self.ours, self.theirs, *values]


def figures_table(figures: Sequence[Figure], ours: str, theirs: str) -> str:
    """Figures under the names of the two that are compared."""
    return table([["", ours, theirs, "figure", "target", ""], *(one.row() for one in figures)])


def verdict(figures: Sequence[Figure]) -> int:
    """Say which targets are missed; return the exit status."""
    for figure in figures:
        if not figure.is_met:
            print(f"MISSED: {figure.name}")
    return exit_status(figures)


def exit_status(figures: Sequence[Figure]) -> int:
    """1 where a target is missed."""
    return int(not all(one.is_met for one in figures))
