"""axe-core on every page, light and dark, and "/" to the question box from each of them."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from answer.briefing import entry_for
from answer.briefings import Briefings
from index.library import Library
from tests.conftest import build_aside
from tests.ingest.typeset import Typesetter
from tests.ui.test_document_journey import SOURCES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

REPORT = "wandsworth-inspection-2016-02-16"
# A path, and what tells that the page is whole.
PAGES = {
    "start": ("/", ("heading", "Ask the inspection reports")),
    "results": ("/?q=care+leavers+in+lodgings", ("button", "Copy citation")),
    "nothing found": ("/?q=%22no+such+words%22", ("heading", "Nothing found")),
    "document": (f"/document?doc={REPORT}&p=2&q=care+leavers", ("button", "Copy citation")),
    "no document": ("/document?doc=nothing", ("alert", "")),
    "library": ("/library", ("table", "")),
    "one holding": (f"/library?doc={REPORT}", ("heading", "Paragraphs put right")),
    "quality": ("/quality", ("heading", "Earlier runs")),
    "briefing": ("/briefing", ("button", "Use this name")),
    "own briefings": ("/briefing", ("button", "Begin")),
    "own briefing, edited": ("/briefing?by=Ann&name=Homes&edit=1", ("button", "Keep")),
    "briefing to read": ("/briefing?by=Ann&name=Homes", ("button", "Download as Word")),
    "empty briefing": ("/briefing?by=Ann&name=Empty", ("link", "All your briefings")),
    "paragraph to add": (f"/briefing?add={REPORT}%23p2", ("button", "Add")),
    "check": ("/check", ("button", "Check")),
    "draft not held": ("/check?draft=gone", ("button", "Check")),
    "time": ("/time?authority=wandsworth&q=lodgings", ("button", "Download as Word")),
    "no authority": ("/time", ("combobox", "Authority")),
    "count": ("/count?q=care+leavers+in+lodgings", ("button", "Download as Word")),
    "count, nobody": ("/count?q=%22flying+carpets%22", ("button", "Download as Word")),
    "about": ("/about", ("heading", "Accessibility")),
}
# Pages that know who is reading.
AS_ANN = {"own briefings", "own briefing, edited", "paragraph to add"}
PHONE = {"width": 320, "height": 700}
COOKIE = {"name": "pilcrow_person", "value": "Ann", "domain": "127.0.0.1", "path": "/"}
DRAFT = """# Lodgings

Teams visited care leavers in lodgings (Wandsworth 2016, para 2). Team 4 visited care leavers in
9 lodgings (Wandsworth 2016, para 4). “Nobody was visited” (Wandsworth 2016, para 99).
"""
FOCUSED = """() => {
    let element = document.activeElement;
    while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
    const page = element.contains(document.querySelector("h1"));
    return [page ? "the page" : element.innerText.trim(), outlined || boxShadow !== "none"];
}"""
# WCAG 2.2 AA and axe-core's own advice. Nothing of the framework needs to be let through.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def site(serve, tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("pdf")
    setter = Typesetter()
    setter.heading("Findings")
    for number in range(1, 31):
        setter.paragraph(f"Care leavers in lodgings were visited by team {number}.", f"{number}.")
    (folder / "report.pdf").write_bytes(setter.save())
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    build_aside([folder], folder / "library")
    library, kept = Library.open(folder / "library"), Briefings(folder / "library")
    for number in (2, 3):
        kept.add("Ann", "Homes", entry_for(library, f"{REPORT}#p{number}"))
    kept.annotate("Ann", "Homes", 1, heading="Visits", note="What was seen.", quote="in lodgings")
    kept.make("Ann", "Empty")
    return serve(folder / "library", folder)


def opened(visit, site, name, **options):
    """The page of that name, as Ann sees it where it asks for a reader."""
    cookies = [COOKIE] if name in AS_ANN else []
    page = visit(site, PAGES[name][0], storage_state={"cookies": cookies}, **options)
    whole(page, name)
    return page


def whole(page, name):
    """Waits until the page is drawn and nothing of it is running any more."""
    role, said = PAGES[name][1]
    expect(page.get_by_role(role, name=said).first).to_be_visible()
    expect(page.locator("[data-test-script-state=running]")).to_have_count(0)
    page.wait_for_function("window.pilcrowKeys")


def violations(page):
    """What axe-core finds, once it has looked at contrasts too."""
    results = Axe().run(page, options={"runOnly": RULES})
    checked = {rule["id"]: len(rule["nodes"]) for rule in results.response["passes"]}
    assert checked["color-contrast"] > 3
    return [
        (rule["id"], rule["impact"], node["target"], node["html"][:200])
        for rule in results.response["violations"]
        for node in rule["nodes"]
    ]


def hosts(page):
    urls = (url for url in page.requested if not url.startswith(("data", "blob")))
    return {urlsplit(url).hostname for url in urls}


@pytest.mark.parametrize("name", PAGES)
def test_nothing_keeps_anybody_from_using_it(site, visit, name):
    page = opened(visit, site, name, color_scheme="light")
    assert violations(page) == []
    darken(page)
    assert violations(page) == []
    assert hosts(page) == {"127.0.0.1"}


def darken(page):
    """The page as one sees it whose system is set to dark."""
    app = page.get_by_test_id("stApp")
    light = app.evaluate("element => getComputedStyle(element).backgroundColor")
    page.emulate_media(color_scheme="dark")
    expect(app).not_to_have_css("background-color", light)
    expect(page.locator("[data-test-script-state=running]")).to_have_count(0)


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off_on_a_phone(site, visit, name):
    page = opened(visit, site, name, viewport=PHONE)
    wide = page.evaluate("[document.scrollingElement.scrollWidth, stMain.scrollWidth]")
    assert max(wide) <= PHONE["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_draft_beside_its_findings_keeps_nobody_out(site, visit, scheme):
    page = visit(site, "/check", color_scheme=scheme)
    page.get_by_label("Paste it here").fill(DRAFT)
    page.get_by_role("button", name="Check", exact=True).click()
    beside = page.get_by_role("region", name="The draft and what was found")
    expect(beside.get_by_role("article").first).to_be_visible()
    expect(page.locator("[data-test-script-state=running]")).to_have_count(0)
    assert violations(page) == []
    page.set_viewport_size(PHONE)
    assert page.evaluate("stMain.scrollWidth") <= PHONE["width"]
    assert hosts(page) == {"127.0.0.1"}


@pytest.mark.parametrize("name", ["start", "document", "library", "about"])
def test_a_slash_leads_to_the_question_box_and_stays_a_slash_where_one_types(site, visit, name):
    page = visit(site, PAGES[name][0])
    whole(page, name)
    page.keyboard.press("/")
    box = page.get_by_label("Question")
    expect(box).to_be_focused()
    expect(box).to_have_value("")
    page.keyboard.type("and/or")
    expect(box).to_have_value("and/or")


def test_where_the_keyboard_stands_is_always_seen(site, visit):
    page = visit(site, "/about")
    whole(page, "about")
    seen = set()
    for _ in range(14):
        page.keyboard.press("Tab")
        said, drawn = page.evaluate(FOCUSED)
        if said != "the page":  # which the arrow keys move
            assert drawn, said
        seen.add(said)
    assert {"Search", "How many", "Quality"} <= seen
