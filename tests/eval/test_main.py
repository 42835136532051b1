"""The command line, with the real model and the documents that ship."""

import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.questions import read_questions
from eval.runs import read_report
from index.reranker import OWN_RERANKER

EVAL = Path(__file__).parents[2] / "eval"
SEEDS = EVAL / "questions" / "seeds.questions.jsonl"
BASELINE = EVAL / "baselines" / "seeds.json"
GATES = ("nDCG@10=-0.01", "R@10=-0.02", "RR@10=-0.02", "Success@5=-0.02")


@pytest.fixture(scope="module")
def library(built_corpus):
    return built_corpus


@pytest.fixture(scope="module")
def report(library, tmp_path_factory):
    path = tmp_path_factory.mktemp("gate") / "now.json"
    arguments = ["run", str(SEEDS), "--library", str(library), "-k", "10", "--json", str(path)]
    assert main(arguments) == 0
    return path


def test_retrieval_is_no_worse_than_the_baseline(report, capsys):
    gates = [part for gate in GATES for part in ("--gate", gate)]
    assert main(["compare", str(BASELINE), str(report), *gates]) == 0, capsys.readouterr().out


def test_every_judged_paragraph_is_in_the_library(report):
    assert read_report(report).unresolved == ()


def test_a_report_says_what_was_measured(report, library):
    measured = read_report(report).measured
    assert measured["questions"] == SEEDS.name
    assert measured["model"] == "models/encoder"
    assert measured["documents"] == 5
    assert measured["config"]["bm25"]["saturation"] > 0
    assert all(len(measured[f"{what}_sha256"]) == 64 for what in ("corpus", "questions", "model"))
    read_again = measured["config"]["rerank"] and OWN_RERANKER.is_dir()
    assert (measured["reranker_sha256"] is not None) == bool(read_again)


@pytest.mark.parametrize("command", ["run", "answers"])
def test_a_file_without_questions_is_refused(library, tmp_path, capsys, command):
    (tmp_path / "empty.jsonl").write_text("\n", encoding="utf-8")
    assert main([command, str(tmp_path / "empty.jsonl"), "--library", str(library)]) == 2
    assert "holds no question" in capsys.readouterr().err


def test_a_worse_report_breaks_the_gate(report, tmp_path, capsys):
    worse = json.loads(report.read_text(encoding="utf-8"))
    for outcome in worse["outcomes"]:
        outcome["values"] = {name: value / 2 for name, value in outcome["values"].items()}
    path = tmp_path / "worse.json"
    path.write_text(json.dumps(worse), encoding="utf-8")
    assert main(["compare", str(report), str(path), "--gate", "nDCG@10=-0.01"]) == 1
    assert "below the gate of -0.0100" in capsys.readouterr().err
    assert main(["compare", str(report), str(path)]) == 0


def test_a_pool_lists_what_reports_found(report, tmp_path, capsys):
    path = tmp_path / "pool.jsonl"
    assert main(["pool", str(report), "--depth", "3", "--json", str(path)]) == 0
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert len(entries) == 3 * 70
    out, err = capsys.readouterr()
    assert len(out.splitlines()) == 3 * 70
    unjudged = sum(entry["found"]["grade"] is None for entry in entries)
    assert f"{unjudged} of 210 paragraphs are not judged." in err


def test_judgements_are_saved_and_not_asked_again(report, library, tmp_path, monkeypatch, capsys):
    out = tmp_path / "judged.jsonl"
    arguments = ["--library", str(library), "--reports", str(report), "--depth", "2"]
    answers = iter(["1", "x", "0", "q"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(answers))
    assert main(["judge", str(SEEDS), *arguments, "--out", str(out)]) == 0
    before, after = read_questions(SEEDS), read_questions(out)
    new = [len(b.judgements) - len(a.judgements) for a, b in zip(before, after, strict=True)]
    assert sum(new) == 2
    shown = capsys.readouterr().out
    monkeypatch.setattr("builtins.input", lambda prompt: "q")
    assert main(["judge", str(out), *arguments]) == 0
    again = capsys.readouterr().out
    assert shown.splitlines()[1:4] != again.splitlines()[1:4]


def test_judging_ends_where_the_input_does(report, library, tmp_path, monkeypatch):
    def ended(prompt):
        raise EOFError

    monkeypatch.setattr("builtins.input", ended)
    arguments = ["--library", str(library), "--reports", str(report)]
    assert main(["judge", str(SEEDS), *arguments, "--out", str(tmp_path / "q.jsonl")]) == 0
    assert not (tmp_path / "q.jsonl").exists()


def test_a_beir_folder_goes_out_and_comes_back(library, tmp_path):
    assert (
        main(["export", str(SEEDS), "--library", str(library), "--out", str(tmp_path / "b")]) == 0
    )
    assert main(["import", str(tmp_path / "b"), "--out", str(tmp_path / "c")]) == 0
    questions = read_questions(tmp_path / "c" / "questions.jsonl")
    assert sum(len(question.judgements) for question in questions) == sum(
        len(question.judgements) for question in read_questions(SEEDS)
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "nowhere.jsonl", "--library", "x"], "nowhere.jsonl cannot be read"),
        (["run", str(SEEDS), "--library", "no-library-here"], "There is no library"),
        (["compare", "a.json", "b.json", "--gate", "MAP=1"], "is no gate"),
        (["compare", "a.json", "b.json"], "a.json cannot be read"),
        (["import", "no-such-folder", "--out", "x"], "There is no folder no-such-folder"),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(arguments, message, capsys):
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert message in err
    assert len(err.splitlines()) == 1
