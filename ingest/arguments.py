"""What the options of the commands may be."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

_COUNT = re.compile("[0-9]{1,9}")


def given_path(said: str) -> Path:
    """The path that is typed; an empty one would be the folder that the user happens to be in."""
    if not said.strip():
        raise argparse.ArgumentTypeError("it is empty; name a file or folder (. is this folder)")
    return Path(said)


def count(said: str) -> int:
    """A whole number from 1, of nine digits at most."""
    if not (_COUNT.fullmatch(said) and int(said)):
        raise argparse.ArgumentTypeError(f"{said[:20]!r} is no whole number from 1")
    return int(said)
