"""How far a long piece of work is, on one line of a terminal."""

from __future__ import annotations

from typing import TextIO

_BAR = 24  # characters


class ProgressLine:
    """A line rewritten as work goes on; silent in a pipe."""

    def __init__(self, stream: TextIO, what: str) -> None:
        self._stream = stream
        self._what = what
        self._shown = stream.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Show how far it is; at the end, clear the line."""
        if not self._shown or not total:
            return
        filled = _BAR * done // total
        bar = "#" * filled + "-" * (_BAR - filled)
        line = f"{self._what} [{bar}] {done}/{total}"
        self._stream.write("\r" + (line if done < total else " " * len(line) + "\r"))
        self._stream.flush()
