"""How good is it: python -m eval COMMAND; `python -m eval --help` lists them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from eval.answers_commands import add_answers
from eval.beir import export_beir, import_beir
from eval.census import add_census
from eval.claims_commands import add_claims, add_drafts
from eval.compare import broken, compare, read_gates
from eval.errors import EvalError
from eval.links import add_links
from eval.measured import measured
from eval.metrics import NAMES
from eval.model import Question, Resolved
from eval.pool import POOL_DEPTH, Pooled, judge, pool, with_judgement
from eval.questions import (
    questions_by_id,
    questions_to_ask,
    read_questions,
    resolve,
    write_questions,
)
from eval.report import comparison_text, report_text
from eval.runs import DEPTH, evaluate, read_report, write_report
from eval.written_commands import add_written
from index.library import Library
from index.search import SearchConfig
from ingest.command_line import exit_status, whole_number


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit status: 0, 1 where a gate is broken, 2 where something cannot be used."""
    return exit_status(lambda: _act(arguments))


def _act(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    action: Callable[[argparse.Namespace], int] = options.action
    return action(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="How good is it?")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="put questions to a library and measure what comes back")
    run.set_defaults(action=_run)
    _questions_and_library(run)
    run.add_argument(
        "--json", type=Path, help="write the report here, TREC run and qrels beside it"
    )
    run.add_argument("--name", help="what the run is called (default: the report's file name)")
    run.add_argument(
        "-k", "--depth", type=whole_number, default=DEPTH, help="hits kept for each question"
    )
    run.add_argument("--threshold", type=float, help="decline below this coverage of the first hit")
    run.add_argument("--no-rerank", action="store_true", help="do not read the first hits again")
    run.add_argument("--use-filters", action="store_true", help="tick each question's filter")
    _add_compare(commands)
    _add_pool_and_judge(commands)
    _add_beir(commands)
    add_answers(commands)
    add_written(commands)
    add_claims(commands)
    add_drafts(commands)
    add_census(commands)
    add_links(commands)
    return parser


def _questions_and_library(command: argparse.ArgumentParser) -> None:
    command.add_argument("questions", type=Path, help="question file, one JSON object a line")
    command.add_argument("--library", type=Path, required=True, help="library folder")


def _add_compare(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("compare", help="set a second report against a first")
    command.set_defaults(action=_compare)
    command.add_argument("first", type=Path)
    command.add_argument("second", type=Path)
    command.add_argument(
        "--by", choices=NAMES, default=NAMES[0], help="what questions are listed by"
    )
    command.add_argument("--shown", type=whole_number, default=10, help="questions listed")
    command.add_argument(
        "--gate",
        action="append",
        default=[],
        metavar="MEASURE=CHANGE",
        help="exit 1 if the measure changes by less, such as nDCG@10=-0.01",
    )


def _add_pool_and_judge(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("pool", help="list what several reports found, judged or not")
    command.set_defaults(action=_pool)
    command.add_argument("reports", type=Path, nargs="+")
    command.add_argument(
        "--depth", type=whole_number, default=POOL_DEPTH, help="places of each list"
    )
    command.add_argument("--json", type=Path, help="write the list here, one JSON object a line")
    command = commands.add_parser("judge", help="grade the unjudged paragraphs of reports")
    command.set_defaults(action=_judge)
    _questions_and_library(command)
    command.add_argument("--reports", type=Path, nargs="+", required=True)
    command.add_argument(
        "--depth", type=whole_number, default=POOL_DEPTH, help="places of each list"
    )
    command.add_argument("--out", type=Path, help="question file to write (default: in place)")


def _add_beir(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("export", help="write questions and paragraphs as a BEIR folder")
    command.set_defaults(action=_export)
    _questions_and_library(command)
    command.add_argument("--out", type=Path, required=True, help="folder to write")
    command = commands.add_parser("import", help="make documents and questions of a BEIR folder")
    command.set_defaults(action=_import)
    command.add_argument("folder", type=Path)
    command.add_argument("--out", type=Path, required=True, help="folder to write")


def _resolved(library: Library, questions: Sequence[Question]) -> Resolved:
    ids = [card.document.document_id for card in library.documents()]
    return resolve(questions, (library.document(document_id) for document_id in ids))


def _run(options: argparse.Namespace) -> int:
    questions = questions_to_ask(options.questions)
    config = SearchConfig(rerank=0) if options.no_rerank else None
    library = Library.open(options.library, config=config)
    resolved = _resolved(library, questions)
    documents = [card.document for card in library.documents()]
    name = options.name or (options.json or options.questions).stem
    report = evaluate(
        questions,
        resolved,
        library,
        measured=measured(
            options.questions,
            library.info(),
            documents,
            library.config,
            name,
            reranker=library.reranker(),
        ),
        depth=options.depth,
        threshold=options.threshold,
        use_filters=options.use_filters,
        progress=_progress,
    )
    print(report_text(report))
    if options.json:
        for path in write_report(report, options.json, resolved):
            print(f"Written: {path}", file=sys.stderr)
    return 0


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        print(f"\r{done} of {total} questions", end="\n" if done == total else "", file=sys.stderr)


def _compare(options: argparse.Namespace) -> int:
    gates = read_gates(options.gate)
    comparison = compare(read_report(options.first), read_report(options.second), options.by)
    print(comparison_text(comparison, options.shown))
    fallen = broken(comparison, gates)
    for difference in fallen:
        print(
            f"{difference.measure} changed by {difference.change:+.4f}, below the gate of "
            f"{gates[difference.measure]:+.4f}.",
            file=sys.stderr,
        )
    return 1 if fallen else 0


def _pool(options: argparse.Namespace) -> int:
    pooled = pool([read_report(path) for path in options.reports], options.depth)
    for entry in pooled:
        grade = "?" if entry.found.grade is None else entry.found.grade
        print(f"{entry.question_id} [{grade}] rank {entry.found.rank}: {entry.found.citation}")
    if options.json:
        lines = [json.dumps(asdict(entry), ensure_ascii=False) + "\n" for entry in pooled]
        options.json.write_text("".join(lines), encoding="utf-8", newline="\n")
    unjudged = sum(not entry.judged for entry in pooled)
    print(f"{unjudged} of {len(pooled)} paragraphs are not judged.", file=sys.stderr)
    return 0


def _judge(options: argparse.Namespace) -> int:
    questions = questions_by_id(read_questions(options.questions))
    library = Library.open(options.library)
    grades = _resolved(library, list(questions.values())).qrels
    pooled = pool([read_report(path) for path in options.reports], options.depth)
    unjudged = [
        entry
        for entry in pooled
        if entry.question_id in questions
        and entry.found.paragraph_id not in grades[entry.question_id]
    ]
    target = options.out or options.questions
    texts = {
        entry.found.paragraph_id: library.paragraph(entry.found.paragraph_id).paragraph.text
        for entry in unjudged
    }
    for entry, grade in judge(unjudged, lambda entry: _ask(entry, texts)):
        cited = library.paragraph(entry.found.paragraph_id)
        doc = library.card(cited.document_id).document.doc
        question = questions[entry.question_id]
        questions[question.id] = with_judgement(question, cited, doc, grade)
        write_questions(questions.values(), target)  # after each, so that none is lost
    return 0


def _ask(entry: Pooled, texts: Mapping[str, str]) -> str:
    text = texts[entry.found.paragraph_id]
    print(f"\n{entry.question_id}: {entry.question}\n{entry.found.citation}\n{text}")
    try:
        return input("2 answers it, 1 worth citing, 0 neither; s skip, q quit: ").strip().lower()
    except EOFError:
        return "q"


def _export(options: argparse.Namespace) -> int:
    questions = read_questions(options.questions)
    library = Library.open(options.library)
    paragraphs = (
        cited
        for card in library.documents()
        for cited in library.paragraphs(card.document.document_id)
    )
    export_beir(questions, _resolved(library, questions), paragraphs, options.out)
    print(f"Written: {options.out}", file=sys.stderr)
    return 0


def _import(options: argparse.Namespace) -> int:
    if not options.folder.is_dir():
        raise EvalError(f"There is no folder {options.folder}.")
    documents, questions = import_beir(options.folder, options.out)
    print(
        f"Written: {documents} and {questions}. Next: python -m index build {documents} "
        f"--library LIBRARY, then python -m eval run {questions} --library LIBRARY.",
        file=sys.stderr,
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
