"""The index of a library's vectors: a file, and what came after it, from the tables."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from index.beside import TAIL, file_sha256
from index.dense import NOTHING, DenseIndex, Ids, Near, lists_for
from index.encoder import Vectors
from index.store import Store

FILES = "passages-*.faiss*"
_RECORD = "dense"  # in the library's meta


@dataclass(frozen=True, slots=True)
class Base:
    """What is recorded of the file."""

    version: int  # of the library, when it was written
    sha256: str
    last: int  # the row of the last paragraph in it
    recall: float  # of the first ten against an exact search

    def path(self, folder: Path) -> Path:
        """Where it lies."""
        return folder / f"passages-{self.version}.faiss"

    def is_whole(self, folder: Path) -> bool:
        """Whether it is there and undamaged."""
        return file_sha256(self.path(folder)) == self.sha256

    def load(self, folder: Path, *, mapped: bool = True) -> DenseIndex | None:
        """The index in it; None where it is missing or damaged."""
        return DenseIndex.load(self.path(folder), self.sha256, mapped=mapped)


class Nearest:
    """Finds the paragraphs nearest to a vector, in the file and in what came after it."""

    def __init__(
        self, base: DenseIndex, tail: DenseIndex | None = None, record: Base | None = None
    ) -> None:
        self._base = base
        self._parts = [part for part in (base, tail) if part]
        self.record = record  # of the file that it uses

    @property
    def tells_exactly(self) -> bool:
        """Whether its cosines are those of the vectors themselves."""
        return all(part.tells_exactly for part in self._parts)

    @property
    def kind(self) -> str:
        """What finds most of them, in words."""
        return self._base.kind

    @property
    def recall(self) -> float:
        """The share of the ten nearest that it finds, measured when the file was made."""
        return self.record.recall if self.record else 1.0

    def search(self, vector: Vectors, top_k: int, allowed: Ids | None = None) -> Near:
        """As DenseIndex.search()."""
        found = [part.search(vector, top_k, allowed) for part in self._parts if part.size]
        if len(found) == 1:
            return found[0]
        rows, cosines = map(np.concatenate, zip(NOTHING, *found, strict=True))
        order = np.argsort(-cosines, kind="stable")[:top_k]
        return rows[order], cosines[order]

    def all(self, vector: Vectors) -> tuple[Ids, Vectors]:
        """As DenseIndex.all()."""
        ids, cosines = zip(*(part.all(vector) for part in self._parts), strict=True)
        return np.concatenate(ids), np.concatenate(cosines)


def open_nearest(store: Store, folder: Path, former: Nearest | None = None) -> Nearest:
    """A library's vectors; the file is not read again where `former` has it open.

    Where it is missing or damaged, the tables give an exact index.
    """
    record = recorded(store)
    if record is None:
        return Nearest(DenseIndex.exact(store.vectors()))
    known = former is not None and former.record == record
    base = former._base if former is not None and known else record.load(folder)
    if base is None:
        return Nearest(DenseIndex.exact(store.vectors()))
    return Nearest(base, DenseIndex.exact(store.vectors(record.last)), record)


def recorded(store: Store) -> Base | None:
    """What is recorded of the file that goes with this version; None where there is none."""
    said = store.meta().get(_RECORD)
    return Base(**json.loads(said)) if said else None


def keep_nearest(store: Store, folder: Path, version: int, *, anew: bool) -> None:
    """See that the file fits the tables that are about to become a version.

    Vectors that are gone leave it at once, new ones wait until they are many. Another file
    takes its place then, and the former is left to those who read it. It is made from the
    tables where it is damaged, where there are so many more vectors that they need more lists,
    and `anew` where all of them are others.
    """
    record = None if anew else recorded(store)
    gone = _gone(store, record)
    if record is not None and not len(gone) and _fits(store, folder, record):
        return
    index = _changed(store, folder, record, gone) if record else None
    recall = record.recall if record else 1.0
    if index is None or index.lists < lists_for(store.vectors().size):
        index, recall = DenseIndex.build(store.vectors())
    last = store.last_paragraph()
    made = Base(version, "", last, recall)
    made = replace(made, sha256=index.save(made.path(folder)))
    store.set_meta({_RECORD: json.dumps(asdict(made))})


def _gone(store: Store, record: Base | None) -> Ids:
    """The paragraphs in the file that the tables hold no more."""
    if record is None:
        return np.empty(0, np.int64)
    gone = store.gone(record.version)
    return gone[gone <= record.last]


def _fits(store: Store, folder: Path, record: Base) -> bool:
    """Whether the file is whole and little came after it."""
    whole = store.vectors().size
    return store.vectors(record.last).size <= TAIL * whole and record.is_whole(folder)


def _changed(store: Store, folder: Path, record: Base, gone: Ids) -> DenseIndex | None:
    """The index in the file without what is gone and with what came after it."""
    index = record.load(folder, mapped=False)
    if index is not None:
        index.remove(gone)
        for ids, vectors in store.vectors(record.last).batches():
            index.add(ids, vectors)
    return index
