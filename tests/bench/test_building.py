"""A build is divided into parts that add up, and waiting for reading is seen where there is any."""

import time

import pytest

from bench.building import Clock, rows, waited


def busy(seconds):
    time.sleep(seconds)


def test_a_part_inside_another_counts_once():
    clock = Clock()
    with clock.part("whole"):
        clock.counting("inner", busy)(0.05)
    assert clock.wall["inner"] >= 0.05
    assert clock.wall["whole"] < clock.wall["inner"]


def test_a_build_that_waits_for_a_document_is_found_out_but_not_for_the_first():
    def slow(*_):
        time.sleep(0.05)
        yield 1
        time.sleep(0.05)
        yield 2

    clock = Clock()
    with clock.part("the rest"):
        assert list(clock.waiting(slow)()) == [1, 2]
    assert clock.wall["waiting for the first document"] >= 0.05
    assert clock.wall["waiting for reading"] >= 0.05
    assert waited(clock) > 0.5


def test_the_shares_add_up():
    clock = Clock()
    clock.wall.update(encoding=3.0, storing=1.0)
    clock.processor.update(encoding=2.0, storing=1.0)
    table = rows(clock, 5.0)
    assert table[1] == ["encoding", "2.0", "3.0", "75.0%"]
    assert table[-1][1] == "5.0"
    assert waited(clock) == pytest.approx(0)
