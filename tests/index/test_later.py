"""Later inspections are named with the grades that are theirs."""

from datetime import date

from index.later import later_inspections, short_label
from index.standing import Standing
from ingest.model import Document
from ingest.reading import read_file
from ingest.sources import find_files

JUDGED = {
    "overall effectiveness": "requires improvement",
    "children who need help and protection": "requires improvement",
    "children looked after and achieving permanence": "requires improvement",
    "adoption performance": "outstanding",
    "experiences and progress of care leavers": "good",
}
LEAVERS = frozenset({"care-leavers"})


def report(name, published, **other):
    fields = {"authority": "Anyshire", "kind": "inspection", "judgements": JUDGED} | other
    return Document(f"{name}.pdf", name, "0" * 64, (), published=published, **fields)


FIRST = report("first", date(2016, 2, 16))
SECOND = report("second", date(2018, 7, 20))


def test_overall_and_the_subjects_own_grade_are_told_apart():
    (later,) = later_inspections(FIRST, LEAVERS, [SECOND, FIRST])
    assert (later.day, later.overall) == (date(2018, 7, 20), "requires improvement")
    assert later.standings == (Standing("experiences and progress of care leavers", "good"),)


def test_all_later_ones_come_in_order_and_none_before():
    third = report("third", date(2023, 1, 13))
    found = later_inspections(SECOND, LEAVERS, [third, FIRST, SECOND])
    assert [later.document.document_id for later in found] == ["third"]
    found = later_inspections(FIRST, LEAVERS, [third, FIRST, SECOND])
    assert [later.document.document_id for later in found] == ["second", "third"]


def test_a_subject_that_is_not_graded_apart_has_no_grade():
    judged = {
        "the impact of leaders on social work practice with children and families": "good",
        "the experiences and progress of children in care and care leavers": "good",
        "overall effectiveness": "good",
    }
    new = report("new", date(2019, 1, 1), judgements=judged)
    (later,) = later_inspections(FIRST, frozenset({"adoption"}), [new])
    assert later.standings == ()
    (later,) = later_inspections(FIRST, LEAVERS, [new])
    assert [short_label(one.label) for one in later.standings] == [
        "children in care and care leavers"
    ]


def test_other_authorities_news_visits_and_partial_reports_do_not_count():
    board = {"local safeguarding children board": "good"}
    others = [
        report("elsewhere", date(2018, 1, 1), authority="Otherton"),
        report("news", date(2018, 1, 1), kind="news article"),
        report("visit", date(2018, 1, 1), kind="monitoring visit", judgements={}),
        report("board", date(2018, 1, 1), judgements=board),
        report(
            "children in care only", date(2018, 1, 1), judgements={"overall effectiveness": "x"}
        ),
    ]
    assert later_inspections(FIRST, LEAVERS, others) == []


def test_the_same_inspection_published_again_is_not_later():
    again = report("again", date(2016, 5, 1), inspection_start=date(2015, 11, 24))
    assert later_inspections(FIRST, LEAVERS, [again]) == []


def test_nothing_is_later_than_what_has_no_date_or_no_authority():
    assert later_inspections(report("undated", None), LEAVERS, [SECOND]) == []
    nowhere = report("nowhere", date(2016, 1, 1), authority=None)
    assert (
        later_inspections(nowhere, LEAVERS, [report("also", date(2018, 1, 1), authority=None)])
        == []
    )


def test_labels_in_running_text():
    assert short_label("the experiences and progress of children in care") == "children in care"
    assert short_label("adoption performance") == "adoption performance"


def test_what_retells_a_later_report_counts_as_second_hand_until_the_report_is_there():
    told = {"overall effectiveness": "good", "experiences and progress of care leavers": "good"}
    news = report(
        "news", date(2018, 7, 23), kind="news article", judgements=told, retells="A report"
    )
    (later,) = later_inspections(FIRST, LEAVERS, [news])
    assert (later.second_hand, later.overall) == (True, "good")
    assert later.standings == (Standing("experiences and progress of care leavers", "good"),)
    (later,) = later_inspections(FIRST, LEAVERS, [news, SECOND])
    assert (later.document, later.second_hand) == (SECOND, False)


def test_the_article_that_ships_tells_of_the_inspection_of_2018(corpus):
    documents = [read_file(file) for file in find_files([corpus]).files]
    first = next(one for one in documents if one.kind == "inspection")
    (later,) = later_inspections(first, LEAVERS, documents)
    assert (later.overall, later.second_hand, later.day.year) == (
        "requires improvement",
        True,
        2018,
    )
    assert [one.grade for one in later.standings] == ["good"]
