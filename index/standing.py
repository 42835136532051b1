"""Which judgement of a report a paragraph stands under: a wrong grade is worse than none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

OVERALL = "overall effectiveness"
# What inspections of children's services judge, by the names of a filter.
SUBJECTS: Mapping[str, str] = {
    "help-and-protection": "Help and protection",
    "children-in-care": "Children in care",
    "care-leavers": "Care leavers",
    "adoption": "Adoption",
    "leadership": "Leadership",
    "safeguarding-board": "Safeguarding children board",
}
GRADES = ("outstanding", "good", "requires improvement", "adequate", "inadequate")

_GRADE = r"outstanding|good|satisfactory|adequate|inadequate|requires? improvement(?: to be good)?"
# "...: good", "... is good", "... are: good", "... is that it is good", "... require improvement"
_ENDING = re.compile(
    rf"(?:\s*[:–-]\s*|\s+(?:is|are)(?:\s+that\s+(?:it|they)(?:\s+(?:is|are))?)?\s*:?\s+|\s+)"
    rf"(?P<grade>{_GRADE})$"
)
_LEADING = re.compile(
    r"^(?:the )?(?:graded judge?ments? (?:for|about|of|on) )?(?:the )?"
    r"(?:experiences? and progress of )?(?:the )?"
)
# Each whole, after what leads and the grade are taken off: the title of a report names them all.
_NAMED: tuple[tuple[str, frozenset[str]], ...] = (
    (
        r"children (?:who )?(?:are )?in need of help and protection",
        frozenset({"help-and-protection"}),
    ),
    (r"children (?:who|that) need help and protection", frozenset({"help-and-protection"})),
    (
        r"children (?:who are )?looked after and achieving permanence",
        frozenset({"children-in-care"}),
    ),
    (r"children in care", frozenset({"children-in-care"})),
    (r"children in care and care leavers", frozenset({"children-in-care", "care-leavers"})),
    (r"(?:children )?care leavers", frozenset({"care-leavers"})),  # so printed in some of 2025
    (r"adoption(?: performance)?", frozenset({"adoption"})),
    (r"leadership,? management,? and governance", frozenset({"leadership"})),
    (
        r"impact of leaders on social work practice with children and families",
        frozenset({"leadership"}),
    ),
)
_BOARD = re.compile(r"\blscb\b|safeguarding children(?:[’']s)? board", re.IGNORECASE)
_BARE = frozenset({"care leavers", "children in care", "adoption"})  # of paragraphs' own headings
_FEWEST = 2  # subjects judged apart, where the overall grade is that of all children's services


@dataclass(frozen=True, slots=True)
class Standing:
    """A judgement as the report prints it."""

    label: str  # in lower case: "experiences and progress of care leavers"
    grade: str  # in lower case, as printed


def grade_class(grade: str) -> str:
    """A grade as frameworks share it: "to be good" is left off."""
    return "requires improvement" if grade.startswith("requires improvement") else grade


@lru_cache(maxsize=4096)
def subjects(heading: str | None, section: str | None) -> frozenset[str]:
    """What a paragraph is about, by the heading over it and the one above that.

    The nearest that names a judged subject decides, but what stands in the part about the
    safeguarding board is about the board, whatever its headings say.
    """
    names = [name for name in (heading, section) if name]
    if any(_BOARD.search(name) and not _is_title(name) for name in names):
        return frozenset({"safeguarding-board"})
    return next(filter(None, (_of_heading(name) for name in names)), frozenset())


@lru_cache(maxsize=4096)
def judged_subjects(label: str) -> frozenset[str]:
    """What a printed judgement is about; nothing for the overall one and unknown ones."""
    if _BOARD.search(label):
        return frozenset({"safeguarding-board"})
    return _named(" ".join(label.lower().split()))


def standing(
    judgements: Mapping[str, str], heading: str | None, section: str | None
) -> Standing | None:
    """The judgement of the part that a paragraph stands in; None where it is not certain.

    A heading that prints another grade than the table of judgements makes it uncertain.
    """
    about = subjects(heading, section)
    found = [label for label in judgements if about and judged_subjects(label) == about]
    if len(found) != 1:
        return None
    grade = judgements[found[0]]
    said = [_split(name)[1] for name in (heading, section) if name and _about(name) == about]
    if any(one and grade_class(one) != grade_class(grade) for one in said):
        return None
    return Standing(found[0], grade)


def overall(judgements: Mapping[str, str]) -> str | None:
    """The grade of all children's services; None where "overall" means less, as up to 2013."""
    known = [label for label in judgements if judged_subjects(label)]
    apart = [label for label in known if "safeguarding-board" not in judged_subjects(label)]
    return judgements.get(OVERALL) if len(apart) >= _FEWEST else None


def _about(name: str) -> frozenset[str]:
    return frozenset({"safeguarding-board"}) if _BOARD.search(name) else _of_heading(name)


def _of_heading(name: str) -> frozenset[str]:
    bare, grade = _split(name)
    # A heading of a word or two stands over single points of any part.
    return frozenset() if bare in _BARE and not grade else _named(bare)


@lru_cache(maxsize=4096)
def _split(name: str) -> tuple[str, str | None]:
    """A heading in lower case without its grade, and the grade."""
    text = " ".join(name.lower().split()).rstrip(".")
    match = _ENDING.search(text)
    if match is None:
        return text, None
    return text[: match.start()], match["grade"].replace("require ", "requires ")


def _named(text: str) -> frozenset[str]:
    core = _LEADING.sub("", text, count=1)
    return next(
        (about for pattern, about in _NAMED if re.fullmatch(pattern, core)),
        frozenset(),
    )


def _is_title(name: str) -> bool:
    """Whether it is the title of a report, which names all that was inspected."""
    return name.lower().startswith(("inspection of", "review of")) and " and " in name.lower()
