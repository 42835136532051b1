"""The names of authorities: as people write them, found in running words and in file names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_NAMES_FILE = Path(__file__).with_name("authorities.txt")
# What stands before and after a name that is not part of it, as covers print it.
_PREFIX = re.compile(
    r"^(?:the\s+)?(?:(?:london|royal|metropolitan)\s+)*"
    r"(?:(?:borough|city|county|council|district)\s+(?:and\s+\w+\s+)?of\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
_SUFFIX = re.compile(
    r"\s+(?:(?:(?:metropolitan\s+)?(?:borough|district|city|county|unitary)\s+)*council"
    r"|metropolitan\s+(?:borough|district)|(?:city|county)(?:\s+borough)?|borough"
    r"|local\s+authority|local\s+area(?:\s+partnership)?|(?:local\s+)?safeguarding\s+.*"
    r"|children(?:[’']s|s[’'])?\s+(?:social\s+care\s+)?(?:services|trust)|council\s+area)$",
    re.IGNORECASE,
)
_COUNCIL = re.compile(
    r"(?:(?:London|Royal|Metropolitan) )*Borough of [A-Z].{2,40}|[A-Z].{2,50} Council"
)
_SMALL_WORDS = re.compile(r"\b(?:and|of|on|the|upon|with)\b")
_NOT_OF_A_SLUG = re.compile(r"[^a-z]+")


def find_authority(text: str) -> str | None:
    """The authority that is named first in the words, by its usual name; case matters.

    "Reading" and "Bury" are words too, so only text that names an authority should be given.
    """
    match = _in_words().search(_plain(text))
    return _known()[_slug(match.group())] if match else None


def authority_names() -> tuple[str, ...]:
    """The usual names of all authorities."""
    return tuple(row[0] for row in _rows())


def find_in_file_name(name: str) -> str | None:
    """The authority in the name of a file or folder, in any case: "80518_wandsworth"."""
    slug = f"-{_slug(name)}-"
    places = [(slug.find(f"-{known}-"), -len(known), known) for known in _known()]
    found = sorted(place for place in places if place[0] >= 0)
    return _known()[found[0][2]] if found else None


def bare_name(printed: str) -> str:
    """A name as printed without what is not part of it: "City of Cardiff Council" is "Cardiff"."""
    name, before = " ".join(printed.split()), None
    while name != before:
        before, name = name, _SUFFIX.sub("", name).strip(" ,.-–")
    return _PREFIX.sub("", name, count=1).strip(" ,.-–")


def is_name_alone(line: str) -> bool:
    """Whether the line holds an authority's name and nothing else."""
    bare = bare_name(line)
    return bool(bare) and _slug(bare) in _known() and line[:1].isupper()


def names_a_council(line: str) -> bool:
    """Whether the line is a council's full name, listed or not."""
    return _COUNCIL.fullmatch(line.strip()) is not None


def _plain(text: str) -> str:
    """The words with "&" and full stops written as the list of names writes them."""
    return " ".join(text.replace("&", " and ").replace("St.", "St").split())


def _slug(name: str) -> str:
    return _NOT_OF_A_SLUG.sub("-", _plain(name).lower()).strip("-")


@cache
def _rows() -> tuple[tuple[str, ...], ...]:
    """Every authority's usual name, then what else it is called."""
    lines = _NAMES_FILE.read_text(encoding="utf-8").splitlines()
    named = (line for line in lines if line and not line.startswith("#"))
    return tuple(tuple(part.strip() for part in line.split("|")) for line in named)


@cache
def _known() -> dict[str, str]:
    """Slug of every name and alias -> the usual name."""
    return {_slug(name): row[0] for row in _rows() for name in row}


@cache
def _in_words() -> re.Pattern[str]:
    """Any of the names, longest first, in its own case or in capitals."""
    names = sorted((name for row in _rows() for name in row), key=len, reverse=True)
    patterns = [_SMALL_WORDS.sub(_either_case, re.escape(name)) for name in names]
    either = "|".join([*patterns, *(re.escape(name.upper()) for name in names)])
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])")


def _either_case(match: re.Match[str]) -> str:
    word = match.group()
    return f"[{word[0]}{word[0].upper()}]{word[1:]}"
