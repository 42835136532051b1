"""A library read anew from the files that it keeps itself: after an upgrade, for another model."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from index.build import Progress
from index.changes import Fingerprint, fingerprint_value, fingerprints
from index.corrections import Corrections, corrected, field_value, read_corrections
from index.embed import Embedder, settle_model
from index.encoder import Encoder
from index.kept import KeptVectors
from index.passages import PassageConfig
from index.store import Store, StoredFile
from index.update import Failure, Report, Update, writing
from ingest.corpus import SourceFile, read_files
from ingest.errors import ReadError
from ingest.model import Document
from ingest.sources import SOURCES_FILE, find_files, sources_entry


def renew(
    folder: Path,
    *,
    encoder: Encoder | None = None,
    everything: bool = False,
    listener: Callable[[Progress], None] = lambda _: None,
) -> Report:
    """Read the documents again that this version of the program reads otherwise.

    Files are taken from the library itself, so that nothing needs to lie where it once lay.
    What sources.toml said then is said again. With another default model than the library's
    every passage is encoded again. `everything`: read every document, changed or not.

    Raises BusyLibraryError while another process writes; ModelError where the model cannot be
    loaded. What the listener raises ends it, and the library stays as it was.
    """
    with writing(folder, create=False) as store, TemporaryDirectory() as scratch:
        return _Renewal(store, folder, encoder, Path(scratch), listener).run(everything)


class _Renewal:
    def __init__(
        self,
        store: Store,
        folder: Path,
        encoder: Encoder | None,
        scratch: Path,
        listener: Callable[[Progress], None],
    ) -> None:
        self.store = store
        self.scratch = scratch
        self.listener = listener
        self.corrections = read_corrections(folder)
        self.meta = store.meta()
        self.model = settle_model(self.meta, encoder, None, exact=True)
        kept = KeptVectors(folder)
        self.embedder = Embedder(
            store, self.model.load, PassageConfig(), reuse=self.model.same, kept=kept
        )
        self.update = Update(store, folder, self.embedder)
        self.failed: list[Failure] = []

    def run(self, everything: bool) -> Report:
        """Read, encode and commit."""
        stored = self.store.files()
        files = {one.row: self._file(one) for one in stored}
        stale = [one for one in stored if everything or files[one.row].value != one.fingerprint]
        self._read(stale, files)
        staying = [one for one in stored if one not in stale]
        recorded = self.meta.get("passages", self.embedder.config_text)
        if not self.model.same or recorded != self.embedder.config_text:
            for done, one in enumerate(staying, start=1):
                self.update.cut_again(one)
                self.listener(Progress("encoding", done, len(staying), one.doc))
        self.listener(Progress("saving", len(stored), len(stored)))
        report = self.update.commit()
        names = tuple(one.document_id for one in staying)
        return replace(report, unchanged=names, failed=tuple(self.failed))

    def _file(self, stored: StoredFile) -> Fingerprint:
        """The file where it lay, if it is still the same, else a place for a copy of it."""
        path = Path(stored.source)
        if path.is_file():
            (lies,) = fingerprints(find_files([path]).files)
            if lies.sha256 == stored.sha256:
                return lies
        copy = self.scratch / str(stored.row) / path.parent.name / path.name
        value = fingerprint_value(stored.sha256, path, None)
        return Fingerprint(SourceFile(copy), stored.sha256, value)

    def _read(self, stale: Sequence[StoredFile], files: Mapping[int, Fingerprint]) -> None:
        """Put what is read now in the place of what was read; what fails stays as it was."""
        if stale:
            self.listener(Progress("reading", 0, len(stale)))
        asked = [self._ready(one, files[one.row]) for one in stale]
        outcomes = read_files([file.file for file in asked])
        for done, (one, file, outcome) in enumerate(zip(stale, asked, outcomes, strict=True), 1):
            try:
                if outcome.document is None:
                    raise ReadError(outcome.error or f"{one.doc} could not be read.")
                document = corrected(outcome.document, self.corrections)
                self.update.take_in(document, file, one, again=True)
            except (ReadError, OSError) as exc:
                self.failed.append(Failure(one.doc, str(exc)))
            self.listener(Progress("reading", done, len(stale), one.doc))

    def _ready(self, stored: StoredFile, file: Fingerprint) -> Fingerprint:
        """The file, copied out of the library where it lies nowhere else."""
        path = file.file.path
        if path.is_file():
            return file
        document = as_read(self.store.document(stored.row), self.corrections)
        return replace(file, file=laid_out(path, self.store.original(stored.row), document))


def laid_out(path: Path, content: bytes, document: Document | None = None) -> SourceFile:
    """A file of the library's own on the disk, with what sources.toml said of it."""
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    if document is not None:
        (path.parent / SOURCES_FILE).write_text(sources_entry(document), encoding="utf-8")
    (found,) = find_files([path]).files
    return found


def as_read(document: Document, corrections: Corrections) -> Document:
    """The document without what was put right by hand, which is laid over it again later."""
    own = corrections.get(document.sha256)
    if own is None:
        return document
    return replace(
        document, **{name: field_value(name, was) for name, (was, _) in own.fields.items()}
    )
