"""The judgements of inspections of all years by the same few subjects, so that lines join them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from index.standing import OVERALL, SUBJECTS, grade_class, judged_subjects, overall
from ingest.model import Document

LINES: Mapping[str, str] = {"overall": "Overall"} | dict(SUBJECTS)  # {name: what readers see}
LEVELS = ("inadequate", "requires improvement", "good", "outstanding")  # worst first
# The third of the four grades until 2013, as "requires improvement" has been since.
_SAME = {"adequate": "requires improvement"}


@dataclass(frozen=True, slots=True)
class Grade:
    """One judgement of one inspection."""

    line: str  # a name of LINES
    level: int  # its place in LEVELS
    judged: str  # what was judged, as printed
    grade: str  # as printed


def grades(document: Document) -> tuple[Grade, ...]:
    """A document's judgements by line; one on two subjects together counts in both."""
    found: dict[str, Grade] = {}
    for judged, grade in document.judgements.items():
        level = grade_class(grade)
        level = _SAME.get(level, level)
        if level in LEVELS:
            for line in _lines(judged, document.judgements):
                found.setdefault(line, Grade(line, LEVELS.index(level), judged, grade))
    return tuple(found[line] for line in LINES if line in found)


def _lines(judged: str, judgements: Mapping[str, str]) -> frozenset[str]:
    if judged == OVERALL and overall(judgements):
        return frozenset({"overall"})
    return judged_subjects(judged)
