"""Connections to a library's tables, for several threads that read."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.digests import DamageError
from index.schema import FILE_NAME, missing, open_reader, trouble, unusable
from index.store import Store

_FileId = tuple[int, int]  # device and number: two files never share them at one time


class Connections:
    """Those that are idle are kept; where another file stands in its place they are let go."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.RLock()
        self._idle: list[Store] = []
        self._file: _FileId | None = None

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """The tables, of one and the same version within."""
        file, store = self._borrow()
        try:
            store.connection.execute("BEGIN")
            try:
                yield store
            finally:
                store.connection.execute("ROLLBACK")
        except (sqlite3.Error, DamageError) as exc:
            store.connection.close()
            raise trouble(self._folder, exc) from exc
        except BaseException:
            self._give_back(file, store)
            raise
        self._give_back(file, store)

    def close(self) -> None:
        """Let go of the files; the next call opens them again."""
        with self._lock:
            while self._idle:
                self._idle.pop().connection.close()

    def _borrow(self) -> tuple[_FileId, Store]:
        try:
            stat = (self._folder / FILE_NAME).stat()
        except FileNotFoundError as exc:
            raise missing(self._folder) from exc
        except OSError as exc:
            raise unusable(self._folder, exc) from exc
        file = (stat.st_dev, stat.st_ino)
        with self._lock:
            if self._file != file:  # another library stands in its place
                self.close()
                self._file = file
            if self._idle:
                return file, self._idle.pop()
        return file, Store(open_reader(self._folder))

    def _give_back(self, file: _FileId, store: Store) -> None:
        with self._lock:
            if file == self._file:
                self._idle.append(store)
            else:
                store.connection.close()
