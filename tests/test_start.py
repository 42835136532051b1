"""The file that a non-programmer double-clicks."""

import hashlib
import subprocess
import sys

import pytest

import start


@pytest.fixture
def place(tmp_path, monkeypatch):
    environment = tmp_path / ".venv"
    monkeypatch.setattr(start, "ENVIRONMENT", environment)
    monkeypatch.setattr(start, "PYTHON", environment / "bin" / "python")
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
