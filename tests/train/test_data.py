"""Training questions matched to paragraphs, and the file of them that ships."""

import json
from collections import Counter

import pytest

from eval.model import Judgement, Question
from eval.questions import letters_of, read_questions
from ingest.model import Document, Paragraph
from train.__main__ import BARRED, QUESTIONS
from train.data import Item, Source, locate, match, read_items, read_sources, write_items
from train.errors import TrainingError

LEAVERS = "Care leavers are helped to find a home that is safe and near the people they know."
STAFF = "Too many social workers leave within a year and those who stay carry too many cases."
SCHOOL = "The virtual school knows each pupil well and checks that none of them falls behind."


def document(*texts: str, doc: str = "a.pdf", authority: str = "Ambridge") -> Document:
    paragraphs = tuple(
        Paragraph(f"p{at}", str(at), "numbered", None, text) for at, text in enumerate(texts, 1)
    )
    return Document(doc, doc.removesuffix(".pdf"), "", paragraphs, authority=authority)


def source(text: str, doc: str = "a.pdf", key: str = "t1") -> Source:
    return Source(key, doc, text, (f"about {key}",))


def test_a_text_is_matched_by_its_words_not_letter_by_letter():
    rough = "2. " + STAFF.replace(" a year", "\na year").upper() + " This joint inspection"
    found = match([source(rough)], [document(LEAVERS, STAFF)])
    assert [(item.number, item.anchor) for item in found.items] == [
        ("2", "Too many social workers leave within a year")
    ]


def test_of_two_paragraphs_with_the_words_the_one_that_says_least_besides_is_meant():
    found = match([source(STAFF)], [document(f"{LEAVERS} {STAFF} {SCHOOL}", STAFF)])
    assert [item.number for item in found.items] == ["2"]


def test_a_text_that_is_no_paragraph_is_reported():
    half = f"{STAFF} Nothing of what follows here was ever written in any report by anyone at all."
    found = match([source(half), source(STAFF, "absent.pdf", "t2")], [document(LEAVERS, STAFF)])
    assert found.items == ()
    assert found.unmatched == ("t1", "t2")


def test_two_texts_of_one_paragraph_become_one_item():
    words = f"{LEAVERS} {SCHOOL}"
    found = match([source(LEAVERS), source(SCHOOL, key="t2")], [document(words)])
    assert [item.questions for item in found.items] == [("about t1", "about t2")]


def test_judged_paragraphs_and_barred_authorities_are_left_out():
    judged = Question(
        "q", "?", "scoped", (Judgement("a.pdf", "helped to find a home", 1, number="1"),)
    )
    documents = [document(LEAVERS, STAFF), document(SCHOOL, doc="b.pdf", authority="Borchester")]
    sources = [source(LEAVERS), source(STAFF, key="t2"), source(SCHOOL, "b.pdf", "t3")]
    found = match(sources, documents, judged=[judged], barred=["Borchester"])
    assert [item.id for item in found.items] == ["t2"]
    assert found.left_out == ("t1", "t3")


def test_items_are_written_read_back_and_found_in_a_library(tmp_path):
    items = [Item("t1", "a.pdf", "2", "Too many social workers leave", ("staff “turnover”?",))]
    write_items(items, tmp_path / "items.jsonl")
    assert read_items(tmp_path / "items.jsonl") == items
    assert locate(items, [document(LEAVERS, STAFF)]) == {"t1": "a#p2"}
    assert locate(items, [document(STAFF)]) == {}  # the same words under another number


@pytest.mark.parametrize("line", ["{", '{"id": "t1"}', "[]"])
def test_a_line_that_is_no_item_is_named(tmp_path, line):
    path = tmp_path / "items.jsonl"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(TrainingError, match=r"items\.jsonl, line 1"):
        read_items(path)


# the file that ships


@pytest.fixture(scope="module")
def shipped() -> list[Item]:
    return read_items(QUESTIONS)


def test_every_shipped_item_has_questions_and_a_short_anchor(shipped):
    assert len(shipped) > 2000
    assert all(item.questions and 1 <= len(item.anchor.split()) <= 8 for item in shipped)
    assert max(Counter((i.doc, i.number, i.anchor) for i in shipped).values()) == 1


def test_no_shipped_item_is_of_a_barred_authority(shipped):
    slugs = tuple(name.lower().replace(" ", "-") for name in BARRED)
    assert not [item.doc for item in shipped if item.doc.startswith(slugs)]


def test_no_shipped_item_is_a_paragraph_that_a_question_set_judges(shipped, shared):
    texts = {s.id: letters_of(s.text) for s in read_sources(shared / "train" / "questions.jsonl")}
    by_doc: dict[str, list[Item]] = {}
    for item in shipped:
        by_doc.setdefault(item.doc, []).append(item)
    judged = [
        judgement
        for name in ("inspections", "seeds")
        for question in read_questions(shared / "eval" / f"{name}.questions.jsonl")
        for judgement in question.judgements
    ]
    assert len(judged) > 700
    for judgement in judged:
        for item in by_doc.get(judgement.doc, ()):
            if judgement.number is not None:
                same = item.number == judgement.number
            else:
                same = letters_of(judgement.anchor) in texts[item.id]
            assert not same, (item.id, judgement)


def test_the_shipped_file_holds_no_text_of_a_report(shipped):
    lines = QUESTIONS.read_text(encoding="utf-8").splitlines()
    keys = {key for line in lines for key in json.loads(line)}
    assert keys == {"id", "doc", "number", "anchor", "questions"}
