"""python -m ingest PATH...: JSON Lines of paragraphs, and a report of what failed or looks odd."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from ingest.command_line import exit_status, named_path, whole_number
from ingest.corpus import Outcome, assign_ids, find_files, read_files, with_same_reports_said
from ingest.model import Document
from ingest.records import Record, document_record, paragraph_record

ALL_READ, SOME_FAILED, NONE_READ = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the files that are named and write what they hold; the exit code."""
    return exit_status(lambda: _run(_options().parse_args(arguments)))


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest",
        description="Write the paragraphs of inspection documents as JSON Lines.",
    )
    parser.add_argument(
        "paths", nargs="+", type=named_path, metavar="PATH", help="files and folders"
    )
    parser.add_argument(
        "--jsonl", type=named_path, metavar="FILE", help="one object a paragraph (standard output)"
    )
    parser.add_argument(
        "--documents",
        type=named_path,
        metavar="FILE",
        help="one object a document, with its structure",
    )
    parser.add_argument(
        "--jobs", type=whole_number, metavar="N", help="processes (one for each core)"
    )
    return parser


def _run(options: argparse.Namespace) -> int:
    found = find_files(options.paths)
    outcomes = list(read_files(found.files, options.jobs))
    read = [outcome.document for outcome in outcomes if outcome.document is not None]
    documents = with_same_reports_said(assign_ids(read))
    paragraphs = (paragraph_record(d, p) for d in documents for p in d.paragraphs)
    if options.jsonl is None:
        sys.stdout.writelines(_lines(paragraphs))
    else:
        _write(options.jsonl, paragraphs)
    if options.documents is not None:
        _write(options.documents, map(document_record, documents))
    _report(outcomes, documents, found.skipped)
    if not documents:
        return NONE_READ
    return ALL_READ if len(documents) == len(outcomes) else SOME_FAILED


def _lines(records: Iterable[Record]) -> Iterable[str]:
    return (json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def _write(path: Path, records: Iterable[Record]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(records))


def _report(
    outcomes: Sequence[Outcome], documents: Sequence[Document], skipped: Sequence[Path]
) -> None:
    """Every file that failed, looks odd or was passed over, and how many were read."""
    for outcome in outcomes:
        if outcome.error is not None:
            _say(f"Not read: {outcome.file.path}: {outcome.error}")
    for document in documents:
        for warning in document.warnings:
            _say(f"Odd: {document.doc}: {warning}")
    for path in skipped:
        _say(f"Passed over: {path}")
    if not outcomes:
        _say("There is nothing to read; give PDF, text, Word or HTML files, or their folder.")
    paragraphs = sum(len(document.paragraphs) for document in documents)
    _say(f"{len(documents)} of {len(outcomes)} documents read, {paragraphs} paragraphs.")


def _say(message: str) -> None:
    print(message, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
