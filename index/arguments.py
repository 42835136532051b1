"""The options of commands that search: which paragraphs may be found."""

from __future__ import annotations

import argparse

from index.errors import LibraryError
from index.model import Filter
from index.output import YEAR


def add_filters(command: argparse.ArgumentParser) -> None:
    """Give a command the options that filter."""
    command.add_argument("--authority")
    command.add_argument("--year-from", type=_year)
    command.add_argument("--year-to", type=_year)
    command.add_argument("--kind", help="of the document")
    command.add_argument("--paragraph-kind")


def filters_of(options: argparse.Namespace) -> Filter:
    """The filter that the options of add_filters ask for.

    Raises LibraryError where no year lies between theirs.
    """
    first, last = options.year_from, options.year_to
    if first is not None and last is not None and first > last:
        raise LibraryError(f"No year is both from {first} on and up to {last}; swap the two.")
    return Filter(
        authority=options.authority,
        year_from=first,
        year_to=last,
        kind=options.kind,
        paragraph_kind=options.paragraph_kind,
    )


def _year(text: str) -> int:
    if not YEAR.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} is no year; give its four digits")
    return int(text)
