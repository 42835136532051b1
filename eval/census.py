"""How often a census is right: reports said to say it, held against the truth found by reading."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeAlias

from answer.census import Census, census
from answer.decided import decided
from answer.model_commands import add_model_reading, reading_model
from answer.progress import ProgressLine
from eval.lines import read_lines
from index.library import Library

_Z = 1.959964  # of a 95 % interval
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


@dataclass(frozen=True, slots=True)
class Truth:
    """What reading found: which documents say it; the rest do not."""

    id: str
    query: str
    kind: str
    yes: frozenset[str]  # names of documents
    either: frozenset[str]  # may count one way or the other, and are left out


@dataclass(frozen=True, slots=True)
class Counted:
    """Decisions on reports, against the truth."""

    right: int = 0  # yes, and it is
    wrong: int = 0  # yes, and it is not
    missed: int = 0  # no, and it is

    def plus(self, other: Counted) -> Counted:
        """Both together."""
        return Counted(
            self.right + other.right, self.wrong + other.wrong, self.missed + other.missed
        )

    @property
    def precision(self) -> Share:
        """Of the reports said to say it, those that do."""
        return Share(self.right, self.right + self.wrong)

    @property
    def recall(self) -> Share:
        """Of the reports that say it, those said to."""
        return Share(self.right, self.right + self.missed)


@dataclass(frozen=True, slots=True)
class Share:
    """Some of a number."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """None of nothing."""
        return self.part / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float]:
        """Wilson's 95 % interval (1927)."""
        if not self.whole:
            return (0.0, 1.0)
        share, square = self.part / self.whole, _Z**2 / self.whole
        middle = share + square / 2
        spread = _Z * (share * (1 - share) / self.whole + square / (4 * self.whole)) ** 0.5
        return ((middle - spread) / (1 + square), (middle + spread) / (1 + square))


@dataclass(frozen=True, slots=True)
class Judged:
    """One query's decisions and the documents decided wrongly."""

    truth: Truth
    counted: Counted
    wrong: tuple[str, ...]
    missed: tuple[str, ...]


def read_truth(path: Path) -> list[Truth]:
    """The truth in a JSON Lines file (tests/golden/README.md). Raises EvalError for a bad one."""
    wanted = "`id`, `query`, and `yes` and `borderline` that name `doc`"
    return read_lines(path, _truth, "truth of a census", wanted)


def judge_census(truth: Truth, found: Census, documents: Collection[str]) -> Judged:
    """Hold the reports that a census counts against the truth; `documents` are all it could."""
    counted = {said.card.document.doc for said in found.yes} - truth.either
    known = truth.yes & frozenset(documents)
    wrong, missed = sorted(counted - known), sorted(known - counted)
    right = len(counted & known)
    return Judged(
        truth, Counted(right, len(wrong), len(missed)), wrong=tuple(wrong), missed=tuple(missed)
    )


def total(judged: Sequence[Judged]) -> Counted:
    """All decisions together."""
    everything = Counted()
    for one in judged:
        everything = everything.plus(one.counted)
    return everything


def judged_object(judged: Sequence[Judged]) -> dict[str, object]:
    """The figures for JSON."""
    kinds = sorted({one.truth.kind for one in judged})
    return {
        "queries": [
            {
                "id": one.truth.id,
                "query": one.truth.query,
                "kind": one.truth.kind,
                **asdict(one.counted),
                "wrong_docs": list(one.wrong),
                "missed_docs": list(one.missed),
            }
            for one in judged
        ],
        "total": _figures(total(judged)),
        "kinds": {
            kind: _figures(total([one for one in judged if one.truth.kind == kind]))
            for kind in kinds
        },
    }


def judged_lines(judged: Sequence[Judged], *, named: bool) -> Iterator[str]:
    """The figures to be read, `named` with the documents decided wrongly."""
    for one in judged:
        yield f"{one.truth.id:6} {_words(one.counted)}  {one.truth.query}"
        if named:
            yield from (f"         not so: {doc}" for doc in one.wrong)
            yield from (f"         missed: {doc}" for doc in one.missed)
    for kind in sorted({one.truth.kind for one in judged}):
        yield f"{kind}: {_words(total([one for one in judged if one.truth.kind == kind]))}"
    yield f"all: {_words(total(judged))}"


def add_census(commands: Commands) -> None:
    """Add the command to those of `python -m eval`."""
    command = commands.add_parser("census", help="measure which reports a census counts")
    command.set_defaults(action=_census)
    command.add_argument("truth", type=Path, metavar="FILE", help="one JSON object a line")
    command.add_argument("--library", type=Path, required=True, help="library folder")
    command.add_argument("--line", type=float, help="score from which a report counts")
    command.add_argument("--ids", nargs="+", metavar="ID", help="of these queries only")
    command.add_argument("--named", action="store_true", help="name what was decided wrongly")
    command.add_argument("--json", action="store_true", help="one JSON object")
    add_model_reading(command, "the nearest sentences of each report")


def _census(options: argparse.Namespace) -> int:
    library, model = Library.open(options.library), reading_model(options)
    documents = {card.document.doc for card in library.documents()}
    judged = []
    for truth in read_truth(options.truth):
        if options.ids is None or truth.id in options.ids:
            found = census(
                library,
                truth.query,
                line=options.line,
                progress=ProgressLine(sys.stderr, truth.query),
            )
            if model is not None:
                found = decided(found, model, ProgressLine(sys.stderr, truth.query))
            judged.append(judge_census(truth, found, documents))
    write: Callable[[str], object] = sys.stdout.write
    if options.json:
        write(json.dumps(judged_object(judged), ensure_ascii=False) + "\n")
    else:
        for line in judged_lines(judged, named=options.named):
            write(f"{line}\n")
    return 0


def _truth(line: dict[str, object]) -> Truth:
    return Truth(
        id=str(line["id"]),
        query=str(line["query"]),
        kind=str(line.get("kind", "")),
        yes=_docs(line["yes"]),
        either=_docs(line.get("borderline", [])),
    )


def _docs(entries: object) -> frozenset[str]:
    if not isinstance(entries, list):
        raise TypeError("`yes` and `borderline` are to be lists")
    return frozenset(str(entry["doc"]) for entry in entries)


def _figures(counted: Counted) -> dict[str, object]:
    return {
        **asdict(counted),
        **{
            name: {"value": share.value, "low": share.interval[0], "high": share.interval[1]}
            for name, share in (("precision", counted.precision), ("recall", counted.recall))
        },
    }


def _words(counted: Counted) -> str:
    return f"precision {_share_words(counted.precision)}, recall {_share_words(counted.recall)}"


def _share_words(share: Share) -> str:
    if share.value is None:
        return "none"
    low, high = share.interval
    return f"{share.value:.2f} ({share.part}/{share.whole}; {low:.2f}-{high:.2f})"
