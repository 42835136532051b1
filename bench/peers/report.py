"""Measures of all systems -> a table, and docs/peers.md."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.report import table

REQUIREMENTS = Path(__file__).parent / "requirements.txt"
LABELS = {
    "general": "Pilcrow, general model",
    "shipped": "Pilcrow, as it ships",
    "unranked": "Pilcrow, `--no-rerank`",
    "llamaindex": "LlamaIndex",
    "haystack": "Haystack",
    "langchain": "LangChain",
    "txtai": "txtai",
}
OURS = ("general", "shipped", "unranked")
HEAD = [
    *("", "nDCG@10, as read", "nDCG@10, kindly", "pieces", "text seen"),
    *("build, CPU s", "build, MB", "a question, CPU ms", "first answer, CPU s", "asked, MB"),
]


@dataclass(frozen=True, slots=True)
class Measured:
    """One system."""

    name: str
    build: Mapping[str, Any]
    ask: Mapping[str, Any]
    read: float  # nDCG@10 where each paragraph of a piece takes a place
    kind: float  # where only judged ones do
    seen: float  # share of the text found that fits the model

    @property
    def question(self) -> float:
        """Milliseconds of processor time, the median of all questions."""
        return statistics.median(self.ask["each"]) * 1000


_Value = Callable[[Measured], float]
COMPARED: dict[str, tuple[_Value, bool]] = {  # name -> value, and whether more is better
    "nDCG@10 as read": (lambda one: one.read, True),
    "nDCG@10 kindly judged": (lambda one: one.kind, True),
    "time to build": (lambda one: one.build["seconds"], False),
    "time of a question": (lambda one: one.question, False),
    "time to the first answer": (lambda one: one.ask["first"], False),
    "memory to build": (lambda one: one.build["megabytes"], False),
    "memory when asked": (lambda one: one.ask["megabytes"], False),
}


# In these Pilcrow is to be ahead of all of them with their model.
TARGETS = ("nDCG@10 as read", "nDCG@10 kindly judged", "time to build", "time of a question")


def table_of(rows: Sequence[Measured]) -> str:
    """All measures, a system a row."""
    return table([HEAD, *(_row(one) for one in sorted(rows, key=lambda one: -one.read))])


def _row(one: Measured) -> list[str]:
    return [
        LABELS[one.name],
        f"{one.read:.3f}",
        f"{one.kind:.3f}",
        f"{one.build['pieces']}",
        f"{one.seen:.0%}",
        f"{one.build['seconds']:.0f}",
        f"{one.build['megabytes']:.0f}",
        f"{one.question:.0f}",
        f"{one.ask['first']:.1f}",
        f"{one.ask['megabytes']:.0f}",
    ]


def missed(rows: Sequence[Measured]) -> list[str]:
    """Every target that is missed, a sentence for each."""
    return behind(rows, ("general",), TARGETS)


def behind(
    rows: Sequence[Measured], names: Sequence[str] = OURS, measures: Iterable[str] = COMPARED
) -> list[str]:
    """Every measure in which a peer is ahead of one of ours, a sentence for each of ours."""
    told = []
    for ours in (one for one in rows if one.name in names):
        for measure in measures:
            value, more = COMPARED[measure]
            ahead = [
                f"{LABELS[one.name]} ({value(one):.3g})"
                for one in rows
                if one.name not in OURS and (value(one) > value(ours)) == more
                if value(one) != value(ours)
            ]
            if ahead:
                mine = f"{LABELS[ours.name]} ({value(ours):.3g})"
                told.append(f"{mine} is behind in {measure}: {', '.join(ahead)}.")
    return told


def document(rows: Sequence[Measured], pdfs: int, questions: int) -> str:
    """The page of docs/, of a run over so many PDFs and questions."""
    versions = REQUIREMENTS.read_text(encoding="utf-8").split()
    listed = "\n".join(f"- {line}" for line in behind(rows)) or "- Nowhere."
    text = (Path(__file__).parent / "peers.md").read_text(encoding="utf-8")
    return (
        text.replace("{table}", table_of(rows))
        .replace("{behind}", listed)
        .replace("{pdfs}", str(pdfs))
        .replace("{questions}", str(questions))
        .replace("{versions}", ", ".join(f"`{line}`" for line in versions))
    )
