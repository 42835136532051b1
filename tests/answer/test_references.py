"""Citations written in running text."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answer.carried import Carried
from answer.naming import Namer
from answer.references import Place, Reader
from answer.shelf import Shelf
from index.citation import address, full_citation, markdown_link, short_citation, short_names
from ingest.labels import labelled
from ingest.model import Document, Paragraph
from tests.answer.made_up import HandMade, report

LIBRARY = HandMade(
    report("w16", "Wandsworth", date(2016, 2, 16), "One.", "Two."),
    report("w18", "Wandsworth", date(2018, 7, 20), "One.", "Two."),
    report("s16", "Slough", date(2016, 2, 17), "One.", "Two."),
)
HEADINGS = ("Findings", "What needs to improve?", "Children's views")


def reader(whole: str = "") -> Reader:
    return Reader.of(Namer(LIBRARY.documents()), HEADINGS, whole)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Homes were found (para 87).", ["87"]),
        ("Homes were found (para. 87).", ["87"]),
        ("Homes were found (¶87).", ["87"]),
        ("Homes were found (¶¶ 87–89).", ["87", "88", "89"]),
        ("Homes were found (§ 100).", ["100"]),
        ("See paras 87-89 and 102 on this.", ["87", "88", "89", "102"]),
        ("See paragraphs 3, 5 and 7.", ["3", "5", "7"]),
        ("It says so (paras 116-20).", ["116", "117", "118", "119", "120"]),
        ("It says so (paras 3.1 and 3.2).", ["3.1", "3.2"]),
        ("(Wandsworth, 2016: 87)", ["87"]),
        ("(Wandsworth 2016: 87, 90)", ["87", "90"]),
        ("Wandsworth 2016 at 87.", ["87"]),
        ("(Wandsworth 2016 [87])", ["87"]),
        ("(Wandsworth 2016, 87)", ["87"]),
        ("Recommendation 6 asks that 12 children move.", ["6"]),
        ("In para 87, 12 children were named.", ["87"]),
    ],
)
def test_the_forms_that_people_write_are_read(text, numbers):
    assert [list(one.numbers) for one in reader().find(text)] == [numbers]


@pytest.mark.parametrize(
    "text",
    [
        "An inquiry under section 47 (the Act, section 11).",
        "Ten of them (54.1%) moved; 87 stayed.",
        "In July 2016, 87 children (87) were at home.",
        "The visit of 2016: 87 children were seen.",
        "It looked at 87 cases.",
        "We leave out paragraph 6.2 of the council's own plan.",
        "The committee's own recommendations 4 and 5 are met.",
        "It is dealt with in paragraph 2.1 of the covering report.",
    ],
)
def test_numbers_that_are_no_citation_are_left_alone(text):
    assert reader().find(text) == []


def test_a_bare_number_in_brackets_counts_where_the_draft_says_so():
    whole = "Numbers in brackets are paragraphs of the report of 2016."
    assert [one.numbers for one in reader(whole).find("Homes were found (87).")] == [("87",)]


@pytest.mark.parametrize(
    ("text", "place", "page"),
    [
        ("(3rd bullet under ‘What needs to improve?’, p. 2)", (3, "bullet", 1), 2),
        ("(fifth bullet under 'Findings')", (5, "bullet", 0), None),
        ("(last bullet under “Findings”)", (-1, "bullet", 0), None),
        ("(2nd paragraph under 'Children's views', p. 4)", (2, "paragraph", 2), 4),
        ("(‘Findings’, 1st paragraph)", (1, "paragraph", 0), None),
    ],
)
def test_the_place_of_an_unnumbered_paragraph_is_read(text, place, page):
    text = text.replace("“", "‘").replace("”", "’")
    (found,) = reader().find(text)
    ordinal, noun, heading = place
    assert found.place == Place(ordinal, noun, HEADINGS[heading])
    assert found.page == page


def test_a_citation_says_which_document_it_names_before_or_after_the_number():
    (before,) = reader().find("(Slough 2016, para 7)")
    (after,) = reader().find("Paragraph 7 of the 2018 report says so.")
    assert (before.mention.authority, before.mention.when.year) == ("Slough", 2016)
    assert (before.text, after.text) == ("Slough 2016, para 7", "Paragraph 7 of the 2018 report")
    assert after.mention.when.year == 2018


def test_a_date_before_the_brackets_is_no_part_of_the_citation():
    (found,) = reader().find("It began on 1 October 2015 (Slough 2016, para 7).")
    assert (found.text, found.mention.when.year) == ("Slough 2016, para 7", 2016)


def test_two_citations_in_one_pair_of_brackets_are_two():
    found = reader().find("(Wandsworth 2016, para 1; Slough 2016, paras 1, 2)")
    assert [(one.mention.authority, one.numbers) for one in found] == [
        ("Wandsworth", ("1",)),
        ("Slough", ("1", "2")),
    ]


def test_ibid_leads_to_what_was_cited_before():
    assert [one.same for one in reader().find("So they say (ibid.).")] == [True]
    (longer,) = reader().find("So they say (ibid, para 12).")
    assert longer.numbers == ("12",)


def test_the_name_of_a_document_alone_in_brackets_is_a_citation():
    (found,) = reader().find("It is better now (Wandsworth 2018).")
    assert found.whole
    assert reader().find("It is better now (July 2018).") == []


# what index.citation makes is read back

PLACES = ["Wandsworth", "Slough", "Bath and North East Somerset", "St Helens", "Reading"]
KINDS = ["inspection", "focused visit", "monitoring visit", "area SEND inspection"]
TITLES = ["Inspection of services", "Re-inspection, and review of the Board", "A letter"]
WORDS = ["Children wait.", "Homes are safe.", "Plans are late.", "Staff leave.", "Help is near."]


@st.composite
def documents(draw: st.DrawFn) -> list[Document]:
    made = []
    for at in range(draw(st.integers(1, 4))):
        marks = draw(
            st.lists(st.sampled_from(["number", "bullet", "prose"]), min_size=1, max_size=6)
        )
        texts = [
            Paragraph(
                "",
                str(n) if mark == "number" else None,
                {"number": "numbered", "bullet": "bullet"}.get(mark, "prose"),
                draw(st.sampled_from([*HEADINGS, None])) if mark != "number" else None,
                f"{WORDS[n % 5]} Number {n} of {at}.",
                page_start=draw(st.sampled_from([None, 3])),
            )
            for n, mark in enumerate(marks, start=1)
        ]
        made.append(
            Document(
                f"file-{at}.pdf",
                f"document-{at}",
                "0" * 64,
                labelled(texts),
                authority=draw(st.sampled_from(PLACES)),
                kind=draw(st.sampled_from(KINDS)),
                title=draw(st.sampled_from(TITLES)),
                publisher="Ofsted",
                published=draw(st.dates(date(2013, 1, 1), date(2026, 12, 31))),
            )
        )
    return made


@settings(max_examples=60, deadline=None)
@given(documents(), st.sampled_from(["short", "full", "markdown"]), st.data())
def test_every_citation_that_is_made_is_read_back(made, form, data):
    document = data.draw(st.sampled_from(made))
    paragraph = data.draw(st.sampled_from(document.paragraphs))
    short = short_citation(short_names(made)[document.document_id], paragraph)
    opened = address(document.document_id, paragraph)
    text = {
        "short": f"It is so ({short}).",
        "full": f"It is so ({full_citation(document, paragraph)}).",
        "markdown": f"It is so, says {markdown_link(short, opened)}.",
    }[form]
    shelf = Shelf(HandMade(*made))
    namer = Namer(shelf.cards)
    (found,) = Reader.of(namer, shelf.library.headings(), text).find(text)
    if found.link:
        led = shelf.linked(found.link)
    else:
        cards = Carried(shelf, namer).candidates(found, [])
        led = [one for card in cards for one in shelf.at(card.document.document_id, found)]
    wanted = document.paragraph_id(paragraph)
    if form == "full" and len({(d.authority, d.title, d.published) for d in made}) < len(made):
        assert wanted in [one.paragraph_id for one in led]
    else:
        assert [one.paragraph_id for one in led] == [wanted]


def test_a_subdivided_paragraph_of_this_report_is_the_drafts_own():
    assert reader().find("As paragraph 3.2 of this report will show, it is not.") == []
    assert reader().find("Paragraph 3 of this report says so.") != []


def test_a_paragraph_of_the_report_is_not_one_of_a_plan_named_after_it():
    assert reader().find("Paragraph 7 of the report on the improvement plan says so.") != []
