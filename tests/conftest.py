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


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden texts anew; review the diff"
    )


@pytest.fixture
def golden(request):
    """Compares a text with the one kept under tests/golden; written anew only by the flag."""

    def compare(name: str, text: str) -> None:
        path = ROOT / "tests" / "golden" / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        assert text == path.read_text(encoding="utf-8"), f"{name} differs; see --update-golden"

    return compare
