"""What the Quality page shows, as its address says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from eval.metrics import NAMES

ROWS = 25  # questions listed; "Show more" adds as many again
PLACES = 10  # of a ranked list


@dataclass(frozen=True, slots=True)
class QualityState:
    """A state of the page as its address holds it, before anyone asked whether it exists."""

    questions: str = ""  # name of a question set
    run: str = ""
    against: str = ""  # the run to compare with
    question: str = ""
    measure: str = NAMES[0]
    kind: str = ""  # of the questions listed
    shown: int = 0  # rows or places asked for beyond the usual


def read_quality(params: Mapping[str, str]) -> QualityState:
    """The state in an address; what makes no sense there counts as absent."""
    measure, shown = params.get("by", ""), params.get("shown", "")
    return QualityState(
        questions=params.get("set", ""),
        run=params.get("run", ""),
        against=params.get("with", ""),
        question=params.get("question", ""),
        measure=measure if measure in NAMES else NAMES[0],
        kind=params.get("kind", ""),
        shown=min(int(shown), 10_000) if shown.isascii() and shown.isdigit() else 0,
    )


def write_quality(state: QualityState) -> dict[str, str]:
    """The state as parameters of an address, without those that are as usual."""
    fields = {
        "set": state.questions,
        "run": state.run,
        "with": state.against,
        "question": state.question,
        "by": state.measure if state.measure != NAMES[0] else "",
        "kind": state.kind,
        "shown": str(state.shown) if state.shown else "",
    }
    return {name: value for name, value in fields.items() if value}


def quality_link(state: QualityState) -> str:
    """A relative address of the page in that state."""
    said = urlencode(write_quality(state))
    return f"quality?{said}" if said else "quality"
