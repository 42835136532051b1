"""A library made anew from the files that it keeps, whatever else of it is damaged."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from index.build import Progress
from index.changes import Fingerprint, fingerprint_value
from index.corrections import Corrections, corrected, read_corrections
from index.definitions import put_right
from index.digests import DamageError
from index.embed import Embedder, SettledModel, settle_model
from index.encoder import Encoder
from index.errors import BusyLibraryError, LibraryError, ModelError
from index.kept import KeptVectors
from index.passages import PassageConfig
from index.renew import as_read, laid_out
from index.salvage import Salvaged, Wreck
from index.schema import (
    BUSY_SECONDS,
    FILE_NAME,
    is_busy,
    is_there,
    missing,
    refuse_newer,
    schema_version,
    trouble,
)
from index.update import Failure, Report, Update, remove_former, writing
from ingest.corpus import read_files
from ingest.errors import ReadError

_SCRATCH = "rebuilding-"
ASIDE = FILE_NAME + ".damaged"
_BESIDE = ("-wal", "-shm")  # what SQLite keeps beside its file


def rebuild(
    folder: Path,
    *,
    encoder: Encoder | None = None,
    listener: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """Read every document again from the file that the library keeps of it, into new tables.

    Corrections by hand, document_ids and what users made stay. A document whose record and file
    are both damaged is named in the report, and the damaged tables are then kept aside. Until
    the new tables are whole the old ones stay as they are.

    Raises MissingLibraryError where there is none, BusyLibraryError while another process
    writes, SchemaError for a library of a newer program, LibraryError where nothing can be read
    of it any more.
    """
    if not is_there(folder):
        raise missing(folder)
    for left in folder.glob(f"{_SCRATCH}*"):  # of one that was killed
        shutil.rmtree(left, ignore_errors=True)
    with _held(folder) as connection, _scratch(folder) as scratch:
        made = scratch / "library"
        with _said_of(folder):
            report = _Rebuilding(folder, Wreck(connection), scratch, encoder, listener).run(made)
        _close(folder, connection)
        _put_in_place(made, folder, keep=bool(report.failed))
    return report


@contextmanager
def _held(folder: Path) -> Iterator[sqlite3.Connection]:
    """The tables, kept from other writers where they are whole enough for that."""
    connection = sqlite3.connect(folder / FILE_NAME, timeout=BUSY_SECONDS, isolation_level=None)
    with closing(connection):
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as exc:
            if is_busy(exc):
                raise trouble(folder, exc) from exc
        put_right(connection)
        with suppress(sqlite3.Error, DamageError):  # what cannot be read says no version
            refuse_newer(folder, schema_version(connection))
        yield connection


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder in which the new library is made; nothing stays of it."""
    with _said_of(folder):
        scratch = TemporaryDirectory(dir=folder, prefix=_SCRATCH, ignore_cleanup_errors=True)
    with scratch as name:
        yield Path(name)


@contextmanager
def _said_of(folder: Path) -> Iterator[None]:
    """What cannot be written is said of the library, not of the folder in which it is made."""
    try:
        yield
    except (OSError, LibraryError) as exc:
        cause = exc if isinstance(exc, OSError) else exc.__cause__
        if not isinstance(cause, OSError | sqlite3.Error):
            raise
        why = getattr(cause, "strerror", None) or cause
        raise LibraryError(
            f"The library in {folder} could not be made anew ({why}); it is as it was before."
        ) from exc


class _Rebuilding:
    def __init__(
        self,
        folder: Path,
        wreck: Wreck,
        scratch: Path,
        encoder: Encoder | None,
        listener: Callable[[Progress], None],
    ) -> None:
        self.folder = folder
        self.wreck = wreck
        self.scratch = scratch
        self.listener = listener
        self.encoder = encoder
        self.meta = wreck.meta()
        self.corrections: Corrections = read_corrections(folder)
        self.failed: list[Failure] = []
        self.odd: list[Failure] = []

    def run(self, made: Path) -> Report:
        """Make the new library."""
        model = self._model()
        files = [one for one in map(self._laid_out, self.wreck.documents()) if one is not None]
        if not files:
            raise LibraryError(
                f"Nothing can be read any more of the library in {self.folder}; delete {FILE_NAME} "
                "there and build it again from its documents."
            )
        kept = KeptVectors(made)
        with writing(made, create=True) as store:
            for vectors in self.wreck.vectors():
                kept.keep(self.meta.get("model_sha256", ""), vectors)
            store.set_meta({"version": self._version()})
            embedder = Embedder(store, model.load, PassageConfig(), reuse=True, kept=kept)
            update = Update(store, made, embedder)
            self._read(update, files)
            self.listener(Progress("saving", len(files), len(files)))
            report = update.commit()
        return replace(report, failed=tuple(self.failed), odd=(*self.odd, *report.odd))

    def _model(self) -> SettledModel:
        """The library's own model, or the default one where what it was cannot be read."""
        try:
            return settle_model(self.meta, self.encoder, None, exact=True)
        except ModelError:
            return settle_model({}, self.encoder, None, exact=True)

    def _version(self) -> str:
        """The number of the damaged version, so that the new one gets a higher one."""
        said = self.meta.get("version", "")
        return said if said.isascii() and said.isdecimal() else "0"

    def _laid_out(self, one: Salvaged) -> tuple[Salvaged, Fingerprint] | None:
        """Its file in a folder of its own, called as the one it came from."""
        name = one.source.name
        if one.content is None:
            said = "the file that is kept of it is damaged; add it again."
            self.failed.append(Failure(name, said))
            return None
        path = self.scratch / str(one.row) / one.source.parent.name / name
        if one.record is None:
            said = "what was known of it is damaged and was read again; see its title and date."
            self.odd.append(Failure(name, said))
            file = laid_out(path, one.content)
        else:
            file = laid_out(path, one.content, as_read(one.record[1], self.corrections))
        sha256 = hashlib.sha256(one.content).hexdigest()
        value = fingerprint_value(sha256, one.source, file.entry)
        return one, Fingerprint(file, sha256, value)

    def _read(self, update: Update, files: Sequence[tuple[Salvaged, Fingerprint]]) -> None:
        self.listener(Progress("reading", 0, len(files)))
        outcomes = read_files([file.file for _, file in files])
        for done, ((one, file), outcome) in enumerate(zip(files, outcomes, strict=True), start=1):
            try:
                if outcome.document is None:
                    raise ReadError(outcome.error or f"{one.source.name} could not be read.")
                document = corrected(outcome.document, self.corrections)
                # Row 0: the new tables hold nothing yet that it takes the place of.
                former = replace(one.record[0], row=0) if one.record else None
                update.take_in(document, file, former, again=True)
            except (ReadError, OSError) as exc:
                self.failed.append(Failure(one.source.name, str(exc)))
            self.listener(Progress("reading", done, len(files), one.source.name))


def _close(folder: Path, damaged: sqlite3.Connection) -> None:
    """Empty the log of the old tables, and keep writers out until others stand in their place.

    A log that is left would be taken for the new tables' own. Raises BusyLibraryError where a
    reader holds it, or a writer came in between.
    """
    try:
        known = _changes(damaged)
        damaged.rollback()
        blocked = damaged.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        damaged.execute("BEGIN IMMEDIATE")
        if not blocked and _changes(damaged) == known:
            return
    except sqlite3.Error as exc:
        if is_busy(exc):
            raise trouble(folder, exc) from exc
        return  # so damaged that nobody can write to them
    raise BusyLibraryError(
        f"The library in {folder} was in use while it was made anew; it is as it was. Close "
        "Pilcrow wherever it runs and try again."
    )


def _changes(connection: sqlite3.Connection) -> int:
    """A number that is another one when another process has changed the tables."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _put_in_place(made: Path, folder: Path, *, keep: bool) -> None:
    """Let the new files take the place of the old ones, the tables last."""
    new = [folder / path.name for path in made.iterdir()]
    try:
        if keep:
            shutil.copyfile(folder / FILE_NAME, folder / ASIDE)
        for path in made.iterdir():
            if path.name != FILE_NAME:
                path.replace(folder / path.name)
        for suffix in _BESIDE:
            (folder / (FILE_NAME + suffix)).unlink(missing_ok=True)
        (made / FILE_NAME).replace(folder / FILE_NAME)
        remove_former(folder, new)
    except OSError as exc:
        raise LibraryError(
            f"The library in {folder} is made anew but cannot take its place ({exc}); close "
            "Pilcrow wherever it runs and try again."
        ) from exc
