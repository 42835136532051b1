"""Reading a document in a real browser: find, go from place to place, copy a link, see the page."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.conftest import build_aside
from tests.ingest.typeset import Typesetter

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DOCUMENT = "/document?doc=wandsworth-inspection-2016-02-16"
SOURCES = """
["report.pdf"]
title = "Inspection of children's services"
publisher = "Ofsted"
authority = "Wandsworth"
kind = "inspection"
published = 2016-02-16
"""
SAID = (
    "Social workers know their children well and visit them often.",
    "Care leavers were placed in bed and breakfast accommodation for many weeks.",
    "Managers do not check the work of their teams as often as they should.",
    "Risk assessments were not made for care leavers in such accommodation.",
)


@pytest.fixture(scope="module")
def report() -> bytes:
    """A PDF of many pages."""
    setter = Typesetter()
    setter.heading("Findings")
    for number in range(1, 61):
        setter.paragraph(f"{SAID[number % len(SAID)]} This is finding {number}. " * 3, f"{number}.")
    return setter.save()


@pytest.fixture(scope="module")
def site(serve, report, tmp_path_factory) -> str:
    """The page over the PDF."""
    folder = tmp_path_factory.mktemp("pdf")
    (folder / "report.pdf").write_bytes(report)
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    build_aside([folder], folder / "library")
    return serve(folder / "library", folder)


def asked(page):
    return page.get_by_role("region").locator("[aria-current]")


def test_the_page_as_published_shows_the_paragraph_marked_and_sharp(site, visit):
    page = visit(site, f"{DOCUMENT}&p=41", device_scale_factor=2)
    picture = page.get_by_role("img", name="para 41 is marked")
    expect(picture).to_be_visible()
    expect(asked(page)).to_contain_text("This is finding 41.")
    box = page.locator(".box")
    expect(box).to_have_count(1)
    drawn, image = box.bounding_box(), picture.bounding_box()
    assert image["y"] < drawn["y"] < drawn["y"] + drawn["height"] < image["y"] + image["height"]
    assert picture.evaluate("image => image.naturalWidth") >= 2 * image["width"]

    before = picture.get_attribute("alt")
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("img", name="as published")).not_to_have_attribute("alt", before)
    expect(asked(page)).to_contain_text("This is finding 41.")
    page.get_by_role("link", name="Link to para 42").click()
    expect(page.get_by_role("img", name="para 42 is marked")).to_be_visible()


def test_from_one_place_of_the_question_to_the_next_and_back_to_the_results(site, visit):
    page = visit(site, "/?q=care+leavers+in+bed+and+breakfast")
    page.get_by_role("article").first.get_by_role("link", name="Open in document").click()
    expect(asked(page)).to_contain_text("bed and breakfast")
    first = asked(page).get_attribute("id")
    asked(page).get_by_role("link", name="Next place").click()
    expect(asked(page)).not_to_have_attribute("id", first)
    expect(asked(page)).to_be_in_viewport()
    page.locator(".bar").get_by_role("link", name="Previous place").click()
    expect(asked(page)).to_have_attribute("id", first)
    page.get_by_role("link", name="Back to the results").click()
    expect(page.get_by_label("Question")).to_have_value("care leavers in bed and breakfast")


def test_words_are_found_and_a_link_is_copied_that_opens_the_paragraph(site, visit):
    page = visit(site, DOCUMENT)
    find = page.get_by_label("Find in this document")
    find.fill("FINDING 59")
    expect(page.get_by_text("1 of 3")).to_be_visible()
    expect(page.locator("mark.here")).to_be_in_viewport()
    find.press("Enter")
    expect(page.get_by_text("2 of 3")).to_be_visible()
    find.fill("zebra")
    expect(page.get_by_text("Not in this document")).to_be_visible()

    number = page.get_by_role("link", name="Link to para 12")
    number.hover()
    page.get_by_role("button", name="Copy link to para 12").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert urlsplit(copied).query == "doc=wandsworth-inspection-2016-02-16&p=12"
    page.goto(copied)
    expect(asked(page)).to_contain_text("This is finding 12.")


def test_the_original_is_downloaded_byte_for_byte(site, visit, report, tmp_path):
    page = visit(site, DOCUMENT)
    with page.expect_download() as download:
        page.get_by_role("button", name="Download the original").click()
    assert download.value.suggested_filename == "report.pdf"
    download.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes() == report
