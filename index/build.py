"""Files -> a library: build, add, remove; each is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from index.changes import Comparison, Fingerprint, Heirs, compare, fingerprints
from index.corrections import corrected, in_bin, read_corrections
from index.embed import Embedder, settle_model
from index.encoder import Encoder
from index.errors import LibraryError, MissingLibraryError
from index.kept import KeptVectors
from index.passages import PassageConfig
from index.schema import open_reader
from index.store import Store, StoredFile
from index.update import Failure, Report, Update, writing
from ingest.corpus import find_files, read_files
from ingest.errors import ReadError
from ingest.sources import printable


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is."""

    stage: Literal["reading", "encoding", "saving"]
    done: int  # documents
    total: int
    doc: str = ""  # the last one done


Listener = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class BuildConfig:
    """How a library is made."""

    model: str | None = None  # a name or folder; None: the library's own, else the default
    passages: PassageConfig = field(default_factory=PassageConfig)
    jobs: int | None = None  # processes that read files; None: one for each core


def build(
    paths: Sequence[Path],
    folder: Path,
    *,
    encoder: Encoder | None = None,
    config: BuildConfig | None = None,
    listener: Listener = lambda _: None,
) -> Report:
    """Make the library hold the documents under these paths, and those that add() took in.

    What has not changed is neither read nor encoded again. A file that cannot be read is
    listed in the report; what an earlier build read of it stays. With another model than the
    library's every passage is encoded again.

    Raises LibraryError where the paths hold no documents; BusyLibraryError while another
    process writes; ModelError where the model cannot be loaded.
    """
    return _Build(paths, folder, encoder, config, listener, exact=True).run()


def add(
    paths: Sequence[Path],
    folder: Path,
    *,
    encoder: Encoder | None = None,
    config: BuildConfig | None = None,
    listener: Listener = lambda _: None,
) -> Report:
    """Take the documents under these paths in and leave the others as they are.

    Raises what build() raises, and ModelError for another model than the library's.
    """
    return _Build(paths, folder, encoder, config, listener, exact=False).run()


def remove(names: Sequence[str], folder: Path) -> Report:
    """Take documents out, named by document_id or file name; nothing of their text remains.

    Raises LibraryError where a name fits no document, or a file name several.
    """
    with writing(folder, create=False) as store:
        update = Update(store, folder)
        files = store.files()
        for stored in dict.fromkeys(_named(name, files) for name in names):
            update.remove(stored)
        return update.commit()


def outdated(paths: Sequence[Path], folder: Path) -> bool:
    """Whether build() would change anything; reads every file's bytes but no text."""
    try:
        connection = open_reader(folder)
    except MissingLibraryError:
        return True
    try:
        store = Store(connection)
        prints = fingerprints(find_files(paths).files)
        kept = [one for one in prints if not one.sha256 or not in_bin(folder, one.sha256)]
        compared = compare(kept, store.files())
        return bool(compared.unread or any(not stored.added for stored in compared.gone))
    finally:
        connection.close()


class _Build:
    """One run of build() or add()."""

    def __init__(
        self,
        paths: Sequence[Path],
        folder: Path,
        encoder: Encoder | None,
        config: BuildConfig | None,
        listener: Listener,
        *,
        exact: bool,
    ) -> None:
        self.folder = folder
        self.encoder = encoder
        self.config = config or BuildConfig()
        self.listener = listener
        self.exact = exact
        self.corrections = read_corrections(folder)
        self.failed: list[Failure] = []
        self.odd: list[Failure] = []
        self.found = find_files(paths)
        if not self.found.files:
            places = ", ".join(map(str, paths))
            raise LibraryError(
                f"There are no documents in {places}; give files or folders that hold PDF, "
                "Word, HTML, text or Markdown files."
            )

    def run(self) -> Report:
        """Read, encode and commit."""
        prints = [one for one in fingerprints(self.found.files) if not self._in_bin(one)]
        with writing(self.folder, create=True) as store:
            meta = store.meta()
            model = settle_model(meta, self.encoder, self.config.model, exact=self.exact)
            kept = KeptVectors(self.folder)
            embedder = Embedder(
                store, model.load, self.config.passages, reuse=model.same, kept=kept
            )
            update = Update(store, self.folder, embedder, adds=not self.exact)
            compared = compare(prints, store.files())
            heirs = self._read(update, compared)
            staying = [*compared.unchanged, *heirs.kept]
            for stored in heirs.left:
                if self.exact and not stored.added:
                    update.remove(stored)
                else:
                    staying.append(stored)
            recorded = meta.get("passages", embedder.config_text)
            if not model.same or recorded != embedder.config_text:
                self._cut_again(update, staying)
            self.listener(Progress("saving", len(prints), len(prints)))
            report = update.commit()
        return replace(
            report,
            unchanged=tuple(stored.document_id for stored in compared.unchanged),
            failed=tuple(self.failed),
            odd=(*self.odd, *report.odd),
            skipped=tuple(printable(path) for path in self.found.skipped),
        )

    def _in_bin(self, file: Fingerprint) -> bool:
        """Whether users took the file out on the page: a build does not bring it back."""
        return self.exact and file.sha256 is not None and in_bin(self.folder, file.sha256)

    def _read(self, update: Update, compared: Comparison) -> Heirs:
        """Take in what is new or changed; what became of the documents that were there."""
        heirs = Heirs(compared.gone, exact=self.exact)
        waiting = {unread.file.path: unread for unread in compared.unread}
        if waiting:
            self.listener(Progress("reading", 0, len(waiting)))
        outcomes = read_files([unread.file for unread in compared.unread], self.config.jobs)
        for done, outcome in enumerate(outcomes, start=1):
            unread, doc = waiting[outcome.file.path], printable(outcome.file.path.name)
            try:
                if outcome.document is None:
                    raise ReadError(outcome.error or f"{doc} could not be read.")
                document = corrected(outcome.document, self.corrections)
                predecessor = heirs.predecessor(unread, document)
                update.take_in(document, unread, predecessor)
                self.odd += [
                    Failure(outcome.document.doc, warning) for warning in outcome.document.warnings
                ]
            except (ReadError, OSError) as exc:
                heirs.keep(unread)
                self.failed.append(Failure(doc, str(exc)))
            self.listener(Progress("reading", done, len(waiting), doc))
        return heirs

    def _cut_again(self, update: Update, staying: Sequence[StoredFile]) -> None:
        for done, stored in enumerate(staying, start=1):
            update.cut_again(stored)
            self.listener(Progress("encoding", done, len(staying), stored.doc))


def _named(name: str, files: Sequence[StoredFile]) -> StoredFile:
    matches = [file for file in files if file.document_id == name]
    matches = matches or [file for file in files if file.doc == name]
    if not matches:
        raise LibraryError(
            f"There is no document {name!r} in the library; `python -m index status` lists them."
        )
    if len(matches) > 1:
        ids = ", ".join(file.document_id for file in matches)
        raise LibraryError(f"Several documents are called {name!r}; name one of these: {ids}.")
    return matches[0]
