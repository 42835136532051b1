"""The short form of `make endurance`: each kind of trial a few times, and nothing may be wrong."""

import random

import pytest

from bench.endurance.at_once import at_once
from bench.endurance.files import broken_files
from bench.endurance.flips import flipped
from bench.endurance.full_disk import full_disk
from bench.endurance.kills import killed
from bench.endurance.mutations import mutated
from bench.endurance.questions import hostile_questions
from bench.endurance.scene import scene
from bench.endurance.specimens import specimens
from bench.endurance.tally import Tally, table
from index.build import build
from index.library import Library
from tests.index.interrupted import HashingEncoder

pytestmark = [pytest.mark.slow, pytest.mark.alone]


@pytest.fixture(scope="module")
def stage():
    with scene() as made:
        yield made


def assert_nothing_wrong(*tallies: Tally) -> None:
    assert all(tally.tried for tally in tallies)
    assert not any(tally.wrong for tally in tallies), table(tallies)


def test_what_is_killed_leaves_a_whole_library(stage):
    assert_nothing_wrong(*killed(stage, 8))


def test_a_full_disk_leaves_the_library_as_it_was(stage):
    assert_nothing_wrong(full_disk(stage, 4))


def test_builds_searches_and_changing_files_at_once(stage):
    assert_nothing_wrong(*at_once(stage, 1))


def test_a_flipped_byte_is_found_or_without_effect(stage):
    assert_nothing_wrong(*flipped(stage, 40))


def test_broken_files_are_read_or_refused():
    assert_nothing_wrong(broken_files(60))


def test_hostile_questions_are_answered_or_not(corpus, tmp_path):
    build([corpus], tmp_path / "library", encoder=HashingEncoder())
    library = Library.open(tmp_path / "library", HashingEncoder())
    assert_nothing_wrong(hostile_questions(library, 60))


def test_specimens_are_made_worse():
    chance = random.Random(1)  # noqa: S311
    for content in specimens().values():
        assert mutated(content, chance) != content
    assert "WRONG: x: y" in table([Tally("x", wrong=["y"])])
