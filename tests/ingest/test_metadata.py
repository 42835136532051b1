"""What covers tell, checked against covers that were read by eye, and on covers typeset here."""

import json
from datetime import date
from pathlib import Path

import pytest

from ingest.metadata import read_metadata
from ingest.model import Box, Line, Page
from ingest.readers import read_source

GOLDEN = Path(__file__).parent.parent / "golden" / "covers.jsonl"
NOWHERE = Path("nowhere") / "x.pdf"
RIGHT_OF_127 = 122


def page(*printed, number=1):
    """A page from texts, or from (size, bold, text), set one below the other."""
    lines = []
    for n, line in enumerate(printed):
        size, bold, words = line if isinstance(line, tuple) else (12.0, False, line)
        box = Box(number, 70, 800 - 20 * n, 500, 812 - 20 * n)
        lines.append(Line(words, number, box, size, bold))
    return Page(number, tuple(lines))


def read(*printed, path=NOWHERE, properties=None):
    return read_metadata([page(*printed)], path, properties or {})


@pytest.fixture(scope="module")
def covers(shared):
    """What was read by eye and what the program reads, for all 127."""
    pairs = []
    for row in GOLDEN.read_text(encoding="utf-8").splitlines():
        truth = json.loads(row)
        path = shared / "corpora" / "inspections" / truth["doc"]
        source = read_source(path.read_bytes(), path.name)
        assert sum(len(page.lines) for page in source.pages) > 100, path.name
        # Under a name that tells nothing, so that the cover alone is judged.
        pairs.append((truth, read_metadata(source.pages, NOWHERE, source.properties)))
    return pairs


def same_title(title):
    return " ".join((title or "").replace("’", "'").casefold().split())


def wrong_fields(truth, found):
    dates = ("inspection_start", "inspection_end", "published")
    wrong = [name for name in ("authority", "kind") if getattr(found, name) != truth[name]]
    for name in dates:
        day = getattr(found, name)
        if (day.isoformat() if day else None) != truth[name]:
            wrong.append(name)
    if same_title(found.title) != same_title(truth["title"]):
        wrong.append("title")
    if dict(found.judgements) != truth["judgements"]:
        wrong.append("judgements")
    return wrong


@pytest.mark.slow
def test_covers_of_published_reports_are_read_right(covers):
    assert len(covers) == 127
    wrong = {truth["doc"]: wrong_fields(truth, found) for truth, found in covers}
    wrong = {doc: names for doc, names in wrong.items() if names}
    assert len(covers) - len(wrong) >= RIGHT_OF_127, wrong


@pytest.mark.slow
def test_every_published_report_is_ofsteds(covers):
    assert {found.publisher for _, found in covers} == {"Ofsted"}


SINGLE_INSPECTION = (
    (26, False, "Royal Borough of Kingston upon"),
    (26, False, "Thames"),
    (14, True, "Inspection of services for children in need of help and"),
    (14, True, "protection, children looked after and care leavers"),
    (14, False, "and"),
    (14, True, "Review of the effectiveness of the Local Safeguarding Children"),
    (14, True, "Board"),
    (14, True, "Inspection date: 28 April 2015 – 21 May 2015"),
    (14, True, "Report published: 15 July 2015"),
    (14, True, "The overall judgement is that children’s services require"),
    (14, True, "improvement"),
    (12, True, "Requires"),
    (12, True, "1. Children who need help and protection"),
    (12, True, "improvement"),
    (12, True, "2. Children looked after and achieving"),
    "Good",
    (12, True, "permanence"),
    "2.1 Adoption performance Outstanding",
    "2.2 Experiences and progress of care leavers Inadequate",
    "3. Leadership, management and governance Requires Improvement",
    (
        10,
        False,
        "1 Ofsted produces this report under its power to combine reports in accordance with",
    ),
    (20, False, "1"),
)


def test_a_single_inspection_framework_cover():
    found = read(*SINGLE_INSPECTION)
    assert found.title == (
        "Inspection of services for children in need of help and protection, children looked "
        "after and care leavers and Review of the effectiveness of the Local Safeguarding "
        "Children Board"
    )
    assert found.authority == "Kingston upon Thames"
    assert found.kind == "inspection"
    assert (found.inspection_start, found.inspection_end) == (date(2015, 4, 28), date(2015, 5, 21))
    assert found.published == date(2015, 7, 15)
    assert found.publisher == "Ofsted"
    assert found.judgements == {
        "overall effectiveness": "requires improvement",
        "children who need help and protection": "requires improvement",
        "children looked after and achieving permanence": "good",
        "adoption performance": "outstanding",
        "experiences and progress of care leavers": "inadequate",
        "leadership, management and governance": "requires improvement",
    }


def test_a_footnote_mark_glued_to_the_title_is_no_part_of_it():
    found = read("Review of the effectiveness of the Local Safeguarding Children", "Board1")
    assert found.title.endswith("Children Board")


def test_a_table_that_lost_a_cell_tells_no_grades_of_the_wrong_rows():
    lines = [line for line in SINGLE_INSPECTION if line != "Good"]
    assert set(read(*lines).judgements) == {"overall effectiveness"}


def test_a_cover_with_the_name_in_its_title():
    found = read(
        (26, False, "Inspection of North"),
        (26, False, "Somerset local authority"),
        (26, False, "children’s services"),
        (12, True, "Inspection dates: 29 November to 10 December 2021"),
        (12, True, "Lead inspector: A. Person, Her Majesty’s Inspector"),
        "Judgement Grade",
        "The impact of leaders on social work Good",
        "practice with children and families",
        "The experiences and progress of Requires improvement to",
        "children who need help and protection be good",
        "Overall effectiveness Good",
        "The experiences and progress of children in North Somerset are good",
        "across the board.",
    )
    assert found.title == "Inspection of North Somerset local authority children’s services"
    assert found.authority == "North Somerset"
    assert found.published is None
    assert found.inspection_end == date(2021, 12, 10)
    assert found.judgements == {
        "the impact of leaders on social work practice with children and families": "good",
        "the experiences and progress of children who need help and protection": (
            "requires improvement to be good"
        ),
        "overall effectiveness": "good",
    }


def test_a_cover_of_2010_and_its_record_of_findings():
    cover = page(
        (26, False, "Inspection of safeguarding and"),
        (26, False, "looked after children services"),
        (18, False, "Borough of Poole"),
        (10, True, "Inspection dates: 18 – 29 January 2010"),
        (10, True, "Reporting inspector A. Person HMI"),
        (10, True, "Age group: All"),
        (10, True, "Published: 5 March 2010"),
    )
    record = page(
        (8, True, "Borough of Poole Inspection of safeguarding 30"),
        (18, True, "Record of main findings: Poole"),
        (14, True, "Safeguarding services"),
        "Overall effectiveness Adequate",
        "Capacity for improvement Good",
        (14, True, "Services for looked after children"),
        "Overall effectiveness Good Grade 2",
        "Outcomes for looked after children and Adequate",
        "care leavers",
        (10, False, "www.ofsted.gov.uk"),
        number=2,
    )
    found = read_metadata([cover, record], NOWHERE, {})
    assert found.title == "Inspection of safeguarding and looked after children services"
    assert found.authority == "Poole"
    assert found.published == date(2010, 3, 5)
    assert found.inspection_start == date(2010, 1, 18)
    assert found.publisher == "Ofsted"
    assert found.judgements == {
        "safeguarding services: overall effectiveness": "adequate",
        "capacity for improvement": "good",
        "services for looked after children: overall effectiveness": "good",
        "outcomes for looked after children and care leavers": "adequate",
    }


def test_a_grade_beside_the_middle_of_its_label_belongs_to_it():
    lines = [Line("Record of main findings", 1, Box(1, 70, 700, 300, 712), 18.0)]
    for words, bottom in (
        ("Adequate", 658),
        ("Capacity to improve", 654),
        ("Good", 632),
        ("Outcomes for looked after children and", 628),
        ("young people", 615),
    ):
        lines.append(Line(words, 1, Box(1, 70, bottom, 300, bottom + 10), 11.0))
    found = read_metadata([Page(1, tuple(lines))], NOWHERE, {})
    assert found.judgements == {
        "capacity to improve": "adequate",
        "outcomes for looked after children and young people": "good",
    }


def test_the_letter_of_an_unannounced_inspection():
    found = read(
        "Freshford House",
        "www.ofsted.gov.uk",
        "4 September 2009",
        "Ms A. Person",
        "Director of Children’s Services",
        "Norfolk County Council",
        "Dear Ms Person",
        (12, True, "Annual unannounced inspection of contact, referral and"),
        (12, True, "assessment arrangements within Suffolk County Council children’s services"),
        "This letter summarises the findings of the recent unannounced inspection which was",
        "conducted on 4 and 5 August 2009, after the one of 3 March 2008.",
    )
    assert found.kind == "inspection"
    assert found.authority == "Suffolk"
    assert found.published == date(2009, 9, 4)
    assert (found.inspection_start, found.inspection_end) == (date(2009, 8, 4), date(2009, 8, 5))


@pytest.mark.parametrize(
    ("title", "kind", "authority"),
    [
        (
            "Joint targeted area inspection of the multi-agency response to abuse in Leeds",
            "joint targeted area inspection",
            "Leeds",
        ),
        ("Monitoring visit to Torbay children’s services", "monitoring visit", "Torbay"),
        ("Focused visit to Devon local authority children’s services", "focused visit", "Devon"),
        ("COVID-19 focused visit to Devon children’s services", "focused visit", "Devon"),
        ("Joint local area SEND inspection in Torbay", "area SEND inspection", "Torbay"),
        (
            "Area SEND inspection of Telford & Wrekin Local Area Partnership",
            "area SEND inspection",
            "Telford and Wrekin",
        ),
        ("Focused visit to Isle of Man children’s services", "focused visit", "Isle of Man"),
        ("Minutes of the cabinet in Leeds", "other", "Leeds"),
    ],
)
def test_kinds_and_authorities_of_letters(title, kind, authority):
    found = read("1 May 2019", "Dear colleague", (12, True, title), "Thank you for the day.")
    assert (found.kind, found.authority) == (kind, authority if kind != "other" else None)
    assert found.published == date(2019, 5, 1)


def test_dates_of_earlier_inspections_are_not_the_inspections():
    found = read(
        "Area SEND inspection of Halton Local Area Partnership",
        "Inspection dates:",
        "20 to 24 November 2023",
        "Date of previous inspection: 27 to 31 March 2017",
    )
    assert (found.inspection_start, found.inspection_end) == (
        date(2023, 11, 20),
        date(2023, 11, 24),
    )
    assert found.published is None


def test_dates_that_go_on_in_the_next_line_are_read_whole():
    found = read(
        "Inspection of Halton local authority children’s services",
        "Inspection dates: 5 to 9 December 2022 and 14 to 15",
        "February 2023",
    )
    assert (found.inspection_start, found.inspection_end) == (date(2022, 12, 5), date(2023, 2, 15))


def test_the_file_and_its_folder_help_only_where_the_cover_does_not():
    path = Path("80518_wandsworth") / "children's services inspection - 16 february 2016.pdf"
    bare = read("Executive summary", "Text.", path=path)
    assert (bare.authority, bare.kind) == ("Wandsworth", "inspection")
    assert (bare.file_date, bare.published) == (date(2016, 2, 16), None)
    full = read(*SINGLE_INSPECTION, path=path)
    assert (full.authority, full.published) == ("Kingston upon Thames", date(2015, 7, 15))
    assert full.file_date == date(2016, 2, 16)


def test_a_short_file_name_helps_too():
    found = read("Text.", path=Path("x") / "wandsworth-cs-2016-02-16.pdf")
    assert (found.authority, found.kind) == ("Wandsworth", "inspection")
    assert found.file_date == date(2016, 2, 16)


def test_a_folder_of_inspections_makes_no_inspection_of_a_note():
    assert read("Text.", path=Path("inspections") / "leeds-notes.txt").kind == "other"


def test_what_templates_left_in_a_pdf_is_no_title():
    found = read("Some text.", properties={"Title": "LA NAME - draft report"})
    assert found.title is None


def test_a_news_article_about_an_inspection_is_no_inspection():
    found = read(
        "London borough moves out of ‘inadequate’ following Ofsted inspection",
        "A. Person",
        "Monday, July 23, 2018",
        "Children’s services have been elevated.",
        properties={"type": "article", "publisher": "A Paper"},
    )
    assert (found.kind, found.publisher) == ("news article", "A Paper")
    assert found.published == date(2018, 7, 23)


def test_an_empty_document_tells_nothing():
    found = read_metadata([], NOWHERE, {})
    assert (found.title, found.authority, found.kind, found.judgements) == (None, None, "other", {})
