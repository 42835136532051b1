"""How paragraphs are cited."""

from datetime import date

from index.citation import address, full_citation, markdown_link, short_citation, short_names
from ingest.model import Document, Paragraph


def report(document_id: str, **values: object) -> Document:
    given = {"authority": "Wandsworth", "kind": "inspection", "published": date(2016, 2, 16)}
    return Document(f"{document_id}.pdf", document_id, "0" * 64, (), **given | values)


def paragraph(**values: object) -> Paragraph:
    given = {"number": "87", "kind": "numbered", "heading": None, "label": "para 87"}
    return Paragraph(key="p87", text="Ten care leavers were placed.", **given | values)


def test_a_short_citation_names_authority_year_and_number():
    names = short_names([report("a")])
    assert short_citation(names["a"], paragraph()) == "Wandsworth 2016, para 87"


def test_a_visit_is_named_as_one():
    assert short_names([report("a", kind="focused visit")]) == {
        "a": "Wandsworth 2016 focused visit"
    }


def test_two_reports_of_one_year_are_told_apart_by_month():
    names = short_names([report("a"), report("b", published=date(2016, 11, 3))])
    assert names == {"a": "Wandsworth February 2016", "b": "Wandsworth November 2016"}


def test_two_reports_of_one_month_are_told_apart_by_day():
    names = short_names([report("a"), report("b", published=date(2016, 2, 23))])
    assert names == {"a": "Wandsworth 16 February 2016", "b": "Wandsworth 23 February 2016"}


def test_two_files_of_one_day_are_told_apart_by_their_names():
    names = short_names([report("a"), report("b")])
    assert names == {
        "a": "Wandsworth 16 February 2016 (a.pdf)",
        "b": "Wandsworth 16 February 2016 (b.pdf)",
    }


def test_no_two_documents_ever_have_the_same_name():
    same = [report(key) for key in ("a", "b")]
    twins = [Document("x.txt", key, "0" * 64, ()) for key in ("c", "d")]
    names = short_names([*same, *twins, report("e", authority=None, title="x.txt")])
    assert len(set(names.values())) == 5


def test_a_document_without_authority_is_called_by_its_title():
    assert short_names([report("a", authority=None, title="Fostering")]) == {"a": "Fostering 2016"}


def test_a_full_citation_gives_publisher_title_date_paragraph_and_page():
    document = report("a", publisher="Ofsted", title="Inspection of services")
    assert full_citation(document, paragraph(page_start=30, page_end=31)) == (
        "Ofsted, Wandsworth: Inspection of services, 16 February 2016, paragraph 87, pages 30–31"
    )


def test_a_full_citation_of_an_unnumbered_paragraph_gives_its_page_once():
    bullet = paragraph(
        number=None, label="3rd bullet under 'What needs to improve?', p. 2", page_start=2
    )
    citation = full_citation(report("a", title="Wandsworth letter"), bullet)
    assert citation == (
        "Wandsworth letter, 16 February 2016, 3rd bullet under 'What needs to improve?', p. 2"
    )


def test_a_second_hand_source_is_marked():
    document = report("a", kind="news article", title="News", repeats="report.pdf")
    assert full_citation(document, paragraph()).endswith(
        "second-hand: a news article retelling report.pdf"
    )


def test_text_from_character_recognition_is_marked_in_both_forms():
    scanned = paragraph(recognised=True)
    assert "character recognition" in short_citation("Wandsworth 2016", scanned)
    assert "character recognition" in full_citation(report("a"), scanned)


def test_a_date_that_only_the_inspection_gives_is_said_to_be_that():
    document = report("a", title="Letter", published=None, inspection_end=date(2017, 9, 20))
    assert "inspected to 20 September 2017" in full_citation(document, paragraph())


def test_a_link_cannot_be_broken_by_brackets_in_a_label():
    assert markdown_link("A [b]", "?doc=x") == "[A \\[b\\]](?doc=x)"


def test_an_address_gives_the_printed_number_or_the_key():
    assert address("wandsworth-2016", paragraph()) == "?doc=wandsworth-2016&p=87"
    unnumbered = Paragraph("what-needs", None, "bullet", None, "What needs.")
    assert address("wandsworth-2016", unnumbered) == "?doc=wandsworth-2016&p=what-needs"
    repeated = Paragraph("p87-2", "87", "numbered", None, "Again.")
    assert address("wandsworth-2016", repeated) == "?doc=wandsworth-2016&p=p87-2"
