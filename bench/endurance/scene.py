"""A small library, what it is to become, and processes of our own that change it and are killed."""

from __future__ import annotations

import multiprocessing
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from index.build import BuildConfig, build
from index.errors import BusyLibraryError, LibraryError
from index.rebuild import rebuild
from index.verify import verify
from tests.index.interrupted import HashingEncoder
from tests.index.test_interruption import AUTHORITIES, answers, write

CONFIG = BuildConfig(jobs=1)
_PATIENCE = 300.0  # seconds for a process on a busy machine
DONE, BUSY, REFUSED = 0, 3, 4
NAMED = 5  # done, and what could not be saved is named
Answers = list[list[tuple[str, str, float]]]


def bring_up_to_date(papers: Path, folder: Path) -> None:
    """The change that is interrupted: some documents new, some changed, one gone."""
    build([papers], folder, encoder=HashingEncoder(), config=CONFIG)


def make_anew(_: Path, folder: Path) -> None:
    """The other change: the library is rebuilt from its own files."""
    report = rebuild(folder, encoder=HashingEncoder())
    if report.failed or report.odd:
        raise SystemExit(NAMED)


Change = Callable[[Path, Path], None]


def _run(change: Change, papers: Path, folder: Path, begun: object) -> None:
    begun.set()  # type: ignore[attr-defined]  # an event of multiprocessing
    try:
        change(papers, folder)
    except BusyLibraryError as error:
        _say(folder, error)
        raise SystemExit(BUSY) from error
    except LibraryError as error:
        _say(folder, error)
        raise SystemExit(REFUSED) from error


def _say(folder: Path, error: LibraryError) -> None:
    said_in(folder).write_text(str(error), encoding="utf-8")


def said_in(folder: Path) -> Path:
    """Where a change that was refused leaves its sentence."""
    return folder.parent.parent / f"{folder.parent.name}-{folder.name}.said"


@dataclass(frozen=True)
class Scene:
    """A library, the papers it is to be brought up to date with, and the answers of each."""

    root: Path
    papers: Path
    library: Path
    before: Answers
    after: Answers
    processes: ForkServerContext

    def fresh(self, name: str) -> Path:
        """A copy of the library."""
        return Path(shutil.copytree(self.library, self.root / name / "library"))

    def start(self, change: Change, folder: Path) -> ForkServerProcess:
        """A process that changes the library; it has begun."""
        begun = self.processes.Event()
        process = self.processes.Process(target=_run, args=(change, self.papers, folder, begun))
        process.start()
        begun.wait(_PATIENCE)
        return process

    def run(self, change: Change, folder: Path) -> int | None:
        """How a change ends that nobody kills."""
        process = self.start(change, folder)
        process.join(_PATIENCE)
        return process.exitcode

    def lasts(self, change: Change, folder: Path) -> float:
        """How long that takes."""
        process = self.start(change, folder)
        begun = time.monotonic()
        process.join(_PATIENCE)
        return time.monotonic() - begun

    def fault(self, folder: Path) -> str:
        """What is wrong with what must be the library before or after; nothing if it is one."""
        try:
            if damage := verify(folder):
                return damage[0]
            return "" if answers(folder) in (self.before, self.after) else "a wrong answer"
        except LibraryError as error:
            return str(error)


@contextmanager
def scene() -> Iterator[Scene]:
    """A scene in a folder of its own."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["bench.endurance.scene"])
    with TemporaryDirectory(prefix="endurance-") as folder:
        root = Path(folder)
        papers, library, whole = root / "papers", root / "library", root / "whole"
        papers.mkdir()
        write(papers, AUTHORITIES[:5], 2)
        bring_up_to_date(papers, library)
        before = answers(library)
        write(papers, AUTHORITIES[:3], 9)  # changed ones
        write(papers, AUTHORITIES[5:], 20)  # new ones
        (papers / "medway-2016-09-21.txt").unlink()
        shutil.copytree(library, whole)
        bring_up_to_date(papers, whole)
        yield Scene(root, papers, library, before, answers(whole), processes)
