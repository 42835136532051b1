"""A disk that is full: the change is refused in a sentence and the library stays as it was."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.endurance.scene import DONE, REFUSED, Scene, bring_up_to_date, said_in
from bench.endurance.tally import Tally
from tests.index.test_interruption import answers

_PAGE = 4096


def full_disk(scene: Scene, steps: int) -> Tally:
    """Update a library on disks of so many sizes, from no room at all to more than enough."""
    tally = Tally("updates on a disk too small (tmpfs)")
    held = _size(scene.library)
    for step in range(steps):
        room = (step * 2 * held // steps) // _PAGE * _PAGE
        try:
            with _disk(scene.root / f"disk-{step}", held + 16 * _PAGE + room) as disk:
                _updated(scene, disk, tally)
        except PermissionError:
            tally.count("not tried: no disk may be made here")
    return tally


def _updated(scene: Scene, disk: Path, tally: Tally) -> None:
    folder = Path(shutil.copytree(scene.library, disk / "library"))
    ended = scene.run(bring_up_to_date, folder)
    fault = scene.fault(folder)
    if ended == DONE:
        missed = not fault and answers(folder) != scene.after
        tally.count("done", wrong=fault or "it was not done" * missed)
        return
    said = said_in(folder).read_text(encoding="utf-8") if ended == REFUSED else ""
    if "\n" in said or not ("could not be written" in said or "room on the disk" in said):
        fault = fault or f"it ended with {ended}: {said!r}"
    if not fault and answers(folder) != scene.before:
        fault = "it was refused and done"
    tally.count("refused in a sentence, the library as before", wrong=fault)


def _size(folder: Path) -> int:
    return sum(-(-path.stat().st_size // _PAGE) * _PAGE for path in folder.rglob("*"))


@contextmanager
def _disk(place: Path, size: int) -> Iterator[Path]:
    """A disk in memory. Raises PermissionError where none may be mounted."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        raise PermissionError
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)
