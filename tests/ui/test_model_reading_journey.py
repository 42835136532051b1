"""How many and Check a draft with a language model that reads again, in a real browser."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.chat_server import DONE, Reply, chat_server
from tests.ui.test_accessibility import RULES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = 300_000  # milliseconds; the first question of a server loads the model
QUERY = "/count?q=care+leavers+in+bed+and+breakfast"
DRAFT = """In the year before, ten care leavers were placed in bed and breakfast (Wandsworth 2016,
para 87). Their accommodation was safe and suitable throughout (Wandsworth 2016, para 87)."""
DOUBT = "“failed to ensure that there is sufficient suitable and safe accommodation”"


@pytest.fixture(scope="module")
def chat():
    with chat_server() as server:
        yield server


@pytest.fixture(scope="module")
def site(serve, corpus, chat, own_corpus) -> str:
    """The pages over the documents that ship, with a language model set up."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PILCROW_LLM_BASE_URL", chat.address)
        patch.setenv("PILCROW_LLM_MODEL", "tiny <b>model</b>")
        return serve(own_corpus, corpus)


def faults(page) -> list:
    results = Axe().run(page, options={"runOnly": RULES})
    return [(rule["id"], rule["nodes"]) for rule in results.response["violations"]]


def held_by(words: str):
    """A model that finds the excerpts with these words to say it."""

    def reply(body: dict) -> Reply:
        user = body["messages"][1]["content"]
        found = re.findall(rf"^\w+ (\d+): .*{words}", user, re.MULTILINE)
        return Reply([", ".join(found) or "0", DONE])

    return reply


def test_a_count_is_decided_by_the_model_and_by_the_words_again(site, visit, chat):
    chat.reply = held_by("no such words")
    chat.asked.clear()
    page = visit(site, QUERY)
    expect(page.get_by_role("heading", name="1 of 3 reports say it")).to_be_visible(timeout=LONG)
    assert not chat.asked
    page.get_by_role("link", name="Let the language model tiny <b>model</b> decide").click()
    expect(page.get_by_role("heading", name="0 of 3 reports say it")).to_be_visible(timeout=LONG)
    expect(page.get_by_text("The language model tiny <b>model</b> decided on")).to_be_visible()
    assert "read=model" in page.url
    assert faults(page) == []
    page.get_by_role("link", name="Without the language model").click()
    expect(page.get_by_role("heading", name="1 of 3 reports say it")).to_be_visible(timeout=LONG)


def test_another_query_is_not_sent_unasked(site, visit, chat):
    chat.reply = held_by("no such words")
    page = visit(site, f"{QUERY}&read=model")
    expect(page.get_by_role("heading", name="0 of 3 reports say it")).to_be_visible(timeout=LONG)
    chat.asked.clear()
    page.get_by_label("Phrase, statement or question").fill("care leavers in hotels")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("hotels$"))
    expect(page.get_by_role("heading", name="of 3 reports say it")).to_be_visible(timeout=LONG)
    assert not chat.asked


def test_a_model_that_fails_says_why_and_is_asked_again(site, visit, chat):
    chat.reply = Reply(status=401, body={})
    page = visit(site, f"{QUERY}+accommodation&read=model")
    expect(page.get_by_text("refuses the key")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("heading", name="1 of 3 reports say it")).to_be_visible()
    chat.reply = held_by("no such words")
    page.get_by_role("button", name="Ask the language model again").click()
    expect(page.get_by_role("heading", name="0 of 3 reports say it")).to_be_visible(timeout=LONG)
    expect(page.get_by_text("refuses the key")).to_be_hidden()


def test_words_in_quotation_marks_are_no_matter_for_a_model(site, visit):
    page = visit(site, "/count?q=%22bed+and+breakfast%22")
    expect(page.get_by_text("Looked for word for word")).to_be_visible(timeout=LONG)
    expect(page.get_by_text("language model")).to_have_count(0)


def test_claims_of_a_draft_are_read_too(site, visit, chat):
    chat.says(f"1: yes\n2: no {DOUBT}")
    page = visit(site, "/check")
    page.get_by_label("Paste it here").fill(DRAFT)
    page.get_by_role("button", name="Check", exact=True).click()
    heading = page.get_by_role("heading", name="2 citations checked, 0 to be looked at")
    expect(heading).to_be_visible(timeout=LONG)
    page.get_by_role("link", name="Let the language model tiny <b>model</b> read").click()
    heading = page.get_by_role("heading", name="2 citations checked, 1 to be looked at")
    expect(heading).to_be_visible(timeout=LONG)
    expect(page.get_by_text("read 2 of 2 claims on which nothing was found")).to_be_visible()
    doubt = f"finds that Wandsworth 2016, para 87 says otherwise: {DOUBT}"
    expect(page.get_by_text(doubt)).to_be_visible()
    assert faults(page) == []


def test_the_reading_of_a_draft_can_be_cancelled_and_left_out(site, visit, chat):
    chat.reply = Reply([120.0])
    page = visit(site, "/check")
    page.get_by_label("Paste it here").fill(DRAFT.replace("ten", "some"))
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_role("heading", name="2 citations checked")).to_be_visible(timeout=LONG)
    page.get_by_role("link", name="Let the language model tiny <b>model</b> read").click()
    expect(page.get_by_text("The language model tiny <b>model</b> reads …")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("reads: cancelled")).to_be_visible()
    page.get_by_role("link", name="Without the language model").click()
    expect(page.get_by_role("heading", name="2 citations checked")).to_be_visible(timeout=LONG)
