"""The cover of a report or the head of a letter: what stands before the report's own text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from ingest.authorities import find_authority, is_name_alone
from ingest.model import Line, Page

# More lines than any cover or letterhead has; a text file has no page to end it.
_MOST_LINES = 70
# A cover may be an empty sheet with a logo, or its text may begin on the second page.
_FEWEST_LINES = 4
_END = re.compile(
    r"^(?:contents|executive summary|summary of (?:key )?findings|about this inspection"
    r"|section 1\b.*|the local authority)$",
    re.IGNORECASE,
)
_SALUTATION = re.compile(r"^Dear\s+\S")
_INSPECTION = (
    r"(?!inspection (?:dates?|outcome|team|report number|number|judgement)\b)"
    r"(?:(?:a|the|full|short|pilot|joint|thematic|unannounced|annual|ofsted) )*"
    r"(?:re-?)?(?:inspection|review)s? (?:of|in|report)\b"
)
_VISIT = (
    r"(?:(?:first|second|third|fourth|fifth|final) )?monitoring (?:visit|inspection)"
    r"|(?:ofsted )?(?:(?:focus{1,2}ed|covid-19|assurance) )*visit (?:to|of)\b"
)
_TITLE = re.compile(
    rf"^(?:{_INSPECTION}|joint (?:local |targeted )?area |joint inspection|area send "
    rf"|(?:annual )?unannounced inspection|{_VISIT})",
    re.IGNORECASE,
)
_AFTER_TITLE = re.compile(
    r"^(?:(?:inspection|visit|review)? ?dates?\b|dates? of\b|lead inspector|reporting inspector"
    r"|report published|published|age group|judgements?\b|unique reference|unit reference"
    r"|© ?crown|\d+$)",
    re.IGNORECASE,
)
_TEXT_BEGINS = re.compile(
    r"^(?:this|between|following|an?|the|on|in|from|i am|thank you|ofsted|since|during)\b.{40,}",
    re.IGNORECASE,
)
_UNFINISHED = re.compile(
    r"\b(?:of|in|and|to|the|within|for|with|at|across|borough|city|county|children[’']s|local"
    r"|authority|royal|london|metropolitan)$",
    re.IGNORECASE,
)
_JOINS = ("and", "and the")
_MOST_TITLE_LINES = 8


@dataclass(frozen=True, slots=True)
class Cover:
    """The lines of a cover or a letter's head, and which of them hold the title."""

    lines: tuple[Line, ...]
    title_start: int  # where there is no title, at the end of the lines
    title_end: int
    salutation: int | None  # the line that addresses a letter's reader

    @property
    def title(self) -> tuple[Line, ...]:
        """The lines of the title."""
        return self.lines[self.title_start : self.title_end]

    @property
    def after_title(self) -> tuple[Line, ...]:
        """The lines below the title."""
        return self.lines[self.title_end :]

    @property
    def head(self) -> tuple[Line, ...]:
        """What stands above the salutation and the title."""
        return self.lines[: min(self.title_start, self.salutation or len(self.lines))]

    @property
    def is_letter(self) -> bool:
        """Whether somebody is addressed."""
        return self.salutation is not None


def read_cover(pages: Sequence[Page]) -> Cover:
    """The lines up to the contents or the first heading of the report's own text."""
    lines: list[Line] = []
    for page in pages[:2]:
        lines += page.lines
        if len(lines) >= _FEWEST_LINES:
            break
    before = takewhile(lambda line: not _END.match(line.text.strip()), lines[:_MOST_LINES])
    cover = tuple(before)
    title = _title_span(cover)
    addressed = (n for n, line in enumerate(cover) if _SALUTATION.match(line.text.strip()))
    return Cover(cover, title.start, title.stop, next(addressed, None))


def joined(lines: Sequence[Line]) -> str:
    """The words of the lines, without white space between them but one space."""
    return " ".join(" ".join(line.text for line in lines).split())


def _title_span(lines: Sequence[Line]) -> range:
    start = next((n for n, line in enumerate(lines) if _begins_title(line)), None)
    if start is None:
        return range(len(lines), len(lines))
    end = start + 1
    while end < min(len(lines), start + _MOST_TITLE_LINES) and _goes_on(lines, start, end):
        end += 1
    return range(start, end)


def _begins_title(line: Line) -> bool:
    words = line.text.strip()
    return bool(_TITLE.match(words)) and not (words.endswith(".") and len(words) > 60)


def _goes_on(lines: Sequence[Line], start: int, at: int) -> bool:
    """Whether the line belongs to the title as the lines before it do."""
    words, so_far = lines[at].text.strip(), joined(lines[start:at])
    if _AFTER_TITLE.match(words) or _TEXT_BEGINS.match(words) or _SALUTATION.match(words):
        return False
    if words.lower() in _JOINS or so_far.lower().endswith(_JOINS):
        return True
    if _is_name_below(words, so_far):
        return False
    if lines[start].size is not None and lines[at].size is not None:
        return _same_face(lines[start], lines[at])
    return not lines[at].blank_before or _UNFINISHED.search(so_far) is not None


def _is_name_below(words: str, so_far: str) -> bool:
    """Whether the line names the authority under a title that is complete (covers up to 2013).

    In "... of West" / "Northamptonshire Local Area Partnership" it completes a name.
    """
    if not is_name_alone(words) or _UNFINISHED.search(so_far):
        return False
    return find_authority(f"{so_far.rsplit(maxsplit=1)[-1]} {words}") == find_authority(words)


def _same_face(first: Line, line: Line) -> bool:
    sizes = (first.size or 0.0, line.size or 0.0)
    return abs(sizes[0] - sizes[1]) < 0.6 and first.bold == line.bold
