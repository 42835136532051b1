"""What the commands of `python -m answer` have in common."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeAlias, get_args

from answer.errors import AnswerError
from answer.markdown import markdown_text
from answer.paper import Citations, Paper
from answer.word import word_file
from ingest.command_line import named_path

DEFAULT_LIBRARY = "library"
Run: TypeAlias = Callable[[argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_command(commands: Commands, name: str, run: Run, text: str) -> argparse.ArgumentParser:
    """A command that reads a library."""
    command = commands.add_parser(name, help=text, description=text)
    command.add_argument("--library", type=named_path, default=Path(DEFAULT_LIBRARY), metavar="DIR")
    command.set_defaults(run=run)
    return command


def add_exports(command: argparse.ArgumentParser) -> None:
    """Give a command the options that write a paper."""
    command.add_argument("--docx", type=Path, metavar="FILE", help="write it as a Word file")
    command.add_argument("--markdown", type=Path, metavar="FILE", help="write it as Markdown")
    command.add_argument(
        "--citations",
        choices=get_args(Citations),
        default="inline",
        help="where they stand in these files (default: inline)",
    )


def export(paper: Paper, options: argparse.Namespace) -> None:
    """Write a paper to the files that the options of add_exports name."""
    if options.docx is not None:
        write_bytes(options.docx, word_file(paper, options.citations))
    if options.markdown is not None:
        text = markdown_text(paper, options.citations)
        write_bytes(options.markdown, text.encode("utf-8", "replace"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file. Raises AnswerError where that cannot be done."""
    try:
        path.write_bytes(content)
    except OSError as exc:
        raise AnswerError(f"{path} cannot be written: {exc}.") from exc


def put(*lines: str) -> None:
    """Write lines to standard output."""
    sys.stdout.writelines(f"{line}\n" for line in lines)


def today() -> date:
    """The date that papers bear."""
    return datetime.now(UTC).astimezone().date()
