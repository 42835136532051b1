"""The zip file that a Word document is: whether it may be unpacked."""

from __future__ import annotations

import io
import zipfile
import zlib

from docx.opc.exceptions import PackageNotFoundError

from ingest.errors import EncryptedFileError, ReadError, UnsupportedFileError
from ingest.readers.signatures import kind_of

_MEGABYTE = 1024 * 1024
_MOST_PARTS = 5000
_WORD_PART = "word/document.xml"
# What python-docx and what it stands on raise for a package that is not whole.
DAMAGED = (
    PackageNotFoundError,
    KeyError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    NotImplementedError,
    AttributeError,
    TypeError,
)


def check_package(content: bytes, name: str, most_megabytes: int) -> None:
    """See that it is a Word document of no more than so many megabytes unpacked.

    Raises:
        UnsupportedFileError: it is none.
        EncryptedFileError: it may be protected by a password.
        ReadError: it is empty, damaged or unpacks to far too much.
    """
    if not content:
        raise ReadError(f"{name} is empty; download or copy it again.")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise EncryptedFileError(
            f"{name} is locked with a password or is an old .doc; open it in Word and save it as "
            ".docx without a password."
        )
    if not content.startswith(b"PK"):
        kind = kind_of(content) or "no Word document"
        raise UnsupportedFileError(f"{name} is {kind}, whatever its name says; rename it so.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
    except zipfile.BadZipFile as error:
        raise ReadError(f"{name} is damaged or cut off; download or copy it again.") from error
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > most_megabytes * _MEGABYTE:
        raise ReadError(f"{name} unpacks to far more than a report holds, and was not opened.")
    if _WORD_PART not in {part.filename for part in parts}:
        raise UnsupportedFileError(
            f"{name} is a zip file but no Word document; save it as .docx or PDF and add that."
        )
