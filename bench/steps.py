"""What bench.large measures of one library, each step in a process of its own."""

from __future__ import annotations

import json
import re
import resource
import shutil
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from bench.encoding import processor_seconds
from bench.made import Real, make_library
from eval.questions import read_questions
from index.__main__ import main as index
from index.build import add, remove
from index.encoder import Vectors, find_model, load_encoder
from index.library import Library
from index.model import Filter
from index.places import Mask
from index.query import encoded_text, plan_query
from index.schema import open_reader
from index.search import SearchConfig
from index.snapshot import take_snapshot
from index.store import Store

Measures: TypeAlias = dict[str, float | str]
_TEN = 10  # words, and how many paragraphs are found
_ASKED = 60  # questions of each sort
_FILTERED = 20  # of them with each filter
_TAKES = 3  # other work on the computer slows a first one
_ADDED = 100  # paragraphs of the document that is added
_WORD = re.compile(r"\S+")


def run_step(step: str, size: int, work: Path, shared: Path) -> Measures:
    """Run one step on the library of so many paragraphs; what it took."""
    real = work / "real"
    if not (real / "questions.json").is_file():
        _prepare(real, shared)
    steps: dict[str, Callable[[Path, Path, int], Measures]] = {
        "make": _make,
        "ask": _ask,
        "add": _add,
        "remove": _remove,
    }
    return steps[step](work / str(size), real, size)


def _prepare(real: Path, shared: Path) -> None:
    """The library of real documents, and questions with their vectors."""
    index(["build", str(shared / "corpora" / "inspections"), "--library", str(real)])
    library = Library.open(real)
    texts = [
        cited.paragraph.text
        for card in library.documents()
        for cited in library.paragraphs(card.document.document_id)
    ]
    random = np.random.default_rng(0)
    asked = [one.text for one in read_questions(shared / "eval" / "inspections.questions.jsonl")]
    long = [text for text in texts if len(text.split()) >= 2 * _TEN]
    chosen = (long[int(at)].split() for at in random.choice(len(long), _ASKED, replace=False))
    ten = [" ".join(words[_TEN : 2 * _TEN]) for words in chosen]
    encoder = load_encoder(find_model(otherwise=library.info().model))
    knowledge = library.knowledge()
    vectors = {
        text: encoder.encode_query(encoded_text(plan_query(text, knowledge))).tolist()
        for text in (*asked[:_ASKED], *ten)
    }
    said = {"asked": asked[:_ASKED], "ten_words": ten, "vectors": vectors}
    (real / "questions.json").write_text(json.dumps(said), encoding="utf-8")


class Known:
    """An encoder that costs nothing: questions' vectors are known, others are drawn."""

    max_tokens = 10_000

    def __init__(self, real: Path) -> None:
        said = json.loads((real / "questions.json").read_text(encoding="utf-8"))
        self.asked: list[str] = said["asked"]
        self.ten_words: list[str] = said["ten_words"]
        self.vectors = {text: np.array(v, np.float32) for text, v in said["vectors"].items()}
        meta = Store(open_reader(real)).meta()
        self.name, self.sha256, self.dim = meta["model"], meta["model_sha256"], int(meta["dim"])
        self.now = next(iter(self.vectors.values()))

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        """The words."""
        return [match.span() for match in _WORD.finditer(text)]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors at random."""
        drawn = np.random.default_rng(len(texts)).standard_normal((len(texts), self.dim))
        return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)

    def encode_query(self, _: str) -> Vectors:
        """The vector of the question at hand."""
        return self.now


def _memory() -> float:
    """The most that this process has held, files that it maps included: GB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def _make(folder: Path, real: Path, size: int) -> Measures:
    shutil.rmtree(folder, ignore_errors=True)
    made = make_library(Real.of(real), size, folder)
    disk = sum(path.stat().st_size for path in folder.iterdir()) / 1e9
    writing = made.writing / made.written * 10_000
    return {
        "writing": writing,
        "indexing": made.indexing,
        "make_memory": _memory(),
        "disk": disk,
    }


def _opened(folder: Path, encoder: Known) -> tuple[Library, float]:
    started = time.process_time()
    library = Library.open(folder, encoder, SearchConfig(rerank=0))
    return library, time.process_time() - started


def _ask(folder: Path, real: Path, _: int) -> Measures:
    encoder = Known(real)
    library, opening = _opened(folder, encoder)
    first = processor_seconds(lambda: library.search(encoder.asked[0], _TEN))
    measured: Measures = {"open": opening, "first": first, "kind": library.info().dense}
    plain = _searches(library, encoder, encoder.asked)
    measured["search"] = 1000 * statistics.median(plain)
    measured["search_p95"] = 1000 * float(np.quantile(plain, 0.95))
    measured["ten_words"] = 1000 * statistics.median(_searches(library, encoder, encoder.ten_words))
    filters = _filters(library)
    firsts = []
    for name, filtered in filters.items():
        started = time.process_time()
        library.search(encoder.asked[0], _TEN, filtered)
        firsts.append(time.process_time() - started)
        taken = _searches(library, encoder, encoder.asked[:_FILTERED], filtered)
        measured[name] = 1000 * statistics.median(taken)
    measured |= {"slowest_filter": max(firsts), "search_memory": _memory()}
    return measured | _recalls(folder, encoder, filters)


def _filters(library: Library) -> dict[str, Filter]:
    cards = library.documents()
    authority = Counter(card.document.authority for card in cards).most_common(1)[0][0]
    return {
        "authority": Filter(authority=authority),
        "years": Filter(year_from=2018, year_to=2020),
        "recommendations": Filter(paragraph_kind="recommendation"),
        "subject": Filter(subject="care-leavers"),
        "judgement": Filter(judgement="good"),
    }


def _searches(
    library: Library, encoder: Known, questions: Sequence[str], filters: Filter | None = None
) -> list[float]:
    """CPU seconds of each search, the least of some takes."""
    taken = []
    for question in questions:
        encoder.now = encoder.vectors[question]
        taken.append(
            min(
                processor_seconds(lambda q=question: library.search(q, _TEN, filters or Filter()))
                for _ in range(_TAKES)
            )
        )
    return taken


def _recalls(folder: Path, encoder: Known, filters: dict[str, Filter]) -> Measures:
    """The share of the ten nearest vectors that the index finds, without and with filters."""
    store = Store(open_reader(folder))
    snapshot = take_snapshot(store, folder)
    asked = np.stack(list(encoder.vectors.values()))
    masks: dict[str, Mask | None] = {"recall": None}
    for name in ("authority", "years", "subject"):
        masks[f"recall_{name}"] = snapshot.filters.of(store.connection, filters[name])
    truths = _nearest(store, snapshot.places.rows, asked, masks)
    recalls: Measures = {}
    for name, mask in masks.items():
        rows = None if mask is None else snapshot.places.rows[mask]
        shares = []
        for vector, truth in zip(asked, truths[name], strict=True):
            found = {*snapshot.dense.search(vector, _TEN, rows)[0].tolist()}
            shares.append(len(found & {*truth}) / len(truth))
        recalls[name] = float(np.mean(shares))
    return recalls


def _nearest(
    store: Store,
    rows: npt.NDArray[np.int64],
    asked: Vectors,
    masks: dict[str, Mask | None],
) -> dict[str, list[list[int]]]:
    """The rows of the ten nearest to each question, compared with every vector."""
    best: dict[str, list[list[tuple[float, int]]]] = {name: [[] for _ in asked] for name in masks}
    for ids, vectors in store.vectors().batches():
        places = np.searchsorted(rows, ids)
        cosines = asked @ vectors.T
        for name, mask in masks.items():
            at = np.arange(len(ids)) if mask is None else np.flatnonzero(mask[places])
            for place, row in enumerate(cosines[:, at]):
                top = np.argpartition(-row, _TEN)[:_TEN] if len(row) > _TEN else np.arange(len(row))
                here = [(float(row[one]), int(ids[at[one]])) for one in top]
                best[name][place] = sorted(best[name][place] + here, reverse=True)[:_TEN]
    return {name: [[row for _, row in one] for one in found] for name, found in best.items()}


def _add(folder: Path, real: Path, _: int) -> Measures:
    encoder = Known(real)
    texts = [text for text in Real.of(real).texts if len(text) > _ADDED][:_ADDED]
    paper = folder / "added" / "hackney-2026-01-14.txt"
    paper.parent.mkdir(exist_ok=True)
    numbered = (f"{number}. {text}" for number, text in enumerate(texts, start=1))
    paper.write_text("Findings\n\n" + "\n\n".join(numbered), encoding="utf-8")
    adding = processor_seconds(lambda: add([paper], folder, encoder=encoder))
    memory = _memory()
    shutil.rmtree(paper.parent)
    return {"add": adding, "add_memory": memory, "reopen": _opened(folder, encoder)[1]}


def _remove(folder: Path, _: Path, size: int) -> Measures:
    del size
    taken = processor_seconds(lambda: remove(["00007.pdf"], folder))
    measured: Measures = {"remove": taken, "remove_memory": _memory()}
    shutil.rmtree(folder)
    return measured
