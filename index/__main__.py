"""python -m index: build, add, remove, rebuild, status, search, export."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

from index.absence import absences
from index.arguments import add_filters, filters_of
from index.build import BuildConfig, add, build, remove
from index.encoder import find_model, load_encoder
from index.errors import LibraryError
from index.library import Library
from index.output import (
    hit_object,
    json_line,
    question_filter,
    read_questions,
    run_lines,
    search_object,
    status_object,
)
from index.rebuild import rebuild
from index.search import SearchConfig
from index.terminal import (
    ProgressBar,
    hit_lines,
    report_lines,
    status_lines,
    unknown_lines,
    verify_lines,
)
from index.update import Report
from index.verify import verify, verify_models
from ingest.command_line import exit_status, named_path, shown, whole_number
from ingest.records import document_record, paragraph_record

DEFAULT_LIBRARY = "library"
_Run: TypeAlias = Callable[[argparse.Namespace], int]
_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; its exit status: 0 done, 1 some files failed, 2 nothing could be done."""
    return exit_status(lambda: _run(arguments), "Stopped; the library is as it was before.")


def _run(arguments: Sequence[str] | None) -> int:
    options = _parser().parse_args(arguments)
    run: _Run = options.run
    return run(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, run, text in (
        ("build", _build, "make the library hold these documents and those that were added"),
        ("add", _build, "take these documents in as well"),
    ):
        command = _command(commands, name, run, text)
        command.add_argument("paths", nargs="+", type=named_path, metavar="PATH")
        command.set_defaults(change=build if name == "build" else add)
        _add_model(command)
    command = _command(commands, "remove", _remove, "take documents out for good")
    command.add_argument("names", nargs="+", metavar="DOC", help="file name or document_id")
    _command(commands, "rebuild", _rebuild, "make a damaged library anew from the files it keeps")
    command = _command(commands, "status", _status, "say what the library holds")
    command.add_argument("--verify", action="store_true", help="check every byte that counts")
    command.add_argument("--json", action="store_true", help="one JSON object")
    _add_search(commands)
    command = _command(commands, "export", _export, "write the paragraphs as JSON Lines")
    command.add_argument(
        "--jsonl", type=named_path, metavar="FILE", help="default: standard output"
    )
    command.add_argument("--documents", type=named_path, metavar="FILE", help="one line a document")
    return parser


def _command(commands: _Commands, name: str, run: _Run, text: str) -> argparse.ArgumentParser:
    command = commands.add_parser(name, help=text, description=text)
    command.add_argument("--library", type=named_path, default=Path(DEFAULT_LIBRARY), metavar="DIR")
    command.set_defaults(run=run)
    return command


def _add_model(command: argparse.ArgumentParser) -> None:
    command.add_argument("--model", help="name or folder of a sentence-transformers model")


def _add_search(commands: _Commands) -> None:
    command = _command(commands, "search", _search, "find the paragraphs that answer")
    command.add_argument("question", nargs="?", metavar="QUESTION")
    command.add_argument("-k", type=whole_number, default=10, dest="top_k", help="hits, at most")
    add_filters(command)
    command.add_argument("--json", action="store_true", help="one JSON object")
    command.add_argument("--questions", type=named_path, metavar="FILE", help="JSON Lines")
    command.add_argument("--use-filters", action="store_true", help="those of the questions")
    command.add_argument("--run", type=named_path, metavar="FILE", dest="trec", help="a TREC run")
    command.add_argument("--jsonl", type=named_path, metavar="FILE", help="one object a question")
    command.add_argument(
        "--no-rerank", action="store_true", help="do not read the first hits again: quicker"
    )
    _add_model(command)


def _build(options: argparse.Namespace) -> int:
    def change(listener: ProgressBar) -> Report:
        config = BuildConfig(model=options.model)
        report: Report = options.change(
            options.paths, options.library, config=config, listener=listener
        )
        return report

    return _reported(change)


def _rebuild(options: argparse.Namespace) -> int:
    return _reported(lambda listener: rebuild(options.library, listener=listener))


def _reported(change: Callable[[ProgressBar], Report]) -> int:
    """Do what changes a library, showing how far it is and then what came of it."""
    bar = ProgressBar(sys.stderr)
    try:
        report = change(bar)
    finally:
        bar.close()
    for line in report_lines(report):
        _say(line)
    if not report.failed:
        return 0
    return 1 if report.added or report.replaced or report.unchanged else 2


def _remove(options: argparse.Namespace) -> int:
    for line in report_lines(remove(options.names, options.library)):
        _say(line)
    return 0


def _status(options: argparse.Namespace) -> int:
    if options.verify:
        return _verify(options)
    library = Library.open(options.library)
    info, cards = library.info(), library.documents()
    if options.json:
        print(json_line(status_object(info, cards)))
    else:
        _show(status_lines(info, cards))
    return 0


def _verify(options: argparse.Namespace) -> int:
    found, models = verify(options.library), verify_models()
    if options.json:
        print(json_line({"damage": [*found, *models]}))
    else:
        _show(verify_lines(found, models, options.library))
    return 1 if found or models else 0


def _search(options: argparse.Namespace) -> int:
    if (options.question is None) == (options.questions is None):
        raise LibraryError("Give either a question or --questions FILE.")
    encoder = load_encoder(find_model(options.model)) if options.model else None
    config = SearchConfig(rerank=0) if options.no_rerank else None
    library = Library.open(options.library, encoder, config)
    for line in unknown_lines(filters_of(options), library.facets()):
        _say(line)
    if options.questions is not None:
        return _search_many(options, library)
    plan = library.plan(options.question)
    for line in absences(plan):
        _say(line)
    hits = library.search(options.question, options.top_k, filters_of(options))
    if options.json:
        print(json_line(search_object(options.question, plan, hits)))
    else:
        _show(hit_lines(hits))
    return 0


def _search_many(options: argparse.Namespace, library: Library) -> int:
    """Answer every question of a file, to the files asked for, else to standard output."""
    run: list[str] = []
    objects: list[str] = []
    for question in read_questions(options.questions):
        filters = question_filter(question) if options.use_filters else filters_of(options)
        hits = library.search(question["question"], options.top_k, filters)
        if options.trec is not None:
            run += run_lines(question["id"], hits)
        found = {"id": question["id"], "hits": [hit_object(hit) for hit in hits]}
        objects.append(json_line(found))
    if options.trec is not None:
        _write(options.trec, run)
    if options.jsonl is not None:
        _write(options.jsonl, objects)
    if options.trec is None and options.jsonl is None:
        _print_all(objects)
    return 0


def _export(options: argparse.Namespace) -> int:
    library = Library.open(options.library)
    documents = [library.document(card.document.document_id) for card in library.documents()]
    lines = [
        json_line(paragraph_record(one, paragraph))
        for one in documents
        for paragraph in one.paragraphs
    ]
    if options.jsonl is None:
        _print_all(lines)
    else:
        _write(options.jsonl, lines)
    if options.documents is not None:
        _write(options.documents, [json_line(document_record(one)) for one in documents])
    return 0


def _write(path: Path, lines: Iterable[str]) -> None:
    try:
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except OSError as exc:
        raise LibraryError(f"{path} cannot be written: {exc}.") from exc


def _print_all(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _show(lines: Iterable[str]) -> None:
    """Print what is there to be read."""
    _print_all(map(shown, lines))


def _say(line: str) -> None:
    print(shown(line), file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
