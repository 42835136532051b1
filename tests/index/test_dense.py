"""Nearest vectors."""

import faiss
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import dense
from index.dense import DenseIndex, HeldVectors


def unit(rows: np.ndarray) -> np.ndarray:
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def best_of_each(ids, vectors, query, allowed) -> dict[int, float]:
    best: dict[int, float] = {}
    for paragraph, score in zip(ids.tolist(), (vectors @ query).tolist(), strict=True):
        if allowed is None or paragraph in allowed:
            best[paragraph] = max(score, best.get(paragraph, -2.0))
    return best


def exact(ids: np.ndarray, vectors: np.ndarray) -> DenseIndex:
    return DenseIndex.exact(HeldVectors(ids, vectors))


@given(
    seed=st.integers(0, 10_000),
    size=st.integers(1, 60),
    paragraphs=st.integers(1, 30),
    top_k=st.integers(1, 40),
    filtered=st.booleans(),
    few=st.sampled_from([0, 1000]),  # all looked up, all looked through
)
def test_faiss_finds_what_comparing_with_every_vector_finds(
    *, seed, size, paragraphs, top_k, filtered, few
):
    random = np.random.default_rng(seed)
    vectors = unit(random.normal(size=(size, 8)))
    ids = random.integers(0, paragraphs, size)  # several passages under one paragraph
    allowed = np.unique(random.integers(0, paragraphs, 5)) if filtered else None
    query = unit(random.normal(size=(1, 8)))[0]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dense, "_FEW", few)
        rows, cosines = exact(ids, vectors).search(query, top_k, allowed)
    expected = best_of_each(ids, vectors, query, None if allowed is None else set(allowed.tolist()))
    ordered = sorted(expected.values(), reverse=True)[:top_k]
    assert len({*rows.tolist()}) == len(rows) == len(ordered)
    assert np.allclose(cosines, ordered, atol=1e-5)
    assert np.allclose(cosines, [expected[row] for row in rows.tolist()], atol=1e-5)


def test_a_paragraph_scores_as_its_best_passage():
    index = exact(np.array([5, 5, 7]), np.eye(3, dtype=np.float32))
    query = unit(np.array([[1.0, 0.2, 0.5]]))[0]
    assert index.search(query, 10)[0].tolist() == [5, 7]


def test_one_question_is_searched_by_one_thread_and_builds_keep_all_of_theirs(monkeypatch):
    """Others would only wait for each other; see bench.load for what that costs."""
    index = exact(np.array([1, 2]), np.eye(2, dtype=np.float32))
    threads, search = [], type(index._index).search

    def counting(self, *args, **more):
        threads.append(faiss.omp_get_max_threads())
        return search(self, *args, **more)

    monkeypatch.setattr(type(index._index), "search", counting)
    before = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(3)
    try:
        index.search(np.ones(2, np.float32), 1)
        assert (threads, faiss.omp_get_max_threads()) == ([1], 3)
    finally:
        faiss.omp_set_num_threads(before)


def test_what_few_are_allowed_to_be_found_changes_with_what_is_added_and_removed(monkeypatch):
    monkeypatch.setattr(dense, "_FEW", 0)
    vectors = np.eye(4, dtype=np.float32)
    index = exact(np.array([9, 5, 7]), vectors[:3])
    allowed, query = np.array([6, 7, 8, 9]), unit(np.array([[1.0, 0.2, 0.5, 0.8]]))[0]
    assert index.search(query, 5, allowed)[0].tolist() == [9, 7]
    index.remove(np.array([9]))
    index.add(np.array([8]), vectors[3:])
    assert index.search(query, 5, allowed)[0].tolist() == [8, 7]
    assert not len(index.search(query, 5, np.array([9]))[0])


def test_nothing_allowed_finds_nothing():
    index = exact(np.array([1]), np.eye(1, dtype=np.float32))
    assert not len(index.search(np.ones(1, np.float32), 5, np.array([], np.int64))[0])


def test_an_index_without_vectors_finds_nothing():
    index = exact(np.empty(0, np.int64), np.empty((0, 4), np.float32))
    assert not len(index.search(np.ones(4, np.float32), 5)[0])


def test_a_saved_index_finds_the_same(tmp_path):
    vectors = unit(np.random.default_rng(0).normal(size=(20, 8)))
    index = exact(np.arange(20), vectors)
    sha256 = index.save(tmp_path / "vectors.faiss")
    for mapped in (True, False):
        loaded = DenseIndex.load(tmp_path / "vectors.faiss", sha256, mapped=mapped)
        for mine, theirs in zip(
            loaded.search(vectors[3], 5), index.search(vectors[3], 5), strict=True
        ):
            assert mine.tolist() == theirs.tolist()
    assert [path.name for path in tmp_path.iterdir()] == ["vectors.faiss"]


def test_a_file_that_is_missing_or_not_the_recorded_one_is_not_loaded(tmp_path):
    path = tmp_path / "vectors.faiss"
    sha256 = exact(np.arange(2), np.eye(2, dtype=np.float32)).save(path)
    assert DenseIndex.load(tmp_path / "none.faiss", sha256) is None
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    assert DenseIndex.load(path, sha256) is None


def test_every_passage_is_told(tmp_path):
    ids, vectors = np.array([5, 5, 7]), np.eye(3, dtype=np.float32)
    rows, cosines = exact(ids, vectors).all(vectors[1])
    assert sorted(zip(rows.tolist(), cosines.tolist(), strict=True)) == [(5, 0), (5, 1), (7, 0)]


COUNT, DIM = 6000, 32


@pytest.fixture(scope="module")
def sorted_into_lists() -> tuple[DenseIndex, float, np.ndarray]:
    """Vectors around a few hundred centres, as paragraphs lie around their subjects."""
    random = np.random.default_rng(1)
    centres = random.normal(size=(300, DIM))
    vectors = unit(centres[random.integers(0, 300, COUNT)] + 0.5 * random.normal(size=(COUNT, DIM)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dense, "EXACT_UP_TO", 1000)
        index, recall = DenseIndex.build(HeldVectors(np.arange(COUNT), vectors))
    return index, recall, vectors


def recall_at_10(index: DenseIndex, vectors: np.ndarray, allowed: np.ndarray | None) -> float:
    among = np.arange(COUNT) if allowed is None else allowed
    shares = []
    for query in unit(vectors[:100] + vectors[100:200]):
        found = {*index.search(query, 10, allowed)[0].tolist()}
        best = among[np.argsort(-(vectors[among] @ query))[:10]]
        shares.append(len(found & set(best.tolist())) / len(best))
    return float(np.mean(shares))


def test_lists_of_near_vectors_find_nearly_all_that_comparing_with_every_one_finds(
    sorted_into_lists,
):
    index, recall, vectors = sorted_into_lists
    assert index.lists == 128
    assert index.kind.startswith("inverted file")
    assert recall >= dense.RECALL
    assert recall_at_10(index, vectors, None) >= 0.99


@pytest.mark.parametrize("share", [2, 10, 300, 3000])
def test_whatever_a_filter_leaves_nearly_all_of_it_is_found(sorted_into_lists, share):
    index, _, vectors = sorted_into_lists
    allowed = np.arange(0, COUNT, share)
    assert recall_at_10(index, vectors, allowed) >= 0.99


@pytest.fixture(scope="module")
def few_subjects() -> tuple[DenseIndex, np.ndarray, np.ndarray]:
    """Many vectors around sixty centres, and the centre of each."""
    random = np.random.default_rng(0)
    centres = random.normal(size=(60, 24))
    subject = random.integers(0, 60, 45_000)
    vectors = unit(centres[subject] + 0.7 * random.normal(size=(45_000, 24)))
    return DenseIndex.build(HeldVectors(np.arange(45_000), vectors))[0], vectors, subject


@pytest.mark.parametrize("subjects", [3, 6, 30])
def test_a_filter_by_subject_finds_what_lies_far_from_the_question(few_subjects, subjects):
    index, vectors, subject = few_subjects
    allowed = np.flatnonzero(subject < subjects)
    shares = []
    for query in vectors[:200]:
        found = index.search(query, 200, allowed)[0].tolist()
        best = allowed[np.argsort(-(vectors[allowed] @ query))[:10]]
        assert len(found) == 200
        shares.append(len({*found[:10]} & {*best.tolist()}) / 10)
    assert np.mean(shares) >= 0.99


def test_lists_lose_what_is_removed_and_find_what_is_added(sorted_into_lists, tmp_path):
    index, _, vectors = sorted_into_lists
    sha256 = index.save(tmp_path / "vectors.faiss")
    changed = DenseIndex.load(tmp_path / "vectors.faiss", sha256, mapped=False)
    changed.remove(np.array([3]))
    changed.add(np.array([COUNT]), vectors[4:5])
    assert changed.size == COUNT
    assert 3 not in changed.all(vectors[3])[0]
    assert {*changed.search(vectors[4], 2)[0].tolist()} == {4, COUNT}


def test_lists_come_with_size_and_seldom_change():
    assert dense.lists_for(dense.EXACT_UP_TO) == 0
    assert [dense.lists_for(size) for size in (100_000, 300_000, 1_000_000)] == [512, 1024, 2048]


def test_an_index_too_large_for_its_disk_is_an_oserror_and_leaves_nothing(tmp_path):
    resource = pytest.importorskip("resource")
    index = exact(np.arange(2000), unit(np.random.default_rng(1).normal(size=(2000, 64))))
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))  # Python ignores its signal
    try:
        with pytest.raises(OSError, match="too large"):
            index.save(tmp_path / "passages-1.faiss")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not [*tmp_path.iterdir()]
