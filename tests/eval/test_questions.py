import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.errors import EvalError
from eval.model import Judgement, Question
from eval.questions import (
    anchor_of,
    kinds_of,
    parse_questions,
    read_questions,
    resolve,
    write_questions,
)


def test_questions_are_read_back_as_they_were_written(tmp_path, questions):
    path = tmp_path / "q.jsonl"
    write_questions(questions, path)
    assert read_questions(path) == questions


def test_the_shipped_questions_are_all_read():
    folder = Path(__file__).parents[2] / "eval" / "questions"
    shipped = read_questions(folder / "seeds.questions.jsonl")
    assert len(shipped) == 70
    assert sum(question.answerable for question in shipped) == 60


@pytest.mark.parametrize(
    "line",
    [
        "not json",
        '{"id": "two words", "question": "y", "relevant": []}',  # TREC files part by blanks
        '{"id": "", "question": "y", "relevant": []}',
        "[]",
        '{"id": "x", "question": "y"}',
        '{"id":1,"question":2,"relevant":[{}]}',
    ],
)
def test_a_bad_line_is_named(tmp_path, line):
    path = tmp_path / "q.jsonl"
    path.write_text('{"id": "a", "question": "b", "relevant": []}\n' + line, encoding="utf-8")
    with pytest.raises(EvalError, match=r"q\.jsonl, line 2"):
        read_questions(path)


def test_a_repeated_id_is_refused(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_text(2 * (json.dumps({"id": "a", "question": "b", "relevant": []}) + "\n"))
    with pytest.raises(EvalError, match="twice: a"):
        read_questions(path)


def test_a_file_saved_on_windows_is_read(tmp_path):
    path = tmp_path / "q.jsonl"
    path.write_bytes(b'\xef\xbb\xbf{"id": "a", "question": "b", "relevant": []}\r\n\r\n')
    assert [question.id for question in read_questions(path)] == ["a"]


def test_a_line_end_inside_a_question_is_no_end_of_line():
    line = '{"id": "a", "question": "b\u2028c", "relevant": []}\n'
    assert parse_questions(line.encode(), "q")[0].text == "b\u2028c"


def test_a_file_that_is_no_text_is_refused():
    with pytest.raises(EvalError, match=r"q\.jsonl is not UTF-8"):
        parse_questions(b"\xff\xfe\x00", "q.jsonl")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(EvalError, match="nowhere"):
        read_questions(tmp_path / "nowhere.jsonl")


def test_anchors_become_paragraphs(questions, documents):
    resolved = resolve(questions, documents)
    assert resolved.unresolved == ()
    assert resolved.qrels == {
        "q1": {"ashford-2016-02-16#p1": 2, "ashford-2016-02-16#s1": 1},
        "q2": {"ashford-2016-02-16#p2": 2},
        "q3": {},
    }


def one(judgement, documents):
    return resolve([Question("q", "?", "theme", (judgement,))], documents)


@pytest.mark.parametrize(
    "anchor",
    [
        'council uses "bed and breakfast" for',
        "council uses ‘bed and breakfast’ for care leavers",
        "COUNCIL USES bed and breakfast",
        "breakfast” for care- leavers",
    ],
)
def test_quotes_hyphens_and_case_do_not_matter(anchor, documents):
    found = one(Judgement("ashford-2016.txt", anchor, 2, "2"), documents)
    assert found.qrels["q"] == {"ashford-2016-02-16#p2": 2}


@pytest.mark.parametrize(
    "judgement",
    [
        Judgement("ashford-2016.txt", "assessment teams are too high, and", 2, "2"),  # number
        Judgement("ashford-2016.txt", "words that are not there", 2, "1"),
        Judgement("ashford-2016.txt", " – ", 2),  # no words: any paragraph would hold it
        Judgement("missing.pdf", "assessment teams are too high", 2, "1"),
    ],
)
def test_what_cannot_be_found_stays_as_a_miss(judgement, documents):
    found = one(judgement, documents)
    assert found.unresolved == (("q", judgement),)
    assert list(found.qrels["q"].values()) == [2]
    assert not any(char.isspace() for key in found.qrels["q"] for char in key)


def test_the_page_chooses_between_paragraphs_that_say_the_same(documents):
    both = "Caseloads in the assessment teams are too high"
    assert "ashford-2016-02-16#s1" in one(Judgement("000.txt", both, 1, None), documents).qrels["q"]
    later = replace(documents[0].paragraphs[3], page_start=7, page_end=8)
    first = replace(documents[0].paragraphs[0], number=None)
    moved = [replace(documents[0], paragraphs=(first, later))]
    assert "ashford-2016-02-16#s1" in one(Judgement("000.txt", both, 1, None, 8), moved).qrels["q"]
    assert "ashford-2016-02-16#p1" in one(Judgement("000.txt", both, 1, None, 1), moved).qrels["q"]


def test_a_name_in_two_folders_is_looked_for_in_both(documents):
    twin = replace(documents[1], document_id="twin", doc="ashford-2016.txt", paragraphs=())
    found = one(Judgement("ashford-2016.txt", "Managers do not", 1, "3"), [twin, documents[0]])
    assert found.qrels["q"] == {"ashford-2016-02-16#p3": 1}


def test_the_anchor_of_a_paragraph_finds_it(documents):
    anchor = anchor_of(documents[0].paragraphs[2].text)
    assert one(Judgement("000.txt", anchor, 1), documents).unresolved == ()


def test_kinds_come_in_the_order_of_the_format(questions):
    extra = [Question("x", "?", "own"), *questions]
    assert list(kinds_of(extra)) == ["scoped", "theme", "none", "own"]
