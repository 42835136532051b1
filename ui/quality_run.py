"""A run of a question set in the background, watched by every open page."""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

from eval.kept import KeptRuns
from eval.model import Question
from index.library import Library
from ingest.errors import PilcrowError

log = logging.getLogger(__name__)
UNFORESEEN = (
    "The run could not be finished. The window in which Pilcrow was started says why; mend that "
    "and try again."
)


class _StoppedError(Exception):
    """The user wants no more of this run."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a run stands, as the page shows it."""

    questions: str = ""  # name of the set
    done: int = 0
    total: int = 0
    stopping: bool = False
    failed: str = ""  # why it stopped, as a sentence for the user
    made: str = ""  # id of the run, once it is kept

    @property
    def sentence(self) -> str:
        """What is being done: "Asking question 3 of 70"."""
        if self.stopping:
            return "Stopping after this question …"
        if not self.done:
            return "Preparing the library and the model …"
        if self.done == self.total:
            return "Measuring …"
        return f"Asking question {self.done + 1:,} of {self.total:,}"

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return self.done / self.total if self.total else 0.0


class Runner:
    """One run at a time for all users: every session reads how it stands."""

    def __init__(self, runs: KeptRuns) -> None:
        self._runs = runs
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self.stand = Stand()

    @property
    def working(self) -> bool:
        """Whether a run is under way."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, library: Library, name: str, questions: Sequence[Question], note: str) -> bool:
        """Begin, unless a run is under way already; whether it has begun."""
        with self._lock:
            if self.working:
                return False
            self._stop.clear()
            self.stand = Stand(name, total=len(questions))
            self._thread = threading.Thread(
                target=self._run,
                args=(library, name, questions, note),
                name="quality run",
                daemon=True,
            )
            self._thread.start()
            return True

    def stop(self) -> None:
        """End the run under way after the question at hand; nothing of it is kept."""
        self._stop.set()
        self.stand = replace(self.stand, stopping=True)

    def _run(self, library: Library, name: str, questions: Sequence[Question], note: str) -> None:
        try:
            made = self._runs.make(library, name, questions, note=note, progress=self._hear)
            self.stand = replace(self.stand, made=made)
        except _StoppedError:
            self.stand = Stand(name)
        except PilcrowError as error:
            log.warning("%s", error)
            self.stand = Stand(name, failed=str(error))
        except Exception:
            log.exception("The run failed")
            self.stand = Stand(name, failed=UNFORESEEN)

    def _hear(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise _StoppedError
        self.stand = replace(self.stand, done=done, total=total)
