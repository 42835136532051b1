import json

import pytest
from streamlit.testing.v1 import AppTest

from answer.model import Answer
from tests.chat_server import Reply, chat_server
from ui.address import SearchState

QUESTION = "Were there risk assessments for care leavers in such accommodation?"
TRUE = "Risk assessments have not taken place for care leavers in such accommodation"


def box():
    import streamlit as st

    from ui.written import written_answer

    written_answer(*(st.session_state[name] for name in ("library", "search", "answer")))


@pytest.fixture
def chat(monkeypatch):
    with chat_server() as server:
        monkeypatch.setenv("PILCROW_LLM_BASE_URL", server.address)
        monkeypatch.setenv("PILCROW_LLM_MODEL", "small")
        yield server


@pytest.fixture
def page(library, monkeypatch) -> AppTest:
    """What the search page shows of a written answer, not yet run."""
    page = AppTest.from_function(box, default_timeout=60)
    hits = [hit for hit in library.search(TRUE) if hit.number == "3"]
    page.session_state["library"] = library
    page.session_state["search"] = SearchState(QUESTION)
    page.session_state["answer"] = Answer("answered", 0.9, (), tuple(hits))
    return page


def shown(page) -> list[dict]:
    elements = page.get("bidi_component")
    assert not page.exception
    return [json.loads(one.proto.json) for one in elements]


def finished(page) -> dict:
    page.run()
    page.session_state["written"][1].wait()
    page.run()
    (data,) = shown(page)
    return data


def test_nothing_is_there_unless_a_model_is_set_up(page, monkeypatch):
    monkeypatch.delenv("PILCROW_LLM_BASE_URL", raising=False)
    page.run()
    assert shown(page) == []
    assert "written" not in page.session_state


def test_an_address_that_is_none_is_told(page, monkeypatch):
    monkeypatch.setenv("PILCROW_LLM_BASE_URL", "localhost")
    monkeypatch.setenv("PILCROW_LLM_MODEL", "small")
    page.run()
    assert "is not the address of a server" in page.warning[0].value
    assert shown(page) == []


def test_while_it_is_written_the_page_says_so(page, chat):
    chat.reply = Reply([0.5, TRUE])
    page.run()
    (data,) = shown(page)
    assert data["writing"]
    assert data["heading"] == "Written by a language model (small); check before quoting"


def test_a_sentence_is_shown_with_its_citation_to_click(page, chat):
    chat.says(f"{TRUE} [1].")
    data = finished(page)
    assert not data["writing"]
    assert data["note"] is None
    (sentence,) = data["sentences"]
    assert sentence["text"] == f"{TRUE}."
    assert sentence["supported"]
    (cited,) = sentence["cited"]
    assert cited["text"] == "Wandsworth 2016, para 3"
    assert cited["href"].startswith("document?doc=wandsworth")
    assert cited["href"].endswith("&p=3")


def test_an_unsupported_sentence_is_shown_with_the_reason(page, chat):
    chat.says(f"{TRUE} [1]. All is well.")
    unsupported = finished(page)["sentences"][1]
    assert not unsupported["supported"]
    assert unsupported["reason"] == "cites no paragraph"


def test_a_failure_is_one_sentence_and_nothing_written(page, chat):
    chat.reply = Reply([f"{TRUE} [1]. And", 0.1], status=200)
    data = finished(page)
    assert data["sentences"] == []
    assert data["heading"] is None
    assert data["note"] == "The language model's answer broke off."


def test_a_question_that_is_not_answered_is_not_written_about(page, chat):
    page.session_state["answer"] = Answer("no_answer", 0.1, (), ())
    page.run()
    assert shown(page) == []
    assert chat.asked == []


def test_the_model_is_asked_once_for_a_search(page, chat):
    chat.says(f"{TRUE} [1].")
    finished(page)
    page.run()
    assert len(chat.asked) == 1
    page.session_state["search"] = SearchState("Another question?")
    finished(page)
    assert len(chat.asked) == 2


def test_another_search_ends_the_writing(page, chat):
    chat.reply = Reply([f"{TRUE} [1]. ", 30.0])
    page.run()
    first = page.session_state["written"][1]
    page.session_state["search"] = SearchState("Another question?")
    page.run()
    assert first.wait().status == "stopped"
