"""python -m eval written."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias

from eval.written import check_written, read_written, written_text
from index.library import Library

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_written(commands: _Commands) -> None:
    """Add the command to those of `python -m eval`."""
    command = commands.add_parser("written", help="hold written answers against what they cite")
    command.set_defaults(action=_written)
    command.add_argument("answers", type=Path, help="file of `python -m answer ask --written`")
    command.add_argument("--library", type=Path, required=True, help="library folder")
    command.add_argument("--json", action="store_true", help="the whole report as one JSON object")


def _written(options: argparse.Namespace) -> int:
    report = check_written(read_written(options.answers), Library.open(options.library))
    said = json.dumps(asdict(report), ensure_ascii=False) if options.json else written_text(report)
    sys.stdout.write(f"{said}\n")
    return 0
