"""Work on the library in the background: one thing at a time, and it can be stopped."""

import threading

from index.build import Progress
from ingest.errors import PilcrowError
from ui.work import UNFORESEEN, FileResult, Work


def finished(work: Work) -> Work:
    work._thread.join(10)
    assert not work.working
    return work


def test_it_tells_how_far_it_is_and_what_it_came_to():
    work, seen, go = Work(), [], threading.Event()

    def job(listener):
        listener(Progress("reading", 1, 4, "a.pdf"))
        seen.append((work.stand.share, work.stand.sentence))
        assert go.wait(10)
        return "Done.", [FileResult("a.pdf", True, "Added.")]

    assert work.start("Adding 4 files", job)
    assert not work.start("Something else", job)
    go.set()
    stand = finished(work).stand
    assert seen == [(0.25, "Adding 4 files: reading and indexing 2 of 4 (last: a.pdf)")]
    assert (stand.done, stand.results[0].name) == ("Done.", "a.pdf")
    work.forget()
    assert work.stand.done == ""


def test_stopping_ends_it_at_the_next_document():
    work, begun = Work(), threading.Event()

    def job(listener):
        begun.set()
        for done in range(10_000_000):
            listener(Progress("reading", done, 10_000_000))
        raise AssertionError("it went on")

    work.start("Reading", job)
    assert begun.wait(10)
    work.stop()
    assert finished(work).stand.done.startswith("Stopped")


def test_what_goes_wrong_is_a_sentence():
    work = Work()

    def refused(_):
        raise PilcrowError("The disk is full.")

    def broken(_):
        raise ValueError("x")

    work.start("Adding", refused)
    assert finished(work).stand.failed == "The disk is full."
    work.start("Adding", broken)
    assert finished(work).stand.failed == UNFORESEEN
