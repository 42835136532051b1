"""How often what the next report is said to say of a recommendation is on the same subject."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from answer.trail import follow, inspections, next_inspection
from eval.census import Commands, Share
from eval.lines import read_lines
from index.errors import LibraryError
from index.library import Library


@dataclass(frozen=True, slots=True)
class JudgedLink:
    """A link that was read: from a recommendation to a paragraph of the next report."""

    id: str
    recommendation: str  # paragraph_id
    found: str  # paragraph_id
    same_subject: bool


@dataclass(frozen=True, slots=True)
class Rescored:
    """The judged links as they are found now."""

    same: tuple[JudgedLink, ...]  # found again, on the same subject
    other: tuple[JudgedLink, ...]  # found again, on another subject
    dropped: tuple[JudgedLink, ...]  # now nothing is near enough
    unread: tuple[JudgedLink, ...]  # now another paragraph, which nobody has judged
    missing: tuple[JudgedLink, ...]  # the library does not hold the recommendation

    @property
    def share(self) -> Share:
        """Of the links found again, those on the same subject."""
        return Share(len(self.same), len(self.same) + len(self.other))


def read_links(path: Path) -> list[JudgedLink]:
    """The judged links in a JSON Lines file. Raises EvalError for a bad one."""
    wanted = "`id`, `recommendation`, `found` and `same_subject`"
    return read_lines(path, _link, "judged links", wanted)


def rescore(library: Library, links: Sequence[JudgedLink]) -> Rescored:
    """Follow every judged recommendation anew."""
    piles: dict[str, list[JudgedLink]] = {
        name: [] for name in ("same", "other", "dropped", "unread", "missing")
    }
    for link in links:
        piles[_pile(library, link)].append(link)
    return Rescored(**{name: tuple(pile) for name, pile in piles.items()})


def add_links(commands: Commands) -> None:
    """Add the command to those of `python -m eval`."""
    command = commands.add_parser("links", help="measure what recommendations are followed to")
    command.set_defaults(action=_links)
    command.add_argument("links", type=Path, metavar="FILE", help="one JSON object a line")
    command.add_argument("--library", type=Path, required=True, help="library folder")


def _links(options: argparse.Namespace) -> int:
    library = Library.open(options.library)
    rescored = rescore(library, read_links(options.links))
    for line in _lines(rescored):
        sys.stdout.write(f"{line}\n")
    return 0


def _lines(rescored: Rescored) -> Iterator[str]:
    share = rescored.share
    low, high = share.interval
    value = "none" if share.value is None else f"{share.value:.2f}"
    yield f"on the same subject: {value} ({share.part}/{share.whole}; {low:.2f}-{high:.2f})"
    for name, pile in (
        ("now another paragraph, to be read", rescored.unread),
        ("now nothing near enough", rescored.dropped),
        ("not in this library", rescored.missing),
    ):
        if pile:
            yield f"{name}: {', '.join(link.id for link in pile)}"


def _pile(library: Library, link: JudgedLink) -> str:
    try:
        advice = library.paragraph(link.recommendation)
        authority = library.card(advice.document_id).document.authority or ""
    except LibraryError:
        return "missing"
    following = next_inspection(inspections(library, authority), advice.document_id)
    found = follow(library, advice, following.document).found if following else None
    if found is None:
        return "dropped"
    if found.paragraph_id != link.found:
        return "unread"
    return "same" if link.same_subject else "other"


def _link(line: dict[str, object]) -> JudgedLink:
    verdict = line["same_subject"]
    if not isinstance(verdict, bool):
        raise TypeError("`same_subject` is to be true or false")
    return JudgedLink(str(line["id"]), str(line["recommendation"]), str(line["found"]), verdict)
