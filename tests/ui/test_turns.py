"""Some at a time, and the others in the order in which they came."""

import threading
from contextlib import contextmanager

import pytest

from ui.turns import Turns


class StoppedError(Exception):
    """A page is stopped, or begins anew."""


def test_who_waits_is_called_in_order_and_says_that_he_waits():
    turns, waited, served, threads = Turns(1), [], [], []

    def come(name):
        @contextmanager
        def waiting():
            waited.append(name)
            yield

        with turns.turn(waiting):
            served.append(name)

    with turns.turn():
        for name in "abc":
            threads.append(threading.Thread(target=come, args=name))
            threads[-1].start()
            while turns.waiting < len(threads):
                pass
        assert served == []
    for thread in threads:
        thread.join(30)
    assert served == ["a", "b", "c"]
    assert sorted(waited) == ["a", "b", "c"]
    assert turns.waiting == 0


def test_a_free_place_is_taken_without_waiting():
    turns, waited = Turns(2), []

    @contextmanager
    def waiting():
        waited.append(True)
        yield

    with turns.turn(waiting), turns.turn(waiting):
        pass
    assert waited == []


def test_a_place_is_given_back_after_an_error():
    turns = Turns(1)
    for _ in range(2):
        try:
            with turns.turn():
                raise ValueError
        except ValueError:
            pass
    with turns.turn():
        assert turns.waiting == 0


def test_who_goes_away_while_waiting_takes_no_place_along():
    turns = Turns(1)

    @contextmanager
    def called_away():
        yield
        raise StoppedError

    def come_and_go():
        with pytest.raises(StoppedError), turns.turn(called_away):
            pass

    with turns.turn():
        waiting = threading.Thread(target=come_and_go)
        waiting.start()
        while not turns.waiting:
            pass
    waiting.join(30)
    with turns.turn(called_away):  # free: nobody waits
        assert turns.waiting == 0


def test_who_gives_up_before_being_called_leaves_the_queue():
    turns = Turns(1)

    @contextmanager
    def given_up():
        raise StoppedError
        yield

    with turns.turn():
        with pytest.raises(StoppedError), turns.turn(given_up):
            pass
        assert turns.waiting == 0
    with turns.turn(given_up):
        pass
