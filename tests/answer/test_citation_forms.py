"""The ways in which officials write the numbers of paragraphs and pages, and what is none."""

from datetime import date

import pytest

from answer.carried import Carried
from answer.naming import Namer
from answer.references import Reader, Reference
from answer.shelf import Shelf
from ingest.model import Paragraph
from tests.answer.made_up import HandMade, report

LIBRARY = HandMade(
    report("w16", "Wandsworth", date(2016, 2, 16), *(f"Text {n}." for n in range(1, 100))),
    report("w18", "Wandsworth", date(2018, 7, 20), "One.", "Two."),
    report("s16", "Stoke-on-Trent", date(2016, 2, 17), "One.", "Two."),
)
NAMER = Namer(LIBRARY.documents())


def found(text: str) -> list[Reference]:
    return Reader.of(NAMER, (), text).find(text)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Homes (at 87 of the 2016 Wandsworth report).", "87"),
        ("Homes, at 87 of Wandsworth 2016, were bad.", "87"),
        ("As Wandsworth 2016 at 87 says, homes were bad.", "87"),
        ("Stoke-on-Trent 2016 at 2 has it.", "2"),
        ("At [87] of the Wandsworth 2016 report they were bad.", "87"),
        ("See Wandsworth 2016 at [87]-[89].", "87 88 89"),
        ("It says so at 87 of the report.", "87"),
        ("So it was (para. no. 87).", "87"),
        ("Wandsworth 2016, paragraph number 87, says so.", "87"),
        ("Wandsworth 2016, paragraph no 87, says so.", "87"),
        ("Wandsworth 2016 paras nos. 87 and 88.", "87 88"),
        ("Wandsworth 2016, Para87.", "87"),
        ("See para's 87 and 88.", "87 88"),
        ("See para(s) 87, 88.", "87 88"),
        ("So says Wandsworth, 2016:87", "87"),
        ("So it was in Wandsworth 2016 (87).", "87"),
        ("So it was (Wandsworth 2016 87).", "87"),
        ("So it was (Wandsworth (2016) 87; Stoke-on-Trent 2016, 2).", "87|2"),
        ("See #87 of Wandsworth 2016.", "87"),
        ("As paragraph eighty-seven says.", "87"),
        ("As paragraphs three and twenty say.", "3 20"),
        ("As paragraphs one and two say.", "1 2"),
        ("Paragraph twelve of the report has it.", "12"),
        ("It is so (Wandsworth 2016, paragraph two).", "2"),
        ("Paragraph one of the 2016 report says so.", "1"),
        ("So it is (paragraph one).", "1"),
        ("In para 87 children were named.", "87"),
        ("In paras 3 and 4, 12 months were lost.", "3 4"),
        ("Recommendations 12 and 13 were met.", "12 13"),
        ("Recommendations 12-14 were met.", "12 13 14"),
        ("Recommendation 12 was met within 6 months.", "12"),
        ("Paragraphs 3.1 and 3.2 are bad.", "3.1 3.2"),
        ("Recommendations nos. 3 and 4 of which we speak.", "3 4"),
        ("See paras 88 or 89.", "88 89"),
        ("See paras 87, 88 or 89.", "87 88 89"),
        ("(Wandsworth 2016, paras 88/89)", "88 89"),
        ("(Wandsworth 2016, paras 87,88,90)", "87 88 90"),
        ("See paras 87 and/or 88.", "87 88"),
        ("See paras 3, 16 as well as 20.", "3 16 20"),
        ("See paras 87‑9.", "87 88 89"),
        ("See para 9-3.", "9"),
        ("(Wandsworth 2016, p. 30, para 87)", "87"),
        ("(Wandsworth 2016, para 87 (p. 30))", "87"),
        ("(Wandsworth 2016, pages 30 and 31, paras 87, 88)", "87 88"),
        ("Paragraph 87 on page 30 says so.", "87"),
        ("So they say (ibid., 87).", "87"),
        ("See para 3 (Wandsworth 2018).", "3"),
        ("See para 2.3.1 of the 2016 report.", "2.3.1"),
        ("Rec 6 and recs 8-9 are met.", "6|8 9"),
        ("The 2016 Wandsworth report (at 87) says so.", "87"),
        ("Paragraph 87, 10 of them in all, says so.", "87"),
        ("Paragraph 87 – 95 children were placed.", "87"),
        ("See paras 87 and 16-year-olds.", "87"),
        ("See paras 87 and 12 young people.", "87"),
    ],
)
def test_numbers_of_paragraphs_are_read_in_the_forms_that_officials_write(text, numbers):
    assert "|".join(" ".join(one.numbers) for one in found(text)) == numbers
    assert not any(one.pages for one in found(text))


@pytest.mark.parametrize(
    "text",
    [
        "(Wandsworth 2018, page 30, para 1)",
        "(Wandsworth 2018, pages 30 and 31)",
        "So it is (para 1, Wandsworth 2018).",
        "See para 1 (Wandsworth 2018).",
        "See para 1, Wandsworth 2018.",
        "See Wandsworth 2018 – para 1.",
        "At [1] of the Wandsworth 2018 report it is so.",
        "So it is (Wandsworth 2018 1).",
    ],
)
def test_the_document_named_beside_a_number_is_its_own(text):
    (one,) = found(f"In Stoke-on-Trent 2016 it was bad. {text}")
    assert (one.mention.authority, one.mention.when.year) == ("Wandsworth", 2018)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("(Wandsworth 2016, p 12)", (12,)),
        ("(Wandsworth 2016, p12)", (12,)),
        ("(Wandsworth 2016, pp 12–14)", (12, 13, 14)),
        ("(Wandsworth 2016 pp12-13)", (12, 13)),
        ("(Wandsworth 2016, pp. 29-30)", (29, 30)),
        ("(Wandsworth 2016, pp. 116-20)", (116, 117, 118, 119, 120)),
        ("(Wandsworth 2016, pp. 12, 15 and 17)", (12, 15, 17)),
        ("(Wandsworth 2016, p. 12 and p. 15)", (12, 15)),
        ("(Wandsworth 2016, p. 12f.)", (12, 13)),
        ("(Wandsworth 2016, pages 12 to 14)", (12, 13, 14)),
        ("On pg. 12 of the 2016 Wandsworth report it says so.", (12,)),
        ("So it was (p. 12).", (12,)),
        ("So it was (pp. 12-13).", (12, 13)),
        ("At pages 29 and 30 of that report it says so.", (29, 30)),
    ],
)
def test_pages_are_kept_as_a_range(text, pages):
    (one,) = found(text)
    assert (one.pages, one.numbers) == (pages, ())


@pytest.mark.parametrize(
    "text",
    [
        "So it says, <http://127.0.0.1:8501/?doc=w16&p=87>.",
        "So it says: http://127.0.0.1:8501/?doc=w16&p=87.",
        "So it says (http://127.0.0.1:8501/document?doc=w16&p=87).",
        "So it says, ?doc=w16&p=87, of homes.",
        "So it says, [there](http://127.0.0.1:8501/?doc=w16&amp;p=87).",
    ],
)
def test_an_address_is_a_citation(text):
    assert [one.link for one in found(text)] == [("w16", "87")]


@pytest.mark.parametrize(
    "text",
    [
        "In Wandsworth 2016 87 children were placed.",
        "Rates stood in Wandsworth in 2016 at 87.",
        "It stood at 87 per cent in Wandsworth 2016.",
        "Wandsworth 2016 at 87 per cent was low.",
        "They met at 10.30 in Wandsworth, 2016.",
        "Wandsworth 2016 at 10:30 was too late.",
        "Inspectors were at 16 of the homes in Wandsworth.",
        "They were at 16 of Wandsworth's homes in 2016.",
        "They looked at 87 of the 2016 inspection reports.",
        "Care ends at 18 in Wandsworth, and at 16 for some.",
        "Children left Wandsworth in 2016 at 16 and 17 years of age.",
        "There were 90 in 2015, in 2016 (87).",
        "In Wandsworth in 2016 (87) they moved.",
        "Children left care (at 16) in Wandsworth.",
        "Wandsworth 2016 at 16, 17 and 18 years.",
        "#metoo came up, and #1 of all.",
        "It cost 50p 12 times; see page 12.",
        "See http://example.org/?p=87 for more.",
        "So it is (paragraph 5 of the LSCB review).",
        "Paragraph 12 of the serious case review says so.",
        "Paragraph 5 of Schedule 2 to the Children Act 1989 says so.",
        "So it is (Working Together 2018, paragraph 12).",
        "So it is (LSCB review, para 5).",
        "Paragraph 12 of the Government's response says so.",
        "See page 30 and Annex A (see p. 4).",
        "Paragraph 3 of the Munro review of 2011 says so.",
        "Under section 47 at 87 homes.",
        "In each paragraph two findings stand out.",
        "In each paragraph three, four or five findings stand out.",
        "In this paragraph twelve findings stand out.",
        "Of the paragraphs three say so.",
        "The paragraphs twenty of which are bad are long.",
        "The paragraph one reads first is bad.",
        "Which paragraph one of us wrote is not known.",
        "The Wandsworth 2016 report at 12: children waited.",
        "Of the recommendations 12 were met within a year.",
        "Of the recommendations 12 have been met.",
        "It set out recommendations 6 months before.",
        "It set out recommendations 6-12 months before.",
        "There were 135 paragraphs 20 of which were bad.",
        "The recommendations 18 months old were not met.",
        "The recommendation 18 months ago was not met.",
        "Of the recommendations 12 of 20 were met.",
        "It sent its recommendations 12 March 2016.",
        "Paragraph 14 of Ofsted's Inspection Framework says so.",
        "So it is (Inspection Framework, para 14).",
        "Wandsworth 2016 (Working Together, para 14) says so.",
        "Paragraph 14 of the National Framework report says so.",
        "It was a home which Working Together (para 14) forbids.",
        "It was slow, and Working Together, para 14, requires more.",
        "Working Together 2018 para 14 asks for more.",
        "Working Together (2018), para 14.",
        "It is in Working Together's paragraph 14.",
        "It is so in the Children Act 1989, Schedule 2, paragraph 5.",
        "The statutory guidance (para 14) says so.",
        "So it is in Annex A, para 4.",
    ],
)
def test_what_only_looks_like_a_citation_is_none(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "other",
    [
        "Working Together, para 14",
        "see Working Together 2018, para 14",
        "the Children Act 1989, Schedule 2, para 5",
        "LSCB review, para 5",
    ],
)
def test_another_paper_beside_a_report_in_brackets_is_no_citation_of_it(other):
    for text in (f"(Wandsworth 2016, para 87; {other})", f"({other}; Wandsworth 2016, para 87)"):
        assert [one.numbers for one in found(f"So it is {text}.")] == [("87",)]


@pytest.mark.parametrize(
    "text",
    [
        "Paragraph 7 of the Ofsted report says so.",
        "Paragraph 7 of the inspection report says so.",
        "Paragraph 7 of the Chief Inspector's letter says so.",
        "Paragraph 7 of the damning letter says so.",
        "Paragraph 7 of the Wandsworth LSCB report of 2016 says so.",
        "So it is (Inspection report, para 7).",
        "Paragraph 7 of the report speaks of the Munro review.",
        "The council failed its duties under the Children Act 1989 (para 7).",
        "It did not work by Working Together (para 7), and children waited.",
        "On the Children Act, paragraph 7 says that it was broken.",
        "It broke the Regulations; the report (para 7) says so.",
        "Para 7 of Ofsted's Single Inspection Framework report on Wandsworth in 2016 says so.",
        "Paragraph 7 of Ofsted's Inspection Framework report on Wandsworth 2016 says so.",
        "Ofsted (2016) found, in para 7 of its Single Inspection Framework report, that it is.",
        "Paragraph 7 of the Inspection Framework inspection of Wandsworth says so.",
        "Paragraph 7 of the Single Inspection Framework on Wandsworth says so.",
        "Wandsworth 2016 (Single Inspection Framework, para 7) found that it is.",
        "So it is (para 7 of the Short Inspection report).",
        "So it is (para 7 of the Standard Inspection report).",
        "So it is (Regulatory report, para 7).",
        "Paragraph 7 of the Borough's report says so.",
        "Paragraph 7 of the Royal Borough Council's report says so.",
    ],
)
def test_an_inspection_report_is_not_taken_for_another_paper(text):
    assert [one.numbers for one in found(text)] == [("7",)]


def test_a_number_with_its_page_is_one_citation_as_written():
    assert [one.text for one in found("(Wandsworth 2016, p. 30, para 87)")] == [
        "Wandsworth 2016, p. 30, para 87"
    ]


@pytest.mark.parametrize("ending", ["ff", " ff.", " et seq.", " onwards"])
def test_a_citation_that_goes_on_leads_to_the_next_few_paragraphs(ending):
    shelf = Shelf(LIBRARY)
    (one,) = found(f"(Wandsworth 2016, paras 87{ending})")
    (card,) = Carried(shelf, NAMER).candidates(one, [])
    led = shelf.at(card.document.document_id, one)
    assert [p.paragraph.number for p in led] == ["87", "88", "89", "90", "91"]


def test_a_range_of_pages_leads_to_what_stands_on_any_of_them():
    paged = report("p20", "Slough", date(2020, 1, 1))
    texts = [
        Paragraph(f"p{n}", str(n), "numbered", None, f"Text {n}.", page_start=n, page_end=n + 1)
        for n in (1, 3, 5)
    ]
    shelf = Shelf(HandMade(type(paged)(**_fields(paged) | {"paragraphs": tuple(texts)})))
    (one,) = Reader.of(Namer(shelf.cards), (), "").find("(Slough 2020, pp. 2-3)")
    assert [p.paragraph.number for p in shelf.at("p20", one)] == ["1", "3"]


def _fields(document):
    return {name: getattr(document, name) for name in document.__dataclass_fields__}


HEADINGS = ("Key strengths", "Risk at the ‘front door’")


@pytest.mark.parametrize(
    ("text", "heading"),
    [
        ("(Wandsworth 2016, 5th bullet under “Key strengths”, p. 3)", "Key strengths"),
        ('(Wandsworth 2016, 5th bullet under "Key strengths", p. 3)', "Key strengths"),
        ("(Wandsworth 2016, 5th bullet under 'Key strengths', p. 3)", "Key strengths"),
        ("(Wandsworth 2016, 5th bullet under Key strengths, p. 3)", "Key strengths"),
        ("(Wandsworth 2016, “Key strengths”, 5th bullet, p. 3)", "Key strengths"),
        (
            "(Wandsworth 2016, 5th bullet under “Risk at the ‘front door’”, p. 3)",
            "Risk at the 'front door'",
        ),
    ],
)
def test_headings_stand_in_any_marks_or_in_none(text, heading):
    (reference,) = Reader.of(NAMER, HEADINGS, text).find(text)
    assert (reference.place.ordinal, reference.place.heading) == (5, heading)
    assert reference.page == 3


def test_a_heading_without_marks_is_one_that_reports_have():
    assert Reader.of(NAMER, HEADINGS, "").find("the 5th bullet under scrutiny here") == []
