"""Names for documents that stay the same: from authority, kind and date where they are known."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import PurePath

from ingest.model import Document

_NOT_IN_A_SLUG = re.compile(r"[^a-z0-9]+")
_SHA_DIGITS = 8


def document_id(document: Document) -> str:
    """The document's name before others are looked at: "wandsworth-inspection-2016-02-16".

    Without an authority or a date it is its file's name.
    """
    day = document.published or document.file_date or document.inspection_end
    if not document.authority or day is None:
        return _slug(PurePath(document.doc).stem) or document.sha256[:_SHA_DIGITS]
    kind = "document" if document.kind == "other" else document.kind
    return _slug(f"{document.authority} {kind} {day.isoformat()}")


def assign_ids(documents: Sequence[Document], taken: Collection[str] = ()) -> list[Document]:
    """The documents, each with an id of its own.

    Where several would share one, every one of them gets a suffix, from what its file's name has
    more than the others', so that no id depends on the order of the files, and none that once
    meant one document comes to mean another. `taken` are ids that others have already.
    """
    bases = [document_id(document) for document in documents]
    times = Counter([*bases, *taken])
    used = set(taken)
    named = []
    for document, base in zip(documents, bases, strict=True):
        name = base if times[base] == 1 else _with_suffix(document, base, used)
        used.add(name)
        named.append(replace(document, document_id=name))
    return named


def _with_suffix(document: Document, base: str, used: Collection[str]) -> str:
    """The id with the first suffix that is free: of the name, the extension, the content."""
    path = PurePath(document.doc)
    said = set(base.split("-"))
    own = [word for word in _slug(path.stem).split("-") if word not in said]
    kind = _slug(path.suffix)
    content = document.sha256[:_SHA_DIGITS]
    for words in ([*own], [*own, kind], [*own, kind, content]):
        name = "-".join([base, *filter(None, words)])
        if name != base and name not in used:
            return name
    count = 2  # the same file twice
    while f"{base}-{content}-{count}" in used:
        count += 1
    return f"{base}-{content}-{count}"


def _slug(text: str) -> str:
    """ASCII words joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii").lower()
    return _NOT_IN_A_SLUG.sub("-", re.sub("[’'.]", "", plain)).strip("-")
