"""Broken files are read or refused in a sentence, within the limits, and harm nothing else."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.endurance.mutations import mutated
from bench.endurance.specimens import specimens
from bench.endurance.tally import Tally
from ingest.corpus import Outcome, ReadingLimits, SourceFile, read_files
from ingest.model import Document
from ingest.records import document_record, paragraph_record

LIMITS = ReadingLimits(seconds=20, megabytes=1500)
_AT_ONCE = 200  # files that lie on the disk at one time
_SPARE = 10.0  # seconds beyond the limit for ending one process and starting the next
UNFORESEEN = "please report this"


def broken_files(count: int, seed: int = 9) -> Tally:
    """Read so many mutated files."""
    tally = Tally("mutated PDF, Word and HTML files")
    chance = random.Random(seed)  # noqa: S311 - which files, no secrets
    good = list(specimens().items())
    while tally.tried < count:
        with TemporaryDirectory() as folder:
            batch = min(_AT_ONCE, count - tally.tried)
            files = [_laid(Path(folder), number, good, chance) for number in range(batch)]
            started = time.monotonic()
            for outcome in read_files(files, limits=LIMITS):
                took, started = time.monotonic() - started, time.monotonic()
                judge(tally, outcome, took)
    return tally


def _laid(
    folder: Path, number: int, good: list[tuple[str, bytes]], chance: random.Random
) -> SourceFile:
    name, content = chance.choice(good)
    path = folder / f"{number}-{name}"
    path.write_bytes(mutated(content, chance))
    return SourceFile(path)


def judge(tally: Tally, outcome: Outcome, took: float) -> None:
    """Count what became of a file, and whether it may."""
    name = outcome.file.path.name
    wrong = [f"{name} took {took:.0f} s"] if took > LIMITS.seconds + _SPARE else []
    if outcome.document is not None:
        wrong += [f"{name}: {fault}" for fault in faults(outcome.document)]
        tally.count("read", wrong="; ".join(wrong))
        return
    said = outcome.error or ""
    if not said.startswith(name) or "\n" in said or UNFORESEEN in said:
        wrong.append(f"{name}: {said!r}")
    left_out = "ended at a limit" if "was left out" in said else "refused in a sentence"
    tally.count(left_out, wrong="; ".join(wrong))


def faults(document: Document) -> Iterator[str]:
    """What no document may be, whatever it was read from."""
    keys = [paragraph.key for paragraph in document.paragraphs]
    if len(keys) != len({*keys}):
        yield "two paragraphs have one address"
    pages = range(1, (document.pages or 0) + 1)
    for paragraph in document.paragraphs:
        if not paragraph.text.strip():
            yield f"{paragraph.key} is empty"
        if paragraph.page_start is not None and paragraph.page_start not in pages:
            yield f"{paragraph.key} stands on page {paragraph.page_start}"
    for record in (
        document_record(document),
        *(paragraph_record(document, p) for p in document.paragraphs),
    ):
        try:
            json.dumps(record, ensure_ascii=False, allow_nan=False).encode("utf-8")
        except ValueError as error:
            yield f"it cannot be written as JSON: {error}"
