"""One write transaction of a library, from the lock to the commit."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from uuid import uuid4

from index.changes import Fingerprint, continues
from index.digests import DamageError, check_opening, sign_opening
from index.embed import Embedder
from index.errors import DamagedLibraryError, LibraryError
from index.kept import KeptVectors
from index.nearest import FILES, keep_nearest, recorded
from index.schema import open_writer, trouble
from index.store import Store, StoredFile
from index.words import FILES as WORD_FILES
from index.words import keep_words
from index.words import recorded as recorded_words
from ingest.corpus import READER_VERSION
from ingest.errors import ReadError
from ingest.identity import assign_ids
from ingest.model import Document
from ingest.overlap import same_report_warning
from ingest.sources import real_place


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be taken in, or looks odd, and why."""

    doc: str
    message: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a change did to a library."""

    version: int  # of the library afterwards
    added: tuple[str, ...] = ()  # document_ids
    replaced: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[Failure, ...] = ()
    odd: tuple[Failure, ...] = ()
    skipped: tuple[str, ...] = ()  # files that are no documents
    encoded: int = 0  # passages that went through the model
    wiped: bool = True  # False: a reader kept removed text from being wiped at once


@contextmanager
def writing(folder: Path, *, create: bool) -> Iterator[Store]:
    """The tables inside a write transaction; whatever is not committed is undone."""
    connection = open_writer(folder, create=create)
    try:
        check_opening(connection)
        yield Store(connection)
    except (sqlite3.Error, DamageError, OSError) as exc:
        if not isinstance(exc, OSError):
            error = trouble(folder, exc)
            if isinstance(error, DamagedLibraryError):
                raise error from exc
        raise LibraryError(
            f"The library in {folder} could not be written ({exc}); it is as it was before."
        ) from exc
    finally:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        connection.close()


_UNNAMED = "#{}"  # stands for an id until all new documents are known; no id looks like it


class Update:
    """A change in the making; nothing of it is seen before commit()."""

    def __init__(
        self, store: Store, folder: Path, embedder: Embedder | None = None, *, adds: bool = False
    ) -> None:
        self._store = store
        self._folder = folder
        self._embedder = embedder
        self._adds = adds
        self._unnamed: dict[int, Document] = {}  # by row, without their paragraphs
        self._added: list[int] = []
        self._replaced: list[int] = []
        self._removed: list[str] = []
        self._touched = False
        self._recut = False  # all passages are others

    def take_in(
        self,
        document: Document,
        file: Fingerprint,
        predecessor: StoredFile | None,
        *,
        again: bool = False,
    ) -> None:
        """Add a document or put it in its predecessor's place.

        Read `again` from a copy it goes on as what lay where its predecessor did.

        Raises ReadError where it is not what the file holds now, or cannot be stored.
        """
        original = file.file.path.read_bytes()
        if hashlib.sha256(original).hexdigest() != document.sha256:
            raise ReadError(f"{document.doc} changed while it was read; build once more.")
        passages = self._made(self._embedder).passages(document.paragraphs)
        source = Path(predecessor.source) if again and predecessor else real_place(file.file.path)
        kept = _kept_id(document, predecessor)
        with self._all_or_nothing(document):
            if predecessor is not None:
                self._store.delete(predecessor.row)
            row = self._store.insert(
                replace(document, document_id=kept or _UNNAMED.format(uuid4().hex)),
                passages,
                original=original,
                source=source,
                fingerprint=file.value or "",
                added=predecessor.added if again and predecessor else self._adds,
            )
        if kept is None:
            self._unnamed[row] = replace(document, paragraphs=(), set_aside=())
        (self._added if predecessor is None else self._replaced).append(row)

    def remove(self, stored: StoredFile) -> None:
        """Take a document out."""
        self._store.delete(stored.row)
        self._removed.append(stored.document_id)

    def cut_again(self, stored: StoredFile) -> None:
        """Make a document's passages anew, for another model or other windows."""
        found = self._store.paragraphs(stored.row)
        made = self._made(self._embedder).passages([one.paragraph for one in found])
        for one, passages in zip(found, made, strict=True):
            self._store.replace_passages(one.row, passages)
        self._recut = True

    def touch(self) -> None:
        """Make what was changed in the tables themselves the next version."""
        self._touched = True

    def commit(self) -> Report:
        """Make the change the library's next version, if there is one, and wipe what is gone."""
        changed = bool(
            self._added or self._replaced or self._removed or self._touched or self._recut
        )
        if changed:
            self._name()
            if self._replaced or self._removed:
                self._store.tallies.purge()
            self._store.set_meta(self._built_with())
            keep_nearest(self._store, self._folder, self._store.version(), anew=self._recut)
            keep_words(self._store, self._folder, self._store.version())
            sign_opening(self._store.connection)
        names = {stored.row: stored.document_id for stored in self._store.files()}
        report = Report(
            version=self._store.version(),
            added=tuple(names[row] for row in self._added),
            replaced=tuple(names[row] for row in self._replaced),
            removed=tuple(self._removed),
            odd=tuple(self._same_reports()),
            encoded=self._embedder.encoded if self._embedder else 0,
        )
        self._store.connection.execute("COMMIT")
        KeptVectors(self._folder).discard()
        return replace(report, wiped=self._wipe())

    def _same_reports(self) -> Iterator[Failure]:
        """What is said of new documents that repeat another."""
        docs = {stored.row: stored.doc for stored in self._store.files()}
        new = {*self._added, *self._replaced}
        for first, second, share in self._store.same_reports():
            if new & {first, second}:
                yield Failure(docs[second], same_report_warning(docs[first], share))

    def _name(self) -> None:
        """Give the new documents their ids, now that all of them are known."""
        taken = [
            stored.document_id for stored in self._store.files() if stored.row not in self._unnamed
        ]
        named = assign_ids(list(self._unnamed.values()), taken)
        for row, document in zip(self._unnamed, named, strict=True):
            self._store.rename(row, document.document_id)

    @contextmanager
    def _all_or_nothing(self, document: Document) -> Iterator[None]:
        """Undo what a document that cannot be stored has brought in; the rest stays."""
        connection = self._store.connection
        connection.execute("SAVEPOINT document")
        try:
            yield
        except (sqlite3.IntegrityError, UnicodeEncodeError) as exc:
            connection.execute("ROLLBACK TO document")
            connection.execute("RELEASE document")
            raise ReadError(
                f"{document.doc} cannot be stored ({exc}); please report this with the file."
            ) from exc
        # After any other error, as a full disk, SQLite may have undone the transaction itself.
        connection.execute("RELEASE document")

    def _built_with(self) -> dict[str, str]:
        """What this version was made with and from."""
        files = sorted((file.document_id, file.sha256) for file in self._store.files())
        meta = {
            "version": str(self._store.version() + 1),
            "stamp": uuid4().hex,
            "updated": datetime.now(UTC).isoformat(timespec="seconds"),
            "reader": READER_VERSION,
            "corpus_sha256": hashlib.sha256(json.dumps(files).encode()).hexdigest(),
            "glossary": json.dumps(self._store.tallies.glossary(), ensure_ascii=False),
        }
        if self._embedder is not None and self._embedder.loaded:
            encoder = self._embedder.encoder
            meta |= {
                "model": encoder.name,
                "model_sha256": encoder.sha256,
                "dim": str(encoder.dim),
                "passages": self._embedder.config_text,
            }
        return meta

    def _wipe(self) -> bool:
        """Leave no removed text behind in the log, no removed vectors or words beside the tables.

        Whether the log is empty: a reader that does not finish in time keeps it, and then the
        next change empties it.
        """
        checkpoint = self._store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        blocked, _, _ = checkpoint.fetchone()
        records = (recorded(self._store), recorded_words(self._store))
        kept = [record.path(self._folder) for record in records if record]
        remove_former(self._folder, kept)
        return not blocked

    @staticmethod
    def _made(embedder: Embedder | None) -> Embedder:
        if embedder is None:
            raise LibraryError("Documents cannot be taken in without a model.")
        return embedder


def _kept_id(document: Document, predecessor: StoredFile | None) -> str | None:
    """The predecessor's id where it is the same file or report."""
    if predecessor is None:
        return None
    same = predecessor.sha256 == document.sha256
    return predecessor.document_id if same or continues(predecessor, document) else None


def remove_former(folder: Path, kept: Collection[Path]) -> None:
    """Remove the index files of former versions."""
    for path in chain(folder.glob(FILES), folder.glob(WORD_FILES)):
        if path not in kept:
            # Where another process holds it open (Windows), the next change removes it.
            with suppress(OSError):
                path.unlink()
