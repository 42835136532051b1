"""Items of lists whose lead-in is a paragraph of its own."""

from answer.lead_in import lead_ins, with_lead_ins
from answer.model import Sentence
from index.model import CitedParagraph
from ingest.model import Paragraph
from tests.answer.hits import hit

ITEMS = (
    ("prose", "There are 500 children in care. This is more than before. Of this number:"),
    ("bullet", "eight live in children's homes"),
    ("bullet", "none live in residential schools"),
)


class Shelf:
    """A library of one list."""

    def __init__(self, items):
        self.cited = [
            CitedParagraph(
                paragraph_id=f"report#p{number}",
                document_id="report",
                paragraph=Paragraph(f"p{number}", None, kind, "Children in care", text),
                citation=f"Wandsworth 2016, place {number}",
                full_citation="",
            )
            for number, (kind, text) in enumerate(items, 1)
        ]

    def neighbours(self, paragraph_id, before=1, after=1):
        at = [one.paragraph_id for one in self.cited].index(paragraph_id)
        return self.cited[max(0, at - before) : at + after + 1]


def led(items, number, most=5):
    kind, text = items[number - 1]
    found = hit(text, number, kind=kind, heading="Children in care")
    quoted = [Sentence(text, (found.paragraph_id,))]
    return with_lead_ins(quoted, [found], lead_ins(Shelf(items), [found]), most)


def test_an_item_goes_with_what_leads_into_its_list():
    sentences, hits = led(ITEMS, 3)
    assert [sentence.text for sentence in sentences] == [
        "There are 500 children in care.",
        "This is more than before.",
        "Of this number:",
        "none live in residential schools",
    ]
    assert {key for one in sentences for key in one.citations} == {"report#p1", "report#p3"}
    assert hits[1].citation == "Wandsworth 2016, place 1"
    assert hits[1].text == ITEMS[0][1]


def test_a_lead_in_is_never_left_without_its_item():
    sentences, _ = led(ITEMS, 3, most=3)
    assert not any(sentence.text.endswith(":") for sentence in sentences)


def test_an_item_that_is_a_sentence_stands_alone():
    items = (ITEMS[0], ("bullet", "Eight live in children's homes."))
    assert len(led(items, 2)[0]) == 1


def test_nothing_is_added_where_no_list_is_led_into():
    items = (("prose", "There are 500 children in care."), *ITEMS[1:])
    assert len(led(items, 3)[0]) == 1
