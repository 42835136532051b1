"""Quoted phrases are found as they are written, and all of them."""

import pytest

TEXTS = (
    "In 43% of cases, a visit was late.",
    "The 43 children were seen within 5 days.",
    "It cost £43,000 a year, or 1.43% of the budget.",
    "The children’s home is a “good” home for looked-after children.",
    "A home for childrens of looked\u00a0after  parents; 143 cases and 43.5 hours.",
)


@pytest.fixture
def library(shelf):
    shelf.put(shelf.document("a.pdf", *TEXTS))
    return shelf.open()


@pytest.mark.parametrize(
    ("phrase", "numbers"),
    [
        ("43%", "1"),
        ("43", "12"),
        ("£43,000", "3"),
        ("£43", ""),
        ("1.43%", "3"),
        ("143 cases", "5"),
        ("children's home", "4"),
        ("children’s home is a good home", "4"),
        ("looked after", "45"),
        ("Looked–After", "45"),
        ("43% of cases", "1"),
        ("43 of cases", ""),
        ("within 5 days.", "2"),
        ("a visit was late", "1"),
        ("cases, a visit", "1"),
        ("cases a visit", ""),
        ("visits were late", ""),
        ("%", "13"),
        ("£", "3"),
        ("_", ""),
        ("'", ""),
    ],
)
def test_a_phrase_is_found_as_it_is_written(library, phrase, numbers):
    found = library.search(f'cost "{phrase}"', top_k=9)
    assert "".join(sorted(hit.number for hit in found)) == numbers


def test_every_phrase_must_occur(library):
    found = library.search('"43" and "children"', top_k=9)
    assert [hit.number for hit in found] == ["2"]


def test_all_paragraphs_that_hold_a_phrase_are_found(shelf):
    shelf.put(shelf.document("a.pdf", *(f"Visit {n} came too late." for n in range(450))))
    assert len(shelf.open().search('"came too late"', top_k=1000)) == 450


def test_very_many_phrases_are_no_trouble(library):
    phrases = " ".join(f'"{n}"' for n in range(700))
    assert library.search(phrases) == []
