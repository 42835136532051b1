"""How well drafts are checked: planted errors found, and false alarms."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from answer.model import Finding
from answer.naming import plain
from eval.lines import read_lines

NOTES = frozenset({"superseded", "second_hand"})
_TRUE_KINDS = frozenset({"correct", "superseded"})
_NOTE_MARK = re.compile(r"\[\^[^\]]+\]")  # a finding has the note itself in its place


@dataclass(frozen=True, slots=True)
class Expected:
    """One citation of a draft and what a check has to make of it (tests/golden/README.md)."""

    id: str
    draft: str
    library: str
    sentence: str
    citation: str
    correct: bool
    kind: str
    better: tuple[str, ...]  # printed numbers of the better place
    superseded: bool


@dataclass(frozen=True, slots=True)
class Scored:
    """What a check made of one citation."""

    expected: Expected
    findings: tuple[Finding, ...]

    @property
    def told(self) -> list[Finding]:
        """The findings that say that something is wrong."""
        return [finding for finding in self.findings if finding.kind not in NOTES]

    @property
    def named_well(self) -> bool:
        """Whether one of them has the kind and, where there is one, the better paragraph."""
        return any(
            finding.kind == self.expected.kind
            and all(
                f" {number}" in f" {finding.suggestion or ''}" for number in self.expected.better
            )
            for finding in self.told
        )

    @property
    def superseded(self) -> bool:
        """Whether it is named as superseded."""
        return any(finding.kind == "superseded" for finding in self.findings)


def read_expected(path: Path) -> list[Expected]:
    """The citations of an expected.jsonl. Raises EvalError where it is no such file."""
    wanted = "what tests/golden/README.md names"
    return read_lines(path, _expected, "list of expected findings", wanted)


def _expected(row: Mapping[str, Any]) -> Expected:
    return Expected(
        id=row["id"],
        draft=row["draft"],
        library=row["library"],
        sentence=row["sentence"],
        citation=row["citation"],
        correct=row["correct"],
        kind=row["kind"],
        better=tuple((row.get("better") or {}).get("numbers") or ()),
        superseded=bool(row.get("superseded_by")),
    )


def score(expected: Sequence[Expected], findings: Sequence[Finding]) -> list[Scored]:
    """The findings of one draft, each with the citation that it is about."""
    scored = []
    for one in expected:
        about = tuple(finding for finding in findings if _is_about(finding, one, expected))
        if one.correct and any(_stands_beside(one, other) for other in expected):
            about = tuple(finding for finding in about if finding.kind in NOTES)
        scored.append(Scored(one, about))
    return scored


def _stands_beside(one: Expected, other: Expected) -> bool:
    """Whether the same citation stands in the same sentence for another claim, a wrong one.

    A finding does not say which of the two it is about; it is taken for the wrong one.
    """
    same = (other.sentence, other.citation) == (one.sentence, one.citation)
    return same and not other.correct


def _is_about(finding: Finding, one: Expected, every: Sequence[Expected]) -> bool:
    if _key(one.sentence) not in _key(finding.where) and _key(finding.where) not in _key(
        one.sentence
    ):
        return False
    cited, wanted = _key(finding.cited), _key(one.citation)
    if cited == wanted:
        return True
    rivals = [_key(other.citation) for other in every if other.sentence == one.sentence]
    return cited not in rivals and (cited in wanted or wanted in cited)


def _key(text: str) -> str:
    bare = _NOTE_MARK.sub(" ", plain(text).lower())
    return " ".join("".join(c if c.isalnum() else " " for c in bare).split())


def stray(findings: Iterable[Finding], expected: Sequence[Expected]) -> list[Finding]:
    """Findings that something is wrong, on words that are no citation."""
    return [
        finding
        for finding in findings
        if finding.kind not in NOTES and not any(_is_about(finding, e, expected) for e in expected)
    ]


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of a set of drafts."""

    errors: int
    found: int
    named_well: int
    correct: int
    false_alarms: int  # citations, and strays besides
    superseded: int
    superseded_named: int

    def lines(self) -> list[str]:
        """The figures to be read, with 95 % Wilson intervals."""
        return [
            f"errors found: {_share(self.found, self.errors)}",
            f"named well: {_share(self.named_well, self.errors)}",
            f"false alarms per 100 correct citations: {_share(self.false_alarms, self.correct)}",
            f"named as superseded: {_share(self.superseded_named, self.superseded)}",
        ]


def _share(part: int, whole: int) -> str:
    if not whole:
        return "none to be counted"
    low, high = wilson(part, whole)
    return f"{part} of {whole}, {part / whole:.1%} ({low:.1%} to {high:.1%})"


def wilson(part: int, whole: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); a count above the whole is taken for it."""
    share, z = min(part / whole, 1.0), 1.96
    middle = share + z * z / (2 * whole)
    spread = z * math.sqrt(share * (1 - share) / whole + z * z / (4 * whole * whole))
    scale = 1 + z * z / whole
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def tally(scored: Sequence[Scored], strays: int) -> Tally:
    """Count what was found and what was not."""
    errors = [one for one in scored if not one.expected.correct]
    right = [one for one in scored if one.expected.correct]
    old = [one for one in scored if one.expected.superseded and one.expected.correct]
    return Tally(
        errors=len(errors),
        found=sum(bool(one.told) for one in errors),
        named_well=sum(one.named_well for one in errors),
        correct=len(right),
        false_alarms=sum(bool(one.told) for one in right) + strays,
        superseded=len(old),
        superseded_named=sum(one.superseded for one in old),
    )
