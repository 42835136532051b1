"""What most lines of a document look like: the measure for what stands out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ingest.model import Line, Page

# Beyond this many characters a line of a text file is a whole paragraph, not a printed line.
_UNWRAPPED = 160
_PARTED = 0.1  # share of lines after an empty one, from which empty lines part paragraphs
_LONGEST_END = 160  # letters: a note in brackets after the full stop
_USUAL_LEADING = 1.2  # sizes
_WIDEST_LEADING = 2.6  # sizes: double spacing
_TERMINAL = re.compile(r"[.!?:;][\"'”’)\]]*$|[.!?][\"'”’)\]]*\s*\([^()]*\)$")


@dataclass(frozen=True, slots=True)
class Typography:
    """The body text's measures; those of a text file count characters, those of a page points."""

    size: float | None  # None for files without geometry
    leading: float  # from one line to the next
    right: float  # where full lines end
    wrapped: bool = True  # False where a line of the file is a whole paragraph
    parted: bool = False  # whether empty lines part a file's paragraphs

    def is_small(self, line: Line) -> bool:
        """Whether it is set in the size of notes."""
        return bool(self.size and line.size and line.size <= self.size - 0.9)


def measure(pages: Sequence[Page]) -> Typography:
    """The measures of the document's body text."""
    lines = [line for page in pages for line in page.lines]
    if not any(line.box for line in lines):
        lengths = [len(line.text.strip()) for line in lines]
        width = high(lengths)
        blank = sum(line.blank_before for line in lines)
        return Typography(
            size=None,
            leading=1.0,
            right=width,
            wrapped=width <= _UNWRAPPED,
            parted=blank >= _PARTED * len(lines),
        )
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size or 0.0] += len(line.text)
    size = sizes.most_common(1)[0][0]
    right = high(line.box.right for line in lines if line.box and line.size == size)
    return Typography(size=size, leading=_leading(pages, size, right), right=right)


def _leading(pages: Sequence[Page], size: float, right: float) -> float:
    """The commonest step from a full line to the next, within a sentence."""
    steps: Counter[float] = Counter()
    for page in pages:
        for above, below in pairwise(page.lines):
            alike = above.size == below.size == size and above.bold == below.bold
            if alike and not ends_sentence(above.text) and _is_full(above, below, right):
                steps[round(drop(above, below) * 2) / 2] += 1
    likely = [step for step in steps.elements() if size < step < _WIDEST_LEADING * size]
    return Counter(likely).most_common(1)[0][0] if likely else _USUAL_LEADING * size


def _is_full(above: Line, below: Line, right: float) -> bool:
    """Whether the first word of the line below had no room on the line above."""
    if above.box is None or below.box is None:
        return False
    width = (below.second_left or below.box.right) - below.box.left
    return above.box.right + width > right - _USUAL_LEADING * (above.size or 0.0)


def drop(above: Line, below: Line) -> float:
    """How far a line stands below another, points; 0 without geometry."""
    if above.box is None or below.box is None:
        return 0.0
    return above.box.bottom - below.box.bottom


def high(values: Iterable[float]) -> float:
    """A value that only the odd one exceeds: the right edge of ragged lines."""
    ordered = sorted(values)
    return ordered[round(0.97 * (len(ordered) - 1))] if ordered else 0.0


def ends_sentence(text: str) -> bool:
    """Whether it ends as a sentence or a clause does: 'end.', 'including:', 'end. (See 3)'."""
    return _TERMINAL.search(text.rstrip()[-_LONGEST_END:]) is not None


def starts_lower(text: str) -> bool:
    """Whether its first letter is a small one: it goes on with a sentence begun before."""
    first = next((letter for letter in text if letter.isalnum()), "")
    return first.islower()
