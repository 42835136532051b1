"""Libraries as large as wanted, from a real one: nothing is read or encoded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np

from bench.encoding import processor_seconds
from bench.recombined import recombined
from index.encoder import Vectors
from index.library import Library
from index.schema import open_reader
from index.store import PassageRecord, Store, text_hash
from index.update import Update, writing
from index.vectors import packed
from ingest.model import Document

_NOISE = 0.8  # of the distance between paragraphs that are near each other
_SAMPLED = 3000  # vectors whose nearest neighbour is looked up
_ALIKE = 0.98  # cosine of two that say the same words
_YEARS = (2013, 2026)
WRITTEN = 100_000  # paragraphs
_BATCH = 20_000
_COPY = (
    "INSERT INTO document (id, document_id, doc, source, fingerprint, sha256, authority, slug,"
    " kind, year, body, set_aside, added) SELECT id + :d, document_id || '-' || :d,"
    " :d || '-' || doc, source, fingerprint, sha256, authority, slug, kind, year, body,"
    " set_aside, added FROM document WHERE id <= :last",
    "INSERT INTO original (document, content) SELECT document + :d, content FROM original"
    " WHERE document <= :last",
    "INSERT INTO paragraph (id, document, ordinal, key, number, kind, recommendation, heading,"
    " text, body) SELECT id + :p, document + :d, ordinal, key, number, kind, recommendation,"
    " heading, text, body FROM paragraph WHERE document <= :last",
)
_KEPT = ("model", "model_sha256", "dim", "passages")  # of what a library was built with


@dataclass(frozen=True, slots=True)
class Real:
    """What a real library gives: its documents, its texts and its vectors."""

    documents: Sequence[Document]
    texts: Sequence[str]
    vectors: Vectors
    meta: dict[str, str]

    @classmethod
    def of(cls, folder: Path) -> Real:
        """All that a library holds."""
        library = Library.open(folder)
        store = Store(open_reader(folder))
        documents = [
            library.document(card.document.document_id)
            for card in library.documents()
            if card.paragraphs
        ]
        texts = [one.text for document in documents for one in document.paragraphs]
        vectors = np.concatenate([batch for _, batch in store.vectors().batches()])
        meta = {key: value for key, value in store.meta().items() if key in _KEPT}
        return cls(documents, texts, vectors, meta)


@dataclass(frozen=True, slots=True)
class Made:
    """How long a library took to make: CPU seconds, without reading and encoding."""

    written: int  # paragraphs that went through the store
    writing: float
    indexing: float  # all paragraphs


class Around:
    """Vectors around real ones, as far from them as paragraphs near each other are apart."""

    def __init__(self, vectors: Vectors, seed: int = 0) -> None:
        self._random = np.random.default_rng(seed)
        self._vectors = vectors
        self._spread = _spread(vectors, self._random)

    def draw(self, count: int) -> Vectors:
        """So many unit vectors: float32 (count, dim)."""
        chosen = self._vectors[self._random.integers(0, len(self._vectors), count)]
        noise = self._random.standard_normal(chosen.shape, dtype=np.float32) @ self._spread
        moved = chosen + _NOISE * noise
        unit: Vectors = moved / np.linalg.norm(moved, axis=1, keepdims=True)
        return unit


def _spread(vectors: Vectors, random: np.random.Generator) -> Vectors:
    """A matrix that gives noise the covariance of the step to the nearest other vector."""
    chosen = random.choice(len(vectors), min(_SAMPLED, len(vectors)), replace=False)
    cosines = vectors[chosen] @ vectors.T
    cosines[cosines > _ALIKE] = -1
    steps = vectors[chosen] - vectors[cosines.argmax(axis=1)]
    covariance = np.cov(steps.T) + 1e-8 * np.eye(vectors.shape[1])
    return np.linalg.cholesky(covariance).T.astype(np.float32)


def documents_of(real: Real, paragraphs: int, seed: int = 0) -> Iterator[Document]:
    """Documents shaped like real ones, of so many recombined paragraphs in all."""
    random = np.random.default_rng(seed)
    texts = recombined(real.texts, paragraphs, seed)
    for number in range(paragraphs):
        shape = real.documents[int(random.integers(len(real.documents)))]
        own = [
            replace(paragraph, text=text, boxes=(), notes=())
            for paragraph, text in zip(shape.paragraphs, texts, strict=False)
        ]
        if not own:
            return
        day = date(int(random.integers(*_YEARS)), 1 + number % 12, 1 + number % 28)
        name = f"{number:05d}"
        yield replace(
            shape,
            doc=f"{name}.pdf",
            document_id=f"made-{name}",
            sha256=text_hash(name).hex() * 2,
            published=day,
            inspection_start=None,
            inspection_end=None,
            paragraphs=tuple(own),
            set_aside=(),
            repeats=None,
            retells=None,
        )


def make_library(real: Real, paragraphs: int, folder: Path) -> Made:
    """Write a library of so many paragraphs; each is one passage. How long that took.

    WRITTEN of them at most go through the store as documents do that have been read. Of a
    larger library the others are copies of these in SQL, under names of their own and with
    vectors of their own: to write a million would take a quarter of an hour of one core.
    """
    around = Around(real.vectors)
    written = min(paragraphs, WRITTEN)
    with writing(folder, create=True) as store:
        store.set_meta(real.meta)
        writing_seconds = _write(store, real, around, written)
        _copy(store, around, paragraphs // written)
        update = Update(store, folder)
        update.touch()
        return Made(written, writing_seconds, processor_seconds(update.commit))


def _write(store: Store, real: Real, around: Around, count: int) -> float:
    """Put so many recombined paragraphs into the tables; how long that alone took."""
    seconds = 0.0
    for document in documents_of(real, count):
        vectors = around.draw(len(document.paragraphs))
        seconds += processor_seconds(lambda d=document, v=vectors: _insert(store, d, v))
    return seconds


def _insert(store: Store, document: Document, vectors: Vectors) -> None:
    passages = [
        [PassageRecord(0, len(one.text), text_hash(one.text), vector)]
        for one, vector in zip(document.paragraphs, vectors, strict=True)
    ]
    store.insert(
        document,
        passages,
        original=b"",
        source=Path(document.doc),
        fingerprint=document.sha256,
        added=True,
    )


def _copy(store: Store, around: Around, times: int) -> None:
    """Make what is there `times` as much."""
    run = store.connection.execute
    (documents,) = run("SELECT max(id) FROM document").fetchone()
    paragraphs = store.last_paragraph()
    for copy in range(1, times):
        move = {"d": copy * documents, "p": copy * paragraphs, "last": documents}
        for statement in _COPY:
            run(statement, move)
        for first in range(copy * paragraphs + 1, (copy + 1) * paragraphs + 1, _BATCH):
            rows = range(first, min(first + _BATCH, (copy + 1) * paragraphs + 1))
            vectors = zip(rows, around.draw(len(rows)), strict=True)
            store.connection.executemany(
                "INSERT INTO passage (paragraph, start, stop, hash, vector)"
                " SELECT id, 0, length(text), randomblob(16), ?2 FROM paragraph WHERE id = ?1",
                [(row, packed(vector)) for row, vector in vectors],
            )
    for table, count in (("word", "paragraphs"), ("typed", "times"), ("written_out", "times")):
        query = "UPDATE " + table
        run(f"{query} SET {count} = {count} * ?", (max(times, 1),))
