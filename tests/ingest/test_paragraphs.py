"""Paragraphs found on typeset pages and in text files."""

import re

import pytest

from ingest.paragraphs import find_paragraphs
from ingest.readers import read_source
from tests.ingest.typeset import Prose, Sheet, Typesetter

HEAD = "Inspection of Newtown"


def found_in(setter):
    return find_paragraphs(read_source(setter.save(), "a.pdf").pages)


def found_in_text(text):
    return find_paragraphs(read_source(text.encode(), "a.txt").pages)


def numbered_and_text(structure):
    return [(paragraph.number, paragraph.text) for paragraph in structure.paragraphs]


def set_numbered(setter, prose, numbers, *, label="{}.", **how):
    """Set numbered paragraphs of one to six sentences; what must be found."""
    expected = []
    for at, number in enumerate(numbers):
        text = prose.paragraph(1 + at % 6)
        setter.paragraph(text, label.format(number), **how)
        expected.append((str(number), text))
    return expected


LAYOUTS = {
    "hanging": Sheet(head=HEAD),
    "justified": Sheet(head=HEAD, justified=True),
    "mirrored": Sheet(head=HEAD, mirrored=True, inner=104, outer=64),
    "no_space_between": Sheet(head=HEAD, gap=0),
    "two_columns": Sheet(columns=2, size=9.5, leading=12, gap=6, inner=50, outer=50),
    "two_justified_columns": Sheet(
        columns=2, size=9.5, leading=12, gap=6, inner=50, outer=50, justified=True
    ),
    "three_columns": Sheet(columns=3, size=8, leading=10, gap=5, inner=40, outer=40, gutter=14),
    "serif": Sheet(family=("Times-Roman", "Times-Bold", "Times-Italic"), size=11, leading=13),
}


@pytest.mark.parametrize("sheet", LAYOUTS.values(), ids=LAYOUTS)
def test_every_numbered_paragraph_is_found_whole(sheet):
    setter = Typesetter(sheet)
    expected = set_numbered(setter, Prose(), range(1, 46))
    structure = found_in(setter)
    assert numbered_and_text(structure) == expected
    assert structure.warnings == ()


@pytest.mark.parametrize("label", ["{}.", "{}", "({})", "{})"])
def test_numbers_are_found_however_they_are_dressed(label):
    setter = Typesetter()
    expected = set_numbered(setter, Prose(), range(1, 14), label=label)
    assert numbered_and_text(found_in(setter)) == expected


def test_a_number_set_within_the_text_without_an_indent_is_found():
    setter, prose = Typesetter(), Prose()
    texts = [prose.paragraph() for _ in range(12)]
    for number, text in enumerate(texts, 1):
        setter.paragraph(f"{number}. {text}")
    assert [p.text for p in found_in(setter).paragraphs if p.number] == texts


def test_a_number_wider_than_its_indent_is_found():
    setter, prose = Typesetter(), Prose()
    expected = set_numbered(setter, prose, range(1, 13), hang=14)
    assert numbered_and_text(found_in(setter)) == expected


def test_a_paragraph_that_crosses_a_page_is_one_with_both_pages():
    setter, prose = Typesetter(Sheet(head=HEAD)), Prose()
    setter.note("1", "A note at the foot of the page that the paragraph crosses.")
    texts = [prose.paragraph(9) for _ in range(4)]
    for number, text in enumerate(texts, 1):
        setter.paragraph(text + ("{1}" if number == 1 else ""), f"{number}.")
    paragraphs = found_in(setter).paragraphs
    crossing = [p for p in paragraphs if p.page_end > p.page_start]
    assert [p.text for p in paragraphs] == texts
    assert [(p.page_start, p.page_end) for p in crossing] == [(1, 2)]
    assert [box.page for box in crossing[0].boxes] == [1, 2]
    assert paragraphs[0].notes == ("A note at the foot of the page that the paragraph crosses.",)


def test_an_age_at_a_line_start_is_no_number():
    """ "...up to the age of / 25. Support for care leavers..." and a run that reaches 25."""
    setter, prose = Typesetter(Sheet(head=HEAD)), Prose()
    expected = []
    for number in range(1, 40):
        text = " ".join(
            f"{prose.sentence()[:-1]} up to the age of {number + ahead}. Support {prose.sentence()}"
            for ahead in range(6)
        )
        setter.paragraph(text, f"{number}.")
        expected.append((str(number), text))
    pages = read_source(setter.save(), "a.pdf").pages
    starts = [line.text for page in pages for line in page.lines]
    assert sum(bool(re.match(r"\d+\. Support", start)) for start in starts) > 3, "no trap is set"
    assert numbered_and_text(find_paragraphs(pages)) == expected


def test_rows_of_the_judgement_table_are_no_paragraphs():
    setter, prose = Typesetter(), Prose()
    setter.heading("Newtown Council", 26.0, font=0)
    setter.paragraph("Report published: 3 May 2011")
    setter.table(
        [
            ("1. Children who need help and protection", "Inadequate"),
            ("2. Children looked after and achieving\npermanence", "Requires improvement"),
            ("2.1 Adoption performance", "Good"),
            ("3. Leadership, management and governance", "Good"),
        ],
        (0, 320),
    )
    setter.heading("Findings")
    expected = set_numbered(setter, prose, range(1, 9))
    structure = found_in(setter)
    assert numbered_and_text(structure) == expected
    rows = " ".join(aside.text for aside in structure.set_aside if aside.kind == "table")
    assert "3. Leadership, management and governance" in rows
    assert "Requires improvement" in rows
    covers = [aside.text for aside in structure.set_aside if aside.kind == "cover"]
    assert covers == ["Report published: 3 May 2011"]


def test_a_table_of_numbered_rows_is_read_row_by_row():
    setter, prose = Typesetter(), Prose()
    texts = [prose.paragraph(2) for _ in range(12)]
    for number, text in enumerate(texts, 1):
        if setter._y - 60 < setter._floor:
            setter.new_page()
        setter.canvas.setFont("Helvetica", 12)
        setter.canvas.drawString(72, setter._y - 4, str(number))
        setter.paragraph(text, indent=40)
    assert numbered_and_text(found_in(setter)) == [(str(n), t) for n, t in enumerate(texts, 1)]


def test_a_column_of_prose_beside_who_answers_for_it_is_kept():
    setter = Typesetter()
    setter.heading("Areas for priority action")
    setter.table(
        [
            (
                "The council and\nits partners",
                "Leaders must make sure that plans are kept\nup to date.",
            ),
            (
                "The health board",
                "Health leaders must cut the waiting times\nfor all of the children.",
            ),
        ],
        (0, 200),
    )
    structure = found_in(setter)
    assert [(p.kind, p.text) for p in structure.paragraphs] == [
        ("recommendation", "Leaders must make sure that plans are kept up to date."),
        ("recommendation", "Health leaders must cut the waiting times for all of the children."),
    ]


def test_rows_of_a_table_part_the_prose_in_it():
    """No space and no short line parts the rows: only the other column does."""
    setter = Typesetter(Sheet(gap=0))
    first = "Leaders must make sure that all of the plans are up to date, and\nthat "
    first += "they reflect what each of the children in the area needs now."
    second = "Health leaders must make sure that all of the children who wait\nhave help."
    setter.table([("The council", first), ("The board", second)], (0, 90), centred=False)
    texts = [paragraph.text for paragraph in found_in(setter).paragraphs]
    assert texts == [first.replace("\n", " "), second.replace("\n", " ")]


def test_a_heading_beside_its_grade_is_kept():
    setter, prose = Typesetter(), Prose()
    setter.table([("Overall effectiveness", "Grade 2 (Good)")], (0, 300), font=1)
    setter.paragraph(prose.paragraph(), "1.")
    structure = found_in(setter)
    assert structure.paragraphs[0].heading == "Overall effectiveness"
    assert "Grade 2 (Good)" in [aside.text for aside in structure.set_aside]


def test_the_note_of_a_heading_goes_to_the_first_paragraph_under_it():
    setter, prose = Typesetter(), Prose()
    setter.note("1", "What these areas are checked against.")
    setter.heading("What needs to improve?{1}", 14.0)
    setter.paragraph(prose.paragraph(), "•", hang=18)
    setter.paragraph(prose.paragraph(), "•", hang=18)
    first, second = found_in(setter).paragraphs
    assert first.heading == "What needs to improve?"
    assert first.notes == ("What these areas are checked against.",)
    assert second.notes == ()


def test_a_justified_line_broken_by_hand_stays_in_its_paragraph():
    setter = Typesetter()
    lines = [
        "Children and young people who live in the area know their plans and the",
        "local authority",
        "has made sure that all of the plans for them are kept up to date by those",
        "who know them well.",
    ]
    for line in lines:
        fill = 0.0 if line is lines[-1] else setter._measure
        setter._draw(line, 0.0, setter._y, 12, 0, fill=fill)
        setter.space(14.5)
    structure = found_in(setter)
    assert [paragraph.text for paragraph in structure.paragraphs] == [" ".join(lines)]


def test_gaps_repeats_and_restarts_are_kept_and_said():
    setter, prose = Typesetter(), Prose()
    numbers = [1, 2, 3, 4, 6, 7, 8, 8, 9, 12, 13, 1, 2, 3, 4]
    expected = set_numbered(setter, prose, numbers)
    structure = found_in(setter)
    assert numbered_and_text(structure) == expected
    assert structure.warnings == (
        "paragraph 5 is missing in the source",
        "paragraph number 8 is printed twice in the source",
        "paragraphs 10 to 11 are missing in the source",
        "the paragraph numbers begin again at 1 after 13",
    )
    keys = [paragraph.key for paragraph in structure.paragraphs]
    assert keys[:8] == ["p1", "p2", "p3", "p4", "p6", "p7", "p8", "p8-2"]
    assert len(set(keys)) == len(keys)
    assert structure.paragraphs[7].label == "para 8 (2nd of this number)"


def test_a_numbered_list_within_a_paragraph_belongs_to_it():
    setter, prose = Typesetter(), Prose()
    expected = []
    for number in range(1, 13):
        text = prose.paragraph(2)
        setter.paragraph(text, f"{number}.")
        for item in range(1, 4) if number % 5 == 0 else ():
            sub = prose.sentence()
            setter.paragraph(sub, f"{item}.", indent=28, hang=20)
            text += f" {item}. {sub}"
        expected.append((str(number), text))
    assert numbered_and_text(found_in(setter)) == expected


def test_bullets_within_a_numbered_paragraph_belong_to_it_and_others_stand_alone():
    setter = Typesetter()
    setter.heading("Recommendations")
    setter.paragraph("Improve the quality of plans.", "•", hang=18)
    setter.paragraph("Make sure that these hold:", "•", hang=18)
    setter.paragraph("visits are made on time", "•", indent=24, hang=18)
    setter.heading("Findings")
    setter.paragraph("Leaders should check three things:", "1.")
    setter.paragraph("that plans are good", "•", indent=28, hang=18)
    setter.paragraph("that visits are made.", "•", indent=28, hang=18)
    setter.paragraph("Staff know the families well, and they say so.", "2.")
    structure = found_in(setter)
    assert [(p.kind, p.number, p.text, p.label) for p in structure.paragraphs] == [
        (
            "recommendation",
            None,
            "Improve the quality of plans.",
            "1st bullet under 'Recommendations', p. 1",
        ),
        (
            "recommendation",
            None,
            "Make sure that these hold:",
            "2nd bullet under 'Recommendations', p. 1",
        ),
        (
            "recommendation",
            None,
            "visits are made on time",
            "3rd bullet under 'Recommendations', p. 1",
        ),
        (
            "numbered",
            "1",
            "Leaders should check three things: that plans are good that visits are made.",
            "para 1",
        ),
        ("numbered", "2", "Staff know the families well, and they say so.", "para 2"),
    ]


def test_nearest_heading_and_the_one_above_it():
    setter, prose = Typesetter(), Prose()
    setter.heading("Findings", 18.0)
    setter.heading("Help and protection", 14.0)
    setter.paragraph(prose.paragraph(), "1.")
    setter.heading("Leadership", 14.0)
    setter.paragraph(prose.paragraph(), "2.")
    setter.heading("Annex", 18.0)
    setter.paragraph(prose.paragraph(), "3.")
    assert [(p.section, p.heading) for p in found_in(setter).paragraphs] == [
        ("Findings", "Help and protection"),
        ("Findings", "Leadership"),
        (None, "Annex"),
    ]


def test_first_line_indents_part_paragraphs_of_prose():
    setter, prose = Typesetter(Sheet(gap=0)), Prose()
    texts = [prose.paragraph(5) for _ in range(12)]
    for text in texts:
        setter.paragraph(text, first=18)
    assert [p.text for p in found_in(setter).paragraphs] == texts


def test_a_letter_is_read_under_its_headings():
    setter = Typesetter()
    for line in ("Ms A. Sample", "Director of Children's Services", "Dear Ms Sample"):
        setter.paragraph(line)
    setter.heading("Monitoring visit to Newtown", 12.0)
    setter.paragraph("This letter summarises the findings of the visit to the council in May.")
    setter.heading("What needs to improve?", 12.0)
    setter.paragraph("The timeliness of assessments.", "•", hang=18)
    setter.paragraph("Yours sincerely")
    setter.paragraph("B. Sample")
    paragraphs = found_in(setter).paragraphs
    assert [(p.kind, p.heading) for p in paragraphs if p.kind != "boilerplate"] == [
        ("prose", "Monitoring visit to Newtown"),
        ("recommendation", "What needs to improve?"),
    ]
    assert {p.text for p in paragraphs if p.kind == "boilerplate"} == {
        "Ms A. Sample",
        "Director of Children's Services",
        "Dear Ms Sample",
        "Yours sincerely",
        "B. Sample",
    }
    assert all(p.number is None for p in paragraphs)


def test_pages_without_text_are_said():
    setter = Typesetter(Sheet(foot=""))
    setter.paragraph("One page has words.")
    setter.new_page()
    setter.canvas.rect(100, 100, 300, 300, fill=1)
    assert found_in(setter).warnings == ("page 2 has no text: probably scanned",)


def test_every_word_is_in_a_paragraph_a_heading_or_set_aside():
    setter, prose = Typesetter(Sheet(head=HEAD)), Prose()
    setter.heading("Newtown Council", 26.0)
    setter.table([("1. Adoption performance", "Good"), ("2. Leadership", "Good")], (0, 320))
    setter.note("1", "A note.")
    set_numbered(setter, prose, range(1, 10))
    setter.heading("A last heading with nothing under it")
    source = read_source(setter.save(), "a.pdf")
    structure = find_paragraphs(source.pages)
    printed = sorted(" ".join(line.text for p in source.pages for line in p.lines).split())
    kept = [p.text for p in structure.paragraphs]
    kept += [f"{p.number}." for p in structure.paragraphs if p.number]
    kept += list({p.heading for p in structure.paragraphs if p.heading})
    kept += [aside.text for aside in structure.set_aside]
    notes = [aside.text for aside in structure.set_aside if aside.kind == "footnote"]
    assert notes == ["1 A note."]
    assert sorted(" ".join(kept).split()) == sorted([*printed, "1"])  # the note's raised sign


def test_keys_come_from_words_and_not_from_places():
    def keys(*, extra):
        setter = Typesetter()
        setter.heading("Findings")
        if extra:
            setter.paragraph("A paragraph that an older reader had overlooked, now found.")
        setter.paragraph("Leaders know their service well. They have made good plans for it.")
        setter.paragraph("Staff like their work; they say that they are well supported here.")
        return [paragraph.key for paragraph in found_in(setter).paragraphs]

    before, after = keys(extra=False), keys(extra=True)
    assert after[1:] == before
    assert before[0].startswith("leaders-know-their-service-well-")


def test_paragraphs_with_the_same_first_words_have_keys_of_their_own():
    setter = Typesetter()
    for heading in ("Education", "Health"):
        setter.heading(heading)
        setter.paragraph("The arrangements are good.", "•", hang=18)
        setter.paragraph("The arrangements are good.", "•", hang=18)
    keys = [paragraph.key for paragraph in found_in(setter).paragraphs]
    assert len(set(keys)) == 4
    assert keys[1] == f"{keys[0]}-2"
    assert not keys[2].startswith(keys[0])


# --- text files ------------------------------------------------------------------------------

TEXT = """\
Summary

1. The first paragraph is wrapped over two lines and it tells of young people aged
25. Support for them is good.

2. The second paragraph stops where a page does, in the middle of its second sentence,
 which goes on at the top of the next page.

3. The third paragraph tells how the share has fallen through the years, to 16%

(2012–13) and goes on after an empty line that a converter has left there.
 Findings

4. The fourth paragraph is the last one.
"""


def test_a_wrapped_text_file_is_read_paragraph_by_paragraph():
    structure = found_in_text(TEXT)
    assert [(p.number, p.heading) for p in structure.paragraphs] == [
        ("1", "Summary"),
        ("2", "Summary"),
        ("3", "Summary"),
        ("4", "Findings"),
    ]
    assert structure.paragraphs[0].text.endswith("aged 25. Support for them is good.")
    assert structure.paragraphs[1].text.endswith("which goes on at the top of the next page.")
    assert "16% (2012–13) and goes on" in structure.paragraphs[2].text
    assert structure.paragraphs[0].page_start is None
    assert structure.paragraphs[0].boxes == ()


def test_bullets_of_symbol_fonts_are_bullets_in_text_files():
    structure = found_in_text("Summary\n\n\uf06e The first one.\n\n\uf06e The second\none.\n")
    assert [(p.kind, p.text) for p in structure.paragraphs] == [
        ("bullet", "The first one."),
        ("bullet", "The second one."),
    ]


def test_hyphens_and_dashes_at_line_ends_join_without_a_space():
    text = "A multi-\nagency plan for 2014–\n15, with short-\nand long-term aims.\n\nMore.\n"
    assert found_in_text(text).paragraphs[0].text == (
        "A multi-agency plan for 2014–15, with short- and long-term aims."
    )


def test_nothing_gives_nothing():
    assert find_paragraphs([]).paragraphs == ()
