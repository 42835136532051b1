"""Files that lie beside a library's tables."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

TAIL = 0.02  # share of what an index's file holds that may follow it before it takes it in


def write_whole(path: Path, write: Callable[[Path], None]) -> str:
    """Let `write` make a file so that it is there whole or not at all; its sha256."""
    partial = path.with_name(path.name + ".partial")
    try:
        write(partial)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        partial.replace(path)
    except BaseException:
        with suppress(OSError):
            partial.unlink()
        raise
    return sha256


def file_sha256(path: Path) -> str | None:
    """The sha256 of a file's content; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None
