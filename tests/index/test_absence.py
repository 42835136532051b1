"""What is not held is said before anything else is shown."""

from index.absence import absences
from index.model import QueryPlan
from index.query import Dated, Knowledge, plan_query

KNOWLEDGE = Knowledge(
    authorities={"Hackney": 2, "Rutland": 1},
    years={2016: 2, 2019: 1},
    dated=[
        Dated("Hackney", 2016, {2015, 2016}),
        Dated("Hackney", 2019, {2019}),
        Dated("Rutland", 2017, {2017}),
        Dated("Rutland", 2018, {2018}),
    ],
)


def said(question, *ignore):
    return list(absences(plan_query(question, KNOWLEDGE, frozenset(ignore))))


def test_a_year_without_a_document_of_the_authority_is_said():
    assert said("Hackney 2017 foster carers") == [
        "No Hackney document of 2017; its documents are of 2016 and 2019."
    ]


def test_a_year_without_any_document_is_said():
    assert said("foster carers in 2031 and 2032") == [
        "No document of 2031 or 2032; the library's documents are of 2016 to 2019."
    ]


def test_of_two_authorities_the_one_without_a_document_of_the_year_is_named():
    assert said("Hackney and Rutland 2017") == [
        "No Hackney document of 2017; its documents are of 2016 and 2019."
    ]
    assert said("Hackney 2016 and Rutland 2017") == []
    assert said("Hackney and Rutland since 2018") == []
    assert said("Hackney and Rutland 2017", "year:2017") == []
    assert said("Hackney and Rutland 2014") == [
        "No Hackney or Rutland document of 2014; theirs are of 2016 to 2019."
    ]


def test_the_year_of_the_inspection_is_held():
    assert said("Hackney 2015") == []


def test_one_year_of_a_school_year_is_enough():
    assert said("Hackney 2016/17") == []
    assert len(said("Hackney 2017/18")) == 1


def test_a_year_that_bounds_a_span_needs_no_document():
    for question in ("Hackney since 2017", "Hackney before 2018", "Hackney from 2014 to 2018"):
        assert said(question) == [], question


def test_a_span_without_any_document_is_said():
    assert said("Hackney since 2021") == [
        "No Hackney document of 2021; its documents are of 2016 and 2019."
    ]


def test_of_an_authority_that_is_absent_no_year_is_said():
    assert said("Leeds 2017") == [
        "The library holds no document about Leeds; what follows is about others."
    ]


def test_a_year_that_is_taken_off_is_not_missed():
    assert said("Hackney 2017", "year:2017") == []
    assert said("Hackney 2017", "authority:hackney") == []


def test_several_absent_authorities_are_listed():
    (sentence,) = absences(QueryPlan("", absent=("Barnsley", "Leeds", "York")))
    assert "Barnsley, Leeds or York" in sentence
