"""python -m answer trail: one authority over time."""

from __future__ import annotations

import argparse
import sys

from answer.commands import Commands, add_command, add_exports, export, put, today
from answer.progress import ProgressLine
from answer.trail import trail
from answer.trail_output import trail_lines, trail_object, trail_paper
from index.library import Library
from index.output import json_line


def add_trail(commands: Commands) -> None:
    """Add the command to those of `python -m answer`."""
    command = add_command(commands, "trail", _trail, "show one authority over time")
    command.add_argument("authority", metavar="AUTHORITY")
    command.add_argument("question", nargs="?", default="", metavar="QUESTION")
    command.add_argument("--no-links", action="store_true", help="leave recommendations out")
    command.add_argument("--json", action="store_true", help="one JSON object")
    add_exports(command)


def _trail(options: argparse.Namespace) -> int:
    library = Library.open(options.library)
    found = trail(
        library,
        options.authority,
        options.question,
        links=not options.no_links,
        progress=ProgressLine(sys.stderr, "Reading"),
    )
    export(trail_paper(found, library.info(), today()), options)
    if options.json:
        put(json_line(trail_object(found)))
    else:
        put(*trail_lines(found))
    return 0
