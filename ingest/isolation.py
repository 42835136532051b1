"""Files are read in processes of their own: one bad file ends its process, not the build.

Each process reads file after file and is replaced when it breaks a limit. They are started as
plain interpreters and not by multiprocessing, which would run the caller's main module (a whole
Streamlit page) once more in each of them.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

from ingest.errors import PilcrowError, ReadError
from ingest.limits import ReadingLimits
from ingest.model import Document
from ingest.reading import check_file, read_file
from ingest.sources import SourceFile

_ROOT = Path(__file__).resolve().parent.parent
# -P: nothing of the folder that the caller happens to be in is imported.
_COMMAND = (
    "-P",
    "-c",
    "import sys; sys.path.insert(0, sys.argv[1]); from ingest.isolation import serve; serve()",
)
_MEGABYTE = 1024 * 1024
_READY = "ready"
_AHEAD = 2  # files under way or waiting for their turn, for each process


@dataclass(frozen=True, slots=True)
class Outcome:
    """A file, and the document it holds or one sentence that says why there is none."""

    file: SourceFile
    document: Document | None
    error: str | None


def read_files(
    files: Sequence[SourceFile], jobs: int | None = None, limits: ReadingLimits | None = None
) -> Iterator[Outcome]:
    """The files' documents, in the order of the files.

    Args:
        files: what to read.
        jobs: how many processes; one for each core unless given.
        limits: for each file.
    """
    count = min(jobs or _cores(), len(files))
    if not count:
        return
    limits = limits or ReadingLimits()
    workers = [_Worker(limits) for _ in range(count)]
    idle: SimpleQueue[_Worker] = SimpleQueue()
    for worker in workers:
        idle.put(worker)
    waiting: deque[Future[Outcome]] = deque()
    with ThreadPoolExecutor(count) as threads:
        try:
            for file in files:
                waiting.append(threads.submit(_read_with, idle, file))
                if len(waiting) > _AHEAD * count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()
            for worker in workers:
                worker.stop()


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _read_with(idle: SimpleQueue[_Worker], file: SourceFile) -> Outcome:
    worker = idle.get()
    try:
        return worker.read(file)
    finally:
        idle.put(worker)


class _Worker:
    """One process that reads files, replaced when it does not live up to its limits."""

    def __init__(self, limits: ReadingLimits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = False

    def read(self, file: SourceFile) -> Outcome:
        """The file's document, or why there is none; never raises for a bad file."""
        name = file.path.name
        overdue = threading.Event()
        try:
            check_file(file.path, self._limits)
            process = self._running()
            timer = threading.Timer(self._limits.seconds, _kill, (process, overdue))
            timer.start()
            try:
                answer = _ask(process, file, self._limits)
            finally:
                timer.cancel()
                timer.join()  # it may be killing the process at this moment
        except ReadError as error:
            return Outcome(file, None, str(error))
        except OSError as error:
            return Outcome(file, None, _not_opened(name, error))
        if answer is None or overdue.is_set():
            self._end()
        if isinstance(answer, Document):
            return Outcome(file, answer, None)
        return Outcome(file, None, answer or _broken(name, self._limits, late=overdue.is_set()))

    def stop(self) -> None:
        """End the process, whatever it is doing, and start none again."""
        self._stopped = True
        self._end()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._stopped:
            raise OSError("reading was broken off")
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter, our own code
                [sys.executable, *_COMMAND, str(_ROOT), str(self._limits.megabytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            if _received(self._process) != _READY:  # its start is no part of the time for a file
                self._end()
                raise OSError("the process that reads it did not start")
        return self._process


def _kill(process: subprocess.Popen[bytes], overdue: threading.Event) -> None:
    overdue.set()
    process.kill()


def _not_opened(name: str, error: OSError) -> str:
    return (
        f"{name} cannot be opened ({error.strerror or error}); see that it is there and that you "
        "may read it, and add it again."
    )


def _broken(name: str, limits: ReadingLimits, *, late: bool) -> str:
    if late:
        return (
            f"{name} took longer than {limits.seconds:g} seconds to read and was left out; "
            "save it anew (print it to PDF) and add that."
        )
    return (
        f"{name} made its reader crash or use more than {limits.megabytes} MB and was left out; "
        "save it anew (print it to PDF) and add that."
    )


def _ask(
    process: subprocess.Popen[bytes], file: SourceFile, limits: ReadingLimits
) -> Document | str | None:
    """What the process answers; None where it ends without an answer."""
    try:
        if process.stdin is not None:
            pickle.dump((file, limits), process.stdin)
            process.stdin.flush()
    except OSError:
        return None
    return _received(process)


def _received(process: subprocess.Popen[bytes]) -> Document | str | None:
    try:
        answer = pickle.load(process.stdout) if process.stdout else None  # noqa: S301  # our own
    except (EOFError, OSError, pickle.UnpicklingError):
        return None
    return answer if isinstance(answer, Document | str) else None


def serve() -> None:
    """Read the files that are asked for on standard input, until it closes."""
    answers = _own_output()
    _limit_memory(int(sys.argv[2]))
    _send(answers, _READY)
    while True:
        try:
            asked = pickle.load(sys.stdin.buffer)  # noqa: S301  # from the process that started us
        except EOFError:
            return
        _send(answers, _answer(*asked))


def _send(answers: BinaryIO, answer: Document | str) -> None:
    pickle.dump(answer, answers)
    answers.flush()


def _own_output() -> BinaryIO:
    """Standard output for the answers alone: what a library prints goes to standard error."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def _limit_memory(megabytes: int) -> None:
    try:
        import resource  # noqa: PLC0415  # not on Windows
    except ImportError:
        return
    most = megabytes * _MEGABYTE
    with suppress(ValueError, OSError):  # a lower limit may stand already
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _answer(file: SourceFile, limits: ReadingLimits) -> Document | str:
    try:
        return read_file(file, limits)
    except PilcrowError as error:
        return str(error)
    except OSError as error:
        return _not_opened(file.path.name, error)
    except MemoryError:
        # The process goes on with what is left of its memory; another one is safer.
        os._exit(1)
    except RecursionError:
        return f"{file.path.name} is nested too deeply to be read; save it anew and add that."
    except Exception as error:
        return (
            f"{file.path.name} could not be read ({type(error).__name__}: {error}); "
            "please report this with the file."
        )
