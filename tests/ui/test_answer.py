"""The answer above the results."""

import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from answer.model import Answer, Sentence
from tests.ui.test_search import APP
from ui import library as shared_library
from ui.answer import answer_data
from ui.further_address import collect_link


@pytest.fixture
def page(library, monkeypatch) -> AppTest:
    monkeypatch.setattr(shared_library, "_open", lambda folder: library)
    return AppTest.from_file(APP, default_timeout=60)


def boxes(page) -> list[dict]:
    elements = page.get("bidi_component")
    shown = [one for one in elements if one.proto.component_name == "pilcrow_answer"]
    return [json.loads(one.proto.json) for one in shown]


def test_an_answer_quotes_paragraphs_and_leads_to_them(page, library):
    question = "care leavers in bed and breakfast accommodation"
    page.query_params["q"] = question
    page.run()
    (box,) = boxes(page)
    assert box["answered"]
    texts = [hit.text for hit in library.search(question, top_k=50)]
    assert box["sentences"]
    for sentence in box["sentences"]:
        assert any(sentence["text"] in text for text in texts)
        assert sentence["href"].startswith("document?doc=wandsworth-")
    assert "Likelihood" in box["note"]
    assert not page.exception


def test_what_is_copied_has_a_citation_for_every_sentence(library):
    hits = library.search("care leavers", top_k=2)
    sentences = tuple(Sentence(hit.text, (hit.paragraph_id,)) for hit in hits)
    data = answer_data(Answer("answered", 0.8, sentences, tuple(hits)))
    lines = data["copied"].splitlines()
    assert lines[0] == f"“{hits[0].text}” ({hits[0].citation})"
    assert "80%" in data["note"]


def test_each_paragraph_leads_to_the_briefings_once(library):
    hits = library.search("care leavers", top_k=2)
    keys = [hit.paragraph_id for hit in (hits[0], hits[0], hits[1])]
    sentences = tuple(Sentence("A sentence.", (key,)) for key in keys)
    data = answer_data(Answer("answered", 0.8, sentences, tuple(hits)))
    collect = [sentence["collect"] for sentence in data["sentences"]]
    assert collect == [None, collect_link(keys[1]), collect_link(keys[2])]


def test_what_an_answer_does_not_give_is_said(library):
    hit = library.search("care leavers")[0]
    told = (Sentence(hit.text, (hit.paragraph_id,)),)
    assert (
        answer_data(Answer("answered", 0.8, told, (hit,), note="No date."))["known"] == "No date."
    )


def test_what_the_cover_tells_stands_alone(library):
    data = answer_data(Answer("answered", 0.98, (), tuple(library.search("care")), note="Good."))
    assert (data["heading"], data["known"], data["sentences"]) == ("From the cover", "Good.", [])
    assert "Quoted" not in data["note"]


def test_a_second_hand_sentence_is_marked(library):
    hit = replace(library.search("care leavers")[0], second_hand=True)
    data = answer_data(Answer("answered", 0.8, (Sentence(hit.text, (hit.paragraph_id,)),), (hit,)))
    assert data["sentences"][0]["second_hand"]


def test_no_answer_says_why(page):
    page.query_params["q"] = "drone deliveries of toboggans in Leeds"
    page.run()
    (box,) = boxes(page)
    assert not box["answered"]
    assert box["reason"] == "No document about Leeds is in this library."
    assert box["below"] == "The paragraphs below are about other authorities."
    headings = [
        json.loads(one.proto.json)["heading"]
        for one in page.get("bidi_component")
        if one.proto.component_name == "pilcrow_links"
    ]
    assert any(heading.startswith("The nearest ") for heading in headings)
    assert not page.warning  # it is said once


def test_a_long_question_that_is_not_answered_is_better_asked_in_parts(page):
    page.query_params["q"] = " ".join(f"toboggan{number}" for number in range(30)) + " care"
    page.run()
    (box,) = boxes(page)
    assert not box["answered"]
    assert "one thing at a time" in box["below"]


def test_without_a_question_there_is_no_box(page):
    page.run()
    assert boxes(page) == []
