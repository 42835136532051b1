"""Running heads and feet, page numbers, contents and footnotes."""

import pytest

from ingest.furniture import part
from ingest.model import Line, Page
from ingest.readers import read_source
from ingest.typography import measure
from tests.ingest.typeset import Prose, Sheet, Typesetter


def parted(content):
    pages = read_source(content, "a.pdf").pages
    return part(pages, measure(pages))


def parted_text(text):
    pages = read_source(text.encode(), "a.txt").pages
    return part(pages, measure(pages))


def kept(result):
    return [line.text for page in result.pages for line in page.lines]


def set_aside(result, kind):
    return [aside.text for aside in result.set_aside if aside.kind == kind]


def report(pages=4, **sheet):
    """A report with a paragraph on each page."""
    setter, prose = Typesetter(Sheet(**sheet)), Prose()
    for page in range(pages):
        if page:
            setter.new_page()
        setter.paragraph(prose.paragraph())
    return setter


def test_running_heads_feet_and_page_numbers_are_set_aside():
    result = parted(report(head="Inspection of Newtown", foot="Page # of 4").save())
    assert set_aside(result, "header") == ["Inspection of Newtown"] * 4
    assert set_aside(result, "page number") == [f"Page {page} of 4" for page in (1, 2, 3, 4)]
    assert not any("Newtown" in line or "Page" in line for line in kept(result))


def test_printed_page_numbers_may_differ_from_the_pages():
    result = parted(report(first_page=9).save())
    assert set_aside(result, "page number") == ["9", "10", "11", "12"]


def test_a_foot_that_changes_with_the_page_is_one_foot():
    result = parted(report(foot="20 to 24 January 2025 #").save())
    assert len(set_aside(result, "footer")) + len(set_aside(result, "page number")) == 4
    assert not any("January" in line for line in kept(result))


def test_the_page_number_of_a_single_page_is_set_aside():
    result = parted(report(pages=1).save())
    assert set_aside(result, "page number") == ["1"]


def test_a_heading_at_the_top_of_two_pages_of_many_is_no_running_head():
    setter, prose = Typesetter(), Prose()
    for page in range(10):
        if page in (3, 7):
            setter.heading("Summary")
        setter.paragraph(prose.paragraph())
        setter.new_page()
    assert kept(parted(setter.save())).count("Summary") == 2


def test_contents_are_set_aside():
    setter = Typesetter()
    setter.heading("Contents", 18.0)
    setter.table(
        [
            ("Executive summary", "2"),
            (
                "The experiences and progress of children looked after\nand achieving permanence",
                "7",
            ),
            ("What does the council need to improve?", "11"),
        ],
        (0, 420),
    )
    setter.new_page()
    setter.paragraph("The text begins here.")
    result = parted(setter.save())
    assert kept(result) == ["The text begins here."]
    assert set_aside(result, "contents")[0] == "Contents"
    assert len(set_aside(result, "contents")) >= 5


def test_a_word_contents_in_the_text_takes_nothing_away():
    setter = Typesetter()
    setter.paragraph("Contents")
    setter.paragraph("The contents of the plan are good.")
    assert kept(parted(setter.save())) == ["Contents", "The contents of the plan are good."]


def test_footnotes_are_kept_apart_with_their_signs():
    setter, prose = Typesetter(), Prose()
    setter.note("1", "See the statutory guidance, which all of the agencies in the area follow.")
    setter.note("2", "Local data.")
    setter.paragraph(prose.paragraph() + "{1}")
    setter.paragraph(prose.paragraph() + "{2}")
    result = parted(setter.save())
    assert [(note.sign, note.page, note.text) for note in result.footnotes] == [
        ("1", 1, "See the statutory guidance, which all of the agencies in the area follow."),
        ("2", 1, "Local data."),
    ]
    assert set_aside(result, "footnote")[1] == "2 Local data."
    assert not any("guidance" in line or "Local" in line for line in kept(result))


def test_a_note_whose_sentence_has_ended_does_not_go_on_in_the_small_print_of_the_next_page():
    setter, prose = Typesetter(), Prose()
    setter.note("1", "A whole sentence.")
    setter.paragraph(prose.paragraph() + "{1}")
    setter.new_page()
    setter.paragraph(prose.paragraph())
    setter.sheet.size = 9.0
    setter.paragraph("You may copy all or parts of this document.")
    result = parted(setter.save())
    assert [note.text for note in result.footnotes] == ["A whole sentence."]
    assert "You may copy all or parts of this document." in kept(result)


def test_small_print_without_a_mark_is_no_footnote():
    setter, prose = Typesetter(), Prose()
    setter.paragraph(prose.paragraph(8))
    setter.sheet.size = 9.0
    setter.paragraph("You may copy all or parts of this document.")
    assert "You may copy all or parts of this document." in kept(parted(setter.save()))


def test_rules_of_underscores_hold_no_words():
    setter = Typesetter()
    setter.paragraph("Above the rule.")
    setter.paragraph("____________")
    assert kept(parted(setter.save())) == ["Above the rule."]


def test_footnotes_of_a_text_file_count_up_and_end_where_the_page_ended():
    prose = "\n".join(f"Line {number} of the text, which goes on." for number in range(30))
    text = (
        f"{prose}\n\n                    \n1 Ofsted makes this report\nunder its power.\n"
        " The next page goes on.\n\n2 Local data\nof the council.\n The last page.\n\n"
        "7 Not a note\n"
    )
    result = parted_text(text)
    assert [note.text for note in result.footnotes] == [
        "Ofsted makes this report under its power.",
        "Local data of the council.",
    ]
    assert kept(result)[-3:] == [" The next page goes on.", " The last page.", "7 Not a note"]


def test_marks_glued_to_words_of_a_text_file_are_taken_out_where_there_is_a_note():
    text = (
        "Information about the area2\n\nSee section 2.1 of the plan for Year 9.3 It is good.\n\n"
        "1 The first note, whose mark was on the cover.\n\n2 The second note.\n\n3 The third.\n"
    )
    (page,) = parted_text(text).pages
    assert [line.text for line in page.lines] == [
        "Information about the area",
        "See section 2.1 of the plan for Year 9.3 It is good.",
    ]
    assert [mark.sign for line in page.lines for mark in line.marks] == ["2"]


@pytest.mark.parametrize("pages", [0, 1])
def test_nothing_to_read_is_nothing_to_part(pages):
    empty = [Page(number=at + 1, lines=()) for at in range(pages)]
    assert kept(part(empty, measure(empty))) == []


def test_a_page_of_one_line_keeps_it():
    page = Page(number=1, lines=(Line("Only this."),))
    assert kept(part([page], measure([page]))) == ["Only this."]
