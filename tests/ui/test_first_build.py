import threading

import pytest

from index.build import Progress
from ingest.errors import ReadError
from ui import first_build
from ui.first_build import UNFORESEEN, FirstBuild, Stand


@pytest.fixture
def waiting(tmp_path, monkeypatch):
    """A first build whose work is what the test puts in its place."""

    def make(work):
        monkeypatch.setattr(first_build, "build", work)
        return FirstBuild(tmp_path / "library", tmp_path / "corpus")

    return make


def finish(build):
    build._thread.join(10)
    assert not build.working


def test_it_is_built_once_for_all_who_wait(waiting):
    runs, go = [], threading.Event()

    def work(paths, folder, listener):
        runs.append((paths, folder))
        go.wait(10)

    build = waiting(work)
    build.start()
    build.start()
    assert build.working
    go.set()
    finish(build)
    assert len(runs) == 1
    assert runs[0][0][0].name == "corpus"


def test_its_progress_can_be_read_from_any_session(waiting):
    def work(paths, folder, listener):
        listener(Progress("reading", 1, 5, "report.pdf"))

    build = waiting(work)
    build.start()
    finish(build)
    assert build.stand.sentence == "Reading and indexing document 2 of 5"
    assert build.stand.share == 0.2


def test_a_stand_without_figures_is_a_beginning():
    assert Stand().share == 0
    assert Stand(Progress("reading", 0, 0)).sentence.startswith("Starting")
    assert Stand(Progress("saving", 5, 5)).sentence == "Saving document 5 of 5"


def test_a_foreseen_failure_keeps_its_own_sentence_and_can_be_tried_again(waiting):
    errors = [ReadError("corpus is empty; put documents there.")]

    def work(paths, folder, listener):
        if errors:
            raise errors.pop()

    build = waiting(work)
    build.start()
    finish(build)
    assert build.stand.failed == "corpus is empty; put documents there."
    build.start()
    finish(build)
    assert build.stand.failed == ""


def test_an_unforeseen_failure_is_logged_and_not_shown(waiting, caplog):
    def work(paths, folder, listener):
        raise RuntimeError("secret detail")

    build = waiting(work)
    build.start()
    finish(build)
    assert build.stand.failed == UNFORESEEN
    assert "secret detail" in caplog.text
