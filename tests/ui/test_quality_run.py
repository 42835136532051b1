import threading

import pytest

from eval.errors import EvalError
from ui.quality_run import UNFORESEEN, Runner, Stand


class Runs:
    """Stands in for the kept runs: making one is what the test says."""

    def __init__(self, work):
        self.make = work


def finish(runner):
    runner._thread.join(10)
    assert not runner.working


def start(runner):
    return runner.start(None, "seeds", ["a question", "another"], "a note")


def test_one_run_at_a_time_for_all():
    go, notes = threading.Event(), []

    def work(library, name, questions, *, note, progress):
        notes.append((name, len(questions), note))
        go.wait(10)
        return "20260101-seeds"

    runner = Runner(Runs(work))
    assert start(runner)
    assert not start(runner)
    assert runner.working
    go.set()
    finish(runner)
    assert notes == [("seeds", 2, "a note")]
    assert runner.stand.made == "20260101-seeds"


def test_its_progress_can_be_read_from_any_session():
    def work(*_, progress, **__):
        progress(1, 2)
        stands.append(runner.stand)
        return "made"

    stands = []
    runner = Runner(Runs(work))
    start(runner)
    finish(runner)
    assert stands[0].sentence == "Asking question 2 of 2"
    assert stands[0].share == 0.5


def test_a_stand_without_figures_is_a_beginning():
    assert Stand().share == 0
    assert Stand(total=2).sentence.startswith("Preparing")
    assert Stand(done=2, total=2).sentence.startswith("Measuring")
    assert Stand(done=1, total=2, stopping=True).sentence.startswith("Stopping")


def test_a_run_stops_at_the_next_question_and_another_can_begin():
    reached, go = threading.Event(), threading.Event()

    def work(*_, progress, **__):
        reached.set()
        go.wait(10)
        progress(1, 2)
        return "made"

    runner = Runner(Runs(work))
    start(runner)
    reached.wait(10)
    runner.stop()
    assert runner.stand.stopping
    go.set()
    finish(runner)
    assert runner.stand == Stand("seeds")
    assert start(runner)
    finish(runner)
    assert runner.stand.made == "made"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (EvalError("The file is gone; try again."), "The file is gone; try again."),
        (RuntimeError("secret detail"), UNFORESEEN),
    ],
)
def test_a_failure_is_said_in_a_sentence_and_logged(error, said, caplog):
    def work(*_, **__):
        raise error

    runner = Runner(Runs(work))
    start(runner)
    finish(runner)
    assert runner.stand.failed == said
    assert str(error) in caplog.text
