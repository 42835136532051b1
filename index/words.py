"""The word index of a library: a file, and what came after it, from the tables."""

from __future__ import annotations

import json
import mmap
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import IO

import numpy as np
from numpy.lib import format as npy

from index.beside import TAIL, file_sha256, write_whole
from index.bm25 import WordIndex
from index.dense import Ids
from index.postings import Postings, Tokens, Whole
from index.store import Store

FILES = "words-*.index*"
_RECORD = "words"  # in the library's meta
_MAPPED = 1 << 26  # bytes; a smaller file is read, so that nothing holds it open
_ALIGNED = 64  # bytes
_LAYOUT = 2  # of the file; one of another layout is made again


@dataclass(frozen=True, slots=True)
class WordFile:
    """What is recorded of the file."""

    version: int  # of the library, when it was written
    sha256: str
    layout: int = _LAYOUT

    def path(self, folder: Path) -> Path:
        """Where it lies."""
        return folder / f"words-{self.version}.index"

    def is_whole(self, folder: Path) -> bool:
        """Whether it is there and undamaged."""
        return file_sha256(self.path(folder)) == self.sha256

    def load(self, folder: Path) -> Run | None:
        """The index in it; None where it is missing or damaged."""
        if not self.is_whole(folder):
            return None
        with self.path(folder).open("rb") as file:
            return Run(*_unpacked(file), record=self)


@dataclass(frozen=True, slots=True)
class Run:
    """Paragraphs' rows, ascending, and their postings."""

    rows: Ids
    postings: Postings
    record: WordFile | None = None  # of the file that it lies in

    def begins(self, rows: Ids) -> bool:
        """Whether its paragraphs are the first of those."""
        return np.array_equal(self.rows, rows[: len(self.rows)])


NOTHING = Run(np.empty(0, np.int64), Postings.of(Tokens.read(iter(()))))


def recorded(store: Store) -> WordFile | None:
    """What is recorded of the file that goes with this version; None where there is none."""
    said = json.loads(store.meta().get(_RECORD, "{}"))
    return WordFile(**said) if said.get("layout") == _LAYOUT else None


def open_words(
    store: Store, folder: Path, rows: Ids, former: Run = NOTHING
) -> tuple[WordIndex, Run]:
    """The word index over all paragraphs, and what of it lies in the file.

    The file is not read again where it is the `former`'s. What it lacks is made from the tables:
    the paragraphs that came after it, or all of them where it is missing or damaged.
    """
    record = recorded(store)
    base = former if former.record == record else _load(folder, record)
    if not base.begins(rows):
        base = NOTHING
    tail = Postings.of(_after(store, base).sorted())
    return WordIndex(rows, [part for part in (base.postings, tail) if part.size]), base


def keep_words(store: Store, folder: Path, version: int) -> None:
    """See that the file fits the tables that are about to become a version.

    Paragraphs that are gone leave it at once, new ones wait until they are many. Another file
    takes its place then, and the former is left to those who read it.
    """
    rows = store.places().rows
    base = _load(folder, recorded(store))
    if base.record and base.begins(rows) and len(rows) - len(base.rows) <= TAIL * len(rows):
        return
    gone = ~np.isin(base.rows, rows, assume_unique=True)
    tail = _after(store, base)
    run = Run(rows, Postings.of(base.postings.tokens.without(gone).followed_by(tail).sorted()))
    made = WordFile(version, "")
    sha256 = write(made.path(folder), run)
    store.set_meta({_RECORD: json.dumps(asdict(replace(made, sha256=sha256)))})


def _load(folder: Path, record: WordFile | None) -> Run:
    return (record.load(folder) if record else None) or NOTHING


def _after(store: Store, base: Run) -> Tokens:
    return Tokens.read(store.texts(after=int(base.rows.max(initial=0))))


def write(path: Path, run: Run) -> str:
    """Write a file so that it is there whole or not at all; its sha256."""
    return write_whole(path, lambda partial: _pack(partial, run))


def _pack(path: Path, run: Run) -> None:
    with path.open("wb") as file:
        for array in (run.rows, *_arrays(run.postings)):
            np.save(file, array)
            file.write(bytes(-file.tell() % _ALIGNED))


def _arrays(postings: Postings) -> Sequence[Whole]:
    """All that postings are made of."""
    stems, *arrays = (getattr(postings, field.name) for field in fields(postings))
    return [np.frombuffer("\n".join(stems).encode(), np.uint8), *arrays]


def _unpacked(file: IO[bytes]) -> tuple[Ids, Postings]:
    """The arrays of a file, mapped where it is large."""
    size = os.fstat(file.fileno()).st_size
    content = (
        mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if size > _MAPPED else file.read()
    )
    file.seek(0)
    arrays = []
    while file.tell() < size:
        npy.read_magic(file)
        shape, _, dtype = npy.read_array_header_1_0(file)
        arrays.append(np.ndarray(shape, dtype, content, file.tell()))
        file.seek(arrays[-1].nbytes, os.SEEK_CUR)
        file.seek(-file.tell() % _ALIGNED, os.SEEK_CUR)
    rows, stems, *others = arrays
    return rows, Postings(stems.tobytes().decode().split("\n"), *others)
