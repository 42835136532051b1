"""python -m answer check."""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from answer.check import Checked, check
from answer.commands import Commands, add_command, put
from answer.doubts import doubted
from answer.draft import read_draft
from answer.model import Finding
from answer.model_commands import add_model_reading, reading_model
from answer.model_reading import Reading
from answer.progress import ProgressLine
from answer.read_claims import Opinion
from index.encoder import Encoder
from index.library import Library
from index.output import json_line

NOTES = ("superseded", "second_hand")


def add_check(commands: Commands) -> None:
    """Add the command to those of `python -m answer`."""
    command = add_command(commands, "check", _check, "check a draft's citations and quotations")
    command.add_argument("draft", type=Path, metavar="DRAFT", help="a .docx, .md or .txt file")
    command.add_argument("--json", action="store_true", help="one JSON object")
    add_model_reading(command, "the claims on which nothing is found")


def _check(options: argparse.Namespace) -> int:
    parts, model = read_draft(options.draft), reading_model(options)
    checked = check(parts, *open_for_checks(options.library), ProgressLine(sys.stderr, "Checking"))
    if model is not None:
        checked = doubted(checked, model, ProgressLine(sys.stderr, "Reading"))
    if options.json:
        put(json_line(check_object(checked)))
    else:
        put(*check_lines(checked, options.draft.name))
    return 1 if checked.findings else 0


def open_for_checks(folder: Path) -> tuple[Library, Encoder]:
    """A library and its encoder."""
    library = Library.open(folder)
    return library, library.encoder()


def check_object(checked: Checked) -> dict[str, Any]:
    """The findings for JSON."""
    return {
        "findings": [asdict(finding) for finding in checked.findings],
        "checked": checked.checked,
        **({"model_reading": _reading_object(checked.reading)} if checked.reading else {}),
    }


def _reading_object(reading: Reading[Opinion]) -> dict[str, Any]:
    return {
        "model": reading.model,
        "claims": len(reading.answers),
        "read": reading.read,
        "reason": reading.reason,
    }


def reading_line(reading: Reading[Opinion]) -> str:
    """How many claims a language model read, and why no more."""
    of = f"{len(reading.answers)} claim{'s' if len(reading.answers) != 1 else ''}"
    said = (
        f"The language model {reading.model} read {reading.read} of {of} on which nothing was "
        "found."
    )
    return f"{said} {reading.reason}" if reading.reason else said


def check_lines(checked: Checked, name: str) -> Iterator[str]:
    """The findings to be read: what is wrong first, in the draft's order, then what is older."""
    wrong = [finding for finding in checked.findings if finding.kind not in NOTES]
    plural = "s" if checked.checked != 1 else ""
    yield f"{name}: {checked.checked} citation{plural} checked, {len(wrong)} to be looked at."
    if not checked.checked:
        yield "No citation was found in it; paragraphs are cited as in “Wandsworth 2016, para 87”."
    if checked.reading is not None:
        yield reading_line(checked.reading)
    for number, finding in enumerate(wrong, start=1):
        yield ""
        yield from _wrong_lines(number, finding)
    for kind, title in zip(NOTES, ("Superseded", "Second-hand"), strict=True):
        yield from _note_lines([one for one in checked.findings if one.kind == kind], title)


def _wrong_lines(number: int, finding: Finding) -> Iterator[str]:
    yield f"{number}. [{finding.kind.replace('_', ' ')}] {finding.cited}"
    yield f"   In: {finding.where}"
    yield f"   {finding.message}"
    if finding.suggestion:
        yield f"   Instead: {finding.suggestion}"


def _note_lines(notes: list[Finding], title: str) -> Iterator[str]:
    """Each note once, with the citations that it is about."""
    cited: defaultdict[str, list[str]] = defaultdict(list)
    for note in notes:
        cited[note.message].append(note.cited)
    if cited:
        yield ""
        yield f"{title}:"
    for message, citations in cited.items():
        yield f"- {message} ({'; '.join(dict.fromkeys(citations))})"
