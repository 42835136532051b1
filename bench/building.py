"""python -m bench.building: where a build's time goes, and whether it waits for reading.

Builds a library of the inspections in PILCROW_SHARED (or other PDFs) and divides its time:
reading is done by other processes, so it counts for what they take and for how long the build stood
still for it. Processor time is of one thread of encoding; the computer may have other work.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.figures import Figure, exit_status, figures_table
from eval.report import table
from index import build as building
from index.embed import Embedder
from index.encoder import GraphEncoder
from index.store import Store
from index.update import Update

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("PILCROW_SHARED", ROOT.parent / "shared"))
MOST_WAITING = 0.05  # of the build's time, once the first document is there


@dataclass
class Clock:
    """What the parts of a build took, without the parts inside them."""

    wall: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    processor: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _inside: list[list[float]] = field(default_factory=list)

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """Count what happens inside for a part."""
        started = time.perf_counter(), time.process_time()
        self._inside.append([0.0, 0.0])
        try:
            yield
        finally:
            taken = time.perf_counter() - started[0], time.process_time() - started[1]
            inside = self._inside.pop()
            self.wall[name] += taken[0] - inside[0]
            self.processor[name] += taken[1] - inside[1]
            if self._inside:
                self._inside[-1][0] += taken[0]
                self._inside[-1][1] += taken[1]

    def counting(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, counted for a part."""

        def counted(*args: Any, **options: Any) -> Any:  # noqa: ANN401 - stands in for any
            with self.part(name):
                return function(*args, **options)

        return counted

    def waiting(self, read_files: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        """read_files, with the time for which it keeps its caller waiting."""

        def outcomes(*args: Any) -> Iterator[Any]:  # noqa: ANN401 - stands in for any
            found = read_files(*args)
            name = "waiting for the first document"
            while True:
                with self.part(name):
                    outcome = next(found, None)
                if outcome is None:
                    return
                name = "waiting for reading"
                yield outcome

        return outcomes


def measured(pdfs: Path, folder: Path) -> tuple[Clock, float]:
    """A build, part by part, and the processor seconds of the processes that read."""
    clock = Clock()
    counted = {
        (GraphEncoder, "encode"): "encoding",
        (GraphEncoder, "token_spans"): "cutting into passages",
        (Embedder, "passages"): "cutting into passages",
        (Store, "insert"): "storing",
        (Update, "commit"): "committing",
    }
    before = _children()
    with ExitStack() as stack:
        for (owner, name), part in counted.items():
            stack.enter_context(
                patch.object(owner, name, clock.counting(part, _plain(owner, name)))
            )
        stack.enter_context(
            patch.object(building, "read_files", clock.waiting(building.read_files))
        )
        with clock.part("the rest"):
            building.build([pdfs], folder)
    return clock, _children() - before


def _plain(owner: type, name: str) -> Callable[..., Any]:
    function: Callable[..., Any] = vars(owner)[name]
    return function


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def rows(clock: Clock, read: float) -> list[list[str]]:
    """The table: each part's time, and its share of the build's."""
    whole = sum(clock.wall.values())
    parts = sorted(clock.wall, key=lambda name: -clock.wall[name])
    head = ["part of a build", "CPU s", "time s", "share of the time"]
    beside = ["reading, in other processes meanwhile", f"{read:.1f}", "", ""]
    lines = [[name, f"{clock.processor[name]:.1f}", f"{clock.wall[name]:.1f}"] for name in parts]
    shares = [f"{clock.wall[name] / whole:.1%}" for name in parts]
    return [head, *([*line, share] for line, share in zip(lines, shares, strict=True)), beside]


def waited(clock: Clock) -> float:
    """The share of a build's time for which it waited for reading, the start left out."""
    whole = sum(clock.wall.values()) - clock.wall["waiting for the first document"]
    return clock.wall["waiting for reading"] / whole


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 where the build waited for reading."""
    parser = argparse.ArgumentParser(prog="python -m bench.building", description=__doc__)
    parser.add_argument("--pdfs", type=Path, default=SHARED / "corpora" / "inspections")
    parser.add_argument("--few", type=int, help="only so many PDFs")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        pdfs = options.pdfs
        if options.few:
            pdfs = Path(name) / "pdfs"
            pdfs.mkdir()
            for path in sorted(options.pdfs.glob("*.pdf"))[: options.few]:
                shutil.copy(path, pdfs)
        clock, read = measured(pdfs, Path(name) / "library")
    print(table(rows(clock, read)), end="\n\n")
    name = "waiting for reading, share of a build's time"
    figures = [Figure(name, "", "", waited(clock), MOST_WAITING, at_least=False)]
    print(figures_table(figures, "", ""))
    return exit_status(figures)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
