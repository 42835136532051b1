"""Computed once for all who ask, kept for those who come later, and never an error."""

import threading

import pytest

from index.once import Once


def test_two_who_ask_at_the_same_time_share_one_computation():
    once, begun, go_on = Once(10), threading.Event(), threading.Event()
    computed, given = [], []

    def compute():
        begun.set()
        go_on.wait(30)
        computed.append(True)
        return "an answer"

    threads = [
        threading.Thread(target=lambda: given.append(once.get("q", compute))) for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    assert begun.wait(30)
    assert once.holds("q")
    go_on.set()
    for thread in threads:
        thread.join(30)
    assert given == ["an answer"] * 5
    assert computed == [True]
    assert once.holds("q")
    assert not once.holds("another")


def test_what_was_used_longest_ago_goes_first():
    once, computed = Once(2), []

    def get(key):
        return once.get(key, lambda: computed.append(key))

    for key in ("a", "b", "a", "c", "a", "b"):
        get(key)
    assert computed == ["a", "b", "c", "b"]


def test_an_error_reaches_who_asked_and_the_next_one_tries_again():
    once = Once(2)

    def fail():
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        once.get("q", fail)
    assert not once.holds("q")
    assert once.get("q", lambda: 7) == 7
