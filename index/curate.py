"""Corrections by hand, removal and the way back: each is one transaction of the library."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index.build import add
from index.corrections import (
    BIN,
    FIELDS,
    DocumentCorrections,
    ParagraphCorrection,
    Reading,
    corrected_paragraph,
    field_text,
    field_value,
    read_corrections,
    reading,
    write_corrections,
)
from index.embed import Embedder, settle_model
from index.encoder import Encoder
from index.errors import LibraryError
from index.passages import PassageConfig
from index.store import Store, StoredFile, StoredParagraph
from index.update import Report, Update, writing
from ingest.model import Document, Paragraph
from ingest.sources import SOURCES_FILE, sources_entry

_RECORD = "record.json"


@dataclass(frozen=True, slots=True)
class Removed:
    """A document in the bin."""

    sha256: str
    doc: str
    title: str
    day: str  # ISO date


def correct_document(folder: Path, document_id: str, fields: Mapping[str, str | None]) -> None:
    """Put fields of a document right; a field that is as it was read is no correction any more.

    Raises LibraryError where a value cannot be one, or there is no such document;
    BusyLibraryError while another process writes.
    """
    values = {name: field_value(name, fields[name]) for name in FIELDS if name in fields}
    with _changing(folder) as change:
        stored, document = change.document(document_id)
        own = change.corrections.get(stored.sha256, DocumentCorrections())
        kept = dict(own.fields)
        for name, value in values.items():
            was = kept[name][0] if name in kept else field_text(document, name)
            now = field_text(replace(document, **{name: value}), name)
            kept.pop(name, None)
            if now != was:
                kept[name] = (was, now)
        change.store.amend_document(stored.row, replace(document, **values))
        change.corrections[stored.sha256] = replace(own, fields=kept)


def undo_document(folder: Path, document_id: str) -> None:
    """Give a document the fields back that were read."""
    with _changing(folder) as change:
        stored, document = change.document(document_id)
        own = change.corrections.get(stored.sha256, DocumentCorrections())
        values = {name: field_value(name, was) for name, (was, _) in own.fields.items()}
        change.store.amend_document(stored.row, replace(document, **values))
        change.corrections[stored.sha256] = replace(own, fields={})


def correct_paragraph(
    folder: Path, paragraph_id: str, now: Reading, note: str = "", encoder: Encoder | None = None
) -> None:
    """Put a paragraph's number or text right, or note that it is wrong.

    Raises LibraryError where the document has the number already, or there is no such paragraph;
    BusyLibraryError while another process writes.
    """
    with _changing(folder, encoder) as change:
        stored, found = change.paragraph(paragraph_id)
        own = change.corrections.get(stored.sha256, DocumentCorrections())
        known = own.paragraphs.get(found.paragraph.key)
        read = _as_read(found.paragraph, known)
        if now == reading(read) and not note:
            raise LibraryError(
                "Nothing was changed: correct the number or the text, or say what is wrong."
            )
        _check_number(change.store, stored, found, now)
        day = f"{datetime.now(UTC):%Y-%m-%d}"
        said = " ".join(note.split())
        correction = ParagraphCorrection(reading(read), now, said, day, read.label, read.kind)
        change.amend(found, corrected_paragraph(read, correction))
        paragraphs = {**own.paragraphs, read.key: correction}
        change.corrections[stored.sha256] = replace(own, paragraphs=paragraphs)


def undo_paragraph(folder: Path, paragraph_id: str, encoder: Encoder | None = None) -> None:
    """Give a paragraph back what was read."""
    with _changing(folder, encoder) as change:
        stored, found = change.paragraph(paragraph_id)
        own = change.corrections.get(stored.sha256, DocumentCorrections())
        paragraphs = dict(own.paragraphs)
        change.amend(found, _as_read(found.paragraph, paragraphs.pop(found.paragraph.key, None)))
        change.corrections[stored.sha256] = replace(own, paragraphs=paragraphs)


def remove_document(folder: Path, document_id: str) -> Report:
    """Take a document out and keep its file in the bin, from which restore() brings it back."""
    with writing(folder, create=False) as store:
        update = Update(store, folder)
        stored = _stored(store, document_id)
        document = store.document(stored.row)
        place = folder / BIN / stored.sha256
        place.mkdir(parents=True, exist_ok=True)
        (place / Path(stored.doc).name).write_bytes(store.original(stored.row))
        record = {
            "doc": stored.doc,
            "title": document.title or stored.doc,
            "day": f"{datetime.now(UTC):%Y-%m-%d}",
        }
        (place / _RECORD).write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        (place / SOURCES_FILE).write_text(sources_entry(document), encoding="utf-8")
        try:
            update.remove(stored)
            return update.commit()
        except BaseException:
            shutil.rmtree(place, ignore_errors=True)
            raise


def removed(folder: Path) -> list[Removed]:
    """What lies in the bin, the newest first."""
    found = []
    for path in (folder / BIN).glob(f"*/{_RECORD}"):
        with suppress(OSError, ValueError, KeyError):
            said = json.loads(path.read_text(encoding="utf-8"))
            found.append(Removed(path.parent.name, said["doc"], said["title"], said["day"]))
    return sorted(found, key=lambda one: (one.day, one.doc), reverse=True)


def restore(folder: Path, sha256: str, encoder: Encoder | None = None) -> Report:
    """Take a document out of the bin and into the library again."""
    place = folder / BIN / sha256
    files = [path for path in place.glob("*") if path.name not in (_RECORD, SOURCES_FILE)]
    if not files:
        raise LibraryError("This document is not in the bin any more; add its file again.")
    report = add(files, folder, encoder=encoder)
    if report.failed:
        raise LibraryError(report.failed[0].message)
    shutil.rmtree(place, ignore_errors=True)
    return report


def erase(folder: Path, sha256: str) -> None:
    """Delete a document in the bin for good."""
    shutil.rmtree(folder / BIN / Path(sha256).name, ignore_errors=True)


class _Change:
    """A library in the middle of a correction."""

    def __init__(self, store: Store, folder: Path, encoder: Encoder | None) -> None:
        self.store = store
        self.corrections = read_corrections(folder)
        self._encoder = encoder

    def document(self, document_id: str) -> tuple[StoredFile, Document]:
        stored = _stored(self.store, document_id)
        return stored, self.store.document(stored.row)

    def paragraph(self, paragraph_id: str) -> tuple[StoredFile, StoredParagraph]:
        document_id, _, key = paragraph_id.partition("#")
        stored = _stored(self.store, document_id)
        place = self.store.paragraph_ordinal(stored.row, key)
        if place is None:
            raise LibraryError(f"There is no paragraph {key!r} in {stored.doc}; search again.")
        return stored, self.store.paragraphs(stored.row, place, place)[0]

    def amend(self, found: StoredParagraph, paragraph: Paragraph) -> None:
        row = self.store.amend_paragraph(found, paragraph)
        if paragraph.text != found.paragraph.text:
            meta = self.store.meta()
            model = settle_model(meta, self._encoder, None, exact=False)
            config = PassageConfig(**json.loads(meta.get("passages", "{}")))
            embedder = Embedder(self.store, model.load, config, reuse=True)
            self.store.replace_passages(row, embedder.passages([paragraph])[0])


@contextmanager
def _changing(folder: Path, encoder: Encoder | None = None) -> Iterator[_Change]:
    """A correction: the tables and the file that keeps it change together or not at all."""
    with writing(folder, create=False) as store:
        update = Update(store, folder)
        change = _Change(store, folder, encoder)
        before = dict(change.corrections)
        yield change
        update.touch()
        write_corrections(folder, change.corrections)
        try:
            update.commit()
        except BaseException:
            write_corrections(folder, before)
            raise


def _stored(store: Store, document_id: str) -> StoredFile:
    found = next((file for file in store.files() if file.document_id == document_id), None)
    if found is None:
        raise LibraryError(f"There is no document {document_id!r} in the library any more.")
    return found


def _as_read(paragraph: Paragraph, known: ParagraphCorrection | None) -> Paragraph:
    """The paragraph before it was corrected."""
    if known is None:
        return paragraph
    return replace(
        paragraph,
        number=known.was.number,
        text=known.was.text,
        label=known.label,
        kind=known.kind,
        correction=None,
    )


def _check_number(store: Store, stored: StoredFile, found: StoredParagraph, now: Reading) -> None:
    """Two paragraphs of one number would be cited as one. Repeats of the source stay as read."""
    if now.number is None or now.number == found.paragraph.number:
        return
    others = store.paragraphs(stored.row)
    taken = [one for one in others if one.row != found.row and one.paragraph.number == now.number]
    if taken:
        raise LibraryError(
            f"{stored.doc} has a paragraph {now.number} already; correct that one first."
        )
