"""What tests of reading share."""

from pathlib import Path

import pytest

from tests.ingest.published import Read, read_all


@pytest.fixture(scope="session")
def published(shared: Path) -> dict[str, Read]:
    """{name: document and cover} of the 127 published reports."""
    return read_all(sorted((shared / "corpora" / "inspections").glob("*.pdf")))
