"""Calls that come at the same time, made as one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Generic, TypeVar

Asked = TypeVar("Asked")
Given = TypeVar("Given")


class Together(Generic[Asked, Given]):
    """Answers one item a call. What comes while a run is under way waits and goes together.

    Nothing waits for company: a call that finds no run under way begins one.
    """

    def __init__(self, run: Callable[[Sequence[Asked]], Sequence[Given]]) -> None:
        self._run = run
        self._waiting: list[tuple[Asked, Future[Given]]] = []
        self._lock = threading.Lock()  # of the list
        self._running = threading.Lock()

    def __call__(self, item: Asked) -> Given:
        """What the run gives for the item; raises what the run raises."""
        answer: Future[Given] = Future()
        with self._lock:
            self._waiting.append((item, answer))
        with self._running:
            if not answer.done():  # else the run before this took it along
                self._answer_all()
        return answer.result()

    def _answer_all(self) -> None:
        with self._lock:
            batch, self._waiting = self._waiting, []
        try:
            given = self._run([item for item, _ in batch])
            answered = list(zip(batch, given, strict=True))
        except BaseException as exc:
            for _, answer in batch:
                answer.set_exception(exc)
            return
        for (_, answer), one in answered:
            answer.set_result(one)
