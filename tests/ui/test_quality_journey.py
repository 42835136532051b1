"""The Quality page in a real browser: run the seeds, open a question, judge, reload."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect

from index.build import build

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = 300_000  # milliseconds; seventy questions on a busy machine


@pytest.fixture(scope="module")
def site(serve, corpus, tmp_path_factory) -> str:
    """The page over the documents that ship with the project."""
    library = tmp_path_factory.mktemp("corpus") / "library"
    build([corpus], library)
    return serve(library, corpus)


def said(page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def place(page, citation):
    found = page.get_by_role("region", name="What was found")
    return found.get_by_role("listitem").filter(has=page.get_by_role("link", name=citation))


def test_from_a_run_to_a_judgement_that_stays(site, visit):
    page = visit(site)
    page.get_by_role("link", name="Quality").click()
    page.get_by_role("button", name="Run these questions").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    means = page.get_by_role("region", name="Means by kind of question")
    expect(means.get_by_role("row", name=re.compile("^All 60 "))).to_be_visible(timeout=LONG)
    run = said(page)["run"]
    expect(page.get_by_role("region", name=re.compile("^70 questions"))).to_be_visible()
    expect(page.get_by_text("Download or remove this run")).to_be_visible()

    page.get_by_label("Kind", exact=True).click()
    page.get_by_role("option", name="No answer").click()
    expect(page.get_by_role("region", name=re.compile("^10 questions"))).to_be_visible()
    page.go_back()
    expect(page.get_by_role("region", name=re.compile("^70 questions"))).to_be_visible()

    worst = page.get_by_role("region", name=re.compile("^70 questions")).get_by_role("link").first
    question = worst.inner_text()
    worst.click()
    expect(page.get_by_role("heading", name=question, exact=True)).to_be_visible()
    assert said(page).keys() == {"run", "question"}
    judged = page.get_by_role("button", name="Answers it", pressed=True)
    expect(judged.first).to_be_visible()

    unjudged = page.get_by_role("listitem").filter(has_text="not judged").first
    citation = unjudged.get_by_role("link").inner_text()
    mine = place(page, citation)
    mine.get_by_role("button", name="Worth citing").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(f"Kept. {citation}: worth citing.")).to_be_visible()
    button = mine.get_by_role("button", name="Worth citing")
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
    page.get_by_label("Compare with").click()
    page.get_by_role("option", name=re.compile("came with this version")).click()
    expect(page.get_by_role("heading", name="Compared with the other run")).to_be_visible()
    assert said(page) == {"run": run, "with": "baseline-seeds"}
    page.reload()
    expect(page.get_by_role("heading", name="Compared with the other run")).to_be_visible()


def test_a_run_can_be_stopped_and_the_page_stays_usable(site, visit):
    page = visit(site, "/quality")
    page.get_by_role("button", name="Run these questions").click()
    stop = page.get_by_role("button", name="Stop")
    expect(stop).to_be_visible()
    expect(page.get_by_role("button", name="Run these questions")).to_be_disabled()
    stop.click()
    expect(stop).to_have_count(0)
    expect(page.get_by_role("button", name="Run these questions")).to_be_enabled()


def test_a_set_that_cannot_be_read_is_explained(site, visit):
    page = visit(site, "/quality")
    page.get_by_text("Add, download or remove a question set").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "bad.jsonl", "mimeType": "text/plain", "buffer": b"<b>not</b> json"}
    )
    expect(page.get_by_role("alert")).to_contain_text("bad.jsonl, line 1 is not a question")
    expect(page.get_by_role("alert").locator("b")).to_have_count(0)
