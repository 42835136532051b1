"""What reading a file may take. Whoever runs Pilcrow sets it by environment variables."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field

from ingest.errors import PilcrowError

FILE_VARIABLE = "PILCROW_FILE_MEGABYTES"
PAGES_VARIABLE = "PILCROW_FILE_PAGES"
SECONDS_VARIABLE = "PILCROW_READING_SECONDS"
MEMORY_VARIABLE = "PILCROW_READING_MEGABYTES"
_WHOLE = re.compile("[0-9]{1,20}")
_SHOWN = 40  # characters
_MOST = 1_000_000  # seconds are eleven days, megabytes a terabyte: what any system can count
_LEAST_MEGABYTES = 150  # of memory: what a report of 100 pages of text takes; 60 only to begin


class LimitError(PilcrowError):
    """A limit is set to what can be none."""


def limit(variable: str, otherwise: int, least: int = 1) -> int:
    """The limit that an environment variable sets, a whole number from the least to a million.

    Raises LimitError for anything else.
    """
    said = os.environ.get(variable, "").strip()
    if not said:
        return otherwise
    if not (_WHOLE.fullmatch(said) and least <= int(said) <= _MOST):
        raise LimitError(
            f"{variable} is {said[:_SHOWN]!r}; set a whole number from {least} to {_MOST:,}, or "
            f"leave it out for {otherwise:,}."
        )
    return int(said)


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What reading one file may take. A report of 100 pages of text takes a second and 150 MB."""

    seconds: float = field(  # a scanned page takes some seconds
        default_factory=lambda: float(limit(SECONDS_VARIABLE, 300))
    )
    megabytes: int = field(  # of address space; only where the system has such a limit, not Windows
        default_factory=lambda: limit(MEMORY_VARIABLE, 2048, _LEAST_MEGABYTES)
    )
    file_megabytes: int = field(default_factory=lambda: limit(FILE_VARIABLE, 300))
    pages: int = field(  # the longest reports have a few hundred
        default_factory=lambda: limit(PAGES_VARIABLE, 5000)
    )
    unpacked_megabytes: int = 200  # of a Word document; a long report with pictures has 30
