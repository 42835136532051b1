"""The page Briefing in a real browser: collected anywhere, edited, shared, written out."""

import re
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from playwright.sync_api import expect

from answer.briefing import entry_for
from answer.briefings import Briefings
from answer.check import check
from answer.draft import read_draft
from index.library import Library

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPORT = "wandsworth-inspection-2016-02-16"
PARA_87 = "Wandsworth 2016, para 87"


@pytest.fixture(scope="module")
def site(serve, corpus, own_corpus) -> str:
    """The pages over the documents that ship with the project."""
    return serve(own_corpus, corpus)


def reader(name):
    """What makes a visitor somebody who has chosen a name before."""
    cookie = {"name": "pilcrow_person", "value": name, "domain": "127.0.0.1", "path": "/"}
    return {"storage_state": {"cookies": [cookie]}}


def collected(own_corpus, owner, name, *numbers):
    library, kept = Library.open(own_corpus), Briefings(own_corpus)
    for number in numbers:
        kept.add(owner, name, entry_for(library, f"{REPORT}#p{number}"))


def downloaded(page, label):
    expect(page.locator("[data-test-script-state=running]")).to_have_count(0)
    with page.expect_download() as download:
        page.get_by_role("button", name=label).click()
    return Path(download.value.path()).read_bytes()


def cards(page):
    return page.get_by_role("region", name="Collected paragraphs").get_by_role("article")


def test_from_a_count_to_a_briefing_in_word_with_footnotes(site, visit, own_corpus, tmp_path):
    page = visit(site, "/count?q=%22bed+and+breakfast%22")
    link = page.get_by_role("link", name=re.compile("Add to a briefing: Wandsworth 2016"))
    link.first.click()
    page.get_by_label("Your name").fill("Ann")
    page.get_by_role("button", name="Use this name").click()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_text("Added at the end: Wandsworth 2016, para")).to_be_visible()
    back = page.get_by_role("link", name="Back to How many")
    expect(back).to_have_attribute("href", "count?q=%22bed+and+breakfast%22")
    page.get_by_role("button", name=re.compile("^Edit: ")).click()
    page.get_by_label("Your words before it").fill("What was found.")
    keep = page.get_by_role("button", name="Keep", exact=True)
    keep.click()
    expect(keep).to_have_count(0)  # the form is closed: the words are no longer only typed
    expect(page.get_by_text("What was found.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("What was found.")).to_be_visible()
    page.get_by_label("Citations in the file").click()
    page.get_by_role("option", name="as footnotes").click()
    expect(page).to_have_url(re.compile("citations=footnotes"))
    content = downloaded(page, "Download as Word")
    document = docx.Document(BytesIO(content))
    assert "What was found." in [one.text for one in document.paragraphs]
    kinds = [relation.reltype for relation in document.part.rels.values()]
    assert RELATIONSHIP_TYPE.FOOTNOTES in kinds
    (tmp_path / "a.docx").write_bytes(content)
    library = Library.open(own_corpus)
    checked = check(read_draft(tmp_path / "a.docx"), library, library.encoder())
    assert checked.checked == 1
    assert {one.kind for one in checked.findings} <= {"superseded"}


@pytest.mark.parametrize(
    "path",
    [
        "/?q=Wandsworth+2016+para+87",
        f"/document?doc={REPORT}&p=87",
        "/time?authority=Wandsworth&q=Wandsworth+2016+para+87",
    ],
)
def test_a_paragraph_is_collected_where_it_is_read(site, visit, path):
    page = visit(site, path, **reader("Collector"))
    link = page.get_by_role("link", name=re.compile("^Add to a briefing")).first
    expect(link).to_be_visible()
    link.press("Enter")
    expect(page.get_by_role("heading", name="Add to a briefing")).to_be_visible()
    expect(page.get_by_role("article", name=re.compile("^Wandsworth 20"))).to_be_visible()


def test_a_finding_of_the_checker_leads_to_a_briefing(site, visit):
    page = visit(site, "/check", **reader("Collector"))
    page.get_by_label("Paste it here").fill(f"Eleven care leavers lived there ({PARA_87}).")
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_text(f"What is cited: {PARA_87}").click()
    page.get_by_role("link", name=f"Add to a briefing: {PARA_87}").click()
    expect(page.get_by_role("article", name=PARA_87)).to_be_visible()


def test_somebody_else_reads_a_briefing_of_200_without_a_name_and_cannot_change_it(
    site, visit, own_corpus
):
    library, kept = Library.open(own_corpus), Briefings(own_corpus)
    for cited in library.paragraphs(REPORT)[:200]:
        kept.add("Bea", "Everything", entry_for(library, cited.paragraph_id))
    page = visit(site, "/briefing?by=Bea&name=Everything")
    expect(page.get_by_text("By Bea. 200 paragraphs")).to_be_visible()
    expect(cards(page)).to_have_count(200)
    expect(page.get_by_role("button", name=re.compile("^(Remove|Edit)"))).to_have_count(0)
    expect(page.get_by_label("Your name")).to_have_count(0)
    expect(page.get_by_role("button", name="Download as Markdown")).to_be_visible()


def test_an_entry_far_down_a_long_briefing_is_edited_where_it_stands(site, visit, own_corpus):
    collected(own_corpus, "Flo", "Long", *range(30, 130))
    page = visit(site, "/briefing?by=Flo&name=Long", **reader("Flo"))
    page.get_by_role("button", name=f"Edit: {PARA_87}").click()
    form = page.get_by_role("heading", name=f"Edit {PARA_87}")
    expect(form).to_be_in_viewport()
    page.get_by_label("Heading over it").fill("Typed here")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(form).to_have_count(0)
    edit = page.get_by_role("button", name=f"Edit: {PARA_87}")
    expect(edit).to_be_focused()  # and the reader is where the card is
    expect(edit).to_be_in_viewport()
    expect(cards(page)).to_have_count(100)
    edit.press("Enter")
    place = page.get_by_label("Place, of 100")
    expect(place).to_have_value("58")
    place.fill("2")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(form).to_have_count(0)
    expect(cards(page).nth(1)).to_have_accessible_name(PARA_87)


def test_only_a_part_is_quoted_and_what_does_not_stand_there_is_refused(site, visit, own_corpus):
    collected(own_corpus, "Gil", "Part", 87)
    page = visit(site, "/briefing?by=Gil&name=Part", **reader("Gil"))
    page.get_by_role("button", name=f"Edit: {PARA_87}").click()
    page.get_by_label("Your words before it").fill("Typed with care.")
    quote = page.get_by_label("Quote only these words")
    quote.fill("11 care leavers in hotels")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("do not stand in Wandsworth 2016, para 87")).to_be_visible()
    expect(page.get_by_label("Your words before it")).to_have_value("Typed with care.")
    quote.fill("10 care leavers in bed and breakfast")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(cards(page).first).to_contain_text("10 care leavers in bed and breakfast")
    expect(page.get_by_role("button", name="Show the whole paragraph")).to_be_visible()
    text = downloaded(page, "Download as Markdown").decode()
    assert f"> “10 care leavers in bed and breakfast” ({PARA_87})" in text


def test_entries_are_put_in_order_removed_and_put_back_by_the_keyboard(site, visit, own_corpus):
    collected(own_corpus, "Dee", "Two", 87, 88)
    page = visit(site, "/briefing?by=Dee&name=Two", **reader("Dee"))
    page.get_by_role("button", name="Up: Wandsworth 2016, para 88").press("Enter")
    expect(page.get_by_text("Now at place 1 of 2.")).to_be_visible()
    expect(cards(page).first).to_have_accessible_name("Wandsworth 2016, para 88")
    page.get_by_role("button", name="Remove: Wandsworth 2016, para 88").press("Enter")
    expect(cards(page)).to_have_count(1)
    page.get_by_role("button", name="Remove: Wandsworth 2016, para 87").press("Enter")
    back = page.get_by_role("button", name="Put it back: Wandsworth 2016, para 87")
    expect(back).to_be_focused()
    expect(page.get_by_text("Nothing is collected yet.")).to_be_visible()
    back.press("Enter")
    expect(cards(page)).to_have_count(1)
    page.get_by_role("button", name="Put it back: Wandsworth 2016, para 88").press("Enter")
    expect(cards(page)).to_have_count(2)
    expect(cards(page).first).to_have_accessible_name("Wandsworth 2016, para 88")


def test_what_is_typed_in_two_windows_is_lost_in_neither(site, visit, own_corpus):
    collected(own_corpus, "Hal", "Two windows", 87, 88)
    first, second = (
        visit(site, "/briefing?by=Hal&name=Two+windows", **reader("Hal")) for _ in range(2)
    )
    for page, box in ((first, "Your words before it"), (second, "Heading over it")):
        page.get_by_role("button", name=f"Edit: {PARA_87}").click()
        page.get_by_label(box).fill(f"Typed as {box}")
    for page in (first, second):
        page.get_by_role("button", name="Keep", exact=True).click()
        expect(page.get_by_role("button", name="Keep", exact=True)).to_have_count(0)
    expect(second.get_by_text("Typed as Your words before it")).to_be_visible()
    expect(second.get_by_text("Typed as Heading over it")).to_be_visible()
    second.get_by_role("button", name=f"Edit: {PARA_87}").click()
    second.get_by_label("Your words before it").fill("Not kept yet")
    second.get_by_role("button", name="Edit: Wandsworth 2016, para 88").click()
    expect(second.get_by_role("heading", name="Edit Wandsworth 2016, para 88")).to_be_visible()
    second.get_by_role("button", name=f"Edit: {PARA_87}").click()
    expect(second.get_by_role("heading", name=f"Edit {PARA_87}")).to_be_visible()
    expect(second.get_by_label("Your words before it")).to_have_value("Not kept yet")


@pytest.mark.parametrize(
    "address", ["/briefing?by=Nobody&name=x", "/briefing?add=nonsense%23p1"], ids=["by", "add"]
)
def test_an_address_that_leads_to_nothing_leads_on(site, visit, address):
    page = visit(site, address, **reader("Hal"))
    expect(page.get_by_role("link", name="All your briefings")).to_be_visible()
    expect(page.get_by_role("button", name="Add", exact=True)).to_have_count(0)


def test_an_empty_briefing_says_what_to_do(site, visit):
    page = visit(site, "/briefing", **reader("Eve"))
    page.get_by_label("Name of a new briefing").fill("Nothing yet")
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="Nothing yet")).to_be_visible()
    expect(page.get_by_text("Nothing is collected yet.")).to_be_visible()
    expect(page.get_by_role("button", name="Download as Word")).to_have_count(0)
