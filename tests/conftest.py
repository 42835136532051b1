"""What all tests share: the data beside the repository, where it is there."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and gold; its absence is a failure under CI only."""
    folder = Path(os.environ.get("PILCROW_SHARED", ROOT.parent / "shared"))
    if not (folder / "gold").is_dir():
        reason = f"no documents at {folder}; set PILCROW_SHARED to their folder"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The documents that ship with the project."""
    return ROOT / "corpus"
