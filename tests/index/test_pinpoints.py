"""Citations pasted or typed into the search box lead to the very paragraph."""

from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest

from index.citation import address, markdown_link
from index.model import Filter
from index.pinpoints import Names, names_of, pages_of, read_address, read_citation
from ingest.model import Paragraph

NAMED = Names(
    files={"hackney-2016-09-21": "hackney-2016-09-21", "hackney.pdf": "hackney-2016-09-21"},
    cited={
        "hackney 2016": ("hackney-2016-09-21",),
        "hackney 2016 focused visit": ("hackney-focused-visit-2016-11-02",),
    },
)


def numbers(question, *, named=True):
    return read_citation(question, NAMED, named=named).numbers


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("para 87", ("87",)),
        ("par 87", ("87",)),
        ("Paragraph no. 87 of the report", ("87",)),
        ("[87]", ("87",)),
        ("Hackney [2016] [87]", ("87",)),
        ("§87", ("87",)),
        ("§ 87", ("87",)),
        ("¶¶ 87-88", ("87", "88")),
        ("#87", ("87",)),
        ("Hackney 2016: 87", ("87",)),
        ("Hackney 2016, 87", ("87",)),
        ("Hackney 2016 87", ("87",)),
        ("paras 87-89", ("87", "88", "89")),
        ("paras 87–89 and 102", ("87", "88", "89", "102")),
        ("paragraphs 3.1, 3.4a & 12", ("3.1", "3.4a", "12")),
        ("paras 5 to 7", ("5", "6", "7")),
        ("recommendations 2 and 6", ("2", "6")),
        ("were recommendations 2 and 6 met", ("2", "6")),
        ("recommendation 12 is met", ("12",)),
        ("recommendations 12 of Hackney 2016", ("12",)),
        ("para 9-3", ("9", "3")),
        ("paras 1-400", ("1", "400")),
        ("para 87, 16 February 2016", ("87",)),
        ("para 5 and 3 children", ("5",)),
        ("paras 5 and 16-year-olds", ("5",)),
        ("paras 5, 16-17 year olds", ("5",)),
        ("paras 3, 87-89", ("3", "87", "88", "89")),
        ("paras 116-20", ("116", "117", "118", "119", "120")),
        ("paras 87 or 88", ("87", "88")),
        ("paras 87/88", ("87", "88")),
        ("paras 87 and/or 88", ("87", "88")),
        ("para's 87 & 88", ("87", "88")),
        ("para. no. 87", ("87",)),
        ("Para87", ("87",)),
        ("paragraph eighty-seven", ("87",)),
        ("what does paragraph twelve say of homes", ("12",)),
        ("paragraph twelve of Hackney 2016", ("12",)),
        ("Paragraph twelve Hackney 2016", ("12",)),
        ("Hackney 2016, paragraph one", ("1",)),
        ("at 87 of Hackney 2016", ("87",)),
        ("at 87 of the 2016 Hackney report", ("87",)),
        ("Hackney 2016 at 87", ("87",)),
        ("Hackney 2016 at [87] says?", ("87",)),
        ("Hackney 2016 (87)", ("87",)),
        ("Hackney 2016, p. 30, para 87", ("87",)),
    ],
)
def test_numbers_are_read_in_every_form_that_people_type(question, found):
    assert numbers(question) == found


@pytest.mark.parametrize(
    "question",
    [
        "page 12",
        "p. 12 of Hackney",
        "pp. 12-14",
        "Hackney p87",
        "at 16 of Hackney's homes in 2016",
        "Hackney 2016 at 87 per cent",
        "care leavers at 18 in Hackney 2016",
        "Hackney 2016 87 children",
        "Hackney 2016 16 and 17 year olds",
        "Hackney 2016, 10 children",
        "parents of 3 children",
        "Hackney 2015/16",
        "[see](http://example.org/87)",
        "stage#3",
        "Hackney recommendations 12 months on",
        "recommendations 18 months old in Hackney",
        "Hackney recommendations 12 of which were met",
        "of Hackney's recommendations 12 were met",
        "which paragraph one of Hackney",
        "the paragraph one reads first in Hackney",
        "in each paragraph two findings in Hackney",
        "in each paragraph twelve findings in Hackney",
        "in 2016: 87% of reviews",
    ],
)
def test_what_cites_no_paragraph_is_left_alone(question):
    assert numbers(question) == ()


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("Hackney 2016 p12", "p. 12"),
        ("Hackney 2016 p 12", "p. 12"),
        ("page 12 of Hackney", "p. 12"),
        ("Hackney 2016, pp. 12–13", "pp. 12–13"),
        ("Hackney 2016, pp 12, 15 and 17", "pp. 12, 15 and 17"),
        ("Hackney 2016, p. 30, para 87", None),
        ("Hackney 2016#p12", None),
    ],
)
def test_a_page_is_a_place(question, place):
    assert read_citation(question, NAMED, named=True).place == place
    assert read_citation(question.replace("Hackney 2016", ""), NAMED, named=False).place is None


def test_a_place_may_be_several_pages_and_a_key_is_none():
    assert pages_of("pp. 12–13, 15 and 17") == (12, 13, 15, 17)
    assert pages_of("p12") == pages_of("3rd bullet under 'Homes', p. 2") == ()


def test_a_bare_p_or_a_number_after_a_year_needs_an_authority():
    assert numbers("p87", named=False) == ()
    assert numbers("in 2016: 87", named=False) == ()


def test_the_longest_name_is_the_document():
    assert read_citation("Hackney 2016 focused visit, para 3", NAMED, named=True).documents == (
        "hackney-focused-visit-2016-11-02",
    )


def test_a_name_alone_is_no_citation():
    assert read_citation("foster carers in Hackney 2016", NAMED, named=True).documents == ()


@pytest.mark.parametrize(
    "question",
    [
        "homes Hackney June 2016",
        "Hackney's June 2016 report: homes",
        "homes in the June 2016 report on Hackney",
        "June 2016 inspection of Hackney, homes",
        "homes, Hackney (June 2016)",
    ],
)
def test_a_name_that_tells_two_reports_of_a_year_apart_is_that_report(shelf, question):
    june, august = (
        replace(shelf.document(f"{month}.pdf", "homes"), document_id=month)
        for month in ("June", "August")
    )
    names = names_of([(june, ["Hackney June 2016"]), (august, ["Hackney August 2016"])])
    found = read_citation(question, names, named=True)
    assert (found.documents, found.numbers) == (("June",), ())
    assert "June 2016" in question[found.spans[0][0] : found.spans[0][1]]


def test_a_month_apart_from_the_authority_names_no_report(shelf):
    june = shelf.document("June.pdf", "homes", file_date=date(2016, 6, 3))
    names = names_of([(june, ["Hackney June 2016"])])
    assert read_citation("homes in Hackney since June 2016", names, named=True).documents == ()


@pytest.mark.parametrize("text", ["hackney-2016-09-21", "see Hackney.pdf, please", "hackney.pdf?"])
def test_a_documents_id_or_file_name_is_that_document(text):
    assert read_address(text, NAMED).documents == ("hackney-2016-09-21",)


def test_an_id_that_is_a_word_is_no_document_by_itself():
    names = Names(files={"notes": "notes", "early-help": "early-help"})
    assert read_address("notes on early-help", names).documents == ()
    assert read_address("notes#p4", names).documents == ("notes",)


@pytest.fixture
def shelf_of_citations(shelf):
    def unnumbered(key: str, label: str, text: str, **more: object) -> Paragraph:
        return Paragraph(key, None, "bullet", None, text, label=label, **more)

    under = "under 'What’s next: homes, carers?', p. 2"
    texts = ("homes", "carers are few", "carers are trained", "homes of carers")
    shelf.put(
        shelf.document(
            "Hackney (final).pdf",
            *texts,
            unnumbered("homes-are-few-a1b2c3", f"2nd bullet {under}", "homes are few"),
            unnumbered("homes-are-far-a1b2c4", f"12th bullet {under}", "homes are far"),
            unnumbered("homes-are-old-a1b2c5", f"2nd bullet {under}2", "homes are old"),
            Paragraph("p3-2", "3", "numbered", None, "again", label="para 3 (2nd of this number)"),
            title="Homes and carers, 2014: para 1",
        ),
        shelf.document("h2.pdf", *texts, kind="focused visit", file_date=date(2016, 11, 2)),
        shelf.document(
            "retold.html",
            unnumbered("dear-reader-1", "1st paragraph", "Dear reader"),
            unnumbered("homes-open-1", "1st paragraph under 'The council's homes'", "Homes open"),
            kind="web page",
            repeats="w.pdf",
        ),
        shelf.document("w.pdf", *texts, authority="Wandsworth", file_date=date(2019, 6, 11)),
    )
    return shelf.open()


def citations(library):
    for card in library.documents():
        for one in library.paragraphs(card.document.document_id):
            link = address(one.document_id, one.paragraph)
            yield (
                one.paragraph_id,
                {
                    "short": one.citation,
                    "full": one.full_citation,
                    "id": one.paragraph_id,
                    "quoted id": quote(one.paragraph_id),
                    "address": link,
                    "address within a sentence": f"see http://localhost/document{link}, please.",
                    "Markdown": markdown_link(one.citation, f"http://localhost:8501/{link}"),
                    "sentence": f"What is meant by {one.citation}?",
                },
            )


def test_every_citation_given_finds_its_paragraph_first(shelf_of_citations):
    library = shelf_of_citations
    missed = [
        (paragraph_id, form, question)
        for paragraph_id, forms in citations(library)
        for form, question in forms.items()
        if library.search(question, top_k=1)[0].paragraph_id != paragraph_id
    ]
    assert missed == []


def test_paragraphs_cited_together_come_first(shelf_of_citations):
    found = shelf_of_citations.search("Wandsworth 2019 paras 1-2 and 4", top_k=3)
    assert sorted(hit.number for hit in found) == ["1", "2", "4"]
    assert {hit.authority for hit in found} == {"Wandsworth"}


def test_the_paragraphs_of_a_page_come_first(shelf):
    pages = [
        Paragraph(f"p{n}", str(n), "numbered", None, f"homes {n}", page_start=n, page_end=n + 1)
        for n in (1, 3, 5)
    ]
    shelf.put(shelf.document("h.pdf", *pages, file_date=date(2016, 9, 21)))
    library = shelf.open()
    assert [hit.number for hit in library.search("homes Hackney 2016 p 4", top_k=1)] == ["3"]
    found = library.search("Hackney 2016, pp. 4-5", top_k=2)
    assert sorted(hit.number for hit in found) == ["3", "5"]


def test_a_filter_binds_a_citation_too(shelf_of_citations):
    found = shelf_of_citations.search(
        "Hackney September 2016, para 2", filters=Filter(year_from=2019)
    )
    assert {hit.year for hit in found} == {2019}


def test_a_citation_can_be_taken_off(shelf_of_citations):
    library = shelf_of_citations
    place = next(one.paragraph_id for one in library.paragraphs("wandsworth-inspection-2019-06-11"))
    plan = library.plan(place)
    assert (plan.documents, plan.place) == (("wandsworth-inspection-2019-06-11",), "p1")
    bare = library.plan(place, ["document:wandsworth-inspection-2019-06-11", "place:p1"])
    assert (bare.documents, bare.place) == ((), None)
