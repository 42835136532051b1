"""python -m answer ask, as other people's scripts call it."""

import json

import pytest

from answer.__main__ import main
from index.errors import LibraryError
from index.library import Library
from tests.answer.conftest import CountingEncoder

QUESTION = "what happened to care leavers in B&B accommodation?"


@pytest.fixture
def folder(shipped_folder, monkeypatch):
    """The shipped documents, opened by the command with an encoder that costs nothing."""
    opened = Library.open

    def cheap(place, encoder=None, config=None):
        return opened(place, CountingEncoder(), config)

    monkeypatch.setattr(Library, "open", cheap)
    return str(shipped_folder)


def test_json_has_what_is_promised(folder, capsys):
    assert main(["ask", QUESTION, "--library", folder, "--json", "-k", "4"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["question"] == QUESTION
    assert answer["status"] == "answered"
    assert 0.5 < answer["confidence"] <= 1
    hits = {hit["paragraph_id"]: hit["text"] for hit in answer["hits"]}
    for sentence in answer["sentences"]:
        assert all(sentence["text"] in hits[key] for key in sentence["citations"])
        assert sentence["citations"]


def test_text_is_for_reading(folder, capsys):
    assert main(["ask", QUESTION, "--library", folder]) == 0
    out = capsys.readouterr().out
    assert "to 34 weeks. (Wandsworth 2016, para 87)" in out
    assert "Likelihood that these documents answer the question: " in out


def test_text_of_no_answer_gives_the_reason_and_what_is_nearest(folder, capsys):
    assert main(["ask", "care leavers in Leeds", "--library", folder]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "No document about Leeds is in this library."
    assert any(line.startswith("Wandsworth 20") for line in lines)


def test_text_says_which_of_two_authorities_is_not_held(folder, capsys):
    question = "care leavers in B&B accommodation in Wandsworth 2016 and Leeds"
    assert main(["ask", question, "--library", folder]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "The library holds no document about Leeds; what follows is about others."


def test_every_question_of_a_file_gets_one_object(folder, tmp_path):
    questions, out = tmp_path / "questions.jsonl", tmp_path / "answers.jsonl"
    asked = [{"id": "a", "question": QUESTION}, {"id": "b", "question": "drone toboggans"}]
    questions.write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    arguments = ["--questions", str(questions), "--library", folder, "--jsonl", str(out)]
    assert main(["ask", *arguments]) == 0
    answers = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [answer["id"] for answer in answers] == ["a", "b"]
    assert [answer["status"] for answer in answers] == ["answered", "no_answer"]
    assert answers[1]["reason"].startswith("Nothing found on drone toboggans")
    assert answers[1]["hits"]


def test_filters_are_those_of_search(folder, capsys):
    arguments = ["--library", folder, "--kind", "news article", "--json"]
    assert main(["ask", "care leavers", *arguments]) == 0
    hits = json.loads(capsys.readouterr().out)["hits"]
    assert {hit["document_kind"] for hit in hits} == {"news article"}


def test_a_question_or_a_file_is_needed(folder, capsys):
    assert main(["ask", "--library", folder]) == 2
    assert "either a question or --questions" in capsys.readouterr().err


def test_a_place_that_cannot_be_written_is_named(folder, tmp_path, capsys):
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": "a", "question": "adoption"}', encoding="utf-8")
    out = tmp_path / "nowhere" / "answers.jsonl"
    arguments = ["--questions", str(questions), "--library", folder, "--jsonl", str(out)]
    assert main(["ask", *arguments]) == 2
    assert "cannot be written" in capsys.readouterr().err


def test_a_question_that_fails_does_not_hold_up_the_others(folder, tmp_path, capsys, monkeypatch):
    def fail(*_, **__):
        raise LibraryError("The library was taken away.")

    monkeypatch.setattr("answer.ask_commands.ask", fail)
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": 1, "question": "adoption"}', encoding="utf-8")
    assert main(["ask", "--questions", str(questions), "--library", folder]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["id"], answer["status"]) == (1, "error")
    assert answer["reason"] == "The library was taken away."
    assert answer["sentences"] == answer["hits"] == []
