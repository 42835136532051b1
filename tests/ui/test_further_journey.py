"""How many, Over time, Briefing and Check a draft in a real browser, with their worst cases."""

import re
from io import BytesIO
from pathlib import Path

import docx
import pytest
from playwright.sync_api import expect

from answer.briefing import entry_for
from answer.briefings import Briefings
from index.build import build
from index.library import Library

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = 180_000  # milliseconds; the first question of a server loads the model
REPORT = "wandsworth-inspection-2016-02-16"


@pytest.fixture(scope="module")
def folder(corpus, tmp_path_factory) -> Path:
    library = tmp_path_factory.mktemp("corpus") / "library"
    build([corpus], library)
    return library


@pytest.fixture(scope="module")
def site(serve, corpus, folder) -> str:
    """The pages over the documents that ship with the project."""
    return serve(folder, corpus)


def named(page, name="Ann"):
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Use this name").click()


def downloaded(page, label):
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    return Path(download.value.path()).read_bytes()


def test_from_a_count_to_a_briefing_in_word(site, visit):
    page = visit(site, "/count")
    page.get_by_label("Phrase, statement or question").fill('"bed and breakfast"')
    page.get_by_role("button", name="Count").click()
    expect(page.get_by_text("of 3 reports say it")).to_be_visible(timeout=LONG)
    assert "q=" in page.url
    page.get_by_role("link", name=re.compile("Add to a briefing: Wandsworth 2016")).first.click()
    named(page)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="My briefing")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Note: ")).click()
    page.get_by_label("Your words before it").fill("What was found.")
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("What was found.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("What was found.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Remove: "))).to_be_visible()
    expect(page.get_by_test_id("stStatusWidget")).to_have_count(0)  # the files are ready then
    content = downloaded(page, "Download as Word")
    texts = [one.text for one in docx.Document(BytesIO(content)).paragraphs]
    assert "What was found." in texts
    assert any("bed and breakfast" in one and "(Wandsworth 2016, para" in one for one in texts)


def test_a_phrase_nobody_uses_is_in_no_report(site, visit):
    page = visit(site, "/count?q=%22flying+carpets%22")
    expect(page.get_by_text("0 of 3 reports say it")).to_be_visible(timeout=LONG)
    expect(page.get_by_text("Do not say it (3)")).to_be_visible()


def test_somebody_else_can_read_a_briefing_of_200_and_not_change_it(site, visit, folder):
    library, kept = Library.open(folder), Briefings(folder)
    for cited in library.paragraphs(REPORT)[:200]:
        kept.add("Bea", "Everything", entry_for(library, cited.paragraph_id))
    page = visit(site, "/briefing?by=Bea&name=Everything")
    named(page, "Cy")
    expect(page.get_by_text("By Bea. 200 paragraphs.")).to_be_visible()
    collected = page.get_by_role("region", name="Collected paragraphs")
    expect(collected.get_by_role("article")).to_have_count(200)
    expect(page.get_by_role("button", name=re.compile("^Remove"))).to_have_count(0)


def test_entries_are_put_in_order_by_the_keyboard(site, visit, folder):
    library, kept = Library.open(folder), Briefings(folder)
    for number in (87, 88):
        kept.add("Dee", "Two", entry_for(library, f"{REPORT}#p{number}"))
    page = visit(site, "/briefing?by=Dee&name=Two")
    named(page, "Dee")
    page.get_by_role("button", name="Up: Wandsworth 2016, para 88").press("Enter")
    expect(page.get_by_text("Now at place 1 of 2.")).to_be_visible()
    first = page.get_by_role("region", name="Collected paragraphs").get_by_role("article").first
    expect(first).to_have_accessible_name("Wandsworth 2016, para 88")


def test_an_empty_briefing_says_what_to_do(site, visit):
    page = visit(site, "/briefing")
    named(page, "Eve")
    page.get_by_label("Name of a new briefing").fill("Nothing yet")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Nothing yet")).to_be_visible()
    expect(page.get_by_text("Nothing is collected yet.")).to_be_visible()


def test_an_authority_over_time_with_a_question_across_its_inspections(site, visit):
    page = visit(site, "/time?authority=wandsworth&q=care+leavers")
    answers = page.get_by_role("region", name="What each inspection says")
    expect(answers.get_by_role("heading", name="Wandsworth 2016", exact=True)).to_be_visible(
        timeout=LONG
    )
    expect(page.get_by_role("row", name=re.compile("Wandsworth 2016.*inadequate"))).to_be_visible()


def test_a_draft_of_sixty_pages_is_checked(site, visit):
    page = visit(site, "/check")
    filler = "This sentence of the draft cites nothing at all, and there are many like it. " * 40
    draft = "\n\n".join(
        [filler] * 60 + ["Ten care leavers lived in hotels (Wandsworth 2016, para 999)."]
    )
    page.get_by_text("Or upload it").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "draft.md", "mimeType": "text/markdown", "buffer": draft.encode()}
    )
    page.get_by_role("button", name="Check", exact=True).click()
    heading = page.get_by_role("heading", name="1 citation checked, 1 to be looked at")
    expect(heading).to_be_visible(timeout=LONG)
    expect(page.get_by_role("heading", name="No such paragraph")).to_be_visible()
