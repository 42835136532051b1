"""A build that is killed leaves the last good library, whenever it is killed."""

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.build import BuildConfig, build
from index.library import Library
from index.schema import FILE_NAME
from tests.index.interrupted import HashingEncoder

ROOT = Path(__file__).parents[2]
MOMENTS = 20
QUESTIONS = (
    "care leavers in hotels",
    "social workers cases in Hackney",
    "Bexley 2016 para 2",
    '"foster carers"',
    "budget",
)
AUTHORITIES = ("Hackney", "Bexley", "Dudley", "Medway", "Bromley", "Cornwall", "Leicester")
ENTIRE = "PRAGMA integrity_check"


def report(authority: str, salt: int) -> str:
    findings = [
        f"Care leavers in {authority} lived in {salt} hotels for weeks.",
        f"Social workers have {salt} cases each and too little time for visits.",
        f"Foster carers are praised {salt} times by inspectors.",
        "The budget grew. " * salt,
    ]
    numbered = "\n\n".join(f"{n}. {text}" for n, text in enumerate(findings, start=1))
    return f"Inspection of {authority} children's services\n\nFindings\n\n{numbered}\n"


def write(folder: Path, authorities: tuple[str, ...], salt: int) -> None:
    for place, authority in enumerate(authorities):
        path = folder / f"{authority.lower()}-2016-09-21.txt"
        path.write_text(report(authority, salt + place), encoding="utf-8")


def answers(folder: Path) -> list[list[tuple[str, str, float]]]:
    """All that can be found, with its words and its score."""
    library = Library.open(folder, HashingEncoder())
    found = [
        [(hit.paragraph_id, hit.text, hit.score) for hit in library.search(question, top_k=50)]
        for question in QUESTIONS
    ]
    library.close()
    return found


@dataclass
class Scene:
    """A library, the papers it is to be brought up to date with, and the answers of each."""

    papers: Path
    folder: Path
    before: list
    after: list

    def fresh(self, name: str) -> Path:
        return Path(shutil.copytree(self.folder, self.folder.parent / name))

    def start(self, folder: Path, *arguments: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "tests.index.interrupted", str(self.papers), str(folder)]
        return subprocess.Popen(
            [*command, *arguments],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run(self, folder: Path, *arguments: str) -> tuple[int, str]:
        """The exit status of a build and the last word of what it said."""
        with self.start(folder, *arguments) as process:
            said, _ = process.communicate()
        assert said.startswith("building"), said
        return process.returncode, said.split()[-1]

    def check(self, folder: Path) -> bool:
        """The library is the one before or the one after, whole; whether it is the one after."""
        with sqlite3.connect(folder / FILE_NAME) as connection:
            assert connection.execute(ENTIRE).fetchone() == ("ok",)
        connection.close()
        found = answers(folder)
        assert found in (self.before, self.after)
        return found == self.after


@pytest.fixture(scope="module")
def scene(tmp_path_factory) -> Iterator[Scene]:
    root = tmp_path_factory.mktemp("interruption")
    papers, folder = root / "papers", root / "library"
    papers.mkdir()
    write(papers, AUTHORITIES[:5], 2)
    config = BuildConfig(jobs=1)
    build([papers], folder, encoder=HashingEncoder(), config=config)
    before = answers(folder)
    write(papers, AUTHORITIES[:3], 9)  # changed ones
    write(papers, AUTHORITIES[5:], 20)  # new ones
    (papers / "medway-2016-09-21.txt").unlink()
    shutil.copytree(folder, root / "whole")
    build([papers], root / "whole", encoder=HashingEncoder(), config=config)
    after = answers(root / "whole")
    assert before != after
    yield Scene(papers, folder, before, after)
    shutil.rmtree(root)


def test_a_build_killed_at_random_moments_leaves_the_last_good_library(scene):
    with scene.start(scene.fresh("timed")) as process:
        process.stdout.readline()
        started = time.monotonic()
        assert process.wait() == 0
        duration = time.monotonic() - started
    chance = random.Random(2016)  # noqa: S311 - moments, not secrets
    for moment in range(MOMENTS):
        folder = scene.fresh(f"killed-{moment}")
        with scene.start(folder) as process:
            process.stdout.readline()
            time.sleep(chance.uniform(0, duration))
            process.kill()
        scene.check(folder)
        shutil.rmtree(folder)


def test_a_build_that_dies_at_any_statement_leaves_the_last_good_library(scene):
    count = int(scene.run(scene.fresh("counted"))[1])
    chance = random.Random(87)  # noqa: S311 - moments, not secrets
    last = range(count - 7, count + 1)  # commit, log and former vectors among them
    outcomes = []
    for statement in [*chance.sample(range(1, count - 7), MOMENTS - len(last)), *last]:
        folder = scene.fresh(f"died-{statement}")
        assert scene.run(folder, str(statement))[0] == 9
        outcomes.append(scene.check(folder))
        shutil.rmtree(folder)
    assert {*outcomes} == {False, True}  # some died before the commit, some after


def test_a_killed_build_can_be_run_again(scene):
    folder = scene.fresh("again")
    assert scene.run(folder, "40")[0] == 9
    assert scene.run(folder)[0] == 0
    assert scene.check(folder)
    assert len(list(folder.glob("passages*"))) == 1


def test_a_first_build_that_is_killed_leaves_nothing_in_the_way(scene, tmp_path):
    folder = tmp_path / "library"
    assert scene.run(folder, "30")[0] == 9
    assert scene.run(folder)[0] == 0
    assert answers(folder) == scene.after
