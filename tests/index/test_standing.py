"""A paragraph's judgement: the right one, or none."""

import pytest

from index.standing import (
    GRADES,
    Standing,
    grade_class,
    judged_subjects,
    overall,
    standing,
    subjects,
)
from ingest.reading import read_file
from ingest.sources import SourceFile

IN_CARE = "the experiences and progress of children looked after and achieving permanence"
OF_2016 = {
    "overall effectiveness": "inadequate",
    "children who need help and protection": "inadequate",
    "children looked after and achieving permanence": "requires improvement",
    "adoption performance": "requires improvement",
    "experiences and progress of care leavers": "inadequate",
    "leadership, management and governance": "good",
}
OF_2019 = {
    "the impact of leaders on social work practice with children and families": "good",
    "the experiences and progress of children who need help and protection": "outstanding",
    "the experiences and progress of children in care and care leavers": "good",
    "overall effectiveness": "good",
}
OF_2025 = {
    "the impact of leaders on social work practice with children and families": "good",
    "the experiences and progress of children who need help and protection": "good",
    "the experiences and progress of children in care": "outstanding",
    "the experiences and progress of care leavers": "requires improvement to be good",
    "overall effectiveness": "good",
}


@pytest.mark.parametrize(
    ("heading", "section", "expected"),
    [
        ("Inspection findings", IN_CARE, ("children looked after and achieving permanence",)),
        (
            "The graded judgement about the experience and progress of care leavers is that it is "
            "inadequate",
            IN_CARE,
            ("experiences and progress of care leavers",),
        ),
        (
            "The graded judgment for adoption performance is that it requires improvement",
            "Inspection judgements about the local authority",
            ("adoption performance",),
        ),
        ("Inspection findings", "Leadership, management and governance", ("leadership, ",)),
        ("Recommendations", "The local authority", ()),
        ("Summary for children and young people", None, ()),
        (None, None, ()),
    ],
)
def test_reports_of_2013_to_2017(heading, section, expected):
    found = standing(OF_2016, heading, section)
    assert (found is not None) == bool(expected)
    if found:
        assert found.label.startswith(expected[0])
        assert found.grade == OF_2016[found.label]


def test_children_in_care_and_care_leavers_are_one_judgement_or_two():
    both = "The experiences and progress of children in care and care leavers: good"
    leavers = "The experiences and progress of care leavers: requires improvement to be good"
    title = "Inspection of Anyshire children's services"
    label = "the experiences and progress of children in care and care leavers"
    assert standing(OF_2019, both, title) == Standing(label, "good")
    assert standing(OF_2025, leavers, title) == Standing(
        "the experiences and progress of care leavers", "requires improvement to be good"
    )
    assert standing(OF_2025, both, title) is None
    assert standing(OF_2019, leavers, title) is None


def test_a_heading_that_prints_another_grade_leaves_no_judgement():
    heading = "The experiences and progress of care leavers: good"
    assert standing(OF_2025, heading, None) is None


def test_a_grade_is_compared_by_its_class():
    heading = "The experiences and progress of care leavers require improvement"
    assert standing(OF_2025, heading, None) is not None
    assert grade_class("requires improvement to be good") in GRADES


def test_the_title_of_a_report_is_no_subject():
    title = (
        "Inspection of services for children in need of help and protection, children looked after "
        "and care leavers and Review of the effectiveness of the Local Safeguarding Children Board"
    )
    assert subjects("Executive summary", title) == frozenset()


def test_the_part_about_the_board_is_never_given_a_grade_of_the_authority():
    section = "The Local Safeguarding Children Board (LSCB)"
    assert standing(OF_2016, "Leadership, management and governance", section) is None
    judged = OF_2016 | {"local safeguarding children board": "good"}
    found = standing(judged, "Inspection findings", section)
    assert found == Standing("local safeguarding children board", "good")


def test_a_heading_of_a_word_over_a_single_point_is_no_part():
    assert subjects("Care leavers", "Areas for improvement") == frozenset()


def test_overall_is_only_that_of_all_childrens_services():
    assert overall(OF_2016) == "inadequate"
    of_2013 = {"overall effectiveness": "good", "capacity to improve": "good"}
    assert overall(of_2013) is None
    assert overall({"local safeguarding children board": "good"}) is None


def test_the_overall_judgement_is_of_no_part():
    assert judged_subjects("overall effectiveness") == frozenset()


# Read in the reports themselves, beside the table on their covers: file, printed number of a
# paragraph, how the label of its judgement ends, and the grade.
HELP = "children who need help and protection"
CARE_AND_LEAVERS = "children in care and care leavers"
IN_CARE_NOW = "children in care"
LEADERS = "impact of leaders on social work practice with children and families"
ADOPTION = "adoption performance"
WEAK = "requires improvement"
WEAK_NOW = "requires improvement to be good"
LEAVERS = "care leavers"
READ = (
    ("st-helens-cs-2023-09-04", "17", HELP, WEAK_NOW),
    ("slough-cs-2019-03-04", "27", CARE_AND_LEAVERS, WEAK_NOW),
    ("oxfordshire-cs-2018-05-22", "25", CARE_AND_LEAVERS, "good"),
    ("richmond-upon-thames-cs-2025-08-12", "8", HELP, "good"),
    ("redbridge-cs-2019-06-11", "26", CARE_AND_LEAVERS, "good"),
    ("north-tyneside-cs-2017-06-13", "61", ADOPTION, "good"),
    ("north-tyneside-cs-2025-01-13", "28", IN_CARE_NOW, "outstanding"),
    ("surrey-cs-2025-05-09", "1", HELP, "good"),
    ("sefton-cs-2025-08-12", "35", IN_CARE_NOW, "good"),
    ("redbridge-cs-2016-11-25", "120", "leadership, management and governance", "good"),
    ("wandsworth-cs-2023-01-13", "38", LEADERS, "good"),
    ("lincolnshire-cs-2015-01-06", "114", ADOPTION, "outstanding"),
    ("oxfordshire-cs-2024-04-09", "57", LEADERS, "good"),
    ("hammersmith-and-fulham-cs-2016-03-29", "9", HELP, "good"),
    ("hammersmith-and-fulham-cs-2019-10-15", "14", HELP, "good"),
    ("leicestershire-cs-2017-02-13", "63", ADOPTION, WEAK),
    ("east-riding-of-yorkshire-cs-2020-03-13", "26", CARE_AND_LEAVERS, "good"),
    ("bromley-cs-2016-06-27", "96", LEAVERS, "inadequate"),
    ("bromley-cs-2019-01-07", "37", LEADERS, "outstanding"),
    ("slough-cs-2023-03-17", "7", HELP, WEAK_NOW),
    ("east-sussex-cs-2014-03-21", "33", HELP, "good"),
    ("lincolnshire-cs-2023-06-14", "19", HELP, "outstanding"),
    ("north-tyneside-cs-2020-04-15", "14", HELP, "outstanding"),
    ("surrey-cs-2015-08-03", "15", "safeguarding children board", WEAK),
    ("bath-and-north-east-somerset-cs-2025-08-05", "17", HELP, "good"),
    ("milton-keynes-cs-2024-12-17", "1", HELP, "good"),
    ("wandsworth-cs-2026-05-18", "43", LEAVERS, "outstanding"),
    ("east-sussex-cs-2018-09-04", "19", CARE_AND_LEAVERS, "outstanding"),
    ("surrey-cs-2022-03-09", "25", CARE_AND_LEAVERS, WEAK_NOW),
    ("dudley-cs-2016-04-05", "32", HELP, "inadequate"),
    ("st-helens-cs-2019-11-04", "5", HELP, WEAK_NOW),
    ("wandsworth-cs-2016-02-16", "87", LEAVERS, "inadequate"),
)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "number", "label", "grade"), READ)
def test_published_reports(shared, name, number, label, grade):
    document = read_file(SourceFile(shared / "corpora" / "inspections" / f"{name}.pdf"))
    (one,) = (paragraph for paragraph in document.paragraphs if paragraph.number == number)
    found = standing(document.judgements, one.heading, one.section)
    assert (found.label.endswith(label), found.grade) == (True, grade)
    # "care leavers" ends the label of the judgement on both groups too
    both = "children in care and" in found.label
    assert both == (label == CARE_AND_LEAVERS)
