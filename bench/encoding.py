"""Models in OpenVINO against sentence-transformers: speed, start, and the same vectors.

Figures are processor time on one thread, both ways taking turns in one run, so that whatever else
the computer does weighs on both. Ratios count; absolute figures are this computer's.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from eval.questions import read_questions
from eval.report import table
from index.__main__ import main as index
from index.encoder import (
    GENERAL_MODEL,
    OWN_MODEL,
    Encoder,
    SentenceEncoder,
    Vectors,
    find_model,
    load_encoder,
)
from index.graphs import precision
from index.library import Library
from index.reranker import OWN_RERANKER, load_reranker, load_slowly

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "eval" / "questions" / "seeds.questions.jsonl"
ROUNDS = 4
PASSAGES = 96  # of each round
CANDIDATES = 30  # paragraphs that are read again for a question
TOP = 10
SEARCH = """
import sys, time
if sys.argv.pop(1) == "pytorch":
    sys.modules["openvino"] = None  # as if it were not installed
from index.__main__ import main
main(sys.argv[1:])
print(time.process_time(), file=sys.stderr)
"""


def processor_seconds(work: Callable[[], object]) -> float:
    """How long it takes, other processes' work left out."""
    started = time.process_time()
    work()
    return time.process_time() - started


def taking_turns(works: Sequence[Callable[[int], object]], rounds: int) -> list[float]:
    """The median seconds of each, run one after the other in every round."""
    seconds: list[list[float]] = [[] for _ in works]
    for turn in range(-1, rounds):  # the first is to warm up
        for place, work in enumerate(works):
            taken = processor_seconds(lambda work=work, turn=turn: work(turn % rounds))
            if turn >= 0:
                seconds[place].append(taken)
    return [statistics.median(taken) for taken in seconds]


def overlap(ours: Vectors, theirs: Vectors, questions: tuple[Vectors, Vectors]) -> float:
    """The share of each question's nearest passages that both agree on, over all questions."""
    found = [
        np.argsort(-(asked @ passages.T), axis=1)[:, :TOP]
        for asked, passages in zip(questions, (ours, theirs), strict=True)
    ]
    shares = [len(set(a) & set(b)) / TOP for a, b in zip(*found, strict=True)]
    return float(np.mean(shares))


def encoder_rows(name: str, passages: Sequence[str], questions: Sequence[str]) -> list[list[str]]:
    """What one encoder does both ways."""
    model = find_model(name)
    graph, pytorch = load_encoder(model), SentenceEncoder(model)
    slices = [passages[at * PASSAGES : (at + 1) * PASSAGES] for at in range(ROUNDS)]
    building = taking_turns(
        [lambda turn, e=e: e.encode(slices[turn]) for e in (graph, pytorch)], ROUNDS
    )
    asking = taking_turns(
        [lambda turn, e=e: e.encode_query(questions[turn]) for e in (graph, pytorch)],
        len(questions),
    )
    ours, theirs = (e.encode(passages) for e in (graph, pytorch))
    asked = tuple(_asked(e, questions) for e in (graph, pytorch))
    cosine = float((ours * theirs).sum(axis=1).min())
    same = overlap(ours, theirs, (asked[0], asked[1]))
    return [
        [
            f"{name}: passages a CPU second",
            f"{PASSAGES / building[0]:.0f}",
            f"{PASSAGES / building[1]:.0f}",
            f"{building[1] / building[0]:.2f} times (target {_faster()})",
        ],
        [
            f"{name}: a question, CPU ms",
            f"{asking[0] * 1000:.1f}",
            f"{asking[1] * 1000:.1f}",
            f"{asking[0] / asking[1]:.2f} of it (target 0.45)",
        ],
        [f"{name}: least cosine", f"{cosine:.5f}", "1", "(target 0.999)"],
        [f"{name}: same among the first {TOP}", f"{same:.3f}", "1", "(target 0.98)"],
    ]


def _asked(encoder: Encoder, questions: Sequence[str]) -> Vectors:
    return np.stack([encoder.encode_query(text) for text in questions])


def _faster() -> str:
    return "3" if precision() == "bf16" else "2"


def reranker_rows(passages: Sequence[str], questions: Sequence[str]) -> list[list[str]]:
    """What the reranker does both ways; nothing where none ships."""
    if not OWN_RERANKER.is_dir():
        return []
    both = [load_reranker(), load_slowly()]
    some = passages[:CANDIDATES]
    taken = taking_turns(
        [lambda turn, r=r: r.score(questions[turn], some) for r in both], 2 * ROUNDS
    )
    ours, theirs = (np.stack([r.score(q, some) for q in questions[:ROUNDS]]) for r in both)
    same = np.mean(ours.argmax(axis=1) == theirs.argmax(axis=1))
    return [
        [
            "reranker: log odds apart, at most; same first",
            f"{np.abs(ours - theirs).max():.2f}",
            "0",
            f"{same:.2f}",
        ],
        [
            f"reranker: {CANDIDATES} paragraphs, CPU s (target 0.4)",
            f"{taken[0]:.2f}",
            f"{taken[1]:.2f}",
            f"{taken[0] / taken[1]:.2f} of it",
        ],
    ]


def start_rows(library: Path, question: str) -> list[list[str]]:
    """From the start of the process to the first answer on the command line."""
    taken = {
        way: min(_first_answer(way, library, question) for _ in range(3))
        for way in ("graph", "pytorch")
    }
    ratio = taken["graph"] / taken["pytorch"]
    return [
        [
            "process start to first answer, CPU s",
            f"{taken['graph']:.2f}",
            f"{taken['pytorch']:.2f}",
            f"{ratio:.2f} of it (target 0.33)",
        ]
    ]


def _first_answer(way: str, library: Path, question: str) -> float:
    arguments = [way, "search", question, "--library", str(library)]
    done = subprocess.run(
        [sys.executable, "-c", SEARCH, *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return float(done.stderr.splitlines()[-1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m bench.encoding", description=__doc__)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "bench")
    options = parser.parse_args(arguments)
    folder = options.work / "seeds"
    if index(["build", str(ROOT / "corpus"), "--library", str(folder)]) == 2:
        return 2
    library = Library.open(folder)
    passages = [
        cited.paragraph.text
        for card in library.documents()
        for cited in library.paragraphs(card.document.document_id)
    ]
    passages = [passages[at] for at in np.random.default_rng(0).permutation(len(passages))]
    questions = [question.text for question in read_questions(QUESTIONS)]
    rows = [["", f"OpenVINO {precision()}", "sentence-transformers", ""]]
    for name in (OWN_MODEL, GENERAL_MODEL):
        rows += encoder_rows(name, (passages * 2)[: ROUNDS * PASSAGES], questions)
    rows += reranker_rows(passages, questions)
    rows += start_rows(folder, questions[0])
    print(table(rows))
    return 0


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # of both, before either is loaded
    sys.exit(main())
