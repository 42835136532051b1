"""How a reader finds a paragraph again."""

from ingest.labels import labelled
from ingest.model import Paragraph


def prose(text, heading, number=None, page=None):
    kind = "numbered" if number else "prose"
    return Paragraph(key="", number=number, kind=kind, heading=heading, text=text, page_start=page)


def test_two_headings_of_the_same_words_are_told_apart():
    paragraphs = labelled(
        [
            prose("Services are good.", "Summary"),
            prose("Leaders are new.", "Summary"),
            prose("Homes are warm.", "Findings", number="1"),
            prose("Homes are few.", "Summary"),
            prose("Staff stay.", "Leadership"),
        ]
    )
    assert [paragraph.label for paragraph in paragraphs] == [
        "1st paragraph under the 1st 'Summary'",
        "2nd paragraph under the 1st 'Summary'",
        "para 1",
        "1st paragraph under the 2nd 'Summary'",
        "1st paragraph under 'Leadership'",
    ]


def test_a_page_is_enough_to_tell_two_headings_apart():
    paragraphs = labelled(
        [
            prose("Services are good.", "Summary", page=2),
            prose("Homes are warm.", "Findings", number="1", page=3),
            prose("Homes are few.", "Summary", page=4),
        ]
    )
    assert paragraphs[0].label == "1st paragraph under 'Summary', p. 2"
    assert paragraphs[2].label == "1st paragraph under 'Summary', p. 4"


def test_a_key_is_made_of_words_and_not_of_a_count():
    first = prose("Too many care leavers live in bed and breakfast homes.", "Summary")
    alone = labelled([first])[0].key
    among = labelled([prose("Services are good.", "Summary"), first])[1].key
    assert alone == among
    assert alone.startswith("too-many-care-leavers-live-")


def test_paragraphs_of_the_same_words_have_keys_of_their_own():
    twice = [prose("Services are good.", "Summary"), prose("Services are good.", "Findings")]
    assert len({paragraph.key for paragraph in labelled(twice)}) == 2


def test_recommendations_are_counted_as_the_bullets_or_paragraphs_that_a_reader_sees():
    def advice(text):
        return Paragraph("", None, "recommendation", "What needs to improve?", text, page_start=2)

    texts = ["The council should improve:", "the help for families", "visits"]
    paragraphs = labelled([advice(text) for text in texts], bullets={1, 2})
    assert [paragraph.label for paragraph in paragraphs] == [
        "1st paragraph under 'What needs to improve?', p. 2",
        "1st bullet under 'What needs to improve?', p. 2",
        "2nd bullet under 'What needs to improve?', p. 2",
    ]


def test_what_stands_under_no_heading_is_counted_on():
    paragraphs = labelled(
        [
            prose("Services are good.", None),
            prose("Homes are few.", "Summary"),
            prose("Staff stay.", None),
        ]
    )
    assert [paragraphs[0].label, paragraphs[2].label] == ["1st paragraph", "2nd paragraph"]
