"""Places and years that the library has nothing of."""

from datetime import date

from answer.held import places_not_held, years_held, years_not_held
from index.model import DocumentCard, QueryPlan
from ingest.model import Document
from tests.answer.hits import hit


def card(authority, published, start=None):
    name = f"{authority}-{published.year}"
    document = Document(
        doc=f"{name}.pdf",
        document_id=name,
        sha256="",
        paragraphs=(),
        authority=authority,
        published=published,
        inspection_start=start,
    )
    return DocumentCard(document, name, 100, {})


CARDS = [
    card("Hackney", date(2016, 9, 21)),
    card("Hackney", date(2020, 1, 9), start=date(2019, 12, 2)),
    card("Surrey", date(2018, 5, 16)),
]


def test_a_place_is_missing_only_where_none_of_those_named_is_held():
    assert places_not_held(QueryPlan("Leeds", absent=("Leeds",))) == ("Leeds",)
    both = QueryPlan("Leeds and Hackney", absent=("Leeds",), authorities=("Hackney",))
    assert places_not_held(both) == ()


def test_a_year_counts_for_the_authority_named():
    in_hackney = QueryPlan("Hackney 2018", authorities=("Hackney",), years=(2018,))
    assert years_not_held(in_hackney, CARDS, []) == (2018,)
    assert years_not_held(QueryPlan("2018", years=(2018,)), CARDS, []) == ()
    assert years_held(in_hackney, CARDS) == [2016, 2020]


def test_the_year_of_the_inspection_counts_as_well_as_the_report_s():
    plan = QueryPlan("Hackney 2019", authorities=("Hackney",), years=(2019,))
    assert years_not_held(plan, CARDS, []) == ()


def test_a_year_that_a_hit_tells_of_is_held():
    plan = QueryPlan("GCSE results of 2014", years=(2014,))
    assert years_not_held(plan, CARDS, [hit("Results were poor in 2014.")]) == ()
    assert years_not_held(plan, CARDS, [hit("Results were poor.")]) == (2014,)


def test_a_span_of_years_is_no_single_year():
    assert years_not_held(QueryPlan("since 2012", years=(2012,), year_from=2012), CARDS, []) == ()


def test_one_of_two_years_is_enough():
    assert years_not_held(QueryPlan("2011 and 2016", years=(2011, 2016)), CARDS, []) == ()
