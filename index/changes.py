"""Which files a library has read already, which are new or changed, which are gone."""

from __future__ import annotations

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.store import StoredFile
from ingest.corpus import READER_VERSION, SourceFile
from ingest.errors import ReadError
from ingest.identity import document_id
from ingest.limits import ReadingLimits
from ingest.model import Document
from ingest.reading import check_file
from ingest.sources import SourceEntry, real_place


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A file and what its reading depends on."""

    file: SourceFile
    sha256: str | None  # of its bytes; None where they cannot or may not be read
    value: str | None  # of its bytes, its name, its entry in sources.toml and the reader


@dataclass(frozen=True, slots=True)
class Comparison:
    """Files beside what the library holds."""

    unchanged: tuple[StoredFile, ...]
    unread: tuple[Fingerprint, ...]  # new ones and changed ones
    gone: tuple[StoredFile, ...]  # that no file stands for, changed ones among them


def fingerprints(files: Iterable[SourceFile]) -> list[Fingerprint]:
    """What each file's reading depends on."""
    limits = ReadingLimits()
    return [_fingerprint(file, limits) for file in files]


def compare(files: Sequence[Fingerprint], stored: Sequence[StoredFile]) -> Comparison:
    """Pair files with stored documents; a file that only lies elsewhere has not changed."""
    by_value: defaultdict[str, list[StoredFile]] = defaultdict(list)
    for document in stored:
        by_value[document.fingerprint].append(document)
    unchanged, unread = [], []
    for file in files:
        same = by_value[file.value] if file.value else []
        if same:
            unchanged.append(same.pop(0))
        else:
            unread.append(file)
    kept = {document.row for document in unchanged}
    gone = [document for document in stored if document.row not in kept]
    return Comparison(tuple(unchanged), tuple(unread), tuple(gone))


class Heirs:
    """Finds for a file that was read the stored document in whose place it goes."""

    def __init__(self, gone: Sequence[StoredFile], *, exact: bool) -> None:
        self._exact = exact
        self.left = list(gone)  # those that no file has followed
        self.kept: list[StoredFile] = []  # whose file cannot be read now

    def predecessor(self, file: Fingerprint, document: Document) -> StoredFile | None:
        """The document that lay there, or had the same content; taken from those left.

        In a build also the one of the same authority, kind and date: a corrected report under
        another name.
        """
        found = self._at(file) or self._first(lambda stored: stored.sha256 == document.sha256)
        if found is None and self._exact:
            found = self._first(lambda stored: not stored.added and continues(stored, document))
        if found is not None:
            self.left.remove(found)
        return found

    def keep(self, file: Fingerprint) -> None:
        """Leave the documents of a file or folder that cannot be read now as they are."""
        place = str(real_place(file.file.path))
        for stored in list(self.left):
            if stored.source == place or stored.source.startswith(f"{place}{os.sep}"):
                self.left.remove(stored)
                self.kept.append(stored)

    def _at(self, file: Fingerprint) -> StoredFile | None:
        place = str(real_place(file.file.path))
        return self._first(lambda stored: stored.source == place)

    def _first(self, fits: Callable[[StoredFile], bool]) -> StoredFile | None:
        return next((stored for stored in self.left if fits(stored)), None)


def continues(stored: StoredFile, document: Document) -> bool:
    """Whether the stored document is of the same authority, kind and date."""
    base = document_id(document)
    return stored.document_id == base or stored.document_id.startswith(f"{base}-")


def _fingerprint(file: SourceFile, limits: ReadingLimits) -> Fingerprint:
    try:
        check_file(file.path, limits)
        with file.path.open("rb") as content:
            sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    except (ReadError, OSError):
        return Fingerprint(file, None, None)
    return Fingerprint(file, sha256, fingerprint_value(sha256, real_place(file.path), file.entry))


def fingerprint_value(sha256: str, path: Path, entry: SourceEntry | None) -> str:
    """What the reading of such a file depends on, as one digest."""
    # The cover may leave the date or the authority to the names of file and folder.
    parts = [sha256, path.name, path.parent.name, repr(entry), READER_VERSION]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
