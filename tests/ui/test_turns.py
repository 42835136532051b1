"""Some at a time, and the others in the order in which they came."""

import threading
from contextlib import contextmanager

from ui.turns import Turns


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
