"""A folder tree becomes documents in a stable order: the door of this package."""

from __future__ import annotations

import hashlib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from ingest.identity import assign_ids, document_id
from ingest.isolation import Outcome, read_files
from ingest.limits import ReadingLimits
from ingest.overlap import SameReport, same_report, with_same_reports_said
from ingest.readers import ocr
from ingest.reading import read_document
from ingest.sources import Found, SourceEntry, SourceFile, find_files

__all__ = [
    "READER_VERSION",
    "Found",
    "Outcome",
    "ReadingLimits",
    "SameReport",
    "SourceEntry",
    "SourceFile",
    "assign_ids",
    "document_id",
    "find_files",
    "read_document",
    "read_files",
    "same_report",
    "with_same_reports_said",
]

_FOLDER = Path(__file__).resolve().parent
# Other versions of these may find other words or lines in the same file.
_PARSERS = ("pypdfium2", "pypdf", "python-docx", "lxml")


def _reader_version() -> str:
    """A digest of the code that reads: whoever changes it cannot forget to say so."""
    digest = hashlib.sha256()
    for path in sorted(_FOLDER.rglob("*")):
        if path.suffix in (".py", ".txt"):
            digest.update(path.relative_to(_FOLDER).as_posix().encode())
            digest.update(path.read_text(encoding="utf-8").encode())  # the same with any line ends
    for name in _PARSERS:
        digest.update(_installed(name).encode())
    digest.update(b"with character recognition" if ocr.program() else b"without it")
    return digest.hexdigest()[:16]


def _installed(name: str) -> str:
    try:
        return f"{name} {version(name)}"
    except PackageNotFoundError:
        return f"{name} missing"


READER_VERSION: str = _reader_version()
