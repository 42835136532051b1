"""The file that a non-programmer double-clicks."""

import hashlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import start


@pytest.fixture
def place(tmp_path, monkeypatch):
    environment = tmp_path / ".venv"
    monkeypatch.setattr(start, "ENVIRONMENT", environment)
    monkeypatch.setattr(start, "PYTHON", environment / "bin" / "python")
    monkeypatch.setattr(start, "PIP", environment / "bin" / "pip")
    monkeypatch.setattr(start, "REQUIREMENTS", tmp_path / "requirements.txt")
    monkeypatch.setattr(start, "INSTALLED", environment / "requirements.sha256")
    start.REQUIREMENTS.write_text("a==1\n", encoding="utf-8")
    return tmp_path


@pytest.fixture
def calls(monkeypatch):
    made = []
    monkeypatch.setattr(start.venv, "create", lambda path, **_: path.mkdir(exist_ok=True))
    monkeypatch.setattr(subprocess, "run", lambda command, **_: made.append(command))
    return made


def test_installs_once_and_again_when_the_requirements_change(place, calls):
    start.install()
    start.install()
    assert len(calls) == 1
    assert calls[0][-2:] == ["-r", start.REQUIREMENTS]
    start.REQUIREMENTS.write_text("a==2\n", encoding="utf-8")
    start.install()
    assert len(calls) == 2


def test_a_failed_installation_is_said_and_tried_again(place, calls, monkeypatch, capsys):
    def fail(command, **_):
        raise subprocess.CalledProcessError(1, command)

    monkeypatch.setattr(subprocess, "run", fail)
    assert start.main() == 1
    assert "HTTPS_PROXY" in capsys.readouterr().err
    assert not start.INSTALLED.exists()


def test_another_python_is_refused_with_what_to_do(monkeypatch, capsys):
    monkeypatch.setattr(sys, "version_info", (3, 9, 0))
    assert start.main() == 2
    assert "Install Python 3.11" in capsys.readouterr().err


def test_the_record_of_what_is_installed_is_the_hash_of_the_requirements(place, calls):
    start.install()
    wanted = hashlib.sha256(start.REQUIREMENTS.read_bytes()).hexdigest()
    assert start.INSTALLED.read_text(encoding="utf-8") == wanted


def test_an_environment_that_was_broken_off_before_its_pip_is_made_again(place, calls, monkeypatch):
    made = []
    start.PYTHON.parent.mkdir(parents=True)
    start.PYTHON.touch()
    monkeypatch.setattr(start.venv, "create", lambda path, **_: made.append(path))
    start.install()
    assert made == [start.ENVIRONMENT]


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_make_installs_again_after_an_installation_that_failed(tmp_path):
    """The folder is there already, newer than all it is made from, and holds next to nothing."""
    for name in ("Makefile", "start.py", "requirements.txt"):
        shutil.copy(Path(start.__file__).with_name(name), tmp_path)
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    planned = subprocess.run(
        ["make", "--dry-run", "run"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "start.py --install-only" in planned.stdout


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_make_help_names_every_target_that_is_explained():
    """And needs nothing but what a bare Debian has: no `column`."""
    folder = Path(start.__file__).parent
    said = subprocess.run(["make", "help"], cwd=folder, capture_output=True, text=True, check=True)
    targets = (folder / "Makefile").read_text(encoding="utf-8")
    explained = re.findall(r"^([a-z-]+):.*  ## ", targets, re.MULTILINE)
    assert len(explained) > 3
    assert all(f"\n{name} " in f"\n{said.stdout}" for name in explained)
    assert "column" not in targets
