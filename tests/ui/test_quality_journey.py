"""The Quality page in a real browser: run a set, open a question, judge, reload."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SEEDS = Path(__file__).parents[2] / "eval" / "questions" / "seeds.questions.jsonl"


@pytest.fixture(scope="module")
def site(serve, corpus, own_corpus) -> str:
    """The page over the documents that ship with the project."""
    return serve(own_corpus, corpus)


@pytest.fixture(scope="module")
def few() -> dict[str, object]:
    """A file of the first and the last questions that ship: some have no answer."""
    lines = SEEDS.read_bytes().splitlines(keepends=True)
    return {
        "name": "few.jsonl",
        "mimeType": "application/jsonl",
        "buffer": b"".join([*lines[:4], *lines[-2:]]),
    }


def said(page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def place(page, citation):
    found = page.get_by_role("region", name="What was found")
    return found.get_by_role("listitem").filter(has=page.get_by_role("link", name=citation))


def choose(box, words):
    """Picks an option by the keyboard: a list that a click opens closes when the page scrolls."""
    box.focus()
    box.page.keyboard.type(words)
    expect(box.page.get_by_role("option", name=words)).to_be_visible()
    box.page.keyboard.press("ArrowDown")
    box.page.keyboard.press("Enter")


def run(page) -> str:
    """Runs the chosen set; the id of the run that opens when it is done."""
    expect(page.get_by_role("heading", name="How good is the search?")).to_be_visible()
    page.get_by_role("button", name="Run these questions").click()
    page.wait_for_url(re.compile(r"[?&]run="))
    means = page.get_by_role("region", name="Means by kind of question")
    expect(means.get_by_role("row", name=re.compile("^All 4 "))).to_be_visible()
    expect(page.get_by_text("Download or remove this run")).to_be_visible()
    return said(page)["run"]


def questions(page, count):
    return page.get_by_role("region", name=re.compile(f"^{count} questions"))


def test_from_a_set_to_a_run_and_a_judgement_that_stays(site, visit, few):
    page = visit(site)
    page.get_by_role("link", name="Quality").click()
    page.get_by_text("Add, download or remove a question set").click()
    page.locator("input[type=file]").set_input_files(few)
    expect(page.get_by_text("“few.jsonl” is kept as “few”")).to_be_visible()
    first = run(page)

    expect(questions(page, 6)).to_be_visible()
    choose(page.get_by_label("Kind", exact=True), "No answer")
    expect(questions(page, 2)).to_be_visible()
    page.go_back()
    expect(questions(page, 6)).to_be_visible()

    worst = questions(page, 6).get_by_role("link").first
    question = worst.inner_text()
    worst.click()
    expect(page.get_by_role("heading", name=question, exact=True)).to_be_visible()
    assert said(page).keys() == {"run", "question"}
    expect(page.get_by_role("button", name="Answers it", pressed=True).first).to_be_visible()

    unjudged = page.get_by_role("listitem").filter(has_text="not judged").first
    citation = unjudged.get_by_role("link").inner_text()
    mine = place(page, citation)
    button = mine.get_by_role("button", name="Worth citing")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Kept. {citation}: worth citing.")).to_be_visible()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(button).to_be_focused()
    expect(mine.get_by_text("not judged")).to_have_count(0)

    page.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    sent = visit(site, page.url.removeprefix(site))
    expect(place(sent, citation).get_by_role("button", name="Worth citing")).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("link", name="Back to the run").click()
    expect(page.get_by_text("by the judgements of today")).to_be_visible()

    page.get_by_role("link", name="All runs and question sets").click()
    expect(page.get_by_role("heading", name="How good is the search?")).to_be_visible()
    choose(page.get_by_label("Question set", exact=True), "few")
    second = run(page)
    choose(page.get_by_label("Compare with"), "few")
    expect(page.get_by_role("heading", name="Compared with the other run")).to_be_visible()
    assert said(page) == {"run": second, "with": first}
    page.reload()
    expect(page.get_by_role("heading", name="Compared with the other run")).to_be_visible()


def test_a_run_can_be_stopped_and_the_page_stays_usable(site, visit):
    page = visit(site, "/quality")
    page.get_by_role("button", name="Run these questions").click()
    stop = page.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    barred = page.get_by_role("button", name="Run these questions", disabled=True)
    expect(barred).to_have_count(1)
    stop.click()
    expect(stop).to_have_count(0)
    expect(barred).to_have_count(0)
    expect(page.get_by_role("button", name="Run these questions")).to_have_count(1)


def test_a_set_that_cannot_be_read_is_explained(site, visit):
    page = visit(site, "/quality")
    page.get_by_text("Add, download or remove a question set").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "bad.jsonl", "mimeType": "text/plain", "buffer": b"<b>not</b> json"}
    )
    expect(page.get_by_role("alert")).to_contain_text("bad.jsonl, line 1 is not a question")
    expect(page.get_by_role("alert").locator("b")).to_have_count(0)
