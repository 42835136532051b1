"""Long work for a page: done in the background, shown as it goes on, and cancelled by a button."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeAlias

import streamlit as st

from ingest.errors import PilcrowError
from ui.edge import guarded
from ui.wording import as_text

log = logging.getLogger(__name__)
POLL_SECONDS = 0.5
_KEPT = 40  # results, so that a reload or Back shows them at once
UNFORESEEN = (
    "It could not be finished. The window in which Pilcrow was started says why; mend that and "
    "try again."
)
Progress: TypeAlias = Callable[[int, int], None]


class _StoppedError(Exception):
    """The reader wants no more of it."""


class Task:
    """Work under way, or what it came to."""

    def __init__(self, work: Callable[[Progress], Any]) -> None:
        self.done = 0
        self.total = 0
        self.result: Any = None
        self.failed = ""
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self._thread.start()

    @property
    def working(self) -> bool:
        """Whether it is still under way."""
        return self._thread.is_alive()

    @property
    def stopped(self) -> bool:
        """Whether it was cancelled."""
        return self._stop.is_set()

    @property
    def share(self) -> float:
        """How much is done, 0 to 1."""
        return min(self.done / self.total, 1.0) if self.total else 0.0

    def stop(self) -> None:
        """End it at the next step."""
        self._stop.set()

    def wait(self, seconds: float) -> None:
        """Wait until it is done, at most so long."""
        self._thread.join(seconds)

    def _run(self, work: Callable[[Progress], Any]) -> None:
        try:
            self.result = work(self._hear)
        except _StoppedError:
            pass
        except PilcrowError as error:
            log.warning("%s", error)
            self.failed = str(error)
        except Exception:
            log.exception("A task failed")
            self.failed = UNFORESEEN

    def _hear(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise _StoppedError
        self.done, self.total = done, total


class Tasks:
    """The last tasks of all readers, by what they are asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tasks: OrderedDict[Hashable, Task] = OrderedDict()

    def of(self, key: Hashable, work: Callable[[Progress], Any]) -> Task:
        """The task of that key, begun where there is none.

        What one reader cancelled is begun anew for another who still waits for it; what failed
        is kept until it is forgotten.
        """
        with self._lock:
            task = self._tasks.get(key)
            if task is None or task.stopped:
                task = self._tasks[key] = Task(work)
            self._tasks.move_to_end(key)
            while len(self._tasks) > _KEPT:
                self._tasks.popitem(last=False)
            return task

    def forget(self, key: Hashable) -> None:
        """Begin the task of that key anew when it is asked for again."""
        with self._lock:
            self._tasks.pop(key, None)


@st.cache_resource(show_spinner=False)
def tasks() -> Tasks:
    """The tasks of this server."""
    return Tasks()


def finished(key: Hashable, what: str, work: Callable[[Progress], Any]) -> Any:  # noqa: ANN401 - whatever `work` returns
    """What the work came to; while it goes on the page shows how far it is and ends here."""
    cancelled = f"cancelled {hash(key)}"
    if st.session_state.get(cancelled):
        st.info(as_text(f"{what}: cancelled."))
        st.button("Start again", on_click=st.session_state.pop, args=(cancelled, None))
        st.stop()
    task = tasks().of(key, work)
    task.wait(0.3)  # what is quick needs no bar
    if task.working or task.stopped:
        _watch(task, what, cancelled)
        st.stop()
    if task.failed:
        st.error(as_text(task.failed))
        st.button("Try again", on_click=tasks().forget, args=(key,))
        st.stop()
    return task.result


@st.fragment(run_every=POLL_SECONDS)
@guarded
def _watch(task: Task, what: str, cancelled: str) -> None:
    if task.stopped or not task.working:
        st.rerun()
    st.progress(task.share, text=as_text(f"{what} …"))
    st.button("Cancel", on_click=_cancel, args=(task, cancelled))


def _cancel(task: Task, cancelled: str) -> None:
    task.stop()
    st.session_state[cancelled] = True
