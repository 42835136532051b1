"""What a file really is, by its first bytes, whatever its name says."""

from __future__ import annotations

import re

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (rb"\s*%PDF-", "a PDF"),
    (rb"PK\x03\x04", "a zip archive or an Office document (.docx)"),
    (rb"\xd0\xcf\x11\xe0", "an old or encrypted Office document (.doc)"),
    (rb"\s*\{\\rtf", "an RTF document"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|II\*\x00|MM\x00\*", "a picture"),
    (
        rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b",
        "a web page",
    ),
)
_LOOKED_AT = 4096  # bytes


def kind_of(content: bytes) -> str | None:
    """The kind in words, where the first bytes tell it: "a PDF"; None for text and the unknown."""
    start = content[:_LOOKED_AT]
    for signature, kind in _SIGNATURES:
        if re.match(signature, start, re.IGNORECASE | re.DOTALL):
            return kind
    return None
