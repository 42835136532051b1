"""What the command line prints: progress, reports, hits."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TextIO

from index.build import Progress
from index.model import DocumentCard, Facets, Filter, Hit, LibraryInfo
from index.records import slug
from index.update import Report

_BAR = 24  # characters
_STAGES = {
    "reading": "Reading and encoding",
    "encoding": "Encoding anew",
    "saving": "Saving",
}


class ProgressBar:
    """One line on a terminal, rewritten as a build goes on; silent in a pipe."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = stream.isatty()
        self._started = time.monotonic()
        self._width = 0

    def __call__(self, progress: Progress) -> None:
        """Show how far it is."""
        if not self._shown or not progress.total:
            return
        filled = _BAR * progress.done // progress.total
        bar = "#" * filled + "-" * (_BAR - filled)
        seconds = int(time.monotonic() - self._started)
        self._write(
            f"{_STAGES[progress.stage]} [{bar}] {progress.done}/{progress.total} "
            f"{seconds // 60}:{seconds % 60:02} {progress.doc}"
        )

    def close(self) -> None:
        """Clear the line."""
        if self._shown and self._width:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()

    def _write(self, line: str) -> None:
        line = line[: shutil.get_terminal_size().columns - 1]
        self._stream.write("\r" + line.ljust(self._width))
        self._stream.flush()
        self._width = len(line)


def report_lines(report: Report) -> Iterator[str]:
    """What a change did; every file that failed or looks odd is named."""
    for word, failures in (("not read", report.failed), ("odd", report.odd)):
        for one in failures:
            yield f"{word}: {one.doc}: {one.message.removeprefix(f'{one.doc} ')}"
    for skipped in report.skipped:
        yield f"skipped: {skipped}"
    if not report.wiped:
        yield (
            "A search that was running kept the words that were removed on the disk: they cannot "
            "be found any more, and the next build or removal wipes them."
        )
    parts = [
        f"{len(documents)} {word}"
        for word, documents in (
            ("added", report.added),
            ("replaced", report.replaced),
            ("removed", report.removed),
            ("unchanged", report.unchanged),
            ("not read", report.failed),
        )
        if documents
    ]
    yield f"Documents: {', '.join(parts) or 'none changed'}; passages encoded: {report.encoded}."


def status_lines(info: LibraryInfo, cards: Sequence[DocumentCard]) -> Iterator[str]:
    """What a library holds."""
    for card in cards:
        document = card.document
        kind = f"{document.kind}, second-hand" if document.second_hand else document.kind
        yield f"{document.document_id}: {document.doc} ({kind}), {card.paragraphs} paragraphs"
        yield from (f"  odd: {warning}" for warning in document.warnings)
    yield (
        f"{info.documents} documents, {info.paragraphs} paragraphs, {info.passages} passages; "
        f"version {info.version} of {info.updated}; model {info.model} ({info.dim} dimensions, "
        f"sha256 {info.model_sha256})."
    )
    yield f"Nearest vectors: {info.dense}; recall of the first ten {info.recall:.3f}."


def verify_lines(found: Sequence[str], models: Sequence[str], folder: Path) -> Iterator[str]:
    """What is damaged in a library and of the prepared models, which mend themselves."""
    yield from (*found, *models)
    if found:
        yield (
            f"Damaged: {len(found)}. Make the library anew from the files that it keeps: "
            f"`python -m index rebuild --library {folder}`."
        )
    else:
        yield "Everything in the library is as it was written."


def unknown_lines(filters: Filter, facets: Facets) -> Iterator[str]:
    """A sentence for each filter that nothing fits: finding nothing then says nothing."""
    for what, said, held in (
        ("document of authority", filters.authority, facets.authorities),
        ("document of kind", filters.kind, facets.kinds),
        ("paragraph of kind", filters.paragraph_kind, facets.paragraph_kinds),
    ):
        if said and slug(said) not in map(slug, held):
            yield f"The library holds no {what} {said!r}; there are: {', '.join(held) or 'none'}."


def hit_lines(hits: Sequence[Hit]) -> Iterator[str]:
    """Hits to be read."""
    for hit in hits:
        mark = f" [second-hand: {hit.document_kind}]" if hit.second_hand else ""
        yield f"{hit.rank}. {hit.citation}{mark}"
        if hit.heading:
            yield f"   {hit.heading}"
        yield f"   {hit.text}"
        yield ""
    if not hits:
        yield "Nothing found."
