"""The Library page in a real browser: add, check, put right, remove, bring back, read again."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import build_aside

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPORT = """# Inspection of services

## Findings

1. Social workers know their children well.

2. Care leavers live in lodgings by the harbour.

4. Managers check the work of teams.
"""
SOURCES = """
["report.md"]
title = "Inspection of services"
authority = "Wigan"
kind = "inspection"
published = 2016-02-16
"""
NEW = b"# Leeds inspection\n\n1. Foster carers sing in the choir.\n\n2. They are paid late.\n"


@pytest.fixture
def site(serve, tmp_path) -> str:
    """The page over a small library of its own, for these tests change it."""
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "report.md").write_text(REPORT, encoding="utf-8")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    build_aside([folder], tmp_path / "library")
    return serve(tmp_path / "library", folder)


def file(name, content):
    return {"name": name, "mimeType": "text/markdown", "buffer": content}


def test_files_are_added_and_each_gets_a_sentence(site, visit):
    page = visit(site, "/library")
    page.get_by_text("Add documents", exact=True).click()
    page.locator("input[type=file]").set_input_files(
        [
            file("leeds.md", NEW),
            file("same.md", REPORT.encode()),
            {"name": "bad.pdf", "mimeType": "application/pdf", "buffer": b"nothing"},
        ]
    )
    page.get_by_role("button", name="Add 3 files").click()
    warned = page.get_by_test_id("stAlertContentWarning")  # for one of them was not
    said = warned.get_by_text("1 document added, 1 here already, 1 not taken in.")
    expect(said).to_be_visible()
    results = page.get_by_role("navigation", name="File by file")
    expect(results.get_by_role("listitem").filter(has_text="leeds.md")).to_contain_text("Added")
    expect(results.get_by_role("listitem").filter(has_text="same.md")).to_contain_text("same file")
    expect(results.get_by_role("listitem").filter(has_text="bad.pdf")).to_contain_text("no PDF")
    table = page.get_by_role("region", name="2 documents")
    expect(table.get_by_role("row")).to_have_count(3)
    table.get_by_label("Find a document").fill("leeds")
    expect(table.get_by_role("row")).to_have_count(2)


def test_a_table_is_sorted_by_any_column(site, visit):
    page = visit(site, "/library")
    table = page.get_by_role("region", name="1 document")
    table.get_by_role("button", name="Paragraphs").click()
    head = table.get_by_role("columnheader", name="Paragraphs")
    expect(head).to_have_attribute("aria-sort", "ascending")
    table.get_by_role("button", name="Paragraphs").click()
    expect(head).to_have_attribute("aria-sort", "descending")


def test_a_wrong_number_is_put_right_on_its_card_shown_and_undone(site, visit):
    page = visit(site, "/?q=managers+check+the+work")
    wrong = page.get_by_role("article", name="Wigan 2016, para 4", exact=True)
    wrong.get_by_role("button", name="Something is wrong").click()
    page.get_by_label("Number as printed").fill("2")
    page.get_by_label("Number as printed").press("Tab")
    page.get_by_role("button", name="Keep the correction").click()
    expect(page.get_by_role("alert")).to_contain_text("a paragraph 2 already")
    page.get_by_label("Number as printed").fill("3")
    page.get_by_label("Number as printed").press("Tab")
    page.get_by_role("button", name="Keep the correction").click()
    right = page.get_by_role("article", name="Wigan 2016, para 3", exact=True)
    expect(right).to_contain_text("Number corrected by hand (read as 4)")

    other = visit(site, "/library?doc=wigan-inspection-2016-02-16")
    expect(other.get_by_text("Number corrected by hand")).to_be_visible()
    other.get_by_role("button", name="Undo", exact=True).click()
    expect(other.get_by_text("Undone.")).to_be_visible()
    page.reload()
    expect(wrong).to_be_visible()


def test_a_wrong_authority_is_put_right_and_undone(site, visit):
    page = visit(site, "/library?doc=wigan-inspection-2016-02-16")
    page.get_by_label("Authority").evaluate("box => { box.dataset.mine = 'yes' }")
    page.get_by_label("Authority").fill("Leeds")
    page.get_by_label("Authority").press("Tab")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("Kept.")).to_be_visible()
    expect(page.get_by_text("Leeds 2016 · report.md")).to_be_visible()
    expect(page.get_by_text("Authority: read as “Wigan”")).to_be_visible()
    page.get_by_role("button", name="Undo these").click()
    expect(page.get_by_text("Wigan 2016 · report.md")).to_be_visible()
    expect(page.get_by_label("Authority")).to_have_value("Wigan")
    expect(page.get_by_label("Authority")).to_have_attribute("data-mine", "yes")  # the same box


def test_a_document_is_removed_with_a_way_back_and_all_is_read_again(site, visit):
    page = visit(site, "/library?doc=wigan-inspection-2016-02-16")
    page.get_by_text("Remove this document").click()
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("was removed on")).to_be_visible()
    expect(page.get_by_role("heading", name="Library")).to_be_visible()
    page.get_by_text("Removed documents (1)").click()
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_text("is in the library again")).to_be_visible()
    expect(page.get_by_role("region", name="1 document")).to_be_visible()

    page.get_by_text("Read the documents again").click()
    page.get_by_text("Read every document").click()
    page.get_by_role("button", name="Read again").click()
    expect(page.get_by_text("1 document read again")).to_be_visible()
    page.goto("/?q=lodgings")
    expect(page.get_by_role("article").first).to_contain_text("by the harbour")


def test_two_users_search_on_while_one_reads_again(site, visit):
    worker, reader = visit(site, "/library"), visit(site, "/?q=lodgings")
    expect(reader.get_by_role("article").first).to_be_visible()
    worker.get_by_text("Read the documents again").click()
    worker.get_by_text("Read every document").click()
    worker.get_by_role("button", name="Read again").click()
    reader.get_by_label("Question").fill("managers check")
    reader.get_by_label("Question").press("Enter")
    expect(reader.get_by_role("article").first).to_contain_text("Managers check")
    expect(worker.get_by_text("1 document read again")).to_be_visible()
    assert re.search(r"[?&]q=managers", reader.url)
