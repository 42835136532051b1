"""What all tests share: the data beside the repository, where it is there."""

import os
import shutil
import subprocess
import sys
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


def build_aside(paths, folder: Path) -> None:
    """Build a library as a user does: no model is loaded into the process of the tests."""
    command = [sys.executable, "-m", "index", "build", *map(str, paths), "--library", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="session")
def built_corpus(corpus: Path, tmp_path_factory) -> Path:
    """A library of the documents that ship, to be read only."""
    folder = tmp_path_factory.mktemp("built") / "corpus"
    build_aside([corpus], folder)
    return folder


@pytest.fixture(scope="module")
def own_corpus(built_corpus: Path, tmp_path_factory) -> Path:
    """The same, for the tests of one module to write to."""
    return Path(shutil.copytree(built_corpus, tmp_path_factory.mktemp("own") / "library"))


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
