from datetime import date

from index.model import QueryPlan
from index.scope import scopes
from ingest.model import Document


def document(authority, published, kind="inspection", **more):
    return Document("d", "d", "", (), authority=authority, kind=kind, published=published, **more)


DOCUMENTS = {
    1: document("Wandsworth", date(2016, 2, 16), inspection_start=date(2015, 11, 24)),
    2: document("Wandsworth", date(2017, 10, 18), "monitoring visit"),
    3: document("Wandsworth", date(2019, 6, 11), "focused visit"),
    4: document("Wandsworth", date(2018, 7, 23), "news article"),
    5: document("Rutland", date(2016, 5, 1)),
    6: document("Rutland", None, file_date=date(2024, 1, 2)),
}


def found(**named):
    return [sorted(rows) for rows in scopes(QueryPlan("?", **named), DOCUMENTS)]


W = ("Wandsworth",)


def test_nothing_named_narrows_nothing():
    assert found() == []


def test_an_authority_comes_before_the_rest():
    assert found(authorities=W) == [[1, 2, 3, 4]]


def test_authority_and_year_come_before_the_authority():
    assert found(authorities=("Rutland",), years=(2016,)) == [[5], [5, 6]]


def test_the_year_of_the_inspection_names_the_report_published_later():
    assert found(authorities=W, years=(2015,)) == [[1], [1, 2, 3, 4]]


def test_the_date_in_the_file_name_counts_where_none_is_printed():
    assert found(years=(2024,)) == [[6]]


def test_a_year_without_a_report_leaves_the_authority():
    assert found(authorities=W, years=(2011,)) == [[1, 2, 3, 4]]


def test_since_a_year_means_from_then_on():
    assert found(authorities=W, years=(2017,), year_from=2017) == [[2, 3, 4], [1, 2, 3, 4]]
    assert found(years=(2016, 2017), year_from=2016, year_to=2017) == [[1, 2, 5]]


def test_change_from_one_year_wants_what_came_after():
    assert found(authorities=W, years=(2018,), change=True) == [[3, 4], [1, 2, 3, 4]]
    assert found(authorities=W, years=(2015, 2019), change=True) == [[1, 3], [1, 2, 3, 4]]


def test_kind_and_year_together_come_first():
    named = {"kinds": ("focused visit",), "years": (2016,)}
    assert found(authorities=W, **named) == [[1], [3], [1, 2, 3, 4]]
    assert found(authorities=W, kinds=("focused visit",), years=(2019,)) == [[3], [1, 2, 3, 4]]


def test_the_latest_is_each_authoritys_own_and_first_hand():
    assert found(authorities=("Wandsworth", "Rutland"), moment="latest")[0] == [3, 6]
    assert found(authorities=W, moment="first")[0] == [1]
    assert found(authorities=W, moment="latest", kinds=("monitoring visit",))[0] == [2]


def test_each_authority_named_has_a_place_in_front():
    both = ("Wandsworth", "Rutland")
    assert found(authorities=both, years=(2017,))[0] == [2, 5]  # the nearest year
    assert found(authorities=both, years=(2016,))[0] == [1, 5]
    assert found(authorities=both, kinds=("focused visit",))[0] == [3, 5, 6]


def test_since_the_first_inspection_keeps_them_all():
    assert found(authorities=W, moment="first", change=True) == [[1, 2, 3, 4]]


def test_what_came_after_a_focused_visit_may_stand_in_any_report():
    named = {"authorities": W, "kinds": ("focused visit",), "years": (2017,)}
    assert found(**named, year_from=2017) == [[2, 3, 4], [1, 2, 3, 4]]
    assert found(**named, change=True) == [[2, 3, 4], [1, 2, 3, 4]]
