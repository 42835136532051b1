"""python -m bench.endurance [--share 0.1] [PART...]: what was tried, and what came of it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.endurance.at_once import at_once
from bench.endurance.bombs import word_bombs
from bench.endurance.files import broken_files
from bench.endurance.flips import flipped, flipped_graphs
from bench.endurance.full_disk import full_disk
from bench.endurance.kills import killed
from bench.endurance.page import hostile_page
from bench.endurance.questions import hostile_questions
from bench.endurance.scene import scene
from bench.endurance.tally import Tally, table
from index.build import build
from index.library import Library

CORPUS = Path(__file__).parents[2] / "corpus"
KILLS, DISKS, ROUNDS, FLIPS, GRAPH_FLIPS = 200, 24, 10, 500, 60
FILES, QUESTIONS, ON_THE_PAGE = 5000, 2000, 60


def _kills(share: float) -> Iterable[Tally]:
    with scene() as stage:
        yield from killed(stage, _of(KILLS, share))
        yield full_disk(stage, _of(DISKS, share))
        yield from at_once(stage, _of(ROUNDS, share))


def _flips(share: float) -> Iterable[Tally]:
    with scene() as stage:
        yield from flipped(stage, _of(FLIPS, share))
    yield flipped_graphs(_of(GRAPH_FLIPS, share))


def _files(share: float) -> Iterable[Tally]:
    yield broken_files(_of(FILES, share))
    yield word_bombs()


def _questions(share: float) -> Iterable[Tally]:
    with TemporaryDirectory() as folder:
        build([CORPUS], Path(folder))
        yield hostile_questions(Library.open(folder), _of(QUESTIONS, share))


def _page(share: float) -> Iterable[Tally]:
    return hostile_page(_of(ON_THE_PAGE, share))


PARTS: dict[str, Callable[[float], Iterable[Tally]]] = {
    "kills": _kills,
    "flips": _flips,
    "files": _files,
    "questions": _questions,
    "page": _page,
}


def _of(count: int, share: float) -> int:
    return max(1, round(count * share))


def main() -> int:
    """Try it all, or the parts that are named; 1 where a promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m bench.endurance", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--share", type=float, default=1.0, help="of the full numbers")
    options = parser.parse_args()
    tallies: list[Tally] = []
    for name in options.parts or PARTS:
        for tally in PARTS[name](options.share):
            print(f"{tally.what}: {tally.tried}", file=sys.stderr)
            tallies.append(tally)
    print(table(tallies))
    return 1 if any(tally.wrong for tally in tallies) else 0


if __name__ == "__main__":
    sys.exit(main())
