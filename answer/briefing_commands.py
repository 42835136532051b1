"""python -m answer briefing: list, show, add, note, move, remove, export."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import replace

from answer.briefing import (
    Briefing,
    Collected,
    briefing_object,
    briefing_paper,
    collect,
    entry_for,
)
from answer.briefings import Briefings
from answer.commands import Commands, Run, add_command, add_exports, export, put, today
from answer.errors import AnswerError
from index.library import Library
from index.output import json_line
from ingest.command_line import whole_number

DEFAULT_OWNER = "command line"


def add_briefing(commands: Commands) -> None:
    """Add the command to those of `python -m answer`."""
    briefing = commands.add_parser("briefing", help="collect paragraphs and write them out")
    actions = briefing.add_subparsers(required=True, metavar="ACTION")
    _action(actions, "list", _list, "name a person's briefings", named=False)
    _action(actions, "show", _show, "print a briefing")
    action = _action(actions, "add", _add, "collect paragraphs; a new name begins a briefing")
    action.add_argument("paragraph_ids", nargs="+", metavar="PARAGRAPH_ID")
    action.add_argument("--quote", help="the words to quote, else the whole paragraph")
    action.add_argument("--note", default="", help="your own words before the quotation")
    action.add_argument("--heading", default="", help="your own heading over it")
    action = _action(actions, "note", _note, "write your own words before an entry")
    action.add_argument("entry", type=whole_number, metavar="ENTRY")
    action.add_argument("note", metavar="TEXT", nargs="?", help="none: leave what is there")
    action.add_argument("--heading", help="your own heading over it")
    action.add_argument("--quote", help="the words to quote; empty: the whole paragraph")
    action = _action(actions, "move", _move, "put an entry at another place")
    action.add_argument("entry", type=whole_number, metavar="ENTRY")
    action.add_argument("place", type=whole_number, metavar="PLACE", help="1 is the first")
    action = _action(actions, "remove", _remove, "take an entry out, or the whole briefing")
    action.add_argument("entry", type=whole_number, nargs="?", metavar="ENTRY")
    action.add_argument("--all", action="store_true", help="the whole briefing")
    action = _action(actions, "export", _export, "write a briefing as Word or Markdown")
    add_exports(action)


def _action(
    actions: Commands, name: str, run: Run, text: str, *, named: bool = True
) -> argparse.ArgumentParser:
    action = add_command(actions, name, run, text)
    if named:
        action.add_argument("name", metavar="NAME", help="of the briefing")
    action.add_argument("--by", default=DEFAULT_OWNER, metavar="PERSON", help="whose it is")
    action.add_argument("--json", action="store_true", help="one JSON object")
    return action


def _opened(options: argparse.Namespace) -> tuple[Library, Briefings]:
    library = Library.open(options.library)  # says where there is none
    return library, Briefings(options.library)


def _list(options: argparse.Namespace) -> int:
    _, briefings = _opened(options)
    names = briefings.of(options.by)
    if options.json:
        put(json_line({"owner": options.by, "briefings": names}))
    else:
        put(*(names or [f"{options.by} has no briefing yet."]))
    return 0


def _show(options: argparse.Namespace) -> int:
    library, briefings = _opened(options)
    _print_briefing(library, briefings, options)
    return 0


def _add(options: argparse.Namespace) -> int:
    library, briefings = _opened(options)
    for paragraph_id in options.paragraph_ids:
        entry = entry_for(library, paragraph_id, options.quote)
        noted = replace(entry, note=options.note, heading=options.heading)
        briefings.add(options.by, options.name, noted)
    _print_briefing(library, briefings, options)
    return 0


def _note(options: argparse.Namespace) -> int:
    library, briefings = _opened(options)
    briefings.annotate(
        options.by,
        options.name,
        options.entry,
        note=options.note,
        heading=options.heading,
        quote=options.quote,
    )
    _print_briefing(library, briefings, options)
    return 0


def _move(options: argparse.Namespace) -> int:
    library, briefings = _opened(options)
    briefings.move(options.by, options.name, options.entry, options.place)
    _print_briefing(library, briefings, options)
    return 0


def _remove(options: argparse.Namespace) -> int:
    library, briefings = _opened(options)
    if (options.entry is None) != options.all:
        raise AnswerError("Give either the ENTRY to take out or --all for the whole briefing.")
    if options.all:
        briefings.delete(options.by, options.name)
        options.name = None
        return _list(options)
    briefings.remove(options.by, options.name, options.entry)
    _print_briefing(library, briefings, options)
    return 0


def _export(options: argparse.Namespace) -> int:
    library, briefings = _opened(options)
    if options.docx is None and options.markdown is None:
        raise AnswerError("Give --docx FILE, --markdown FILE, or both.")
    briefing = briefings.read(options.by, options.name)
    collected = collect(library, briefing)
    paper = briefing_paper(briefing, collected, library.documents(), library.info(), today())
    export(paper, options)
    if options.json:
        put(json_line(briefing_object(briefing, collected)))
    return 0


def _print_briefing(library: Library, briefings: Briefings, options: argparse.Namespace) -> None:
    briefing = briefings.read(options.by, options.name)
    collected = collect(library, briefing)
    if options.json:
        put(json_line(briefing_object(briefing, collected)))
    else:
        put(*_lines(briefing, collected))


def _lines(briefing: Briefing, collected: Sequence[Collected]) -> Iterator[str]:
    yield f"{briefing.name} ({briefing.owner}): {len(collected)} collected"
    for place, one in enumerate(collected, start=1):
        entry = one.entry
        if entry.heading:
            yield f"## {entry.heading}"
        yield f"{place}. [{entry.id}] {one.found.citation if one.found else entry.citation}"
        if entry.note:
            yield f"   Note: {entry.note}"
        if one.quotation is None:
            yield "   The library no longer holds these words."
        else:
            yield f"   {one.quotation}"
