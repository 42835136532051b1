"""What every engine is measured by, in a process of its own.

python -m bench.engines.ENGINE build FOLDER TEXTS makes an index of texts, one a line; ask FOLDER
QUESTIONS puts questions to it. Either prints its figures as a JSON object.
"""

from __future__ import annotations

import json
import re
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any, Protocol

TOP_K = 200  # candidates that our search takes
ROUNDS = 2  # over all questions, of which the fastest counts; a slow one is not repeated
SLOW = 10  # seconds of a round
Question = Sequence[Sequence[str]]  # for each thing asked for, the ways to say it


class Engine(Protocol):
    """One engine over a folder of its own."""

    def build(self, texts: Iterator[str], folder: Path) -> None:
        """Make the index."""

    def open(self, folder: Path) -> Callable[[Question], object]:
        """What puts a question to the index."""


def run(engine: Engine) -> None:
    """Do what the command line says."""
    task, folder, given = sys.argv[1:]
    work = _build if task == "build" else _ask
    print(json.dumps(work(engine, Path(folder), Path(given))))


def sayings(question: Question) -> list[str]:
    """All ways to say anything that is asked for."""
    return list(dict.fromkeys(saying for ways in question for saying in ways))


def any_of(question: Question) -> str:
    """The nearest to concepts that query languages know: any of the words and phrases."""
    return " OR ".join('"' + saying.replace('"', " ") + '"' for saying in sayings(question))


def _build(engine: Engine, folder: Path, texts: Path) -> dict[str, float]:
    with texts.open(encoding="utf-8") as file:
        lines = (line.rstrip("\n") for line in file)
        seconds, _ = _spent(lambda: engine.build(lines, folder))
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {"build": seconds, "build_memory": _memory(), "disk": size / 1e6}


def _ask(engine: Engine, folder: Path, questions: Path) -> dict[str, float]:
    opening, ask = _spent(lambda: engine.open(folder))
    found: dict[str, float] = {"open": opening}
    kinds: dict[str, list[Question]] = json.loads(questions.read_text(encoding="utf-8"))
    for kind, asked in kinds.items():
        found[kind] = 1000 * _median(ask, asked)
    return {**found, "memory": _memory()}


def _median(ask: Callable[[Question], object], questions: Sequence[Question]) -> float:
    """The median of the fastest round in seconds."""
    best = float("inf")
    for _ in range(ROUNDS):
        times = [_spent(partial(ask, question))[0] for question in questions]
        best = min(best, median(times))
        if sum(times) > SLOW:
            break
    return best


def _spent(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.process_time()
    made = work()
    return time.process_time() - begun, made


def _memory() -> float:
    """MB that the process has held at most; mapped files count as far as they were touched."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    # getrusage() counts what the parent held when it began this process.
    most = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
    return int(most[1]) / 1e3 if most else 0.0
