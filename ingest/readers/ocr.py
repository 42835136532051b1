"""Pictures of pages become words, by Tesseract where it is on the machine."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from statistics import median

from ingest.errors import ReadError
from ingest.readers.layout import Style, Word

DOTS_PER_INCH = 300  # what Tesseract's models were trained for
POINTS_PER_INCH = 72
_LINE_LEVEL, _WORD_LEVEL = "4", "5"  # of Tesseract's table
_SECONDS_A_PAGE = 60.0
_DOUBTED = 60.0  # percent
_SAME_SIZE = 0.25  # lines this much higher or lower than most are of the same size
_BULLET_SIGNS = frozenset("•«»¢°©®")  # what round and square bullets are taken for, by themselves


@cache
def program() -> str | None:
    """Where Tesseract lies; None where it is not installed."""
    return shutil.which("tesseract")


def recognise(picture: bytes, height: float) -> list[Word]:
    """The words in the picture of a page, in points from the page's lower left corner.

    Args:
        picture: a PGM, PNG or TIFF at DOTS_PER_INCH.
        height: of the page, points.

    Raises:
        ReadError: Tesseract failed or took too long.
    """
    table = _table(picture)
    rows = [row for row in table if row["level"] == _WORD_LEVEL and not _is_speck(row)]
    lines: dict[tuple[str, ...], list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        lines[_line_of(row)].append(row)
    sizes = _sizes({_line_of(row): row for row in table if row["level"] == _LINE_LEVEL})
    return [word for place, line in lines.items() for word in _words(line, sizes[place], height)]


def _table(picture: bytes) -> list[dict[str, str]]:
    command = [program() or "tesseract", "stdin", "stdout", "--dpi", str(DOTS_PER_INCH), "tsv"]
    try:
        done = subprocess.run(  # noqa: S603  # a fixed program; the picture is data
            command,
            input=picture,
            capture_output=True,
            timeout=_SECONDS_A_PAGE,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # files are read side by side already
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ReadError(f"Tesseract could not recognise a page ({error}).") from error
    text = done.stdout.decode("utf-8", "replace")
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


def _is_speck(row: Mapping[str, str]) -> bool:
    """Whether it is a sign that Tesseract itself doubts: dirt, or a gap taken for a rule."""
    text = row["text"].strip()
    worded = any(letter.isalnum() for letter in text) or text in _BULLET_SIGNS
    return not text or (not worded and float(row["conf"]) < _DOUBTED)


def _line_of(row: Mapping[str, str]) -> tuple[str, ...]:
    return row["block_num"], row["par_num"], row["line_num"]


def _points(dots: str) -> float:
    return int(dots) * POINTS_PER_INCH / DOTS_PER_INCH


def _sizes(lines: Mapping[tuple[str, ...], Mapping[str, str]]) -> dict[tuple[str, ...], float]:
    """The size of each line's letters: most lines have the same, though their heights vary."""
    heights = {place: _points(row["height"]) for place, row in lines.items()}
    usual = round(median(heights.values())) if heights else 0.0
    return {
        place: usual if abs(height - usual) <= _SAME_SIZE * usual else float(round(height))
        for place, height in heights.items()
    }


def _words(line: Iterable[Mapping[str, str]], size: float, height: float) -> list[Word]:
    """A line's words on one baseline: that of most of them, since letters with tails hang lower."""
    rows = list(line)
    bottoms = [height - _points(row["top"]) - _points(row["height"]) for row in rows]
    baseline = median(bottoms)
    return [
        Word(
            text="•" if row["text"] in _BULLET_SIGNS else row["text"],
            left=_points(row["left"]),
            right=_points(row["left"]) + _points(row["width"]),
            bottom=bottom,
            top=height - _points(row["top"]),
            baseline=baseline,
            style=Style(size, bold=False, italic=False),
        )
        for row, bottom in zip(rows, bottoms, strict=True)
    ]
