"""What a user does, in a real browser: ask, filter, copy, read on, reload, go back."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tests.conftest import build_aside

pytestmark = [pytest.mark.browser, pytest.mark.slow]

QUESTION = "what happened to care leavers in B&B accommodation?"
PINNED = "Wandsworth 2016, para 87"
FULL = re.compile(r"^Ofsted, .*Inspection of services .*, 16 February 2016, paragraph 87$")


@pytest.fixture(scope="module")
def site(serve, corpus, own_corpus) -> str:
    """The page over the documents that ship with the project."""
    return serve(own_corpus, corpus)


@pytest.fixture(scope="module")
def nasty_site(serve, documents, tmp_path_factory) -> str:
    """The page over documents that try to be more than text."""
    library = tmp_path_factory.mktemp("nasty") / "library"
    build_aside([documents], library)
    return serve(library, documents)


def ask(page, question=QUESTION):
    box = page.get_by_label("Question")
    box.fill(question)
    box.press("Enter")
    expect(page.get_by_role("article").first).to_be_visible()


def script_runs(page):
    """Of each run of the server's script since the list was emptied: the fragments it was for."""
    messages = [ForwardMsg.FromString(frame) for frame in page.received]
    starts = [one for one in messages if one.WhichOneof("type") == "new_session"]
    return [list(one.metadata.run.fragment_ids) for one in starts]


def card(page, citation=PINNED):
    return page.get_by_role("article", name=citation, exact=True)


def test_from_a_question_to_the_paragraph_in_its_document_and_back(site, visit):
    page = visit(site)
    ask(page)
    best = page.get_by_role("article").first
    expect(best).to_have_accessible_name(PINNED)
    expect(best.locator("mark").first).to_contain_text("bed and breakfast")

    best.get_by_role("button", name="Copy citation").click()
    expect(best.get_by_role("status")).to_have_text(f"Copied: {PINNED}")
    assert page.evaluate("navigator.clipboard.readText()") == PINNED
    best.get_by_role("button", name="Copy full citation").click()
    expect(best.get_by_role("status")).to_have_text(re.compile("^Copied: Ofsted"))
    assert FULL.match(page.evaluate("navigator.clipboard.readText()"))

    results = page.url
    best.get_by_role("link", name="Open in document").click()
    paragraph = page.get_by_role("region").locator("[aria-current]")
    expect(paragraph).to_contain_text("10 care leavers in bed and breakfast accommodation")
    expect(paragraph).to_be_in_viewport()
    assert urlsplit(page.url).path == "/document"
    assert urlsplit(page.url).query.endswith("&p=87")

    page.reload()
    expect(paragraph).to_contain_text("10 care leavers in bed and breakfast accommodation")
    expect(paragraph).to_be_in_viewport()

    page.go_back()
    expect(card(page)).to_be_visible()
    assert page.url == results
    expect(page.get_by_label("Question")).to_have_value(QUESTION)


def test_a_filtered_search_can_be_reloaded_and_sent(site, visit):
    page = visit(site)
    ask(page)
    page.get_by_role("link", name="Kind of document: Monitoring visit").click()
    expect(card(page)).to_have_count(0)
    expect(page.get_by_role("article", name="Wandsworth 2017")).to_have_count(10)
    names = [one.get_attribute("aria-label") for one in page.get_by_role("article").all()]
    assert len(names) == 10

    page.reload()
    expect(page.get_by_role("article")).to_have_count(len(names))
    sent = visit(site, page.url.removeprefix(site))
    expect(sent.get_by_role("article")).to_have_count(len(names))
    assert [one.get_attribute("aria-label") for one in sent.get_by_role("article").all()] == names

    page.go_back()
    expect(card(page)).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("article")).to_have_count(len(names))
    expect(card(page)).to_have_count(0)


def test_no_other_page_keeps_the_column_of_the_filters(site, visit):
    page = visit(site, "/?q=care+leavers")
    for name, heading in (("About", "About Pilcrow"), ("How many", "How many")):
        expect(page.get_by_test_id("stSidebar")).to_be_visible()
        page.get_by_role("link", name=name, exact=True).first.click()
        expect(page.get_by_role("heading", name=heading).first).to_be_visible()
        expect(page.get_by_test_id("stSidebar")).to_be_hidden()
        page.go_back()


def test_a_button_on_a_card_does_not_search_again(site, visit):
    page = visit(site)
    ask(page)
    expect(page.get_by_role("article")).to_have_count(10)
    address = page.url
    page.received.clear()
    button = card(page).get_by_role("button", name="Before and after")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(card(page).get_by_role("link", name="para 86", exact=True)).to_be_visible()
    expect(card(page).get_by_role("link", name="para 88", exact=True)).to_be_visible()
    assert page.url == address
    runs = script_runs(page)
    assert runs
    assert all(runs), "the whole page ran, and with it the search"
    button.click()
    expect(card(page).get_by_role("link", name="para 86", exact=True)).to_have_count(0)


def test_more_results_are_shown_below_the_first_and_back_takes_them_away(site, visit):
    page = visit(site)
    ask(page, "social workers")
    expect(page.get_by_role("article")).to_have_count(10)
    page.get_by_role("button", name="Show more").click()
    expect(page.get_by_role("article")).to_have_count(20)
    page.go_back()
    expect(page.get_by_role("article")).to_have_count(10)


def test_an_example_can_be_asked_with_the_keyboard_alone(site, visit):
    page = visit(site)
    example = page.get_by_role("link", name=PINNED)
    expect(example).to_be_visible()
    for _ in range(30):
        page.keyboard.press("Tab")
        if example.evaluate("link => link.getRootNode().activeElement === link"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("article").first).to_have_accessible_name(PINNED)
    expect(page.get_by_label("Question")).to_have_value(PINNED)


def test_a_number_in_the_margin_is_a_link_to_its_paragraph(site, visit):
    page = visit(site, "/document?doc=wandsworth-inspection-2016-02-16&p=87")
    page.get_by_role("link", name="Link to para 90", exact=True).click()
    marked = page.get_by_role("region").locator("[aria-current]")
    expect(marked.get_by_role("button", name="Copy citation")).to_be_visible()
    expect(marked).to_contain_text("Wandsworth 2016, para 90")
    assert page.url.endswith("&p=90")
    page.go_back()
    expect(marked).to_contain_text(PINNED)


def test_nothing_is_asked_of_another_host(site, visit):
    page = visit(site)
    ask(page)
    card(page).get_by_role("link", name="Open in document").click()
    expect(page.get_by_role("region").locator("[aria-current]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert len(page.requested) > 10
    elsewhere = [
        url
        for url in page.requested
        if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).hostname != "127.0.0.1"
    ]
    assert elsewhere == []


@pytest.mark.parametrize(
    ("role", "path"),
    [
        ("article", "/?q=care+leavers+in+bed+and+breakfast&kind=news+article"),
        ("region", "/document?doc=wandsworth-news-article-2018-07-23"),
    ],
)
def test_text_of_documents_is_shown_as_text(nasty_site, visit, role, path):
    page = visit(nasty_site, path)
    part = page.get_by_role(role).first
    for shown in ("<script>", "$x^2$", ":red[red]", ":smile:", "<img src=", "<b>do</b> **better**"):
        expect(part).to_contain_text(shown)
    assert part.locator("script, img, b").count() == 0
    assert "taken" not in page.title()
    assert not [url for url in page.requested if "evil.example" in url]


def test_what_an_address_says_is_shown_as_text(nasty_site, visit):
    said = "**x** :smile: <img src=http://evil.example/x> $y$ www.evil.example :material/home:"
    page = visit(nasty_site, f"/?q=care+leavers&authority={said}")
    warning = page.get_by_role("alert")
    for shown in ("**x**", ":smile:", "<img src=", "$y$"):
        expect(warning).to_contain_text(shown.replace(":smile", ":\u2060smile"))
    assert warning.locator("a, img, strong, .katex").count() == 0
    assert not [url for url in page.requested if "evil.example" in url.split("?")[0]]


def test_a_missing_library_is_made_before_ones_eyes(serve, visit, documents, tmp_path):
    address = serve(tmp_path / "library", documents)
    page = visit(address, "/?q=care+leavers")
    expect(page.get_by_role("heading", name="The library is being made")).to_be_visible()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(page.get_by_role("article").first).to_be_visible()


def test_a_first_build_that_fails_says_why_and_can_be_tried_again(
    serve, visit, documents, tmp_path
):
    corpus = tmp_path / "empty"
    corpus.mkdir()
    page = visit(serve(tmp_path / "library", corpus))
    expect(page.get_by_role("alert")).to_contain_text("There are no documents in")
    (corpus / "report.md").write_bytes((documents / "report.md").read_bytes())
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Ask the inspection reports")).to_be_visible(
        timeout=120_000
    )
