import json
from dataclasses import replace

import pytest

from eval.errors import EvalError
from eval.model import Judgement, Question
from eval.questions import read_questions, write_questions
from eval.sets import SHIPPED, QuestionSets

LINE = {"id": "a", "question": "what?", "relevant": []}


def content(*lines):
    return "".join(json.dumps(LINE | line) + "\n" for line in lines).encode()


@pytest.fixture
def sets(tmp_path, questions):
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    write_questions(questions, shipped / "seeds.questions.jsonl")
    return QuestionSets(tmp_path / "own", shipped)


def test_the_sets_that_ship_are_there():
    assert "seeds" in QuestionSets(SHIPPED / "nowhere").names()


def test_an_uploaded_set_is_kept_and_read(sets):
    name = sets.add("My Questions.jsonl", content({}, {"id": "b"}))
    assert name == "my-questions"
    assert sets.names() == ["seeds", "my-questions"]
    assert [question.id for question in sets.read(name)] == ["a", "b"]
    assert not sets.is_shipped(name)
    sets.remove(name)
    assert sets.names() == ["seeds"]


def test_another_set_of_a_name_that_is_taken_gets_a_free_one(sets):
    assert sets.add("seeds.questions.jsonl", content({})) == "seeds-2"
    assert sets.add("seeds.questions.jsonl", content({"id": "b"})) == "seeds-3"
    assert sets.add("seeds.questions.jsonl", content({})) == "seeds-2", "the same set again"


def test_a_file_name_never_leads_out_of_the_folder(sets, tmp_path):
    name = sets.add("../../evil.jsonl", content({}))
    assert sets.read(name)
    assert [path.parent.name for path in tmp_path.rglob("*evil*")] == ["own"]


@pytest.mark.parametrize("broken", [b"", b"\n\n", b"{}", b"not json", b"\xff\xfe"])
def test_a_file_that_is_no_set_is_named_and_not_kept(sets, broken):
    with pytest.raises(EvalError, match=r"q\.jsonl"):
        sets.add("q.jsonl", broken)
    assert sets.names() == ["seeds"]


def test_what_is_judged_in_a_shipped_set_is_kept_apart(sets, questions, tmp_path):
    more = (*questions[1].judgements, Judgement("a.txt", "some words", 1))
    judged = replace(questions[1], judgements=more)
    sets.keep("seeds", judged)
    assert sets.read("seeds") == [questions[0], judged, questions[2]]
    assert sets.judged("seeds") == 1
    assert read_questions(tmp_path / "own" / "seeds.questions.jsonl") == [judged]
    sets.remove("seeds")
    assert sets.read("seeds") == questions
    assert sets.judged("seeds") == 0


def test_a_newer_version_of_a_shipped_set_brings_its_other_questions(sets, questions, tmp_path):
    sets.keep("seeds", replace(questions[0], notes="mine"))
    newer = [questions[0], replace(questions[1], text="B&B hotels"), Question("q9", "new", "theme")]
    write_questions(newer, tmp_path / "shipped" / "seeds.questions.jsonl")
    texts = [question.text for question in sets.read("seeds")]
    assert texts == ["caseloads", "B&B hotels", "new"]
    assert sets.read("seeds")[0].notes == "mine"


def test_a_question_of_ones_own_can_be_added_to_a_shipped_set(sets):
    sets.keep("seeds", Question("mine", "anything else?", "none"))
    assert sets.read("seeds")[-1].id == "mine"


def test_a_set_that_is_not_there_is_named(sets):
    with pytest.raises(EvalError, match="'nothing'"):
        sets.read("nothing")
