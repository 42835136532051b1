"""Which of the numbers at line starts are printed paragraph numbers: those that make a run.

Ages and years at a line start, rows of a table and lists within a paragraph are numbers too. A
number counts only where it continues the run; what the source itself skips or repeats is kept as
it is and reported.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from ingest.blocks import Block
from ingest.typography import ends_sentence, starts_lower

_Value = TypeVar("_Value")

# What a step of the run costs, against what a number that looks like a paragraph's gains. An item
# set in every respect like the others gains more than a repeat or a gap costs: it is really
# printed so. One that only might be an item gains less.
_REPEAT = 3.0
_GAP = 2.0
_GAP_EACH = 0.5
_RESTART = 5.0
_BACKWARDS = 12.0
_LATE_START = 3.0
_LATE_START_MOST = 8.0
_SHORT = 12  # words: what is shorter and no sentence is a row or a heading
_SAME_COLUMN = 12.0  # points
_LONGEST_GAP = 60  # candidates further apart than this are no run


@dataclass(frozen=True, slots=True)
class _Candidate:
    at: int  # which block
    value: int
    gain: float


def run_of(blocks: Sequence[Block]) -> list[int]:
    """The blocks that are numbered paragraphs, by index, in reading order.

    The best chain through all candidates: each gains by how much it looks like an item, each step
    that is not "one more" costs.
    """
    candidates = _candidates(blocks)
    best: list[tuple[float, int | None]] = []
    for here, candidate in enumerate(candidates):
        total, before = -_start_cost(candidate.value), None
        for there in range(max(0, here - _LONGEST_GAP), here):
            cost = _step_cost(candidates[there].value, candidate.value)
            if best[there][0] - cost > total:
                total, before = best[there][0] - cost, there
        best.append((total + candidate.gain, before))
    end = max(range(len(best)), key=lambda i: best[i][0], default=None)
    if end is None or best[end][0] <= 0:
        return []
    chain: list[int] = []
    step: int | None = end
    while step is not None:
        chain.append(candidates[step].at)
        step = best[step][1]
    return chain[::-1]


def _start_cost(value: int) -> float:
    return 0.0 if value == 1 else min(_LATE_START + _GAP_EACH * value, _LATE_START_MOST)


def _step_cost(before: int, value: int) -> float:
    if value == before + 1:
        return 0.0
    if value == before:
        return _REPEAT
    if value > before:
        return _GAP + _GAP_EACH * (value - before)
    return _RESTART if value == 1 else _BACKWARDS


def _candidates(blocks: Sequence[Block]) -> list[_Candidate]:
    numbered = [
        at for at, block in enumerate(blocks) if block.label and block.label.kind == "number"
    ]
    likeness = {at: _likeness(at, blocks) for at in numbered}
    likely = [at for at in numbered if likeness[at] >= 4]
    dress = _commonest(blocks[at].label.dress for at in likely)  # type: ignore[union-attr]
    column = _commonest(round(_indent(blocks[at])) for at in likely)
    candidates = []
    for at in numbered:
        label = blocks[at].label
        if label is None:
            continue
        gain = 2.0 * (likeness[at] - 2)
        gain -= 4.0 * (dress is not None and label.dress != dress)
        gain -= 4.0 * (column is not None and abs(_indent(blocks[at]) - column) > _SAME_COLUMN)
        candidates.append(_Candidate(at, int(label.sign), gain))
    return candidates


def _indent(block: Block) -> float:
    return (block.left or 0.0) - block.margin


def _commonest(values: Iterable[_Value]) -> _Value | None:
    counted = Counter(values).most_common(1)
    return counted[0][0] if counted else None


def _likeness(at: int, blocks: Sequence[Block]) -> int:
    """How many signs of a numbered paragraph the block shows, of five; a row of a table has few."""
    block = blocks[at]
    text = block.text
    before = blocks[at - 1] if at else None
    following = blocks[at + 1] if at + 1 < len(blocks) else None
    complete = ends_sentence(text) or (following is not None and _leads_into(block, following))
    if not complete and len(text.split()) < _SHORT:
        return 0
    return sum(
        (
            complete,
            block.spaced,
            not starts_lower(text),
            before is None or ends_sentence(before.text) or len(before.text.split()) < 20,
            hangs(block),
        )
    )


def _leads_into(block: Block, following: Block) -> bool:
    """Whether its sentence goes on in bullets, or on the next page."""
    bulleted = following.label is not None and following.label.kind == "bullet"
    return bulleted or following.last.page != block.last.page


def hangs(block: Block) -> bool:
    """Whether its text stands clear of the number; files without geometry cannot tell."""
    return block.left is None or block.hang is None or block.hang > block.left + 5.0
