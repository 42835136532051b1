"""One reader for each file format: bytes become Pages of Lines."""

from __future__ import annotations

from importlib import import_module
from pathlib import PurePath

from ingest.errors import UnsupportedFileError
from ingest.limits import ReadingLimits
from ingest.model import Source

# Which module of this package has the read(content, name, limits) for it; loaded when the first
# such file comes, for each process that reads files pays for what it loads.
_READERS = {
    ".pdf": "pdf",
    ".txt": "text",
    ".md": "text",
    ".markdown": "text",
    ".docx": "docx",
    ".docm": "docx",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
SUFFIXES = frozenset(_READERS)
# Kinds that no reader takes but that another program turns into one that is read.
CONVERTIBLE = frozenset({".doc", ".dot", ".odt", ".ott", ".rtf", ".pages", ".wps"})


def read_source(content: bytes, name: str, limits: ReadingLimits | None = None) -> Source:
    """The pages and lines of a file, read as what its extension says it is.

    Raises:
        UnsupportedFileError: no reader takes such files, or the content is of another kind.
        ReadError: it is empty, damaged, encrypted or too large.
    """
    suffix = PurePath(name).suffix.lower()
    reader = _READERS.get(suffix)
    if suffix in CONVERTIBLE:
        raise UnsupportedFileError(
            f"{name} is a {suffix} file, which cannot be read; open it in Word or LibreOffice, "
            "save it as Word document (.docx) or PDF, and add that."
        )
    if reader is None:
        kinds = ", ".join(sorted(_READERS))
        raise UnsupportedFileError(f"{name} is of a kind that cannot be read; give one of {kinds}.")
    read = import_module(f"ingest.readers.{reader}").read
    source: Source = read(content, name, limits or ReadingLimits())
    return source
