from datetime import date

import pytest

from index.model import Filter, QueryPlan
from index.parts import parts
from ingest.model import Document
from ui.wording import (
    WORD_JOINER,
    as_asked,
    as_text,
    counted,
    dated,
    filter_texts,
    kind_name,
    long_date,
    not_held,
    page_title,
    pages,
    part_text,
    title,
)


def document(**known) -> Document:
    return Document(doc="report.pdf", document_id="report", sha256="", paragraphs=(), **known)


@pytest.mark.parametrize(
    "text", ["**bold**", "<b>x</b>", "$x$", "[a](http://b.c)", "`code`", "# one", "a_b_", "1 ~~2~~"]
)
def test_every_mark_of_markdown_is_escaped(text):
    shown = as_text(text).replace(WORD_JOINER, "")
    marks = [place for place, letter in enumerate(shown) if letter in "*<>$[]()`#_~"]
    assert marks
    assert all(shown[place - 1] == "\\" for place in marks)


@pytest.mark.parametrize("text", [":smile:", ":material/home:", "http://a.b", "www.a.b", "a@b.c"])
def test_what_is_seen_even_when_escaped_is_broken_apart_invisibly(text):
    shown = as_text(text)
    assert WORD_JOINER in shown
    assert shown.replace(WORD_JOINER, "").replace("\\", "") == text


def test_a_windows_path_can_still_be_copied():
    assert WORD_JOINER not in as_text(r"C:\Users\me\report.pdf")


def test_dates_and_pages_are_written_out():
    assert long_date(date(2016, 2, 6)) == "6 February 2016"
    assert long_date(None) is None
    assert pages(30, 30) == pages(30, None) == "p. 30"
    assert pages(30, 31) == "pp. 30–31"
    assert pages(None, None) is None


def test_a_document_is_called_by_its_title_and_its_best_date():
    assert title(document()) == "report.pdf"
    assert title(document(title="Inspection")) == "Inspection"
    file_date, end = date(2016, 3, 1), date(2015, 12, 17)
    assert dated(document(file_date=file_date, inspection_end=end)) == "1 March 2016"
    assert dated(document(inspection_end=end)) == "17 December 2015"
    assert dated(document()) is None


def test_a_kind_without_a_name_of_its_own_is_still_shown():
    assert kind_name("inspection") == "Inspection report"
    assert kind_name("peer review") == "Peer review"


def texts(plan) -> list[str]:
    return [part_text(part, plan) for part in parts(plan)]


def test_everything_read_into_a_question_is_said():
    plan = QueryPlan(
        "wandswoth 2016 para 87 suport in B&B",
        expansions={"b and b": ("bed and breakfast", "hostel"), "iro": ()},
        corrections={"wandswoth": "Wandsworth", "suport": "support"},
        authorities=("Wandsworth",),
        years=(2016,),
        paragraph="87",
        paragraphs=("87",),
    )
    assert texts(plan) == [
        "wandswoth → Wandsworth",
        "2016",
        "paragraph 87",
        "suport → support",
        "B&B → bed and breakfast or hostel",
    ]


@pytest.mark.parametrize(
    ("typed", "forms", "said"),
    [
        ("IROs", ("independent reviewing officer",), "IROs → independent reviewing officer"),
        ("corporate parenting boards", ("cpb",), "corporate parenting boards, also CPB"),
        ("personal advisers", ("PA", "pa"), "personal advisers, also PA"),
        ("care leavers", ("leaving care", "care experienced"),
         "care leavers, also leaving care or care experienced"),
        ("Bed and Breakfast", ("bed and breakfast",), ""),
    ],
)  # fmt: skip
def test_only_an_abbreviation_is_said_to_stand_for_other_words(typed, forms, said):
    assert texts(QueryPlan(typed, expansions={typed.lower(): forms})) == [said]


def test_spans_moments_and_kinds_are_said():
    plan = QueryPlan("", years=(2016,), kinds=("focused visit",), moment="latest")
    assert texts(plan) == ["2016", "the latest inspection", "focused visits"]
    assert texts(QueryPlan("", year_from=2016, year_to=2019)) == ["since 2016", "until 2019"]


@pytest.mark.parametrize(
    ("question", "words", "said"),
    [
        ("Kids in care?", "kids", "Kids"),
        ("are IROs good", "iros", "IROs"),
        ("B + B places", "b and b", "B + B"),
        ("back and\nforth", "back and forth", "back and\nforth"),
        ("something else", "b and b", "b and b"),
    ],
)
def test_words_are_shown_as_they_were_asked(question, words, said):
    assert as_asked(question, words) == said


def test_filters_are_said_where_any_is_set():
    assert filter_texts(Filter()) == {}
    said = filter_texts(Filter(authority="Wandsworth", year_from=2016, kind="inspection"))
    assert said == {
        "authority": "Wandsworth",
        "year_from": "from 2016",
        "kind": "inspection report",
    }


def test_an_authority_that_the_library_lacks_is_named():
    assert not_held(QueryPlan("")) == ""
    assert "Barnsley or York" in not_held(QueryPlan("", absent=("Barnsley", "York")))


def test_counting_knows_the_singular():
    assert [counted(n, "page") for n in (0, 1, 1200)] == ["0 pages", "1 page", "1,200 pages"]


def test_the_browser_is_told_the_most_particular_name_first():
    assert page_title("care leavers", "How many") == "care leavers · How many · Pilcrow"
    assert page_title("", "How many") == "How many · Pilcrow"
