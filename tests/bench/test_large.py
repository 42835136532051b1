"""Libraries made for the bench, its table and its chart."""

from xml.etree import ElementTree

import numpy as np
import pytest

from bench import made
from bench.chart import chart
from bench.large import figures, rows
from bench.made import Around, Real, make_library
from index.library import Library
from index.schema import open_reader
from index.store import Store
from tests.index.conftest import Shelf


@pytest.fixture
def real(tmp_path) -> Real:
    (tmp_path / "shelf").mkdir()
    shelf = Shelf(tmp_path / "shelf")
    texts = [f"Care leavers live in {n} hotels. Social workers visit {n} homes." for n in range(40)]
    shelf.put(shelf.document("a.pdf", *texts[:15]), shelf.document("b.pdf", *texts[15:]))
    return Real.of(shelf.folder)


def test_a_library_has_as_many_paragraphs_as_are_wanted(real, tmp_path):
    make_library(real, 100, tmp_path / "made")
    info = Library.open(tmp_path / "made").info()
    assert (info.paragraphs, info.passages) == (100, 100)
    assert info.documents > 3


def test_copies_are_documents_of_their_own_with_vectors_of_their_own(real, tmp_path, monkeypatch):
    monkeypatch.setattr(made, "WRITTEN", 50)
    make_library(real, 150, tmp_path / "made")
    library = Library.open(tmp_path / "made")
    assert library.info().paragraphs == 150
    names = [card.document.document_id for card in library.documents()]
    assert len(set(names)) == len(names)
    store = Store(open_reader(tmp_path / "made"))
    ((ids, vectors),) = store.vectors().batches()
    assert ids.tolist() == list(range(1, 151))
    assert len(np.unique(vectors.round(5), axis=0)) == 150
    one, *copies = [row[0] for row in store.connection.execute("SELECT text FROM paragraph")][::50]
    assert copies == [one, one]
    counts = store.tallies.vocabulary()
    texts = [text.lower() for text in store.texts()]
    assert counts["hotels"] == sum("hotels" in text.split() or "hotels." in text for text in texts)


def test_vectors_are_drawn_near_real_ones(real):
    drawn = Around(real.vectors).draw(50)
    assert np.allclose(np.linalg.norm(drawn, axis=1), 1, atol=1e-5)
    assert (drawn @ real.vectors.T).max(axis=1).min() > 0.5


def test_a_figure_stands_beside_its_target():
    table = rows({1_000_000: {"open": 2.5, "recall": 0.997}})
    by_name = {row[0]: row[1] for row in table}
    assert by_name["open, s"] == "2.50 (5)"
    assert by_name["recall@10 against exact"] == "0.997 (0.99)"
    assert by_name["disk, GB"] == ""


def test_the_chart_is_an_image_with_every_value():
    drawn = chart([("open, s", {10: 0.1, 100: 1.0}, {100: 2.0}), ("disk <GB>", {10: 3.0}, {})])
    root = ElementTree.fromstring(drawn)  # noqa: S314 - our own
    titles = [one.text for one in root.iter() if one.tag.endswith("title")]
    assert titles == ["10: 0.1", "100: 1", "target for 100: 2", "10: 3"]


def test_a_recall_below_its_target_and_a_time_above_it_are_missed():
    found = {1_000_000: {"search": 80.0, "authority": 80.1, "recall": 0.99, "recall_years": 0.989}}
    assert {one.name for one in figures(found) if not one.is_met} == {
        "with an authority, ms (p50) at 1,000,000",
        "recall@10 with years at 1,000,000",
    }
