"""The judgements that a report prints: the cover's table and sentences, or the record of findings.

Cells are read by order, not by place: a grade that wraps ("Requires" / "improvement") stands
above and below its label's line, so labels and grades are gathered apart and paired in turn.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest.model import Line

_GRADE = r"outstanding|good|satisfactory|adequate|inadequate|requires improvement(?: to be good)?"
_GRADE_WORDS = re.compile(
    r"(?:^|\s)(outstanding|good|satisfactory|adequate|inadequate|requires improvement to be good"
    r"|requires improvement to|requires improvement|requires|improvement to be good"
    r"|improvement to|improvement|to be good|be good)(?:\s+grade\s+\d)?\s*$",
    re.IGNORECASE,
)
_CONTINUES_A_GRADE = ("improvement", "to be", "be good")
_NUMBER = re.compile(r"^\d\.(?:\d\.?)?\s+(?=\D)")  # with its stop; a footnote's has none
_TABLE_HEAD = re.compile(r"judgements?\s+grade", re.IGNORECASE)
# First words of the rows that carry no number.
_ROW = re.compile(
    r"^(?:the impact of|the experiences and progress of|overall effectiveness)\b", re.IGNORECASE
)
_CONTRIBUTING = re.compile(r"^(?:1\.\s+)?Children who need help and protection")
_RECORD = re.compile(r"^record of (?:the )?main findings(?: ?[:–-] ?.{,60})?$", re.IGNORECASE)
_MOST_LINES_OF_A_RECORD = 60
_LONGEST_LABEL = 150
_SENTENCE_ENDS = (" is", " are")  # "The experiences and progress of children here are" | "good"

_REQUIRES = r"requires? improvement(?: to be good)?"
_SENTENCE_GRADE = rf"(outstanding|good|adequate|inadequate|{_REQUIRES})"
_OVERALL = re.compile(
    rf"\bchildren[’']s services (?:in .{{2,60}}? )?(?:are )?{_SENTENCE_GRADE}(?=[.\s]|$)"
    rf"|\boverall judgement is (?:that .{{2,80}}? (?:is |are )?)?{_SENTENCE_GRADE}(?=[.\s]|$)",
    re.IGNORECASE,
)
_BOARD = re.compile(
    r"\b(?:effectiveness of the )?local safeguarding children board (?:\(LSCB\) )?"
    rf"(?:is )?{_SENTENCE_GRADE}(?=[.\s]|$)",
    re.IGNORECASE,
)


def find_judgements(cover: Sequence[str], lines: Sequence[Line]) -> dict[str, str]:
    """What was judged -> its grade, both in lower case, in printed order.

    Args:
        cover: the lines before the report's own text begins.
        lines: all lines; a "Record of main findings" (2009 to 2013) stands near their end.
    """
    judged = _sentences(" ".join(" ".join(cover).split()))
    judged |= _table(cover)
    return judged or _record(lines)


def _sentences(text: str) -> dict[str, str]:
    judged = {}
    if overall := _OVERALL.search(text):
        judged["overall effectiveness"] = _grade(overall[1] or overall[2])
    if board := _BOARD.search(text):
        judged["local safeguarding children board"] = _grade(board[1])
    return judged


def _grade(printed: str) -> str:
    """The grade in lower case; a plural ("services require improvement") made singular."""
    return re.sub(r"^require ", "requires ", " ".join(printed.lower().split()))


def _table(cover: Sequence[str]) -> dict[str, str]:
    start = next((n for n, line in enumerate(cover) if _begins_table(line)), None)
    if start is None:
        return {}
    if start and cover[start - 1].strip().lower().startswith("requires"):
        start -= 1  # the upper line of a grade that is centred on its label's line
    labels, grades = _columns(cover[start:])
    return _paired(labels, grades)


def _begins_table(line: str) -> bool:
    words = " ".join(line.split())
    return bool(_TABLE_HEAD.search(words) or _ROW.match(words) or _CONTRIBUTING.match(words))


def _columns(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """The labels and the grades, each in printed order, up to the first line that is neither."""
    labels: list[str] = []
    grades: list[str] = []
    for line in lines:
        label, grade = _split(_TABLE_HEAD.sub("", " ".join(line.split())).strip())
        if label.endswith(_SENTENCE_ENDS):
            break
        if label and _begins_row(label):
            labels.append(_NUMBER.sub("", label))
        elif label and labels and _continues(labels[-1], label):
            labels[-1] = f"{labels[-1]} {label}"
        elif label and labels:
            break
        if grade:
            _add_grade(grades, grade)
    return labels, grades


def _split(line: str) -> tuple[str, str]:
    """The line's label and the part of a grade at its end; either may be empty."""
    match = _GRADE_WORDS.search(line)
    if match is None:
        return line, ""
    return line[: match.start()].strip(), match[1].lower()


def _add_grade(grades: list[str], part: str) -> None:
    """Begin a grade, or go on with the one that is unfinished."""
    unfinished = bool(grades) and part.startswith(_CONTINUES_A_GRADE)
    if unfinished:
        grades[-1] = f"{grades[-1]} {part}"
    else:
        grades.append(part)


def _begins_row(label: str) -> bool:
    return bool(_NUMBER.match(label) or _ROW.match(label) or _CONTRIBUTING.match(label))


def _continues(label: str, more: str) -> bool:
    """Whether the line goes on with the label: it is short and begins in lower case."""
    return more[:1].islower() and len(label) + len(more) < _LONGEST_LABEL


def _paired(labels: Sequence[str], grades: Sequence[str]) -> dict[str, str]:
    """Labels with their grades; nothing where a cell was lost, for the rest would be shifted."""
    whole = [re.fullmatch(_GRADE, grade) is not None for grade in grades]
    if len(labels) != len(grades) or not all(whole):
        return {}
    return {label.lower(): grade for label, grade in zip(labels, grades, strict=True)}


@dataclass(slots=True)
class _Row:
    """A row of the record while it is read; one without a grade heads the rows below it."""

    label: str
    grade: str
    middle: float | None  # height of its label on the page, points


def _record(lines: Sequence[Line]) -> dict[str, str]:
    """The table under "Record of main findings"; a label printed twice is told by its section."""
    start = next((n for n, line in enumerate(lines) if _RECORD.match(line.text.strip())), None)
    if start is None:
        return {}
    judged: list[tuple[str, str, str]] = []
    section = ""
    for row in _record_rows(lines[start + 1 : start + 1 + _MOST_LINES_OF_A_RECORD]):
        if row.grade:
            judged.append((section, row.label, row.grade))
        else:
            section = row.label
    labels = [label for _, label, _ in judged]
    return {
        (f"{section}: {label}" if section and labels.count(label) > 1 else label): grade
        for section, label, grade in judged
    }


def _record_rows(lines: Sequence[Line]) -> list[_Row]:
    rows: list[_Row] = []
    alone: list[_Row] = []  # grades on a line of their own, level with a label's middle
    for line in lines:
        label, grade = _split(" ".join(line.text.split()))
        middle = (line.box.bottom + line.box.top) / 2 if line.box else None
        if not label:
            alone.append(_Row("", grade, middle))
        elif rows and _goes_on_with_label(label):
            rows[-1].label += f" {label}"
            rows[-1].grade = rows[-1].grade or grade
        else:
            rows.append(_Row(label, grade, middle))
    for grade_row in alone:
        if bare := _nearest_bare(rows, grade_row.middle):
            bare.grade = grade_row.grade
    return [replace(row, label=row.label.lower()) for row in rows]


def _goes_on_with_label(words: str) -> bool:
    """Whether the line is the second of a label, and not an address in a foot."""
    return words[:1].islower() and "." not in words


def _nearest_bare(rows: Sequence[_Row], middle: float | None) -> _Row | None:
    """The row without a grade that stands nearest by height."""
    near = [row for row in rows if not row.grade and row.middle is not None and middle is not None]
    return min(near, key=lambda row: abs((row.middle or 0) - (middle or 0)), default=None)
