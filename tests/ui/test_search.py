import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from index.errors import MissingLibraryError, SchemaError
from ui import library as shared_library

APP = str(Path(__file__).parent.parent.parent / "app.py")


@pytest.fixture
def page(library, monkeypatch) -> AppTest:
    """The search page over the small library, not yet run."""
    monkeypatch.setattr(shared_library, "_open", lambda folder: library)
    return AppTest.from_file(APP, default_timeout=60)


def cards(page) -> list[dict]:
    elements = page.get("bidi_component")
    shown = [one.proto for one in elements if one.proto.component_name == "pilcrow_cards"]
    return [card for proto in shown for card in json.loads(proto.json)["cards"]]


def links(page) -> list[dict]:
    elements = page.get("bidi_component")
    shown = [one for one in elements if one.proto.component_name == "pilcrow_links"]
    return [link for one in shown for link in json.loads(one.proto.json)["links"]]


def ask(page, question) -> None:
    page.text_input(key="question").set_value(question)
    submit = next(button for button in page.button if button.label == "Search")
    submit.click().run()


def chips(page) -> dict[str, list[dict]]:
    elements = page.get("bidi_component")
    shown = [one for one in elements if one.proto.component_name == "pilcrow_chips"]
    groups = [group for one in shown for group in json.loads(one.proto.json)["groups"]]
    return {group["heading"]: group["chips"] for group in groups}


def addressed(page) -> dict[str, str]:
    said = page.query_params.items()
    return {name: value if isinstance(value, str) else value[0] for name, value in said}


def test_the_empty_page_offers_questions_that_the_library_can_follow(page, library):
    page.run()
    questions = [link["text"] for link in links(page)]
    assert len(questions) == 3
    assert questions[2] == "Wandsworth 2016, para 8"
    assert library.search(questions[2])[0].citation == questions[2]
    assert not cards(page)


def test_a_question_is_put_into_the_address_and_answered(page):
    page.run()
    ask(page, "care leavers in bed and breakfast")
    assert addressed(page) == {"q": "care leavers in bed and breakfast"}
    best = cards(page)[0]["hit"]
    assert best["number"] == "1"
    assert best["citation"] == "Wandsworth 2016, para 1"
    assert best["facts"] == [
        "Wandsworth",
        "Inspection report",
        "16 February 2016",
        "recommendation",
    ]


def test_an_address_alone_gives_the_same_as_asking(page):
    page.run()
    ask(page, "care leavers")
    again = AppTest.from_file(APP, default_timeout=60)
    again.query_params.update(addressed(page))
    again.run()
    assert again.text_input(key="question").value == "care leavers"
    assert cards(again) == cards(page)


def facets(page) -> dict[str, dict]:
    elements = page.get("bidi_component")
    shown = [one for one in elements if one.proto.component_name == "pilcrow_facets"]
    return {one["heading"]: one for each in shown for one in json.loads(each.proto.json)["facets"]}


def choices(page, heading) -> dict[str, int]:
    facet = facets(page)[heading]
    return {one["text"]: one["count"] for one in [*facet["values"], *facet["others"]]}


def follow(page, href) -> None:
    page.query_params.clear()
    page.query_params.update(dict(parse_qsl(urlsplit(href).query)))
    page.run()


def test_a_filter_narrows_the_results_and_stands_in_the_address(page):
    page.run()
    ask(page, "care leavers")
    news = next(
        one for one in facets(page)["Kind of document"]["values"] if one["text"] == "News article"
    )
    follow(page, news["href"])
    assert addressed(page) == {"q": "care leavers", "kind": "news article"}
    assert {card["hit"]["facts"][1] for card in cards(page)} == {"News article"}
    chosen = facets(page)["Kind of document"]
    assert (chosen["chosen"]["text"], chosen["values"]) == ("News article", [])
    follow(page, chosen["chosen"]["href"])
    assert addressed(page) == {"q": "care leavers"}


def test_counts_follow_the_question(page, library):
    page.query_params["q"] = "care leavers"
    page.run()
    hits = library.search("care leavers", top_k=50)
    counted = Counter(hit.document_kind for hit in hits)
    assert choices(page, "Kind of document") == {
        "Inspection report": counted["inspection"],
        "News article": counted["news article"],
    }
    assert choices(page, "Authority") == {"Wandsworth": len(hits)}


def test_filters_show_how_many_documents_each_choice_leaves(page):
    page.query_params["year_from"] = "2018"
    page.run()
    assert choices(page, "Kind of document") == {"News article": 1, "Inspection report": 0}
    assert facets(page)["Year"]["chosen"]["text"] == "from 2018"
    assert page.selectbox(key="year_from").value == 2018


def test_clearing_the_filters_keeps_the_question(page):
    page.query_params.update({"q": "care leavers", "kind": "news article", "year_to": "2018"})
    page.run()
    next(one for one in page.button if one.label == "Clear filters").click().run()
    assert addressed(page) == {"q": "care leavers"}
    assert page.selectbox(key="year_to").value is None


def test_a_new_address_moves_the_widgets(page):
    page.query_params.update({"q": "care leavers", "kind": "inspection"})
    page.run()
    page.query_params.clear()
    page.query_params["q"] = "missing children"
    page.run()
    assert page.text_input(key="question").value == "missing children"
    assert facets(page)["Kind of document"]["chosen"] is None


@pytest.mark.parametrize("said", ["WANDSWORTH", "wandsworth"])
def test_an_authority_is_known_in_any_case(page, said):
    page.query_params.update({"q": "care leavers", "authority": said})
    page.run()
    assert facets(page)["Authority"]["chosen"]["text"] == "Wandsworth"
    assert not page.warning


def test_a_part_taken_off_is_searched_without_and_the_filters_keep_it_off(page, library):
    page.query_params.update({"q": "care leavers in Wandsworth"})
    page.run()
    chip = chips(page)["Understood as"][0]
    assert chip["text"] == "Wandsworth"
    assert chip["href"].endswith("&without=authority%3Awandsworth")
    page.query_params["without"] = "authority:wandsworth"
    page.run()
    assert [chip["text"] for chip in chips(page)["Left out"]] == ["Wandsworth"]
    news = next(
        one for one in facets(page)["Kind of document"]["values"] if one["text"] == "News article"
    )
    follow(page, news["href"])
    assert addressed(page)["without"] == "authority:wandsworth"
    ask(page, "missing children")
    assert "without" not in addressed(page)


def test_a_filter_that_the_library_does_not_know_is_named_and_left_out(page):
    page.query_params.update({"q": "care leavers", "authority": "**Atlantis**"})
    page.run()
    assert "Atlantis" in page.warning[0].value
    assert "**" not in page.warning[0].value
    assert cards(page)


def test_nothing_found_says_what_to_do_next(page):
    page.query_params["q"] = '"no such words"'
    page.run()
    assert page.header[0].value == "Nothing found"
    assert "2 documents" in page.text[0].value
    assert "double quotes" in page.markdown[-1].value
    assert [link["href"] for link in links(page)] == ["library"]


def test_nothing_found_behind_filters_offers_the_search_without_them(page):
    page.query_params.update({"q": "care", "authority": "Wandsworth", "year_from": "2020"})
    page.run()
    assert "No document in the library passes all these filters" in page.text[0].value
    assert [link["href"] for link in links(page)] == ["./?q=care", "library"]
    assert not any("other words" in one.value for one in page.markdown)


def test_nothing_found_in_what_the_filters_leave_says_so(page):
    page.query_params.update({"q": '"no such words"', "authority": "Wandsworth"})
    page.run()
    assert "documents that the filters leave" in page.text[0].value


def test_a_second_hand_source_points_to_the_report_it_repeats(page):
    page.query_params.update({"q": "care leavers", "kind": "news article"})
    page.run()
    hit = cards(page)[0]["hit"]
    assert hit["second_hand"]
    assert hit["original"] == {
        "title": "Inspection of children's services",
        "href": "document?doc=wandsworth-inspection-2016-02-16",
    }


def test_text_reaches_the_card_as_it_stands(page):
    page.query_params.update({"q": "care leavers", "kind": "news article"})
    page.run()
    texts = [card["hit"]["text"] for card in cards(page)]
    text = next(text for text in texts if text.startswith("<script>"))
    for mark in (
        "$x^2$",
        ":red[red]",
        ":smile:",
        "<img src=http://evil.example/x onerror=alert(2)>",
    ):
        assert mark in text


def test_a_passage_said_twice_is_one_card_that_names_the_other_place(page, library, monkeypatch):
    best, *others = library.search("care leavers in bed and breakfast")
    again = replace(best, rank=99, citation="Wandsworth web page", second_hand=True)
    monkeypatch.setattr(type(library), "search", lambda *_, **__: [best, *others, again])
    page.query_params["q"] = "care leavers in bed and breakfast"
    page.run()
    assert len(cards(page)) == 1 + len(others)
    assert [one["citation"] for one in cards(page)[0]["hit"]["also"]] == ["Wandsworth web page"]
    assert not any(card["hit"]["also"] for card in cards(page)[1:])


def test_more_are_shown_on_request_and_the_address_says_so(page, library):
    page.query_params["q"] = "care plans"
    page.run()
    assert len(cards(page)) == 10
    next(one for one in page.button if one.label == "Show more").click().run()
    assert len(cards(page)) == len(library.search("care plans", top_k=50)) > 10
    assert addressed(page) == {"q": "care plans", "shown": "20"}
    assert not [one for one in page.button if one.label == "Show more"]


def test_a_library_of_a_newer_version_is_reported_in_its_own_words(page, monkeypatch):
    def refuse(folder):
        raise SchemaError("The library was made by a newer Pilcrow; update this one.")

    monkeypatch.setattr(shared_library, "_open", refuse)
    page.run()
    assert page.error[0].value.startswith("The library was made by a newer Pilcrow")
    assert not page.exception


def test_an_unforeseen_error_shows_a_sentence_and_is_logged(page, library, monkeypatch, caplog):
    def break_down(*_, **__):
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(type(library), "search", break_down)
    page.query_params["q"] = "care leavers"
    page.run()
    assert "Something went wrong" in page.error[0].value
    assert "secret" not in page.error[0].value
    assert not page.exception
    assert "secret detail" in caplog.text


def test_a_missing_library_is_made_and_the_page_says_so(page, monkeypatch):
    def missing(folder):
        raise MissingLibraryError("There is no library.")

    started = []
    build = shared_library.FirstBuild(Path("library"), Path("corpus"))
    monkeypatch.setattr(build, "start", lambda: started.append(True))
    monkeypatch.setattr(type(build), "working", True)
    monkeypatch.setattr(shared_library, "_open", missing)
    monkeypatch.setattr(shared_library, "_first_build", lambda *_: build)
    page.run()
    assert started
    assert page.title[0].value == "The library is being made"


def test_an_empty_library_says_how_to_fill_it(page, library, monkeypatch):
    empty = replace(library.info(), documents=0, paragraphs=0)
    monkeypatch.setattr(type(library), "info", lambda _: empty)
    page.run()
    assert page.title[0].value == "The library is empty"
    assert "python -m index add" in page.code[0].value


def test_the_address_of_a_paragraph_opens_it_without_naming_the_document_page(page):
    page.query_params.update({"doc": "wandsworth-inspection-2016-02-16", "p": "3"})
    page.run()
    elements = page.get("bidi_component")
    shown = [one for one in elements if one.proto.component_name == "pilcrow_reader"]
    assert json.loads(shown[0].proto.json)["asked"] == "p3"
    assert addressed(page) == {"doc": "wandsworth-inspection-2016-02-16", "p": "3"}
