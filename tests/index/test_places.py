"""Which rows a version of a library holds, and which it held before."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.build import remove
from index.corrections import Reading
from index.curate import correct_paragraph
from index.places import Places
from index.schema import open_reader
from index.store import Store


@given(counts=st.lists(st.integers(1, 4), max_size=6), step=st.integers(0, 3))
def test_runs_of_rows_become_every_row_with_its_document(counts, step):
    spans, expected, row = [], [], 1
    for document, count in enumerate(counts, start=1):
        spans.append((document, row, count))
        expected += [(row + more, document) for more in range(count)]
        row += count + step
    places = Places.of(spans[::-1])
    assert list(zip(places.rows.tolist(), places.documents.tolist(), strict=True)) == expected
    held = places.rows[places.within([1, 3, 99])].tolist()
    assert held == [row for row, document in expected if document in (1, 3)]
    assert places.at(places.rows).tolist() == list(range(len(places)))


def rows(shelf) -> list[int]:
    return Store(open_reader(shelf.folder)).places().rows.tolist()


def gone(shelf, since: int) -> list[int]:
    return Store(open_reader(shelf.folder)).gone(since).tolist()


def test_a_row_is_never_given_again(shelf):
    shelf.put(shelf.document("a.pdf", "One.", "Two."), shelf.document("b.pdf", "Three."))
    assert rows(shelf) == [1, 2, 3]
    remove(["b.pdf"], shelf.folder)
    shelf.put(shelf.document("c.pdf", "Four."))
    assert rows(shelf) == [1, 2, 4]
    shelf.put(shelf.document("a.pdf", "Another one."))
    assert rows(shelf) == [4, 5]


def test_what_is_gone_is_known_by_the_version_that_misses_it(shelf):
    shelf.put(shelf.document("a.pdf", "One.", "Two."), shelf.document("b.pdf", "Three."))
    remove(["b.pdf"], shelf.folder)
    shelf.put(shelf.document("a.pdf", "Another one."))
    assert (gone(shelf, 0), gone(shelf, 1), gone(shelf, 2)) == ([1, 2, 3], [1, 2, 3], [1, 2])
    assert gone(shelf, 3) == []


def test_a_paragraph_that_reads_otherwise_gets_a_row_of_its_own(shelf):
    shelf.put(shelf.document("a.pdf", "One.", "Two."), shelf.document("b.pdf", "Three."))
    (card,) = [card for card in shelf.open().documents() if card.document.doc == "a.pdf"]
    name = f"{card.document.document_id}#p1"
    correct_paragraph(shelf.folder, name, Reading("1", "Two hotels."), encoder=shelf.encoder)
    assert rows(shelf) == [2, 3, 4]
    assert gone(shelf, 1) == [1]
    store = Store(open_reader(shelf.folder))
    assert np.unique(np.concatenate([ids for ids, _ in store.vectors().batches()])).tolist() == [
        2,
        3,
        4,
    ]
    places = store.places()
    assert places.documents[places.at(np.array([2, 4]))].tolist() == [1, 1]
    assert shelf.open().search("hotels")[0].text == "Two hotels."
    correct_paragraph(shelf.folder, name, Reading("5", "Two hotels."), encoder=shelf.encoder)
    assert rows(shelf) == [2, 3, 4]  # another number is no other text
