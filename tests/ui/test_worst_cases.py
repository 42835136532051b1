"""What strains the pages, in a real browser: 500 documents, a paragraph without end."""

import re

import pytest
from playwright.sync_api import expect

from index.build import build
from ingest.authorities import authority_names
from tests.conftest import build_aside
from tests.ui.conftest import KeywordEncoder

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DOCUMENTS = 500
LAST = "Care leavers lodged with strangers by the harbour."
LONG = " ".join(f"In week {week} the committee met and wrote its minutes." for week in range(400))


@pytest.fixture(scope="module")
def crowded(serve, tmp_path_factory) -> str:
    """The page over 500 documents; nothing is searched there, so no model is needed."""
    folder = tmp_path_factory.mktemp("many")
    names = authority_names()
    sources = ""
    for count in range(DOCUMENTS):
        (folder / f"{count}.txt").write_text(f"1. Finding of report {count}.\n", encoding="utf-8")
        sources += f'["{count}.txt"]\ntitle = "Report {count}"\nkind = "inspection"\n'
        sources += (
            f'authority = "{names[count % len(names)]}"\npublished = {2000 + count % 25}-01-01\n'
        )
    (folder / "sources.toml").write_text(sources, encoding="utf-8")
    build([folder], folder / "library", encoder=KeywordEncoder())
    return serve(folder / "library", folder)


@pytest.fixture(scope="module")
def endless(serve, tmp_path_factory) -> str:
    """The page over one paragraph of 20,000 letters whose end answers."""
    folder = tmp_path_factory.mktemp("long")
    (folder / "report.txt").write_text(f"1. {LONG} {LAST}\n", encoding="utf-8")
    build_aside([folder], folder / "library")
    return serve(folder / "library", folder)


def test_500_documents_are_listed_narrowed_and_filtered_by(crowded, visit):
    page = visit(crowded, "/library")
    table = page.get_by_role("region", name="500 documents")
    expect(table.get_by_role("row")).to_have_count(DOCUMENTS + 1)
    table.get_by_label("Find a document").fill("report 499")
    expect(table.get_by_role("row")).to_have_count(2)
    page.goto("/")
    filters = page.get_by_role("region", name="Filters")
    authority = filters.get_by_role("group", name="Authority")
    authority.get_by_text(re.compile(r"^\d+ more$")).click()
    authority.get_by_label("Narrow the list: Authority").fill("wands")
    expect(authority.get_by_role("link", name="Authority: Wandsworth")).to_be_visible()
    expect(authority.get_by_role("link")).to_have_count(7)  # six are always seen


def test_a_paragraph_without_end_is_shown_around_what_answers(endless, visit):
    page = visit(endless, "/?q=care+leavers+lodged+by+the+harbour")
    card = page.get_by_role("article").first
    expect(card.locator("mark").last).to_have_text(LAST)
    assert len(card.inner_text()) < 4000
    card.get_by_role("button", name="Show the whole paragraph").click()
    expect(card).to_contain_text("In week 0 the committee")
    expect(card.locator("mark").last).to_have_text(LAST)
