"""The words of a library lie in a file, which fits the tables or is made again from them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index import words
from index.bm25 import Bm25Config
from index.build import remove
from index.postings import Postings, Tokens
from index.words import NOTHING, keep_words, open_words, recorded
from tests.index.conftest import numbered

SAID = [[("staff",), ("leave", "go away"), ("visit 7",)], [("the",)]]


@pytest.fixture(params=["read", "mapped"], autouse=True)
def size_of_mapped_files(request, monkeypatch):
    monkeypatch.setattr(words, "_MAPPED", 0 if request.param == "mapped" else 1 << 20)


@pytest.fixture
def hundred(shelf):
    """A library of a hundred paragraphs, of which two may follow its file."""
    shelf.put(shelf.document("a.pdf", *(f"Staff leave after visit {n}." for n in range(100))))
    return shelf


def files(shelf):
    return sorted(shelf.folder.glob(words.FILES))


def scored(shelf, former=NOTHING, anew=False):
    """What is scored and the run that was used: through the file or without it."""
    store = shelf.store()
    rows = store.places().rows
    folder = shelf.files if anew else shelf.folder
    index, base = open_words(store, folder, rows, former)
    store.connection.close()
    return [index.score(concepts, Bm25Config()).scores.tolist() for concepts in SAID], base


def check(shelf):
    """The file fits, and is the one that would be made anew; the run in it."""
    found, base = scored(shelf)
    without, nothing = scored(shelf, anew=True)
    assert found == without
    assert nothing is NOTHING
    assert files(shelf) == [base.record.path(shelf.folder)]
    return base


def test_the_first_words_are_in_the_file(hundred):
    assert check(hundred).postings.size == 100


def test_a_few_more_paragraphs_wait_beside_the_file(hundred):
    before = files(hundred)
    hundred.put(hundred.document("b.pdf", "Staff go away.", "Nobody leaves."))
    assert files(hundred) == before
    assert check(hundred).postings.size == 100
    assert hundred.open().search('"go away"')[0].doc == "b.pdf"


def test_many_more_paragraphs_are_taken_into_it(hundred):
    for n in range(3):
        hundred.put(hundred.document(f"b{n}.pdf", f"Staff go away {n} times."))
    assert check(hundred).postings.size == 103


def test_what_is_removed_leaves_it_at_once(hundred):
    hundred.put(hundred.document("b.pdf", *(f"Toboggans {n}." for n in range(50))))
    hundred.put(hundred.document("c.pdf", "Bobsleighs."))
    remove(["b.pdf"], hundred.folder)
    assert check(hundred).postings.size == 101
    assert b"toboggan" not in files(hundred)[0].read_bytes()


def test_a_replaced_document_is_found_by_its_new_words(hundred):
    hundred.put(hundred.document("a.pdf", "Staff go away.", *["Nobody stays."] * 99))
    assert check(hundred).postings.size == 100
    assert hundred.open().search('"staff leave"') == []


def test_it_is_the_file_that_would_be_made_of_the_tables_alone(hundred):
    hundred.put(hundred.document("b.pdf", *(f"Toboggans {n}." for n in range(50))))
    hundred.put(hundred.document("a.pdf", "Staff go away."))
    (grown,) = files(hundred)
    content = grown.read_bytes()
    grown.unlink()
    store = hundred.store()
    keep_words(store, hundred.folder, store.version())
    store.connection.close()
    assert grown.read_bytes() == content


def test_headings_do_not_count(shelf):
    shelf.put(shelf.document("a.pdf", numbered(1, "Text.", heading="The staff")))
    assert scored(shelf)[0] == [[0], [0]]


@pytest.mark.parametrize("place", [0, 0.2, 0.4, 0.6, 0.8, 1])
def test_a_damaged_file_is_not_believed_and_the_next_change_makes_it_again(hundred, place):
    (path,) = files(hundred)
    content = bytearray(path.read_bytes())
    content[int(place * (len(content) - 1))] ^= 1
    path.write_bytes(content)
    found, base = scored(hundred)
    assert base is NOTHING
    assert found == scored(hundred, anew=True)[0]
    hundred.put(hundred.document("b.pdf", "Staff go away."))
    assert check(hundred).postings.size == 101


def test_a_missing_file_is_made_again_by_the_next_change(hundred):
    files(hundred)[0].unlink()
    assert len(hundred.open().search("staff", top_k=200)) == 100
    hundred.put(hundred.document("b.pdf", "Staff go away."))
    assert check(hundred).postings.size == 101


def test_a_file_that_does_not_fit_the_tables_is_not_used(hundred):
    store = hundred.store()
    store.connection.execute("DELETE FROM paragraph WHERE text LIKE '% 7.'")
    index, base = open_words(store, hundred.folder, store.places().rows)
    store.connection.close()
    assert base is NOTHING
    assert index.holding(["staff"]).tolist() == [1, 2, 3, 4, 5, 6, 7, *range(9, 101)]


def test_a_file_of_another_layout_is_made_again(hundred, monkeypatch):
    with monkeypatch.context() as later:
        later.setattr(words, "_LAYOUT", words._LAYOUT + 1)
        assert scored(hundred)[1] is NOTHING
        assert len(hundred.open().search("staff", top_k=200)) == 100
        hundred.put(hundred.document("b.pdf", "Staff go away."))
    assert "b.pdf" in {hit.doc for hit in hundred.open().search("staff go away")}


def test_a_file_at_hand_is_not_opened_again(hundred):
    _, base = scored(hundred)
    hundred.put(hundred.document("b.pdf", "Staff go away."))
    files(hundred)[0].unlink()
    found, again = scored(hundred, former=base)
    assert again is base
    assert found == scored(hundred, anew=True)[0]


def test_a_search_goes_on_while_the_file_is_replaced(hundred):
    library = hundred.open()
    assert library.search('"visit 7"')[0].number == "8"
    for n in range(5):
        hundred.put(hundred.document("a.pdf", *(f"Visit {n}{m}." for m in range(60 + n))))
        assert [hit.number for hit in library.search(f'"visit {n}7"')] == ["8"]
        assert len(files(hundred)) == 1


def test_nothing_is_recorded_of_a_change_that_was_not_committed(hundred):
    store = hundred.store()
    before = recorded(store)
    store.delete(1)
    keep_words(store, hundred.folder, store.version() + 1)
    store.connection.close()
    store = hundred.store()
    assert recorded(store) == before
    store.connection.close()
    assert scored(hundred)[0] == scored(hundred, anew=True)[0]


some_words = st.sampled_from(["staff", "leave", "looked-after", "bed", "and", "–", "Zoë’s"])
some_texts = st.lists(st.lists(some_words, max_size=6).map(" ".join), max_size=6)


@settings(deadline=None)
@given(some_texts, some_texts, st.data())
def test_words_taken_out_and_added_are_those_of_the_texts_that_are_left(first, then, data):
    gone = data.draw(st.lists(st.booleans(), min_size=len(first), max_size=len(first)))
    kept = [text for text, out in zip(first, gone, strict=True) if not out]
    base = Postings.of(Tokens.read(iter(first)).sorted()).tokens
    changed = base.without(np.array(gone, np.bool_)).followed_by(Tokens.read(iter(then))).sorted()
    made = Tokens.read(iter([*kept, *then])).sorted()
    assert changed.stems == made.stems
    assert np.array_equal(changed.stream, made.stream)
    assert np.array_equal(changed.starts, made.starts)
