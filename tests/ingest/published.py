"""The published reports beside the project, each read once for all tests."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from ingest import reading
from ingest.metadata import read_metadata
from ingest.model import Document, Metadata

NOWHERE = Path("nowhere") / "x.pdf"  # a name that tells nothing
Read = tuple[Document, Metadata]  # the metadata: what the cover alone tells


def read_all(paths: Iterable[Path]) -> dict[str, Read]:
    """{name: what is in it}, on all cores."""
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return {read[0].doc: read for read in pool.map(_read, paths, chunksize=4)}


def _read(path: Path) -> Read:
    covers = []

    def noticed(pages, name, properties):
        covers.append(read_metadata(pages, NOWHERE, properties))
        return read_metadata(pages, name, properties)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "read_metadata", noticed)
        document = reading.read_document(path.read_bytes(), path)
    return document, covers[0]
