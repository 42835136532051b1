"""Token vectors of the passages read last, so that popular ones are read once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from index.graphs import Rows

ROOM = 192 << 20  # bytes, some 2,200 paragraphs
_Half = npt.NDArray[np.float16]


class Recent:
    """Rows by text, in half precision, those used last as far as there is room.

    Rows are rounded before their first use as well: a passage has the same vectors whether it
    was known or not. Safe for several threads.
    """

    def __init__(
        self, compute: Callable[[Sequence[str]], Sequence[Rows]], room: int = ROOM
    ) -> None:
        self._compute = compute
        self._room = room  # bytes
        self._taken = 0
        self._rows: OrderedDict[str, _Half] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, texts: Sequence[str]) -> list[Rows]:
        """float32 (tokens, dim) for each text."""
        found = self._known(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in found]
        if missing:
            computed = self._compute(missing)
            new = {
                text: rows.astype(np.float16) for text, rows in zip(missing, computed, strict=True)
            }
            self._keep(new)
            found |= new
        return [found[text].astype(np.float32) for text in texts]

    def _known(self, texts: Sequence[str]) -> dict[str, _Half]:
        with self._lock:
            known = {text: rows for text in texts if (rows := self._rows.get(text)) is not None}
            for text in known:
                self._rows.move_to_end(text)
        return known

    def _keep(self, new: dict[str, _Half]) -> None:
        with self._lock:
            for text, rows in new.items():
                if text not in self._rows:
                    self._rows[text] = rows
                    self._taken += rows.nbytes
            while self._taken > self._room:
                _, rows = self._rows.popitem(last=False)
                self._taken -= rows.nbytes
