"""A written answer in a real browser: it streams in, is struck out, stopped, or falls back."""

import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.chat_server import CUT, Ending, Reply, chat_server
from tests.ui.test_accessibility import RULES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADDRESS = "/?q=what+happened+to+care+leavers+in+B%26B+accommodation%3F"
NAME = "Written by a language model (tiny <b>model</b>); check before quoting"
TRUE = "There were 10 care leavers in bed and breakfast accommodation [1]."
WRONG = " There were 99 care leavers in bed and breakfast accommodation [1]."
UNCITED = " <img src=x onerror=alert(1)> **All** were [moved](http://evil.example/x)."


@pytest.fixture(scope="module")
def chat():
    with chat_server() as server:
        yield server


@pytest.fixture(scope="module")
def site(serve, corpus, chat, own_corpus) -> str:
    """The page over the documents that ship, with a language model set up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PILCROW_LLM_BASE_URL", chat.address)
        patch.setenv("PILCROW_LLM_MODEL", "tiny <b>model</b>")
        patch.setenv("PILCROW_LLM_API_KEY", "sk-journey")
        return serve(own_corpus, corpus)


def written(page, name=NAME):
    return page.get_by_role("region", name=name)


def test_sentences_stream_in_and_unsupported_ones_are_struck_out(site, chat, visit):
    gate = threading.Event()
    chat.reply = Reply([TRUE, WRONG[:5], gate.wait, WRONG[5:], UNCITED, Ending()])
    page = visit(site, ADDRESS)
    box = written(page)
    expect(box.get_by_role("heading")).to_have_text(NAME)
    expect(box.get_by_text("10 care leavers")).to_be_visible()
    expect(box.get_by_role("status")).to_have_text("The language model is writing …")
    expect(box.locator("del")).to_have_count(0)
    gate.set()
    expect(box.locator("del")).to_have_count(2)
    struck = box.locator("p", has=page.locator("del"))
    expect(struck.first).to_contain_text("Not supported: ")
    expect(struck.first).to_contain_text("99")
    expect(struck.last).to_contain_text("Not supported: cites no paragraph.")
    expect(struck.last).to_contain_text("<img src=x onerror=alert(1)> All were [moved](http")
    expect(box.get_by_role("button", name="Stop")).to_be_hidden()
    expect(box.get_by_role("status")).to_have_text("")
    assert not [url for url in page.requested if "evil" in url]
    box.get_by_role("link", name="Wandsworth 2016, para 87").first.click()
    expect(page.get_by_role("region").locator("[aria-current]")).to_contain_text("10 care leavers")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_keeps_anybody_from_reading_it(site, chat, visit, scheme):
    chat.says(TRUE, WRONG)
    page = visit(site, ADDRESS, color_scheme=scheme)
    expect(written(page).locator("del")).to_have_count(1)
    results = Axe().run(page, options={"runOnly": RULES})
    assert [(rule["id"], rule["nodes"]) for rule in results.response["violations"]] == []


def test_it_can_be_stopped(site, chat, visit):
    chat.reply = Reply([TRUE, " There", 60.0])
    page = visit(site, ADDRESS)
    box = written(page)
    expect(box.get_by_text("10 care leavers")).to_be_visible()
    box.get_by_role("button", name="Stop").click()
    expect(box.get_by_role("status")).to_have_text(
        "Stopped before the language model had finished."
    )
    expect(box.get_by_text("10 care leavers")).to_be_visible()
    expect(box.get_by_role("button", name="Stop")).to_be_hidden()


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(status=401, body={"error": {"message": "no such key sk-journey"}}), "the key"),
        (Reply([TRUE, " There", CUT]), "The language model's answer broke off."),
    ],
)
def test_a_failure_leaves_the_quoted_answer_and_says_why(site, chat, visit, reply, why):
    chat.reply = reply
    page = visit(site, ADDRESS)
    expect(page.get_by_role("status").filter(has_text=why)).to_be_visible()
    expect(page.get_by_role("heading", name=NAME)).to_have_count(0)
    expect(page.get_by_role("region", name="Answer", exact=True)).to_be_visible()
    assert "sk-journey" not in page.content()
