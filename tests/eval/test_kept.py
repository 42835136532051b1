from types import SimpleNamespace

import pytest

from eval.errors import EvalError
from eval.kept import KeptRuns, resolve_in, set_of
from index.model import DocumentCard, LibraryInfo
from index.search import SearchConfig

A = "ashford-2016-02-16#"
FOUND = {"caseloads": [A + "p3", A + "p1"], "B&B": [A + "p1"]}


class StoppedError(Exception):
    pass


@pytest.fixture
def library(documents, lists):
    """What a run needs of a library, answered by lists."""
    whole = {document.document_id: document for document in documents}
    asked = lists(FOUND)
    return SimpleNamespace(
        config=SearchConfig(),
        search=asked.search,
        info=lambda: LibraryInfo(1, 2, 5, 5, "keywords", "0" * 64, 8, "2026-01-01"),
        documents=lambda: [DocumentCard(document, "", 1, {}) for document in documents],
        document=whole.__getitem__,
        whole=whole,
        reranker=lambda: None,
    )


@pytest.fixture
def runs(tmp_path):
    return KeptRuns(tmp_path / "runs", tmp_path / "baselines")


def test_a_run_is_kept_with_its_questions_and_read_back(runs, library, questions):
    run_id = runs.make(library, "seeds", questions, note="first try")
    assert runs.ids() == [run_id]
    assert run_id.endswith("-seeds")
    report = runs.read(run_id)
    assert report.measured["name"] == "first try"
    assert report.measured["model"] == "keywords"
    assert set_of(report) == "seeds"
    assert report.means["all"]["RR@10"].mean == 0.25
    assert runs.questions(run_id) == questions
    assert set(runs.files(run_id)) == {
        "report.json",
        "report.qrels",
        "report.run",
        "seeds.questions.jsonl",
    }


def test_runs_within_one_second_are_all_kept_the_newest_first(runs, library, questions):
    made = [runs.make(library, "seeds", questions[:2]) for _ in range(3)]
    assert len(set(made)) == 3
    assert sorted(made, reverse=True) == runs.ids()


def test_nothing_is_left_of_a_run_that_was_cancelled(runs, library, questions):
    def cancel(done, total):
        if done == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        runs.make(library, "seeds", questions, progress=cancel)
    assert runs.ids() == []
    assert list(runs.folder.iterdir()) == []


def test_a_run_can_be_removed(runs, library, questions):
    run_id = runs.make(library, "seeds", questions)
    runs.remove(run_id)
    assert runs.ids() == []


def test_a_run_that_ships_stands_last_and_cannot_be_removed(runs, library, questions, tmp_path):
    run_id = runs.make(library, "seeds", questions)
    (tmp_path / "baselines").mkdir()
    shipped = tmp_path / "baselines" / "seeds.json"
    shipped.write_bytes((runs.folder / run_id / "report.json").read_bytes())
    assert runs.ids() == [run_id, "baseline-seeds"]
    assert runs.read("baseline-seeds") == runs.read(run_id)
    assert runs.questions("baseline-seeds") == []
    with pytest.raises(EvalError, match="cannot be removed"):
        runs.remove("baseline-seeds")
    assert shipped.exists()


def test_the_report_that_ships_can_be_read(tmp_path):
    assert set_of(KeptRuns(tmp_path).read("baseline-seeds")) == "seeds"


@pytest.mark.parametrize("run_id", ["20260101-nothing", "..", "../runs", ""])
def test_only_what_is_listed_can_be_read_or_removed(runs, library, questions, run_id):
    runs.make(library, "seeds", questions)
    for act in (runs.read, runs.remove, runs.files):
        with pytest.raises(EvalError, match="There is no run"):
            act(run_id)


def test_only_the_documents_that_judgements_name_are_read(library, questions):
    del library.whole["brook-2019"]  # reading it would fail
    assert resolve_in(library, questions).qrels["q1"] == {A + "p1": 2, A + "s1": 1}
