"""The first build of a library, in the background, watched by every open page."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass
from pathlib import Path

from index.build import Progress, build
from ingest.errors import PilcrowError

log = logging.getLogger(__name__)
STAGES = {
    "reading": "Reading and indexing",
    "encoding": "Embedding again",
    "saving": "Saving",
}
UNFORESEEN = (
    "The library could not be made. The window in which Pilcrow was started says why; mend that "
    "and try again."
)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the build stands, as the page shows it."""

    progress: Progress | None = None
    failed: str = ""  # why it stopped, as a sentence for the user

    @property
    def sentence(self) -> str:
        """What is being done: "Reading and indexing document 2 of 5"."""
        progress = self.progress
        if progress is None or not progress.total:
            return "Starting with the first document …"
        current = min(progress.done + 1, progress.total)
        return f"{STAGES[progress.stage]} document {current:,} of {progress.total:,}"

    @property
    def share(self) -> float:
        """How much of this stage is done, 0 to 1."""
        if self.progress is None or not self.progress.total:
            return 0.0
        return min(self.progress.done / self.progress.total, 1.0)


class FirstBuild:
    """One build for all who wait: every session reads how it stands, none starts it twice."""

    def __init__(self, folder: Path, corpus: Path) -> None:
        self._folder = folder
        self._corpus = corpus
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self.stand = Stand()

    @property
    def working(self) -> bool:
        """Whether it is being built now."""
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin, unless it is at work already."""
        with self._lock:
            if not self.working:
                self.stand = Stand()
                self._thread = threading.Thread(target=self._build, name="first build", daemon=True)
                self._thread.start()

    def _build(self) -> None:
        try:
            build([self._corpus], self._folder, listener=self._hear)
        except PilcrowError as error:
            log.warning("%s", error)
            self.stand = Stand(failed=str(error))
        except Exception:
            log.exception("The first build failed")
            self.stand = Stand(failed=UNFORESEEN)

    def _hear(self, progress: Progress) -> None:
        self.stand = Stand(progress)
