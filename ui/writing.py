"""A written answer under way: a thread that writes, and how far it has come. No widgets here."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace

from answer.written import Written
from ingest.errors import PilcrowError

log = logging.getLogger(__name__)
TROUBLE = "The answer could not be written; the server's log says why."


class Writing:
    """Writes in a thread of its own, so that the rest of the page can be used meanwhile."""

    def __init__(self, model: str, write: Callable[[threading.Event], Iterator[Written]]) -> None:
        self.stand = Written("writing", model)
        self._write = write
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it; what was written until then stands."""
        self._stop.set()

    def wait(self, seconds: float = 60.0) -> Written:
        """The final stand, once it is there; after so long whatever there is."""
        self._thread.join(seconds)
        return self.stand

    def _run(self) -> None:
        try:
            for stand in self._write(self._stop):
                self.stand = stand
        except PilcrowError as error:
            self.stand = replace(self.stand, status="fallback", reason=str(error))
        except Exception:
            log.exception("A written answer failed")
            self.stand = replace(self.stand, status="fallback", reason=TROUBLE)
