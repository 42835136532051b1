"""The first candidates read again: what moves, what stays, and how it is switched off."""

from collections.abc import Sequence

import numpy as np
import pytest

from index import library as library_module
from index.library import Library
from index.rerank import reranked
from index.search import Scored, SearchConfig
from tests.index.conftest import Shelf

TEXTS = {1: "a", 2: "b", 3: "c", 4: "d"}
QUESTION = "How long were young people in hotels?"


class FixedReranker:
    """Scores by text, 0 where none is given."""

    name = "fixed"
    sha256 = "0" * 64

    def __init__(self, **scores: float) -> None:
        self.scores = scores
        self.read: list[str] = []

    def score(self, question: str, passages: Sequence[str]) -> np.ndarray:
        self.read += passages
        return np.array([self.scores.get(text, 0.0) for text in passages], np.float32)


def found(*scores: float) -> list[Scored]:
    return [Scored(row, score, 1.0) for row, score in enumerate(scores, start=1)]


def order(*scores: float, rerank: int = 30, weight: float = 1.0, **log_odds: float) -> list[int]:
    config = SearchConfig(rerank=rerank, rerank_weight=weight)
    reranker = FixedReranker(**log_odds)
    texts = {row: TEXTS[row] for row in range(1, len(scores) + 1)}
    result = reranked(found(*scores), texts, "?", reranker, config)
    assert [one.score for one in result] == list(scores)  # places keep their scores
    return [one.row for one in result]


def test_both_scores_count():
    assert order(0.5, 0.49, b=3.0) == [2, 1]
    assert order(0.9, 0.1, b=3.0) == [1, 2]  # far ahead in what was found
    assert order(0.9, 0.1, b=3.0, weight=100) == [2, 1]


def test_nothing_leaves_its_group():
    assert order(2.1, 1.9, 1.8, 0.9, c=500.0, d=999.0) == [1, 3, 2, 4]


def test_what_is_not_read_stays_behind_and_has_no_relevance():
    config = SearchConfig(rerank=2, rerank_weight=1.0)
    reranker = FixedReranker(b=9.0, c=99.0)
    result = reranked(found(0.5, 0.49, 0.48), TEXTS, "?", reranker, config)
    assert [one.row for one in result] == [2, 1, 3]
    assert reranker.read == ["a", "b"]
    assert [one.relevance for one in result] == [pytest.approx(1, abs=1e-3), 0.5, None]


def test_equal_scores_stay_in_their_order():
    assert order(0.5, 0.5, 0.5) == [1, 2, 3]


def test_log_odds_below_nought_keep_the_groups():
    assert order(1.5, 1.4, 0.9, a=-80.0, b=-90.0, c=80.0) == [1, 2, 3]


@pytest.fixture
def library(shelf: Shelf) -> Shelf:
    shelf.put(
        shelf.document("a.pdf", "Young people were in hotels.", "Hotels for young people: weeks.")
    )
    return shelf


def test_a_library_reads_again_more_than_it_shows(library):
    second = "Hotels for young people: weeks."
    reranker = FixedReranker(**{second: 50.0})
    opened = Library.open(library.folder, library.encoder, reranker=reranker)
    hits = opened.search(QUESTION, top_k=1)
    assert [(hit.number, hit.rank) for hit in hits] == [("2", 1)]
    assert hits[0].relevance == pytest.approx(1, abs=1e-3)
    assert len(reranker.read) == 2


def test_it_is_switched_off_by_option_and_by_variable(library, monkeypatch):
    reranker = FixedReranker()
    plain = Library.open(library.folder, library.encoder, SearchConfig(rerank=0), reranker)
    assert plain.search(QUESTION)[0].relevance is None
    monkeypatch.setenv("PILCROW_RERANK", "off")
    off = Library.open(library.folder, library.encoder, reranker=reranker)
    assert off.search(QUESTION)[0].relevance is None
    assert reranker.read == []


def test_our_own_reranker_is_loaded_for_libraries_of_our_own_encoder_alone(
    library, tmp_path, monkeypatch
):
    loaded = []

    def load() -> FixedReranker:
        loaded.append("own")
        return FixedReranker()

    monkeypatch.setattr(library_module, "load_reranker", load)
    monkeypatch.setattr(library_module, "OWN_RERANKER", tmp_path)
    opened = Library.open(library.folder, library.encoder)
    assert opened.search(QUESTION)[0].relevance is None
    assert loaded == []
    monkeypatch.setattr(library_module, "OWN_MODEL", library.encoder.name)
    for _ in range(2):
        assert opened.search(QUESTION)[0].relevance == 0.5
    assert loaded == ["own"]
    monkeypatch.setattr(library_module, "OWN_RERANKER", tmp_path / "none")
    again = Library.open(library.folder, library.encoder)
    assert again.search(QUESTION)[0].relevance is None
