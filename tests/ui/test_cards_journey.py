"""Cards and filters in a real browser: narrow, sort, judge, go to the later inspection."""

import re

import pytest
from playwright.sync_api import expect

from tests.conftest import build_aside

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LEAVERS = "The graded judgement about the experiences and progress of care leavers is that it is"
HELP = "Children who need help and protection"


def report(grade):
    findings = "".join(
        f"\n{number}. Care leavers of group {number} were visited rarely in their lodgings.\n"
        for number in range(4, 12)
    )
    return (
        "# Inspection of services\n\n## Recommendations\n\n"
        "1. Improve oversight of care leavers.\n\n"
        f"## {HELP}\n\n2. Care leavers were once children in need.\n\n"
        f"## {LEAVERS} {grade}\n\n3. Care leavers in lodgings were not safe.\n{findings}"
    )


def source(name, published, overall, leavers):
    return (
        f'["{name}"]\nauthority = "Wigan"\nkind = "inspection"\npublished = {published}\n'
        f'judgements = {{ "overall effectiveness" = "{overall}", '
        f'"children who need help and protection" = "{overall}", '
        f'"experiences and progress of care leavers" = "{leavers}" }}\n'
    )


@pytest.fixture(scope="module")
def site(serve, tmp_path_factory) -> str:
    """The page over two inspections of one authority whose parts are graded apart."""
    folder = tmp_path_factory.mktemp("two")
    (folder / "first.md").write_text(report("inadequate"), encoding="utf-8")
    (folder / "second.md").write_text(report("good"), encoding="utf-8")
    (folder / "sources.toml").write_text(
        source("first.md", "2016-02-16", "inadequate", "inadequate")
        + source("second.md", "2018-07-20", "requires improvement", "good"),
        encoding="utf-8",
    )
    build_aside([folder], folder / "library")
    return serve(folder / "library", folder)


def card(page, citation):
    return page.get_by_role("article", name=citation, exact=True)


def test_a_card_leads_to_the_same_subject_in_the_later_inspection(site, visit):
    page = visit(site, "/?q=were+care+leavers+safe+in+lodgings")
    first = card(page, "Wigan 2016, para 3")
    expect(first).to_contain_text("Experiences and progress of care leavers: inadequate")
    later = first.get_by_role("link", name="Later inspection")
    expect(later).to_have_text("July 2018, requires improvement overall; care leavers: good")
    later.click()
    asked = page.get_by_role("region").locator("[aria-current]")
    expect(asked).to_contain_text("Wigan 2018, para 3")


def test_filters_beside_the_results_narrow_them_and_can_be_taken_off(site, visit):
    page = visit(site, "/?q=care+leavers&shown=50")
    filters = page.get_by_role("region", name="Filters")
    choice = filters.get_by_role("link", name="Judgement of that part: Good (9)")
    expect(choice).to_be_visible()
    choice.click()
    taken = filters.get_by_role("link", name="Take off: Good")
    expect(taken).to_be_visible()
    expect(card(page, "Wigan 2016, para 3")).to_have_count(0)
    expect(page.get_by_role("article")).to_have_count(9)
    assert "judgement=good" in page.url
    taken.click()
    expect(card(page, "Wigan 2016, para 3")).to_be_visible()


def test_the_newest_come_first_when_asked(site, visit):
    page = visit(site, "/?q=care+leavers")
    page.get_by_role("link", name="Oldest first").click()
    expect(page.get_by_role("article").first).to_have_accessible_name(re.compile("^Wigan 2016,"))
    page.get_by_role("link", name="Newest first").click()
    expect(page.get_by_role("article").first).to_have_accessible_name(re.compile("^Wigan 2018,"))
    page.go_back()
    expect(page.get_by_role("article").first).to_have_accessible_name(re.compile("^Wigan 2016,"))


def test_what_is_judged_stays_judged_and_markdown_is_copied(site, visit):
    page = visit(site, "/?q=lodgings+of+care+leavers")
    one = card(page, "Wigan 2018, para 3")
    one.get_by_role("button", name="Relevant", exact=True).click()
    expect(one.get_by_role("button", name="Relevant", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(one.get_by_role("status").last).to_have_text("Kept as relevant to this question.")
    page.reload()
    expect(one.get_by_role("button", name="Relevant", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    one.get_by_role("button", name="Copy as Markdown").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"[Wigan 2018, para 3]({site}/document?doc=wigan-inspection-2018-07-20&p=3)"


def test_more_like_this_asks_with_the_paragraphs_own_words(site, visit):
    page = visit(site, "/?q=lodgings+of+care+leavers")
    one = card(page, "Wigan 2016, para 3")
    one.get_by_role("link", name="More like this").click()
    expect(page.get_by_label("Question")).to_have_value("Care leavers in lodgings were not safe.")
    expect(page.get_by_role("article").first).to_contain_text("were not safe")


def test_two_cards_judged_at_once_are_both_kept_and_what_is_unfolded_is_the_questions(site, visit):
    page = visit(site, "/?q=visits+to+care+leavers+in+lodgings")
    expect(page.get_by_role("article").first).to_be_visible()
    relevant = page.get_by_role("button", name="Relevant", exact=True)
    relevant.evaluate_all("all => all.slice(0, 2).forEach((button) => button.click())")
    for place in (0, 1):
        expect(relevant.nth(place)).to_have_attribute("aria-pressed", "true")
    page.reload()
    for place in (0, 1):
        expect(relevant.nth(place)).to_have_attribute("aria-pressed", "true")
    around = page.get_by_role("article").first.get_by_role("button", name="Before and after")
    around.click()
    expect(around).to_have_attribute("aria-expanded", "true")
    page.get_by_label("Question").fill("visits to care leavers in their lodgings")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_title(re.compile("in their lodgings"))
    expect(page.locator("[aria-expanded=true]", has_text="Before and after")).to_have_count(0)
