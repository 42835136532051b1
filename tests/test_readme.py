"""The README names what there is, and nothing else."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SETTING = re.compile(r"PILCROW_[A-Z]+(?:_[A-Z]+)*")
COMMAND = re.compile(r"python -m (index|ingest|eval|answer|train)\b(?: ([a-z]+)\b)?")
FOLDERS = ("ingest", "index", "answer", "eval", "train", "ui", "tests", "bench")


def settings_in_code() -> set[str]:
    files = [ROOT / "app.py", *(path for name in FOLDERS for path in (ROOT / name).rglob("*.py"))]
    return {name for file in files for name in SETTING.findall(file.read_text(encoding="utf-8"))}


def commands_of(package: str) -> set[str]:
    help_text = subprocess.run(
        [sys.executable, "-m", package, "--help"],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    ).stdout
    return set(re.findall(r"^ {4}([a-z]+)(?: {2,}|$)", help_text, re.MULTILINE))


def test_every_setting_is_documented_and_every_documented_one_exists():
    assert set(SETTING.findall(README)) == settings_in_code()


@pytest.mark.parametrize("package", ["index", "eval", "answer"])
def test_every_command_is_documented_and_every_documented_one_exists(package):
    documented = {command for name, command in COMMAND.findall(README) if name == package}
    assert documented - {""} == commands_of(package)


def test_every_make_target_named_exists():
    targets = set(re.findall(r"^([a-z.-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", README)) <= targets


def test_every_file_linked_exists():
    for link in re.findall(r"\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / link).is_file(), link
