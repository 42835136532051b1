"""python -m answer: ask."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from answer.ask import ask
from answer.briefing_commands import add_briefing
from answer.errors import AnswerError
from answer.output import answer_lines, answer_object
from answer.trail_commands import add_trail
from index.arguments import add_filters, filters_of
from index.library import Library
from index.output import json_line, read_questions
from ingest.errors import PilcrowError

DEFAULT_LIBRARY = "library"
_Run: TypeAlias = Callable[[argparse.Namespace], int]
_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status: 0 done, 2 nothing could be done."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles and pipes have other defaults
            stream.reconfigure(encoding="utf-8", errors="replace")
    options = _parser().parse_args(arguments)
    try:
        run: _Run = options.run
        return run(options)
    except PilcrowError as exc:
        print(exc, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m answer", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_ask(commands)
    add_briefing(commands)
    add_trail(commands)
    return parser


def _command(commands: _Commands, name: str, run: _Run, text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text)
    command.add_argument("--library", type=Path, default=Path(DEFAULT_LIBRARY), metavar="DIR")
    command.set_defaults(run=run)
    return command


def _add_ask(commands: _Commands) -> None:
    command = _command(commands, "ask", _ask, "answer in the documents' own sentences")
    command.add_argument("question", nargs="?", metavar="QUESTION")
    command.add_argument("-k", type=int, default=10, dest="top_k", help="hits, at most")
    add_filters(command)
    command.add_argument("--json", action="store_true", help="one JSON object")
    command.add_argument("--questions", type=Path, metavar="FILE", help="JSON Lines")
    command.add_argument("--jsonl", type=Path, metavar="FILE", help="one object a question")


def _ask(options: argparse.Namespace) -> int:
    if (options.question is None) == (options.questions is None):
        raise AnswerError("Give either a question or --questions FILE.")
    library = Library.open(options.library)
    if options.questions is not None:
        return _ask_many(options, library)
    answer = ask(library, options.question, top_k=options.top_k, filters=filters_of(options))
    if options.json:
        print(json_line({"question": options.question, **answer_object(answer)}))
    else:
        _print_all(answer_lines(answer))
    return 0


def _ask_many(options: argparse.Namespace, library: Library) -> int:
    """Answer every question of a file, to the file asked for, else to standard output."""
    lines = []
    for question in read_questions(options.questions):
        answer = ask(
            library, question["question"], top_k=options.top_k, filters=filters_of(options)
        )
        lines.append(json_line({"id": question["id"], **answer_object(answer)}))
    if options.jsonl is None:
        _print_all(lines)
    else:
        _write(options.jsonl, lines)
    return 0


def _write(path: Path, lines: Iterable[str]) -> None:
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
    except OSError as exc:
        raise AnswerError(f"{path} cannot be written: {exc}.") from exc


def _print_all(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


if __name__ == "__main__":
    sys.exit(main())
