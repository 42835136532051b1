"""How many, Over time and Check a draft in a real browser, with their worst cases."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import build_aside
from tests.ui.conftest import REPORT

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LONG = 300_000  # milliseconds; the first question of a server loads the model
ONCE = """["report.md"]
authority = "Rutland"
kind = "inspection"
published = 2020-04-15
"""
FILLER = "This sentence of the draft cites nothing at all, and there are many like it. " * 40
WRONG = "Ten care leavers lived in hotels (Wandsworth 2016, para 999)."


@pytest.fixture(scope="module")
def site(serve, corpus, tmp_path_factory) -> str:
    """The pages over the documents that ship, and an authority that was inspected once."""
    folder = tmp_path_factory.mktemp("corpus")
    once = folder / "once"
    once.mkdir()
    (once / "report.md").write_text(REPORT, encoding="utf-8")
    (once / "sources.toml").write_text(ONCE, encoding="utf-8")
    build_aside([corpus, once], folder / "library")
    return serve(folder / "library", corpus)


def check(page, draft):
    page.get_by_text("Or upload it").click()
    page.locator("input[type=file]").set_input_files(
        {"name": "draft.md", "mimeType": "text/markdown", "buffer": draft.encode()}
    )
    expect(page.get_by_text("draft.md")).to_be_visible()
    page.get_by_role("button", name="Check", exact=True).click()


def test_a_count_is_narrowed_and_its_line_moved_by_the_keyboard(site, visit):
    page = visit(site, "/count")
    page.get_by_label("Phrase, statement or question").fill("care leavers in bed and breakfast")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="of 4 reports say it")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("heading", name="The line between yes and no")).to_be_visible()
    line = page.get_by_role("spinbutton", name="The line")
    line.fill("0")
    line.press("Enter")
    expect(page.get_by_role("heading", name="4 of 4 reports say it")).to_be_visible()
    assert "line=0.00" in page.url
    page.reload()
    expect(page.get_by_role("heading", name="4 of 4 reports say it")).to_be_visible()
    page.goto(f"{page.url}&year_from=2017")
    expect(page.get_by_role("heading", name="3 of 3 reports say it")).to_be_visible()


def test_a_phrase_nobody_uses_is_in_no_report(site, visit):
    page = visit(site, "/count?q=%22flying+carpets%22")
    expect(page.get_by_role("heading", name="0 of 4 reports say it")).to_be_visible(timeout=LONG)
    expect(page.get_by_text("Looked for word for word")).to_be_visible()
    expect(page.get_by_text("No report is clearly above the line.")).to_be_visible()
    page.get_by_text("Do not say it (4)").click()
    table = page.get_by_role("region", name="Reports that do not say it")
    expect(table.get_by_role("row", name=re.compile("Rutland 2020"))).to_be_visible()


def test_an_authority_over_time_with_a_question_across_its_inspections(site, visit):
    page = visit(site, "/time?authority=wandsworth&q=care+leavers")
    answers = page.get_by_role("region", name="What each inspection says")
    expect(answers.get_by_role("heading", name="Wandsworth 2016", exact=True)).to_be_visible(
        timeout=LONG
    )
    expect(page.get_by_role("row", name=re.compile("Wandsworth 2016.*inadequate"))).to_be_visible()
    columns = answers.locator(".group h2").all_inner_texts()
    assert [name.split()[1] for name in columns] == ["2016", "2017", "2019"]
    boxes = [heading.bounding_box() for heading in answers.locator(".group h2").all()]
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]  # later to the right


def test_an_authority_with_one_inspection_has_nothing_to_be_compared_with(site, visit):
    page = visit(site, "/time")
    page.get_by_role("combobox", name="Authority").fill("Rutl")
    page.get_by_role("option", name="Rutland").click()
    expect(page.get_by_text("there is nothing to compare")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("row", name=re.compile("Rutland 2020"))).to_be_visible()
    expect(page.get_by_role("heading", name="What was recommended")).to_have_count(0)
    assert "authority=Rutland" in page.url


def test_a_draft_of_sixty_pages_stands_beside_what_was_found(site, visit):
    page = visit(site, "/check")
    check(page, "\n\n".join([FILLER] * 60 + [WRONG]))
    heading = page.get_by_role("heading", name="1 citation checked, 1 to be looked at")
    expect(heading).to_be_visible(timeout=LONG)
    beside = page.get_by_role("region", name="The draft and what was found")
    finding = beside.get_by_role("article", name="Finding 1: No such paragraph")
    expect(finding).to_contain_text("para 999")
    expect(beside.locator(".row")).to_have_count(61)
    expect(beside.locator("mark")).to_have_text(WRONG)
    beside.get_by_role("button", name="To the sentence of finding 1").press("Enter")
    expect(beside.get_by_role("button", name="Finding 1", exact=True)).to_be_focused()
    page.keyboard.press("Enter")
    expect(finding).to_be_focused()
    page.get_by_role("link", name="Only what something is said of").press("Enter")
    expect(beside.locator(".row")).to_have_count(1)
    again = visit(site, page.url)  # whoever has the address, while the draft is held
    expect(again.get_by_role("heading", name="1 citation checked")).to_be_visible()


def test_a_long_check_is_cancelled_and_begun_again(site, visit):
    page = visit(site, "/check")
    check(page, "\n\n".join([f"{FILLER} {WRONG}"] * 300))
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Checking the draft: cancelled.")).to_be_visible()
    expect(page.get_by_role("button", name="Start again")).to_be_visible()
    page.get_by_role("button", name="Start again").click()
    expect(page.get_by_role("button", name="Cancel")).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Checking the draft: cancelled.")).to_be_visible()


@pytest.mark.parametrize(
    ("typed", "said"), [("", "Paste a draft or choose a file first."), ("Nothing cited.", "No cit")]
)
def test_a_draft_with_nothing_to_check_is_told_so(site, visit, typed, said):
    page = visit(site, "/check")
    page.get_by_label("Paste it here").fill(typed)
    page.get_by_role("button", name="Check", exact=True).click()
    expect(page.get_by_text(said)).to_be_visible(timeout=LONG)
    if typed:
        page.get_by_role("link", name="Change it, or check another").click()
        expect(page.get_by_label("Paste it here")).to_have_value(typed)


def test_a_draft_that_is_not_held_is_asked_for_again(site, visit):
    page = visit(site, "/check?draft=gone")
    expect(page.get_by_text("That draft is not held any more.")).to_be_visible()
    expect(page.get_by_label("Paste it here")).to_be_visible()
