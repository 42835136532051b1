import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.stems import StemReader, stems, stems_of


def test_a_text_becomes_its_stems_in_order():
    assert stems("Care leavers’ placements") == ("care", "leaver", "placement")
    assert stems("bed and breakfast") == ("bed", "and", "breakfast")


def test_texts_together_become_what_each_becomes():
    texts = ["Care leavers", "", "bed and breakfast", "Care leavers"]
    assert stems_of(texts) == [stems(text) for text in texts]
    assert stems_of([]) == []


def test_accents_and_case_are_dropped():
    assert stems("Zoë CAFÉ") == ("zoe", "cafe")


def test_what_holds_no_word_has_no_stems():
    assert stems(" ?! ") == ()


def test_a_text_that_cannot_be_read_leaves_the_next_to_be_read():
    with pytest.raises(UnicodeEncodeError):
        stems("half of a character \ud800")
    assert stems("another") == ("anoth",)


def read(texts):
    """The stems of each text, by the reader of many, without the empty one at its end."""
    reader = StemReader()
    streams, widths = zip(*(reader.read(batch) for batch in (texts[:2], texts[2:])), strict=True)
    names = list(reader.numbers)
    found = iter([names[number] for stream in streams for number in stream])
    each = [tuple(next(found) for _ in range(width)) for many in widths for width in many]
    assert {one[-1] for one in each} <= {""}
    return [one[:-1] for one in each]


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_many_texts_are_read_as_each_of_them(texts):
    assert read(texts) == [stems(text) for text in texts]


def test_words_that_are_met_again_keep_their_number():
    reader = StemReader()
    (first, _), (again, widths) = reader.read(["Staff left"]), reader.read(["left", "", "Staff's"])
    assert again.tolist()[:4] == [first[1], 0, 0, first[0]]
    assert widths.tolist() == [2, 1, 3]
