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

from bench.figures import Figure, exit_status, figures_table
from eval.questions import read_questions, resolve
from eval.runs import evaluate
from index.__main__ import main as index
from index.build import build
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
from index.likeness import LEAST_COSINE, LEAST_OVERLAP, least_cosine, overlap
from index.reranker import OWN_RERANKER, load_reranker, load_slowly

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "eval" / "questions" / "seeds.questions.jsonl"
ROUNDS = 4
PASSAGES = 96  # of each round
CANDIDATES = 30  # paragraphs that are read again for a question
NOISE = 0.005  # of nDCG@10: less than one question of the set's sixty can move it
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


def encoder_figures(name: str, passages: Sequence[str], questions: Sequence[str]) -> list[Figure]:
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
    asked = [_asked(e, questions) for e in (graph, pytorch)]
    same = overlap(asked[0] @ ours.T, asked[1] @ theirs.T)
    speeds = [f"{PASSAGES / seconds:.0f}" for seconds in building]
    waits = [f"{seconds * 1000:.1f}" for seconds in asking]
    faster, share = building[1] / building[0], asking[0] / asking[1]
    return [
        Figure(f"{name}: passages a CPU second, times theirs", *speeds, faster, _faster()),
        Figure(f"{name}: a question, CPU ms, share of theirs", *waits, share, 0.45, False),
        Figure(f"{name}: least cosine", "", "", least_cosine(ours, theirs), LEAST_COSINE),
        Figure(f"{name}: same among the first ten", "", "", same, LEAST_OVERLAP),
    ]


def _asked(encoder: Encoder, questions: Sequence[str]) -> Vectors:
    return np.stack([encoder.encode_query(text) for text in questions])


def _faster() -> float:
    return 3.0 if precision() == "bf16" else 2.0


def reranker_figures(passages: Sequence[str], questions: Sequence[str]) -> list[Figure]:
    """What the reranker does both ways; nothing where none ships."""
    if not OWN_RERANKER.is_dir():
        return []
    both = [load_reranker(), load_slowly()]
    some = passages[:CANDIDATES]
    taken = taking_turns(
        [lambda turn, r=r: r.score(questions[turn], some) for r in both], 2 * ROUNDS
    )
    ours, theirs = (np.stack([r.score(q, some) for q in questions[:ROUNDS]]) for r in both)
    seconds = [f"{each:.2f}" for each in taken]
    name = f"reranker: {CANDIDATES} paragraphs, CPU s, share of theirs"
    return [
        Figure(name, *seconds, taken[0] / taken[1], 0.45, False),
        Figure("reranker: same among the first ten", "", "", overlap(ours, theirs), LEAST_OVERLAP),
    ]


def quality_figures(folder: Path, questions: Path) -> list[Figure]:
    """nDCG@10 of the question set that ships, all of it by graphs and all of it in PyTorch."""
    model = find_model()
    slow = SentenceEncoder(model)
    beside = folder.with_name(f"{folder.name}-pytorch")
    build([ROOT / "corpus"], beside, encoder=slow)
    libraries = (Library.open(folder), Library.open(beside, slow, reranker=load_slowly()))
    ours, theirs = (_quality(library, questions) for library in libraries)
    name = "seeds: nDCG@10, difference"
    return [Figure(name, f"{ours:.3f}", f"{theirs:.3f}", ours - theirs, -NOISE)]


def _quality(library: Library, questions: Path) -> float:
    asked = read_questions(questions)
    ids = [card.document.document_id for card in library.documents()]
    resolved = resolve(asked, (library.document(one) for one in ids))
    return evaluate(asked, resolved, library, measured={}).means["all"]["nDCG@10"].mean


def start_figures(library: Path, question: str) -> list[Figure]:
    """From the start of the process to the first answer on the command line."""
    taken = [
        min(_first_answer(way, library, question) for _ in range(3)) for way in ("graph", "pytorch")
    ]
    seconds = [f"{each:.2f}" for each in taken]
    name = "process start to first answer, CPU s, share of theirs"
    return [Figure(name, *seconds, taken[0] / taken[1], 1 / 3, False)]


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
    """Print the table; 1 where a target is missed."""
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
    figures = []
    for name in (OWN_MODEL, GENERAL_MODEL):
        figures += encoder_figures(name, (passages * 2)[: ROUNDS * PASSAGES], questions)
    figures += reranker_figures(passages, questions)
    figures += quality_figures(folder, QUESTIONS)
    figures += start_figures(folder, questions[0])
    print(figures_table(figures, f"OpenVINO {precision()}", "sentence-transformers"))
    return exit_status(figures)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # of both, before either is loaded
    sys.exit(main())
