"""Nearest vectors."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.dense import DenseIndex


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def best_of_each(ids, vectors, query, allowed) -> dict[int, float]:
    best: dict[int, float] = {}
    for paragraph, score in zip(ids.tolist(), (vectors @ query).tolist(), strict=True):
        if allowed is None or paragraph in allowed:
            best[paragraph] = max(score, best.get(paragraph, -2.0))
    return best


@given(
    seed=st.integers(0, 10_000),
    size=st.integers(1, 60),
    paragraphs=st.integers(1, 30),
    top_k=st.integers(1, 40),
    filtered=st.booleans(),
)
def test_faiss_finds_what_comparing_with_every_vector_finds(
    seed, size, paragraphs, top_k, filtered
):
    random = np.random.default_rng(seed)
    vectors = unit(random.normal(size=(size, 8)))
    ids = random.integers(0, paragraphs, size)  # several passages under one paragraph
    allowed = np.unique(random.integers(0, paragraphs, 5)) if filtered else None
    query = unit(random.normal(size=(1, 8)))[0]
    found = DenseIndex.build(ids, vectors).search(query, top_k, allowed)
    expected = best_of_each(ids, vectors, query, None if allowed is None else set(allowed.tolist()))
    ordered = sorted(expected.values(), reverse=True)[:top_k]
    assert len(found) == len(ordered)
    assert np.allclose([score for _, score in found], ordered, atol=1e-5)
    assert all(abs(expected[paragraph] - score) < 1e-5 for paragraph, score in found)


def test_a_paragraph_scores_as_its_best_passage():
    index = DenseIndex.build(np.array([5, 5, 7]), np.eye(3, dtype=np.float32))
    query = unit(np.array([[1.0, 0.2, 0.5]]))[0]
    assert [paragraph for paragraph, _ in index.search(query, 10)] == [5, 7]


def test_nothing_allowed_finds_nothing():
    index = DenseIndex.build(np.array([1]), np.eye(1, dtype=np.float32))
    assert index.search(np.ones(1, np.float32), 5, np.array([], np.int64)) == []


def test_an_index_without_vectors_finds_nothing():
    index = DenseIndex.build(np.empty(0, np.int64), np.empty((0, 4), np.float32))
    assert index.search(np.ones(4, np.float32), 5) == []


def test_a_saved_index_finds_the_same(tmp_path):
    vectors = unit(np.random.default_rng(0).normal(size=(20, 8)))
    index = DenseIndex.build(np.arange(20), vectors)
    sha256 = index.save(tmp_path / "vectors.faiss")
    loaded = DenseIndex.load(tmp_path / "vectors.faiss", sha256)
    assert loaded.search(vectors[3], 5) == index.search(vectors[3], 5)
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.faiss"]


def test_a_file_that_is_missing_or_not_the_recorded_one_is_not_loaded(tmp_path):
    path = tmp_path / "vectors.faiss"
    sha256 = DenseIndex.build(np.arange(2), np.eye(2, dtype=np.float32)).save(path)
    assert DenseIndex.load(tmp_path / "none.faiss", sha256) is None
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert DenseIndex.load(path, sha256) is None
