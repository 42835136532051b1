"""python -m answer ask."""

from __future__ import annotations

import argparse
from pathlib import Path

from answer.ask import ask
from answer.commands import Commands, add_command, put, write_bytes
from answer.errors import AnswerError
from answer.model import Answer
from answer.output import answer_lines, answer_object
from answer.written_commands import add_written, put_written, written_part
from index.absence import absences
from index.arguments import add_filters, filters_of
from index.library import Library
from index.output import json_line, read_questions
from ingest.command_line import whole_number
from ingest.errors import PilcrowError


def add_ask(commands: Commands) -> None:
    """Add the command to those of `python -m answer`."""
    command = add_command(commands, "ask", _ask, "answer in the documents' own sentences")
    command.add_argument("question", nargs="?", metavar="QUESTION")
    command.add_argument("-k", type=whole_number, default=10, dest="top_k", help="hits, at most")
    add_filters(command)
    command.add_argument("--json", action="store_true", help="one JSON object")
    command.add_argument("--questions", type=Path, metavar="FILE", help="JSON Lines")
    command.add_argument("--jsonl", type=Path, metavar="FILE", help="one object a question")
    add_written(command)


def _ask(options: argparse.Namespace) -> int:
    if (options.question is None) == (options.questions is None):
        raise AnswerError("Give either a question or --questions FILE.")
    library = Library.open(options.library)
    if options.questions is not None:
        return _ask_many(options, library)
    answer = ask(library, options.question, top_k=options.top_k, filters=filters_of(options))
    if options.json:
        written = written_part(options, library, options.question, answer)
        put(json_line({"question": options.question, **answer_object(answer), **written}))
    elif options.written:
        put_written(library, options.question, answer)
    else:
        lacking = absences(library.plan(options.question)) if not answer.reason else ()
        put(*lacking, *answer_lines(answer))
    return 0


def _ask_many(options: argparse.Namespace, library: Library) -> int:
    """Answer every question of a file, to the file asked for, else to standard output."""
    lines = []
    for question in read_questions(options.questions):
        answer = _answered(library, question["question"], options)
        written = written_part(options, library, question["question"], answer)
        lines.append(json_line({"id": question["id"], **answer_object(answer), **written}))
    if options.jsonl is None:
        put(*lines)
    else:
        write_bytes(options.jsonl, "".join(f"{line}\n" for line in lines).encode())
    return 0


def _answered(library: Library, question: str, options: argparse.Namespace) -> Answer:
    """One question's answer; one that cannot be asked does not hold up the others."""
    try:
        return ask(library, question, top_k=options.top_k, filters=filters_of(options))
    except PilcrowError as exc:
        return Answer("error", 0.0, (), (), str(exc))
