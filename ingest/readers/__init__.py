"""One reader for each file format: bytes become Pages of Lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath

from ingest.errors import UnsupportedFileError
from ingest.model import Source
from ingest.readers import pdf, text

_READERS: dict[str, Callable[[bytes, str], Source]] = {
    ".pdf": pdf.read,
    ".txt": text.read,
    ".md": text.read,
    ".markdown": text.read,
}
SUFFIXES = frozenset(_READERS)
# Kinds that no reader takes but that another program turns into one that is read.
CONVERTIBLE = frozenset({".doc", ".dot", ".odt", ".ott", ".rtf", ".pages", ".wps"})


def read_source(content: bytes, name: str) -> Source:
    """The pages and lines of a file, read as what its extension says it is.

    Raises:
        UnsupportedFileError: no reader takes such files, or the content is of another kind.
        ReadError: it is empty, damaged or encrypted.
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
    return reader(content, name)
