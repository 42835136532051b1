"""What the first question must find, with the real model and the documents that ship."""

import json
import re
from pathlib import Path

import pytest

from index.__main__ import main
from index.library import Library
from index.output import read_questions

QUESTION = "what happened to care leavers in B&B accommodation?"
REPORT = "wandsworth-inspection-2016.txt"


@pytest.fixture(scope="module")
def built(own_corpus: Path) -> Path:
    return own_corpus


def asked(folder: Path, capsys: pytest.CaptureFixture[str], question: str) -> list[dict]:
    assert main(["search", question, "--library", str(folder), "--json"]) == 0
    return json.loads(capsys.readouterr().out)["hits"]


def plain(text: str) -> str:
    return " ".join(text.split())


def test_the_answer_comes_first_and_what_says_the_same_among_the_first_ten(built, capsys):
    hits = asked(built, capsys, QUESTION)
    first = hits[0]
    assert (first["doc"], first["number"]) == (REPORT, "87")
    assert first["citation"] == "Wandsworth 2016, para 87"
    assert first["heading"].startswith("The graded judgement about the experiences and progress")
    assert [hit["rank"] for hit in hits] == list(range(1, 11))
    report = [hit for hit in hits if hit["doc"] == REPORT]
    advice = [hit for hit in report if hit["number"] == "6"]
    assert [hit["recommendation"] for hit in advice] == [True]
    summaries = [hit for hit in report if hit["number"] is None]
    for words in (
        "too many have been placed in bed and breakfast accommodation",
        "Too many care leavers live in bed and breakfast accommodation",
    ):
        assert any(words.lower() in plain(hit["text"]).lower() for hit in summaries), words


def test_every_hit_is_verbatim_in_its_document(built, corpus, capsys):
    for question in (QUESTION, "social workers caseloads", "foster carers", "monitoring visit"):
        for hit in asked(built, capsys, question):
            source = plain(corpus.joinpath(hit["doc"]).read_text(encoding="utf-8"))
            assert plain(hit["text"]) in source or words_in_order(hit["text"], source), hit["label"]
            assert all(sentence in hit["text"] for sentence in hit["highlights"])


def words_in_order(text: str, source: str) -> bool:
    """Whether the text stands in the source but for bullet marks between its lines."""
    return " ".join(re.findall(r"\w+", text)) in " ".join(re.findall(r"\w+", source))


def test_every_printed_paragraph_of_the_report_is_there_once(built):
    library = Library.open(built)
    (report,) = [card for card in library.documents() if card.document.doc == REPORT]
    numbers = [one.paragraph.number for one in library.paragraphs(report.document.document_id)]
    assert [number for number in numbers if number] == [str(n) for n in range(1, 136)]


def test_a_typed_citation_and_a_quoted_phrase_find_their_paragraph_first(built, capsys):
    assert asked(built, capsys, "Wandsworth 2016 para 88")[0]["number"] == "88"
    phrase = '"placed 10 care leavers in bed and breakfast"'
    assert [hit["number"] for hit in asked(built, capsys, phrase)] == ["87"]
    assert asked(built, capsys, '"placed 11 care leavers in bed and breakfast"') == []


def test_a_second_build_encodes_nothing(built, corpus, capsys):
    assert main(["build", str(corpus), "--library", str(built)]) == 0
    assert "5 unchanged; passages encoded: 0." in capsys.readouterr().err


def test_the_shipped_questions_can_be_run_in_one_process(built, tmp_path, corpus):
    questions = corpus.parent / "eval" / "questions" / "seeds.questions.jsonl"
    run = tmp_path / "out.trec"
    arguments = ["search", "--questions", str(questions), "-k", "5", "--run", str(run)]
    assert main([*arguments, "--library", str(built)]) == 0
    answered = {line.split()[0] for line in run.read_text(encoding="utf-8").splitlines()}
    assert answered == {question["id"] for question in read_questions(questions)}
