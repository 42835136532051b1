"""python -m eval answers | calibrate."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TypeAlias

from answer.ask import DEPTH, READ, ask
from answer.decide import DATA
from answer.evidence import gather
from answer.model import Answer
from answer.reasons import absence_reason
from eval.answers import AnswerReport, measure_answers
from eval.answers_report import answers_text, rates_text
from eval.calibrate import Sample, calibrate, write_calibrations
from eval.errors import EvalError
from eval.questions import questions_to_ask, read_questions, resolve
from index.library import Library

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def add_answers(commands: _Commands) -> None:
    """Add both commands to those of `python -m eval`."""
    command = commands.add_parser("answers", help="measure what questions are answered with")
    command.set_defaults(action=_answers)
    command.add_argument("questions", type=Path, help="question file, one JSON object a line")
    command.add_argument("--library", type=Path, required=True, help="library folder")
    command.add_argument("--json", action="store_true", help="the whole report as one JSON object")
    command = commands.add_parser("calibrate", help="fit the decision whether to answer")
    command.set_defaults(action=_calibrate)
    command.add_argument(
        "--set",
        nargs=2,
        action="append",
        required=True,
        type=Path,
        metavar=("QUESTIONS", "LIBRARY"),
        dest="sets",
        help="a question file and the library it is put to; may be given several times",
    )
    command.add_argument("--out", type=Path, default=DATA, help="data file to write")


def _answers(options: argparse.Namespace) -> int:
    questions = questions_to_ask(options.questions)
    library = Library.open(options.library)
    ids = [card.document.document_id for card in library.documents()]
    resolved = resolve(questions, (library.document(document_id) for document_id in ids))
    library.search("warm up")  # loads the model, which no question is to pay for

    def timed(question: str) -> tuple[Answer, float]:
        started = time.process_time()
        answer = ask(library, question)
        return answer, time.process_time() - started

    report = measure_answers(questions, resolved, timed, _progress)
    if options.json:
        _put(json.dumps(_record(report), ensure_ascii=False))
    else:
        _put(answers_text(report))
    return 0


def _record(report: AnswerReport) -> dict[str, object]:
    outcomes = [asdict(one) | {"values": one.values} for one in report.outcomes]
    return asdict(report) | {"outcomes": outcomes}


def _calibrate(options: argparse.Namespace) -> int:
    models = {Library.open(folder).info().model_sha256 for _, folder in options.sets}
    if len(models) > 1:
        raise EvalError("The libraries have different encoders; build them with the same one.")
    fitted = calibrate([sample for pair in options.sets for sample in _samples(*pair)])
    write_calibrations(fitted, models.pop(), options.out)
    _put("\n\n".join(map(rates_text, fitted)))
    return 0


def _samples(questions: Path, folder: Path) -> Iterator[Sample]:
    """The questions of a set that a rule does not decide: their places and years are held."""
    library = Library.open(folder)
    asked = read_questions(questions)
    for done, question in enumerate(asked, 1):
        plan = library.plan(question.text)
        hits = library.search(question.text, top_k=DEPTH)
        evidence = gather(hits, library.reach(plan))
        if evidence is not None and absence_reason(plan, hits[:READ]) is None:
            group = next(iter(plan.authorities), question.id)
            name = f"{questions.name.partition('.')[0]} in {folder.name}"
            yield Sample(name, group, question.answerable, evidence)
        _progress(done, len(asked))


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {total} questions" + "\n" * (done == total))


def _put(*lines: str) -> None:
    sys.stdout.writelines(f"{line}\n" for line in lines)
