"""Files that users bring: taken in together, and for each a sentence on what became of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryDirectory

import streamlit as st

from index.build import Progress, add
from index.curate import removed
from index.encoder import Encoder
from index.errors import MissingLibraryError
from index.library import Library
from index.model import DocumentCard
from ingest.limits import ReadingLimits
from ingest.readers import SUFFIXES
from ui.wording import counted, dated, kind_name, title
from ui.work import FileResult

TYPES = sorted(suffix.removeprefix(".") for suffix in SUFFIXES)
_UNUSABLE = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*]')  # in names on Windows, or anywhere
_LONGEST_NAME = 120  # bytes; a path on Windows has 260 characters in all


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as the browser hands it over."""

    name: str  # with its folders, where a whole folder was chosen
    content: bytes

    @property
    def sha256(self) -> str:
        """The digest by which the library knows it."""
        return hashlib.sha256(self.content).hexdigest()


def take_in(
    files: Sequence[Brought],
    folder: Path,
    *,
    encoder: Encoder | None = None,
    listener: Callable[[Progress], None] = lambda _: None,
) -> tuple[str, list[FileResult]]:
    """Add the files to a library: a sentence on all of them, and one on each in their order."""
    known = _known(folder)
    in_bin = {one.sha256: one.title for one in removed(folder)}
    results: dict[int, FileResult] = {}
    first: dict[str, str] = {}
    new: list[int] = []
    for place, file in enumerate(files):
        if result := _without_reading(file, known, in_bin, first):
            results[place] = result
        else:
            first[file.sha256] = file.name
            new.append(place)
    if new:
        results |= _added([(place, files[place]) for place in new], folder, encoder, listener)
    good = sum(results[place].good for place in new)
    known_already = sum(results[place].good for place in results if place not in new)
    failed = len(files) - good - known_already
    parts = [f"{counted(good, 'document')} added"]
    parts += [f"{known_already:,} here already"] if known_already else []
    parts += [f"{failed:,} not taken in"] if failed else []
    return f"{', '.join(parts)}.", [results[place] for place in range(len(files))]


def _known(folder: Path) -> dict[str, DocumentCard]:
    """The library's documents by their files' digests."""
    try:
        return {card.document.sha256: card for card in Library(folder).documents()}
    except MissingLibraryError:
        return {}


def _without_reading(
    file: Brought,
    known: dict[str, DocumentCard],
    in_bin: dict[str, str],
    first: dict[str, str],
) -> FileResult | None:
    """What is to be said of a file that need not be read."""
    if card := known.get(file.sha256):
        said = f"Here already, the very same file: {card.name}, “{title(card.document)}”."
        return FileResult(file.name, True, said, card.document.document_id)
    if file.sha256 in first:
        return FileResult(file.name, True, f"The same file as {first[file.sha256]}; taken once.")
    if file.sha256 in in_bin:
        said = "It was removed from the library; bring it back under “Removed documents”."
        return FileResult(file.name, False, said)
    return None


def _added(
    files: Sequence[tuple[int, Brought]],
    folder: Path,
    encoder: Encoder | None,
    listener: Callable[[Progress], None],
) -> dict[int, FileResult]:
    with TemporaryDirectory() as scratch:
        paths = {place: _laid_down(file, Path(scratch) / str(place)) for place, file in files}
        report = add(list(paths.values()), folder, encoder=encoder, listener=listener)
    known = _known(folder)
    said = {failure.doc: failure.message for failure in report.failed}
    return {
        place: _result(file, known.get(file.sha256), said.get(paths[place].name, ""))
        for place, file in files
    }


def _laid_down(file: Brought, folder: Path) -> Path:
    """The file in a folder of its own; the name of the folder it came from may name its place."""
    parts = [part for part in PurePosixPath(file.name.replace("\\", "/")).parts if _plain(part)]
    name = _usable(parts[-1]) if parts else "file"
    above = _usable(parts[-2]) if len(parts) > 1 else "uploads"
    path = folder / above / name
    path.parent.mkdir(parents=True)
    path.write_bytes(file.content)
    return path


def _plain(part: str) -> bool:
    """Whether a part of a path names something inside a folder."""
    return part.strip(" .") not in ("/", "") and not re.fullmatch("[A-Za-z]:", part)


def _usable(part: str) -> str:
    """A name that every system takes, its kind kept: without signs, as a device's, or too long."""
    plain = _UNUSABLE.sub("_", part.encode("utf-8", "replace").decode()).strip(" .")
    if PureWindowsPath(plain).is_reserved():  # "nul.txt" is a device on Windows
        plain = f"_{plain}"
    stem, dot, suffix = plain.rpartition(".")
    room = _LONGEST_NAME - len(f"{dot}{suffix}".encode())
    if len(plain.encode()) <= _LONGEST_NAME:
        return plain
    if not dot or room < 1:
        return plain.encode()[:_LONGEST_NAME].decode("utf-8", "ignore")
    return stem.encode()[:room].decode("utf-8", "ignore") + dot + suffix


def most_megabytes() -> int:
    """How large a file may be: what is read of one, and no more than the server takes."""
    return min(ReadingLimits().file_megabytes, int(st.get_option("server.maxUploadSize")))


def _result(file: Brought, card: DocumentCard | None, failure: str) -> FileResult:
    if card is None:
        said = failure or "It could not be read; save it anew (print it to PDF) and add that."
        return FileResult(file.name, False, said)
    document = card.document
    facts = [document.authority or "no authority recognised", kind_name(document.kind)]
    facts += [day] if (day := dated(document)) else ["no date found"]
    numbered = card.kinds.get("numbered", 0)
    counts = f"{counted(card.paragraphs, 'paragraph')}, {numbered:,} of them numbered"
    said = f"Added: {', '.join(facts)}; {counts}."
    if document.warnings:
        said += f" Please check: {'; '.join(document.warnings)}."
    return FileResult(file.name, True, said, document.document_id)
