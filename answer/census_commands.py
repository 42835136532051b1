"""python -m answer census: which reports say it, and which do not."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from answer.census import census
from answer.census_output import census_csv, census_lines, census_object, census_paper
from answer.commands import (
    Commands,
    add_command,
    add_exports,
    export,
    put,
    today,
    write_bytes,
)
from answer.decided import decided
from answer.model_commands import add_model_reading, reading_model
from answer.progress import ProgressLine
from index.arguments import add_filters, filters_of
from index.library import Library
from index.output import json_line

_MARK = "\ufeff"  # tells Excel that the file is UTF-8


def add_census(commands: Commands) -> None:
    """Add the command to those of `python -m answer`."""
    command = add_command(commands, "census", _census, "count the reports that say it")
    command.add_argument("query", metavar="QUERY", help="in double quotes: word for word")
    command.add_argument("--line", type=float, help="score from which a report counts, 0 to 1")
    add_filters(command)
    command.add_argument("--json", action="store_true", help="one JSON object")
    command.add_argument("--csv", type=Path, metavar="FILE", help="write it as a table")
    add_exports(command)
    add_model_reading(command, "the nearest sentences of each report")


def _census(options: argparse.Namespace) -> int:
    model = reading_model(options)
    found = census(
        Library.open(options.library),
        options.query,
        line=options.line,
        filters=filters_of(options),
        progress=ProgressLine(sys.stderr, "Reading"),
    )
    if model is not None:
        found = decided(found, model, ProgressLine(sys.stderr, "The model reads"))
    if options.csv is not None:
        write_bytes(options.csv, (_MARK + census_csv(found)).encode())
    export(census_paper(found, today()), options)
    if options.json:
        put(json_line(census_object(found)))
    else:
        put(*census_lines(found))
    return 0
