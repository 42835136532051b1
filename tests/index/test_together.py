"""What comes while a run is under way goes through the next one together."""

import threading

import pytest

from index.together import Together


class Runs:
    """Keeps what each run was given; the first waits until told to go on."""

    def __init__(self):
        self.given, self.begun, self.go_on = [], threading.Event(), threading.Event()
        self.together = Together(self)

    def __call__(self, items):
        self.given.append(list(items))
        self.begun.set()
        assert self.go_on.wait(30)
        if "bad" in items:
            raise ValueError("bad")
        return [item.upper() for item in items]


def test_a_call_alone_waits_for_nobody():
    runs = Runs()
    runs.go_on.set()
    assert [runs.together("a"), runs.together("b")] == ["A", "B"]
    assert runs.given == [["a"], ["b"]]


def test_calls_that_come_during_a_run_make_the_next_one():
    runs, answers = Runs(), {}
    threads = [
        threading.Thread(target=lambda item=item: answers.update({item: runs.together(item)}))
        for item in "abcd"
    ]
    threads[0].start()
    assert runs.begun.wait(30)
    for thread in threads[1:]:
        thread.start()
    while len(runs.together._waiting) < 3:
        pass
    runs.go_on.set()
    for thread in threads:
        thread.join(30)
    assert answers == {"a": "A", "b": "B", "c": "C", "d": "D"}
    assert [sorted(run) for run in runs.given] == [["a"], ["b", "c", "d"]]


def test_an_error_reaches_who_asked_and_the_next_call_runs():
    runs = Runs()
    runs.go_on.set()
    with pytest.raises(ValueError, match="bad"):
        runs.together("bad")
    assert runs.together("a") == "A"
