"""Values computed once for all who ask, and the last ones kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Once(Generic[Key, Value]):
    """Values by their keys, those used last. Who asks while one is computed waits for it."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: OrderedDict[Key, Future[Value]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: Key, compute: Callable[[], Value]) -> Value:
        """The value of a key; raises what computing it raises, and keeps no error."""
        with self._lock:
            value = self._kept.get(key)
            missing = value is None
            if value is None:
                value = self._kept[key] = Future()
            self._kept.move_to_end(key)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        if missing:
            self._fill(key, value, compute)
        return value.result()

    def holds(self, key: Key) -> bool:
        """Whether the value of a key is known, or being computed."""
        with self._lock:
            return key in self._kept

    def _fill(self, key: Key, value: Future[Value], compute: Callable[[], Value]) -> None:
        try:
            value.set_result(compute())
        except BaseException as exc:
            with self._lock:
                if self._kept.get(key) is value:
                    del self._kept[key]
            value.set_exception(exc)
