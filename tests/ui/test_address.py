import pytest

from index.model import CitedParagraph
from ingest.model import Paragraph
from ui.address import (
    FIRST_SHOWN,
    MOST_SHOWN,
    SearchState,
    document_link,
    find_paragraph,
    linked_search,
    paragraph_link,
    paragraph_name,
    read_search,
    search_link,
    write_search,
)


def cited(key: str, number: str | None = None) -> CitedParagraph:
    paragraph = Paragraph(key=key, number=number, kind="prose", heading=None, text="Words.")
    return CitedParagraph(f"report#{key}", "report", paragraph, "", "")


@pytest.mark.parametrize(
    "state",
    [
        SearchState(),
        SearchState("what about B&B? #1 = 100%"),
        SearchState("care", "East Riding of Yorkshire", 2016, 2019, "web page", 30),
        SearchState("kids in Surrey", ignored=("authority:surrey", "expansion:b and b")),
        SearchState("x", subject="care-leavers", judgement="requires improvement", sort="oldest"),
    ],
)
def test_a_search_survives_its_address(state):
    assert read_search(write_search(state)) == state
    assert linked_search(search_link(state)) == state


def test_an_address_says_only_what_is_not_as_usual():
    assert write_search(SearchState("care leavers")) == {"q": "care leavers"}


def test_nonsense_in_an_address_counts_as_absent():
    said = {"q": "  ", "year_from": "soon", "year_to": "²", "shown": "-3", "authority": ""}
    assert read_search(said) == SearchState()
    assert read_search({"year_from": "20190", "shown": "9" * 30}) == SearchState()


@pytest.mark.parametrize(("said", "shown"), [("5", FIRST_SHOWN), ("30", 30), ("999", MOST_SHOWN)])
def test_the_number_shown_stays_within_what_is_searched_for(said, shown):
    assert read_search({"shown": said}).shown == shown


def test_links_encode_what_they_carry():
    assert search_link(SearchState("B&B?")) == "./?q=B%26B%3F"
    assert paragraph_link("report-2016", "a&b") == "document?doc=report-2016&p=a%26b"
    assert document_link("report-2016") == "document?doc=report-2016"


@pytest.mark.parametrize(
    ("key", "number", "name"),
    [("p87", "87", "87"), ("p87-2", "87", "p87-2"), ("b-needs-1", None, "b-needs-1")],
)
def test_a_paragraph_is_named_by_its_number_where_that_is_enough(key, number, name):
    assert paragraph_name(key, number) == name


def test_every_paragraph_is_found_again_by_its_name():
    paragraphs = [cited("p87", "87"), cited("p87-2", "87"), cited("b-needs-1")]
    for one in paragraphs:
        name = paragraph_name(one.paragraph.key, one.paragraph.number)
        assert find_paragraph(paragraphs, name) is one
    assert find_paragraph(paragraphs, "88") is None
