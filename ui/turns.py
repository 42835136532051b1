"""Turns: some at a time, the others wait in the order in which they came. No widgets here."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

Waiting = Callable[[], AbstractContextManager[object]]


class Turns:
    """A number of places, passed on from who leaves to who has waited longest."""

    def __init__(self, places: int) -> None:
        self._free = places
        self._queue: deque[threading.Event] = deque()
        self._lock = threading.Lock()

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return len(self._queue)

    @contextmanager
    def turn(self, while_waiting: Waiting = nullcontext) -> Iterator[None]:
        """Hold a place within; what `while_waiting` gives is entered only where none is free."""
        called = self._lined_up()
        try:
            if called is not None:
                with while_waiting():
                    called.wait()
            yield
        finally:
            self._leave(called)

    def _lined_up(self) -> threading.Event | None:
        with self._lock:
            if self._free:
                self._free -= 1
                return None
            self._queue.append(called := threading.Event())
            return called

    def _leave(self, called: threading.Event | None) -> None:
        """Pass the place on, or leave the queue where none was given yet."""
        with self._lock:
            if called is not None and called in self._queue:
                self._queue.remove(called)
            elif self._queue:
                self._queue.popleft().set()
            else:
                self._free += 1


class Gauge:
    """How many are at the same thing."""

    def __init__(self) -> None:
        self._inside = 0
        self._lock = threading.Lock()

    @contextmanager
    def inside(self) -> Iterator[int]:
        """Be one of them; gives how many others are when it begins."""
        with self._lock:
            others = self._inside
            self._inside += 1
        try:
            yield others
        finally:
            with self._lock:
                self._inside -= 1
