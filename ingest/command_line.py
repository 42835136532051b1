"""What the command lines of all packages share: how they end, what they show, their numbers."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from ingest.errors import PilcrowError

UNUSABLE = 2
STOPPED = 130  # as shells say of a command that Ctrl-C has ended
UNREAD = 141  # as they say of one whose reader, such as `head`, has gone
_CONTROLS = dict.fromkeys((*range(32), *range(127, 160)), "\N{REPLACEMENT CHARACTER}")
_MOST = 1_000_000  # of whatever an option counts


def exit_status(run: Callable[[], int], stopped: str = "Stopped.") -> int:
    """Run a command; the status it ends with. What keeps it from its end is said in a sentence.

    `stopped` is what is said after Ctrl-C. A reader that has gone is told nothing.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Windows consoles and pipes have other defaults
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        return _written_out(run)
    except PilcrowError as exc:
        return _ended(UNUSABLE, str(exc))
    except KeyboardInterrupt:
        return _ended(STOPPED, stopped)
    except BrokenPipeError:
        return _ended(UNREAD)
    except OSError as exc:
        return _ended(UNUSABLE, _unusable(exc))


def _written_out(run: Callable[[], int]) -> int:
    """Run a command and see that all of its output has gone out."""
    try:
        return run()
    finally:
        sys.stdout.flush()


def _ended(status: int, said: str = "") -> int:
    with suppress(OSError):
        sys.stderr.write(f"{shown(said)}\n" if said else "")
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:  # lest Python try again when it ends, and fail with its own words
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return status


def _unusable(exc: OSError) -> str:
    """A sentence for what the system refuses; writing to an open file names none."""
    why = exc.strerror or exc
    if exc.filename is None:
        return f"The output cannot be written: {why}."
    return f"{os.fsdecode(exc.filename)} cannot be used: {why}."


def shown(line: str) -> str:
    """A line as a terminal may be given it: a file's name can hold what would steer it."""
    return line.translate(_CONTROLS)


def named_path(text: str) -> Path:
    """A file or folder. Raises ArgumentTypeError for no name, which Path takes for this folder."""
    if not text.strip():
        raise argparse.ArgumentTypeError("the name is empty; for the current folder write a dot")
    return Path(text)


def whole_number(text: str) -> int:
    """The number that an option counts with. Raises ArgumentTypeError for none or an absurd one."""
    if not (text.isascii() and text.isdecimal() and len(text) < 8 and 1 <= int(text) <= _MOST):
        raise argparse.ArgumentTypeError(f"{text[:20]!r} is no whole number from 1 to {_MOST:,}")
    return int(text)
