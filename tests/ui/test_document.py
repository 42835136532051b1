import json

import pytest
from streamlit.testing.v1 import AppTest

from ui import library as shared_library
from ui.document import document_data, sections

REPORT = "wandsworth-inspection-2016-02-16"


def run_page():
    from ui.document import document_page

    document_page()


@pytest.fixture
def page(library, monkeypatch) -> AppTest:
    """The document page over the small library, not yet run."""
    monkeypatch.setattr(shared_library, "_open", lambda folder: library)
    return AppTest.from_function(run_page, default_timeout=60)


def shown(page, name) -> list[dict]:
    elements = page.get("bidi_component")
    return [json.loads(one.proto.json) for one in elements if one.proto.component_name == name]


def test_without_a_document_all_are_listed(page, library):
    page.run()
    hrefs = {link["href"] for link in shown(page, "pilcrow_links")[0]["links"]}
    assert hrefs == {f"document?doc={card.document.document_id}" for card in library.documents()}


@pytest.mark.parametrize(("name", "key"), [("3", "p3"), ("p3", "p3"), ("", None)])
def test_the_paragraph_of_the_address_is_marked(page, name, key):
    page.query_params.update({"doc": REPORT, "p": name} if name else {"doc": REPORT})
    page.run()
    assert shown(page, "pilcrow_reader")[0]["asked"] == key
    assert not page.warning


def test_a_paragraph_that_is_not_there_is_never_replaced_by_another(page):
    page.query_params.update({"doc": REPORT, "p": "99"})
    page.run()
    assert "99" in page.warning[0].value
    assert shown(page, "pilcrow_reader")[0]["asked"] is None


def test_an_unknown_document_is_reported_and_the_others_are_listed(page):
    page.query_params["doc"] = "nothing-2020"
    page.run()
    assert "nothing" in page.warning[0].value
    assert shown(page, "pilcrow_links")[0]["links"]
    assert not page.exception


def test_the_whole_document_is_there_in_order_under_its_headings(library):
    paragraphs = library.paragraphs(REPORT)
    parts = sections(paragraphs)
    assert [part["heading"] for part in parts] == ["Recommendations", "Findings"]
    read = [one["text"] for part in parts for one in part["paragraphs"]]
    assert read == [one.paragraph.text for one in paragraphs]


def test_each_number_links_to_itself(library):
    document = library.card(REPORT).document
    data = document_data(document, library.paragraphs(REPORT))
    found = [one for part in data["sections"] for one in part["paragraphs"]]
    assert [one["href"] for one in found] == [
        f"document?doc={REPORT}&p={number}" for number in range(1, 15)
    ]
    assert found[2]["citation"] == "Wandsworth 2016, para 3"


def test_the_way_back_leads_to_the_last_search(page, library):
    from ui.address import SearchState

    page.session_state["last search"] = SearchState("care leavers", kind="inspection")
    page.query_params["doc"] = REPORT
    page.run()
    back = shown(page, "pilcrow_links")[0]["links"][0]
    assert back["href"] == "./?q=care+leavers&kind=inspection"
