"""How every command line ends when something keeps it from its end."""

import argparse
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.command_line import exit_status, named_path, whole_number

ROOT = Path(__file__).parent.parent
TALK = (
    "import sys; from ingest.command_line import exit_status;"
    "sys.exit(exit_status(lambda: print('word ' * 100_000) or 0))"
)


def talk(stdout) -> tuple[int, bytes]:
    """Run a command that says much."""
    done = subprocess.run(
        [sys.executable, "-c", TALK], stdout=stdout, stderr=subprocess.PIPE, cwd=ROOT, check=False
    )
    return done.returncode, done.stderr


def test_a_reader_that_has_gone_is_told_nothing():
    reader = subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.PIPE)
    reader.wait(60)
    assert talk(reader.stdin) == (141, b"")
    reader.stdin.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
def test_output_that_has_no_room_is_one_sentence():
    with Path("/dev/full").open("wb") as full:
        assert talk(full) == (2, b"The output cannot be written: No space left on device.\n")


def test_a_file_that_the_system_refuses_is_named(tmp_path, capsys):
    assert exit_status(lambda: (tmp_path / "x" / "y").write_text("z")) == 2
    assert capsys.readouterr().err == (
        f"{tmp_path / 'x' / 'y'} cannot be used: No such file or directory.\n"
    )


@pytest.mark.parametrize(
    ("package", "parser"),
    [("ingest", "_options"), ("index", "_parser"), ("answer", "_parser"), ("eval", "_parser")],
)
def test_every_command_line_can_be_stopped(package, parser, monkeypatch, capsys):
    def stop():
        raise KeyboardInterrupt

    module = importlib.import_module(f"{package}.__main__")
    monkeypatch.setattr(module, parser, stop)
    assert module.main([]) == 130
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert err.startswith("Stopped")


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "", "x", "٣", "1000001", "9" * 5000])
def test_what_counts_nothing_is_refused_in_an_option(text):
    with pytest.raises(argparse.ArgumentTypeError, match="from 1 to 1,000,000"):
        whole_number(text)


@pytest.mark.parametrize("text", ["", " "])
def test_an_empty_name_is_not_taken_for_the_current_folder(text):
    with pytest.raises(argparse.ArgumentTypeError, match="write a dot"):
        named_path(text)
    assert named_path(".") == Path()


def test_a_number_of_an_option_is_read():
    assert [whole_number("1"), whole_number("1000000")] == [1, 1_000_000]
