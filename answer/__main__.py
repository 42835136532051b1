"""python -m answer: ask, check, briefing, trail."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from answer.ask_commands import add_ask
from answer.briefing_commands import add_briefing
from answer.census_commands import add_census
from answer.check_commands import add_check
from answer.commands import Run
from answer.trail_commands import add_trail
from ingest.command_line import exit_status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status: 0 done, 2 nothing could be done."""
    return exit_status(lambda: _run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    run: Run = options.run
    return run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m answer", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_ask(commands)
    add_briefing(commands)
    add_check(commands)
    add_trail(commands)
    add_census(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
