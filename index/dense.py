"""Vectors -> top-k by inner product (the only faiss)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np
import numpy.typing as npt

from index.beside import file_sha256, write_whole
from index.encoder import Vectors

Ids = npt.NDArray[np.int64]
Near = tuple[Ids, npt.NDArray[np.float64]]  # paragraphs and their cosines

NOTHING: Near = np.empty(0, np.int64), np.empty(0, np.float64)

# So many are compared with in 5 ms; of more, lists of near ones are looked through.
EXACT_UP_TO = 40_000
RECALL = 0.995  # that a search of lists is to have on the library's own vectors
_METRIC = faiss.METRIC_INNER_PRODUCT
_TRAINING = 64  # vectors for each list
_QUESTIONS = 128  # on which recall is measured
_FIRST = 10
_FEW = 16  # one in so many is looked up, more are looked through
_FEWER = 0.6  # exponent; with 0.5 recall falls below 0.99 where a filter goes with a subject


class VectorSource(Protocol):
    """Vectors that need not be in memory together."""

    @property
    def size(self) -> int:
        """How many."""

    @property
    def dim(self) -> int:
        """How many numbers each has."""

    def batches(self) -> Iterator[tuple[Ids, Vectors]]:
        """All of them, with the rows of their paragraphs."""

    def sample(self, count: int) -> Vectors:
        """About so many."""


@dataclass(frozen=True, slots=True)
class HeldVectors:
    """Vectors in memory: float32 (n, dim), unit length, row i under ids[i]."""

    ids: Ids
    vectors: Vectors

    @property
    def size(self) -> int:
        """How many."""
        return len(self.ids)

    @property
    def dim(self) -> int:
        """How many numbers each has."""
        return int(self.vectors.shape[1])

    def batches(self) -> Iterator[tuple[Ids, Vectors]]:
        """All of them at once."""
        if len(self.ids):
            yield self.ids, self.vectors

    def of(self, rows: Ids) -> tuple[Ids, Vectors]:
        """Those of some paragraphs, with their rows."""
        held = np.isin(self.ids, rows)
        return self.ids[held], self.vectors[held]

    def sample(self, count: int) -> Vectors:
        """About so many, evenly spread."""
        return self.vectors[:: max(1, self.size // count)]


class DenseIndex:
    """Passage vectors under the rows of their paragraphs.

    Several passages may carry one row: a paragraph's score is its best passage's.
    """

    def __init__(self, index: faiss.Index) -> None:
        self._index = index
        self._homes: Ids | None = None  # of _homes(), once a filter asks for them
        self._passages: tuple[Ids, Ids] | None = None  # of _passages(), once some are looked up

    @classmethod
    def build(cls, source: VectorSource) -> tuple[DenseIndex, float]:
        """An index, exact where that is quick, else with lists of near vectors; its recall.

        That is the share of the ten nearest, as an exact search finds them, that it finds.
        """
        lists = lists_for(source.size)
        if not lists:
            return cls.exact(source), 1.0
        index = _trained(source, lists)
        for ids, vectors in source.batches():
            index.add_with_ids(vectors, ids)
        return cls(index), _tuned(index, source.sample(2 * _QUESTIONS))

    @classmethod
    def exact(cls, source: VectorSource) -> DenseIndex:
        """An index that compares with every vector; beyond EXACT_UP_TO with half-size ones."""
        halved = source.size > EXACT_UP_TO
        flat: faiss.Index = (
            faiss.IndexScalarQuantizer(source.dim, faiss.ScalarQuantizer.QT_fp16, _METRIC)
            if halved
            else faiss.IndexFlatIP(source.dim)
        )
        made = cls(faiss.IndexIDMap(flat))
        for ids, vectors in source.batches():
            made.add(ids, vectors)
        return made

    @property
    def size(self) -> int:
        """How many vectors it holds."""
        return int(self._index.ntotal)

    @property
    def lists(self) -> int:
        """Into how many lists of near vectors they are sorted; 0 where search is exact."""
        return int(self._index.nlist) if isinstance(self._index, faiss.IndexIVF) else 0

    @property
    def tells_exactly(self) -> bool:
        """Whether its cosines are those of the vectors themselves."""
        inner = getattr(self._index, "index", None)
        return isinstance(faiss.downcast_index(inner), faiss.IndexFlat) if inner else False

    @property
    def kind(self) -> str:
        """What it is, in words."""
        if not isinstance(self._index, faiss.IndexIVF):
            return "exact"
        return f"inverted file, {self._index.nprobe} of {self._index.nlist} lists"

    def add(self, ids: Ids, vectors: Vectors) -> None:
        """Take more in."""
        self._homes = self._passages = None
        self._index.add_with_ids(np.ascontiguousarray(vectors, np.float32), ids)

    def remove(self, ids: Ids) -> None:
        """Leave no vector of those paragraphs."""
        self._homes = self._passages = None
        selector = faiss.IDSelectorBatch(ids)
        self._index.remove_ids(selector)

    def search(self, vector: Vectors, top_k: int, allowed: Ids | None = None) -> Near:
        """The best paragraphs and their cosines, best first; ties in no particular order.

        Args:
            vector: float32 (dim,), unit length.
            top_k: how many paragraphs at most.
            allowed: the paragraphs that may be found, ascending; None allows all.
        """
        if not self.size or (allowed is not None and not len(allowed)):
            return NOTHING
        if allowed is not None and len(allowed) * _FEW <= self.size and self.tells_exactly:
            return _best(*self._compared(vector, allowed), top_k)
        params = self._parameters(vector, allowed)
        selector = None if allowed is None else _selector(allowed)
        if selector is not None:
            params.sel = selector  # faiss keeps no reference to it
        wanted = min(self.size, 2 * top_k)
        while True:
            with _one_thread():
                scores, ids = self._index.search(vector[None, :], wanted, params=params)
            rows, cosines = _best_of_each(ids[0], scores[0])
            if len(rows) >= top_k or wanted == self.size or ids[0, -1] < 0:
                return _best(rows, cosines, top_k)
            wanted = min(self.size, 2 * wanted)

    def all(self, vector: Vectors) -> tuple[Ids, Vectors]:
        """The row and the cosine of every passage."""
        if not self.size:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        with _one_thread():
            _, cosines, ids = self._index.range_search(
                vector[None, :], -2.0, params=_nprobe(self.lists) if self.lists else None
            )
        return ids, np.round(cosines, 6)

    def _compared(self, vector: Vectors, rows: Ids) -> tuple[Ids, Vectors]:
        """Of paragraphs those that have passages, each with the cosine of its nearest.

        Vectors are looked up where they stand, which takes an exact index.
        """
        if self._passages is None:
            self._passages = _passages(self._index)
        ids, places = self._passages
        first = np.searchsorted(ids, rows, "left")
        many = np.searchsorted(ids, rows, "right") - first
        held = many > 0
        rows, first, many = rows[held], first[held], many[held]
        if not len(rows):
            return rows, np.empty(0, np.float32)
        begins = np.cumsum(many) - many
        wanted = places[np.repeat(first - begins, many) + np.arange(many.sum())]
        return rows, np.maximum.reduceat(_products(self._index, vector, wanted), begins)

    def _parameters(self, vector: Vectors, allowed: Ids | None) -> faiss.SearchParameters:
        """Through how many lists a search looks, where there are lists."""
        index = self._index
        if not isinstance(index, faiss.IndexIVF):
            return faiss.SearchParameters()
        return _nprobe(index.nprobe if allowed is None else self._enough(index, vector, allowed))

    def _enough(self, index: faiss.IndexIVF, vector: Vectors, allowed: Ids) -> int:
        """How many lists are looked through, nearest first, where only some vectors are allowed.

        A search without a filter meets a share of all vectors. Of allowed ones a larger share is
        to be met the fewer they are, of one in a hundred sixteen times as large a one, wherever
        they lie: they may all be of another subject than the question.
        """
        if self._homes is None:
            self._homes = _homes(index)
        held = np.bincount(
            self._homes[allowed[allowed < len(self._homes)]], minlength=self.lists + 1
        )
        with _one_thread():
            nearest = index.quantizer.search(vector[None, :], self.lists)[1]
        met = np.cumsum(held[nearest[0]])
        share = max(int(met[-1]), 1) / self.size
        wanted = met[-1] * min(1.0, index.nprobe / self.lists / share**_FEWER)
        return max(int(index.nprobe), 1 + int(np.searchsorted(met, wanted)))

    def save(self, path: Path) -> str:
        """Write the index so that the file is there whole or not at all; its sha256."""
        return write_whole(path, lambda partial: _write(self._index, partial))

    @classmethod
    def load(cls, path: Path, sha256: str, *, mapped: bool = True) -> DenseIndex | None:
        """The index in a file; None where it is missing or not the one with that sha256.

        A `mapped` one stays in its file, from where processes share it, and cannot be changed.
        """
        whole = file_sha256(path) == sha256
        return cls(_read(path, mapped=mapped)) if whole else None


def _homes(index: faiss.IndexIVF) -> Ids:
    """By a paragraph's row the list in which it lies, of several passages one's; else `nlist`."""
    lists: faiss.InvertedLists = index.invlists  # type: ignore[assignment] # there are some
    sizes = [lists.list_size(one) for one in range(index.nlist)]
    held = [
        faiss.rev_swig_ptr(lists.get_ids(one), size).copy()
        for one, size in enumerate(sizes)
        if size
    ]
    ids = np.concatenate(held)
    homes = np.full(int(ids.max()) + 1, index.nlist, np.int64)
    homes[ids] = np.repeat(np.arange(index.nlist), sizes)
    return homes


def _passages(index: faiss.Index) -> tuple[Ids, Ids]:
    """The paragraph of every passage, ascending, and where in the index the passage stands."""
    ids = faiss.vector_to_array(index.id_map)  # type: ignore[attr-defined] # it is an IndexIDMap
    places = np.argsort(ids, kind="stable")
    return ids[places], places


def _products(index: faiss.Index, vector: Vectors, places: Ids) -> Vectors:
    """The inner products with the vectors that stand in those places of a flat index."""
    flat: Any = faiss.downcast_index(index.index)  # type: ignore[attr-defined] # as above
    asked, products = np.ascontiguousarray(vector), np.empty(len(places), np.float32)
    pointer = faiss.swig_ptr
    with _one_thread():
        flat.compute_distance_subset(
            1, pointer(asked), len(places), pointer(products), pointer(places)
        )
    return products


def _nprobe(lists: int) -> faiss.SearchParameters:
    """Look through so many lists."""
    return faiss.SearchParametersIVF(nprobe=lists)  # type: ignore[call-arg]


@contextmanager
def _one_thread() -> Iterator[None]:
    """Let the calling thread search alone.

    FAISS shares out questions, and one question cannot be: its other threads only wait for each
    other, which on a busy computer takes many times as long as the search.
    """
    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


def lists_for(size: int) -> int:
    """How many lists so many vectors are sorted into; 0: exact search is quick enough.

    Twice the root, as a power of 2, so that it seldom changes as a library grows.
    """
    return 0 if size <= EXACT_UP_TO else int(2 ** np.round(np.log2(2 * np.sqrt(size))))


def _read(path: Path, *, mapped: bool) -> faiss.Index:
    if mapped:
        with suppress(RuntimeError):  # not on every system
            return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    return faiss.read_index(str(path))


def _write(index: faiss.Index, path: Path) -> None:
    """Raises OSError where it cannot be written, which faiss by itself calls a RuntimeError."""
    with path.open("wb") as file:
        writer = faiss.PyCallbackIOWriter(file.write)  # type: ignore[attr-defined] # not in its stubs
        faiss.write_index(index, writer)


def _trained(source: VectorSource, lists: int) -> faiss.IndexIVF:
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(source.dim),
        source.dim,
        lists,
        faiss.ScalarQuantizer.QT_fp16,
        _METRIC,
        False,  # vectors themselves, not what is left of them beside their list's centre
    )
    index.cp.max_points_per_centroid = _TRAINING
    index.cp.niter = 8
    index.train(source.sample(_TRAINING * lists))
    return index


def _tuned(index: faiss.IndexIVF, vectors: Vectors) -> float:
    """Let it look through as many lists as RECALL takes; the recall that was measured.

    A question lies farther from the paragraphs than they from each other: two of them mixed
    stand for one.
    """
    half = len(vectors) // 2
    asked = vectors[:half] + vectors[half : 2 * half]
    asked /= np.linalg.norm(asked, axis=1, keepdims=True)
    index.nprobe = index.nlist
    truth = index.search(asked, _FIRST)[1]
    index.nprobe = max(1, index.nlist // 64)
    while (recall := _recall(truth, index.search(asked, _FIRST)[1])) < RECALL:
        index.nprobe *= 2
    return recall


def _recall(truth: Ids, found: Ids) -> float:
    """The share of the truth that was found."""
    shares = [
        len({*a} & {*b}) / len({*a}) for a, b in zip(truth.tolist(), found.tolist(), strict=True)
    ]
    return float(np.mean(shares))


def _selector(allowed: Ids) -> faiss.IDSelector:
    """Looked up as bits: of a million vectors quicker than in a set, however few are allowed."""
    bits = np.zeros(int(allowed[-1]) + 1, np.bool_)
    bits[allowed] = True
    return faiss.IDSelectorBitmap(np.packbits(bits, bitorder="little"))  # type: ignore[call-arg,arg-type]


def _best_of_each(ids: Ids, scores: Vectors) -> tuple[Ids, Vectors]:
    """Each paragraph, best first, with the first of its scores; faiss fills up with -1."""
    firsts = np.sort(np.unique(ids, return_index=True)[1])
    firsts = firsts[ids[firsts] >= 0]
    return ids[firsts], scores[firsts]


def _best(rows: Ids, cosines: Vectors, top_k: int) -> Near:
    """The nearest of paragraphs, nearest first, of equally near ones the first in the arrays.

    Cosines are rounded to 6 places: the last bits depend on where a vector lies in the index.
    """
    if len(rows) > top_k:
        near = cosines >= np.partition(cosines, -top_k)[-top_k]
        rows, cosines = rows[near], cosines[near]
    order = np.argsort(-cosines, kind="stable")[:top_k]
    exact = cosines[order].astype(np.float64)
    return rows[order], np.round(exact, 6)
