"""Drafts that were brought to be checked: in memory only, each under an address of its own."""

from __future__ import annotations

import hashlib
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from answer.draft import Part, read_draft

KEPT = 20  # drafts; an older one has to be brought again


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as it was brought."""

    key: str  # of its content; what the address says
    name: str
    parts: Sequence[Part]


class Drafts:
    """The last drafts of all readers. Whoever is given a draft's address reads it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._drafts: OrderedDict[str, Draft] = OrderedDict()

    def hold(self, name: str, content: bytes) -> Draft:
        """Read a draft and hold it. Raises ReadError where it is none."""
        key = hashlib.sha256(name.encode("utf-8", "replace") + b"\0" + content).hexdigest()[:24]
        draft = Draft(key, name, _parts(name, content))
        with self._lock:
            self._drafts[key] = draft
            self._drafts.move_to_end(key)
            while len(self._drafts) > KEPT:
                self._drafts.popitem(last=False)
        return draft

    def of(self, key: str) -> Draft | None:
        """The draft of that address, while it is held."""
        with self._lock:
            return self._drafts.get(key)


@st.cache_resource(show_spinner=False)
def drafts() -> Drafts:
    """The drafts of this server."""
    return Drafts()


def _parts(name: str, content: bytes) -> list[Part]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"draft{Path(name).suffix}"  # a name may be none that can be written
        path.write_bytes(content)
        return read_draft(path)
