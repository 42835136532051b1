import json
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from index.build import build
from index.library import Library
from ingest.model import Box
from ingest.readers.pdf import PageImage
from tests.ingest.typeset import Typesetter
from tests.ui.conftest import KeywordEncoder
from ui import library as shared_library
from ui.document_data import document_data, sections
from ui.document_picture import boxes_data

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


def test_without_a_document_the_page_leads_to_the_library(page):
    page.run()
    assert shown(page, "pilcrow_links")[0]["links"][0]["href"] == "library"


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


def test_an_unknown_document_is_reported_with_a_way_to_the_others(page):
    page.query_params["doc"] = "nothing-2020"
    page.run()
    assert "nothing" in page.warning[0].value
    assert shown(page, "pilcrow_links")[0]["links"][0]["href"] == "library"
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


def test_the_question_of_the_address_is_found_in_the_document(page, library):
    page.query_params.update({"doc": REPORT, "p": "3", "q": "risk assessments care leavers"})
    page.run()
    hits = shown(page, "pilcrow_reader")[0]["hits"]
    assert hits["marks"]["p3"][0].startswith("Risk assessments")
    assert hits["at"] == list(hits["marks"]).index("p3") + 1
    assert "q=risk+assessments+care+leavers" in hits["next"]
    places = [int(key.removeprefix("p")) for key in hits["marks"]]
    assert places == sorted(places)
    assert hits["previous"].endswith(f"&p={max(place for place in places if place < 3)}")


def test_without_a_question_nothing_is_searched(page):
    page.query_params.update({"doc": REPORT, "p": "3"})
    page.run()
    assert shown(page, "pilcrow_reader")[0]["hits"] is None


def test_a_text_without_pages_is_shown_without_a_picture(page):
    page.query_params.update({"doc": REPORT, "p": "3", "page": "1"})
    page.run()
    assert shown(page, "pilcrow_reader")[0]["page"] is None


def test_the_boxes_of_a_paragraph_lie_on_its_page(library):
    cited = library.paragraphs(REPORT)[0]
    boxes = (Box(2, 100, 600, 300, 800), Box(3, 100, 0, 300, 10))
    cited = replace(cited, paragraph=replace(cited.paragraph, boxes=boxes))
    (box,) = boxes_data(cited, 2, PageImage(b"", 400, 1000))
    assert box == pytest.approx({"left": 24.5, "top": 19.8, "width": 51, "height": 20.4})


@pytest.mark.parametrize(("asked", "shown_page"), [("2", 2), ("0", 1), ("99", 2), ("x", 1)])
def test_the_page_of_the_address_is_shown_as_far_as_there_is_one(
    tmp_path, monkeypatch, asked, shown_page
):
    setter = Typesetter()
    setter.heading("Findings")
    for number in range(1, 31):
        setter.paragraph(f"The finding of number {number} is short.", f"{number}.")
    (tmp_path / "report.pdf").write_bytes(setter.save())
    encoder = KeywordEncoder()
    build([tmp_path / "report.pdf"], tmp_path / "library", encoder=encoder)
    library = Library.open(tmp_path / "library", encoder)
    (card,) = library.documents()
    assert card.document.pages == 2
    monkeypatch.setattr(shared_library, "_open", lambda folder: library)
    page = AppTest.from_function(run_page, default_timeout=60)
    page.query_params.update({"doc": card.document.document_id, "p": "1", "page": asked})
    page.run()
    picture = shown(page, "pilcrow_reader")[0]["page"]
    assert picture["number"] == shown_page
    assert bool(picture["boxes"]) == (shown_page == 1)
    assert (picture["previous"] is None) == (shown_page == 1)
    assert (picture["next"] is None) == (shown_page == 2)
