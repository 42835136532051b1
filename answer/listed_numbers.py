"""The numbers and pages that a list such as "87-89 and 102" names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from answer.citation_forms import AND_ON, NUMBER
from index.cited_numbers import SPELT, through, value

_LONGEST_RANGE = 150  # paragraphs
_SPAN = re.compile(
    rf"(?P<first>{NUMBER}|\b{SPELT})"
    rf"(?:\s*(?:-|to|through)\s*[^\d,;]*?(?P<last>{NUMBER}|\b{SPELT}))?",
    re.IGNORECASE,
)
_GOES_ON = re.compile(rf"\s?(?:{AND_ON})", re.IGNORECASE)


def spelt_out(listed: str) -> Iterator[str]:
    """The numbers of a list: "87-89 and 102" names four."""
    for match in _SPAN.finditer(listed):
        first, last = _figure(match["first"]), _figure(match["last"])
        between = through(first, last, _LONGEST_RANGE)
        backwards = first.isdigit() and last.isdigit() and int(last) <= int(first)
        yield from between or ((first, last) if last and not backwards else (first,))


def gone_on_from(listed: str) -> Iterator[str]:
    """The numbers after which "ff." stands."""
    for match in _SPAN.finditer(listed):
        if _GOES_ON.match(listed, match.end()):
            yield list(spelt_out(match[0]))[-1]


def _figure(written: str | None) -> str:
    return value(written.strip("[]")) if written else ""


def listed_pages(listed: str | None) -> tuple[int, ...]:
    """The pages of a list; "ff." means the next two besides."""
    found = [int(number) for number in spelt_out(listed or "")]
    if listed and re.search(r"ff\b", listed):
        found += [found[-1] + 1, found[-1] + 2]
    elif listed and re.search(r"f\b", listed):
        found.append(found[-1] + 1)
    return tuple(dict.fromkeys(found))
