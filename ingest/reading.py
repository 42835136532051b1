"""One file's bytes become a Document."""

from __future__ import annotations

import hashlib
import stat
from dataclasses import replace
from pathlib import Path

from ingest.errors import ReadError
from ingest.identity import document_id
from ingest.limits import FILE_VARIABLE, ReadingLimits
from ingest.metadata import read_metadata
from ingest.model import Document, Metadata
from ingest.paragraphs import find_paragraphs
from ingest.readers import read_source
from ingest.sources import SourceEntry, SourceFile, printable, real_place

_OF_METADATA = (
    "title",
    "publisher",
    "authority",
    "kind",
    "inspection_start",
    "inspection_end",
    "published",
    "judgements",
)


_MEGABYTE = 1024 * 1024


def check_file(path: Path, limits: ReadingLimits) -> None:
    """See that it is an ordinary file that can be cited and is not too large; nothing is opened.

    Raises:
        ReadError: it is none, with the reason.
        OSError: it cannot be reached.
    """
    _check_names(path)
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise ReadError(
            f"{path.name} is a folder that cannot be opened; see that you may read it, and add it "
            "again."
        )
    if not stat.S_ISREG(found.st_mode):  # opening a pipe waits, and a device may never end
        raise ReadError(
            f"{path.name} is no ordinary file but a pipe or a device; save what it gives as a "
            "file and add that."
        )
    if (size := found.st_size / _MEGABYTE) > limits.file_megabytes:
        raise ReadError(
            f"{path.name} has {size:.0f} MB, more than the {limits.file_megabytes} MB that are "
            f"read; split it, or set {FILE_VARIABLE}."
        )


def _check_names(path: Path) -> None:
    name = printable(path.name)
    if name != path.name:
        raise ReadError(f"{name} has a name that is not in UTF-8; rename it and add it again.")
    for folder in real_place(path).parts:
        if (named := printable(folder)) != folder:
            raise ReadError(
                f"{name} lies in {named}, a name that is not in UTF-8; rename that and add it "
                "again."
            )


def read_file(file: SourceFile, limits: ReadingLimits | None = None) -> Document:
    """The document in a file.

    Raises:
        ReadError: it cannot be read, with the reason.
        OSError: it cannot be opened.
    """
    return read_document(file.path.read_bytes(), file.path, file.entry, limits)


def read_document(
    content: bytes,
    path: Path,
    entry: SourceEntry | None = None,
    limits: ReadingLimits | None = None,
) -> Document:
    """The document in the bytes; nothing is opened.

    Args:
        content: the file's bytes.
        path: where they come from: its extension says how to read them.
        entry: what sources.toml says of it, which stands over what is found.
        limits: how large it may be; the process's own time and memory are not watched here.

    Raises:
        ReadError: it cannot be read, with the reason.
    """
    source = read_source(content, path.name, limits)
    structure = find_paragraphs(source.pages)
    metadata = _overridden(read_metadata(source.pages, path, source.properties), entry)
    numbered = [page.number for page in source.pages if page.number is not None]
    document = Document(
        doc=path.name,
        document_id="",
        sha256=hashlib.sha256(content).hexdigest(),
        paragraphs=structure.paragraphs,
        **{name: getattr(metadata, name) for name in (*_OF_METADATA, "file_date")},
        pages=len(numbered) or None,
        set_aside=structure.set_aside,
        warnings=(*source.warnings, *structure.warnings, *_nothing_found(structure.paragraphs)),
    )
    if entry is not None:
        names = ("origin", "rights", "repeats", "retells", "handed_over_as")
        document = replace(document, **{name: getattr(entry, name) for name in names})
    return replace(document, document_id=document_id(document))


def _overridden(metadata: Metadata, entry: SourceEntry | None) -> Metadata:
    given = {name: getattr(entry, name) for name in _OF_METADATA} if entry is not None else {}
    return replace(metadata, **{name: value for name, value in given.items() if value})


def _nothing_found(paragraphs: tuple[object, ...]) -> tuple[str, ...]:
    return () if paragraphs else ("no paragraph was found in it",)
