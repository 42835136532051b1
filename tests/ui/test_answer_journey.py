"""The answer in a real browser: read, copy, follow a citation, on a phone and by keyboard."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.ui.test_journey import QUESTION, script_runs

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def site(serve, corpus, own_corpus) -> str:
    return serve(own_corpus, corpus)


def answer(page):
    return page.get_by_role("region", name="Answer", exact=True)


def ask(page, question=QUESTION):
    box = page.get_by_label("Question")
    box.fill(question)
    box.press("Enter")
    expect(answer(page)).to_be_visible()


def test_an_answer_is_read_copied_and_followed_to_its_paragraph(site, visit):
    page = visit(site)
    ask(page)
    box = answer(page)
    expect(box.get_by_role("heading")).to_have_text("What the documents say")
    cite = box.get_by_role("link", name="Wandsworth 2016, para 87").first
    expect(cite).to_be_visible()

    page.received.clear()
    box.get_by_role("button", name="Copy answer with citations").press("Enter")
    expect(box.get_by_role("status")).to_have_text(re.compile(r"^Copied: \d sentences"))
    copied = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert 2 <= len(copied) <= 5
    assert all(re.fullmatch(r"“.+” \(Wandsworth .+\)", line) for line in copied)
    assert script_runs(page) == []  # nothing was searched or answered again

    cite.press("Enter")
    paragraph = page.get_by_role("region").locator("[aria-current]")
    expect(paragraph).to_contain_text("10 care leavers in bed and breakfast accommodation")
    assert urlsplit(page.url).query.endswith("&p=87")
    page.go_back()
    expect(answer(page)).to_be_visible()


def test_no_answer_stands_above_the_nearest_paragraphs(site, visit):
    page = visit(site)
    ask(page, "four-day weeks for social workers")
    box = answer(page)
    expect(box.get_by_role("heading")).to_have_text("No answer in these documents")
    expect(box).to_contain_text("Nothing found on four-day weeks for social workers")
    expect(page.get_by_role("article").first).to_be_visible()


def test_a_phone_shows_it_without_scrolling_sideways(site, visit):
    page = visit(site)
    page.set_viewport_size(PHONE)
    ask(page)
    width = page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= PHONE["width"]
    box = answer(page).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= PHONE["width"]
