"""Processes killed at any moment: the library is the one before or the one after, and whole."""

from __future__ import annotations

import random
import shutil
import time

from bench.endurance.scene import DONE, Scene, bring_up_to_date, make_anew
from bench.endurance.tally import Tally
from index.kept import FILE_NAME as KEPT
from index.schema import FILE_NAME
from tests.index.test_interruption import answers

_AGAIN = 5  # every so many killed ones are run again to their end


def killed(scene: Scene, count: int, seed: int = 9) -> list[Tally]:
    """Kill so many: half of them updates, the rest first builds and rebuilds."""
    chance = random.Random(seed)  # noqa: S311 - moments, no secrets
    return [
        _updates(scene, count - 2 * (count // 4), chance),
        _first_builds(scene, count // 4, chance),
        _rebuilds(scene, count // 4, chance),
    ]


def _updates(scene: Scene, count: int, chance: random.Random) -> Tally:
    tally = Tally("updates killed at a random moment")
    duration = scene.lasts(bring_up_to_date, scene.fresh("timed"))
    for moment in range(count):
        folder = scene.fresh(f"update-{moment}")
        _kill(scene, bring_up_to_date, folder, chance.uniform(0, duration))
        fault = scene.fault(folder)
        new = not fault and answers(folder) == scene.after
        if not moment % _AGAIN and scene.run(bring_up_to_date, folder) != DONE:
            fault = fault or "it could not be run again"
        tally.count("the new version" if new else "the version before", wrong=fault)
        shutil.rmtree(folder.parent)
    return tally


def _first_builds(scene: Scene, count: int, chance: random.Random) -> Tally:
    tally = Tally("first builds killed at a random moment, then run again")
    duration = scene.lasts(bring_up_to_date, scene.root / "timed first" / "library")
    for moment in range(count):
        folder = scene.root / f"first-{moment}" / "library"
        _kill(scene, bring_up_to_date, folder, chance.uniform(0, duration))
        outcome = (
            "begun again, what was encoded kept" if (folder / KEPT).is_file() else "begun again"
        )
        ended = scene.run(bring_up_to_date, folder)
        fault = scene.fault(folder) if ended == DONE else f"the second run ended with {ended}"
        if not fault and answers(folder) != scene.after:
            fault = "the second run gave other answers"
        tally.count(outcome, wrong=fault)
        shutil.rmtree(folder.parent)
    return tally


def _rebuilds(scene: Scene, count: int, chance: random.Random) -> Tally:
    tally = Tally("rebuilds from the kept files killed at a random moment")
    duration = scene.lasts(make_anew, scene.fresh("timed anew"))
    for moment in range(count):
        folder = scene.fresh(f"rebuild-{moment}")
        stood = (folder / FILE_NAME).stat().st_ino
        _kill(scene, make_anew, folder, chance.uniform(0, 1.1 * duration))
        anew = (folder / FILE_NAME).stat().st_ino != stood
        fault = scene.fault(folder)
        tally.count("the one made anew" if anew else "the one before", wrong=fault)
        shutil.rmtree(folder.parent)
    return tally


def _kill(scene: Scene, change: object, folder: object, seconds: float) -> None:
    process = scene.start(change, folder)  # type: ignore[arg-type]
    time.sleep(seconds)
    process.kill()
    process.join()
