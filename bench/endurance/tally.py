"""What was tried, what came of it, and what must not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Tally:
    """One kind of trial, counted by outcome."""

    what: str
    outcomes: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)  # each a trial that broke a promise

    @property
    def tried(self) -> int:
        """How many trials there were."""
        return self.outcomes.total()

    def count(self, outcome: str, *, wrong: str = "") -> None:
        """Note how a trial ended; `wrong` says what it broke."""
        self.outcomes[outcome] += 1
        if wrong:
            self.wrong.append(wrong)


def table(tallies: Sequence[Tally]) -> str:
    """The tallies as a Markdown table, and below it every trial that broke a promise."""
    lines = ["| what was tried | times | what came of it | wrong |", "| --- | ---: | --- | ---: |"]
    for tally in tallies:
        outcomes = "; ".join(f"{count:,} {name}" for name, count in tally.outcomes.most_common())
        lines.append(f"| {tally.what} | {tally.tried:,} | {outcomes} | {len(tally.wrong):,} |")
    wrong = [f"WRONG: {tally.what}: {said}" for tally in tallies for said in tally.wrong]
    return "\n".join([*lines, *wrong])
