"""A copy of a library with another encoder's vectors."""

from index.library import Library
from index.reembed import reembedded
from tests.index.conftest import KeywordEncoder, Shelf


def test_a_copy_keeps_all_but_the_vectors(shelf: Shelf, tmp_path):
    shelf.put(shelf.document("a.pdf", "Beds and hotels.", "Staff and managers.", title="By hand"))
    library = shelf.open()
    other = KeywordEncoder("other", dim=64)
    copy = reembedded(library, other, tmp_path / "copy")
    assert (copy.info().model, copy.info().dim) == ("other", 64)
    assert [c.document for c in copy.documents()] == [c.document for c in library.documents()]
    assert [hit.paragraph_id for hit in copy.search("hotels")] == [
        hit.paragraph_id for hit in library.search("hotels")
    ]
    assert set(other.encoded) == {"Beds and hotels.", "Staff and managers."}
    assert Library.open(shelf.folder).info() == library.info()  # as it was


def test_it_takes_part_in_no_later_version(shelf: Shelf, tmp_path):
    shelf.put(shelf.document("a.pdf", "Beds."))
    copy = reembedded(shelf.open(), KeywordEncoder("other"), tmp_path / "copy")
    shelf.put(shelf.document("b.pdf", "Hotels."))
    assert len(copy.documents()) == 1
