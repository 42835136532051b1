"""One change of the library at a time, in the background, watched by every open page."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from index.build import Progress
from ingest.errors import PilcrowError

log = logging.getLogger(__name__)
STAGES = {
    "reading": "Reading and indexing",
    "encoding": "Embedding again",
    "saving": "Saving",
}
UNFORESEEN = (
    "It could not be finished, and the library is as it was. The window in which Pilcrow was "
    "started says why."
)


class _StoppedError(Exception):
    """The user wants no more of it."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file, as a sentence for the user."""

    name: str
    good: bool
    sentence: str
    document_id: str | None = None


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the work stands, as the page shows it."""

    what: str = ""  # "Adding 3 files"
    progress: Progress | None = None
    stopping: bool = False
    failed: str = ""  # why it stopped, as a sentence for the user
    done: str = ""  # what it came to, as a sentence
    results: Sequence[FileResult] = ()

    @property
    def sentence(self) -> str:
        """What is being done now."""
        if self.stopping:
            return "Stopping; the library stays as it was …"
        progress = self.progress
        if progress is None or not progress.total:
            return f"{self.what}: starting …"
        if progress.stage == "saving":
            return f"{self.what}: saving …"
        current = min(progress.done + 1, progress.total)
        last = f" (last: {progress.doc})" if progress.doc else ""
        stage = STAGES[progress.stage].lower()
        return f"{self.what}: {stage} {current:,} of {progress.total:,}{last}"

    @property
    def share(self) -> float:
        """How much of this stage is done, 0 to 1."""
        if self.progress is None or not self.progress.total:
            return 0.0
        return min(self.progress.done / self.progress.total, 1.0)


Listener: TypeAlias = Callable[[Progress], None]
Job: TypeAlias = Callable[[Listener], tuple[str, Sequence[FileResult]]]


class Work:
    """What is done to the library in the background, one thing at a time for all users."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self.stand = Stand()

    @property
    def working(self) -> bool:
        """Whether something is being done now."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, what: str, job: Job) -> bool:
        """Begin, unless something is being done already; whether it has begun."""
        with self._lock:
            if self.working:
                return False
            self._stop.clear()
            self.stand = Stand(what)
            self._thread = threading.Thread(
                target=self._run, args=(what, job), name="library work", daemon=True
            )
            self._thread.start()
            return True

    def stop(self) -> None:
        """End it after the document at hand; the library stays as it was before."""
        self._stop.set()
        self.stand = replace(self.stand, stopping=True)

    def forget(self) -> None:
        """Take what was said of the last work off the page."""
        with self._lock:
            if not self.working:
                self.stand = Stand()

    def _run(self, what: str, job: Job) -> None:
        try:
            done, results = job(self._hear)
            self.stand = Stand(what, done=done, results=results)
        except _StoppedError:
            self.stand = Stand(what, done="Stopped. The library is as it was before.")
        except PilcrowError as error:
            log.warning("%s", error)
            self.stand = Stand(what, failed=str(error))
        except Exception:
            log.exception("%s failed", what)
            self.stand = Stand(what, failed=UNFORESEEN)

    def _hear(self, progress: Progress) -> None:
        if self._stop.is_set():
            raise _StoppedError
        self.stand = replace(self.stand, progress=progress)
