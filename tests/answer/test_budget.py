import hashlib
import json
import socket
from pathlib import Path

import pytest

from answer import budget
from answer.budget import token_counter

# How many tokens cl100k_base counts, by tiktoken 0.14.0 with the ranks of hash 223921b7...
CL100K = json.loads(
    (Path(__file__).parent.parent / "golden" / "cl100k.json").read_text(encoding="utf-8")
)


@pytest.fixture(autouse=True)
def counted_afresh(monkeypatch):
    """No ranks in the cache, no network, no counter of another test."""
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", "")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: pytest.fail("asked the network"))
    token_counter.cache_clear()
    yield
    token_counter.cache_clear()


def gold_texts(shared):
    for path in sorted((shared / "gold" / "dev").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        yield path.name, "\n\n".join(one["text"] for one in gold["paragraphs"])


def above(texts) -> dict[str, float]:
    """By how many per cent the estimate lies above the true count."""
    count = token_counter().count
    return {name: 100 * (count(text) / CL100K[name] - 1) for name, text in texts}


def test_without_ranks_in_the_cache_the_count_is_an_estimate():
    assert token_counter().estimate
    assert token_counter().encoding.name == "pilcrow_estimate"


def test_the_estimate_lies_close_above_the_true_count_of_the_documents_that_ship(corpus):
    found = above((path.name, path.read_text(encoding="utf-8")) for path in corpus.glob("*.txt"))
    assert len(found) == 5
    assert all(-2 <= share <= 15 for share in found.values()), found


def test_the_estimate_lies_close_above_the_true_count_of_other_authorities_reports(shared):
    found = above(gold_texts(shared))
    assert len(found) == 12
    assert all(-2 <= share <= 15 for share in found.values()), found


def test_ranks_in_the_cache_are_used_and_are_no_estimate(tmp_path, monkeypatch):
    ranks = budget.ranks_text([*(bytes([byte]) for byte in range(256)), b" c", b" ca"])
    keep(tmp_path, ranks)
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(budget, "_CL100K_SHA256", hashlib.sha256(ranks).hexdigest())
    counter = token_counter()
    assert not counter.estimate
    assert counter.count("a cat") == 3  # a, " ca", t


def test_ranks_in_the_cache_that_are_not_whole_are_left_alone(tmp_path, monkeypatch):
    kept = keep(tmp_path, b"IQ== 0\n")
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    assert token_counter().estimate
    assert kept.read_bytes() == b"IQ== 0\n"


def keep(folder, ranks) -> Path:
    # The name that tiktoken's own loader gives the file: SHA-1 of the address.
    path = folder / "9b5ad71b2ce5302211f9c61530b329a4922fc6a4"
    path.write_bytes(ranks)
    return path


@pytest.mark.parametrize("variable", ["TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR"])
def test_the_cache_is_where_tiktoken_looks(tmp_path, monkeypatch, variable):
    monkeypatch.delenv("TIKTOKEN_CACHE_DIR")
    monkeypatch.delenv("DATA_GYM_CACHE_DIR", raising=False)
    monkeypatch.setenv(variable, str(tmp_path))
    assert budget._cache_folder() == tmp_path


def test_what_a_model_reads_as_a_command_is_counted_as_text():
    assert token_counter().count("<|endoftext|>") > 3


@pytest.mark.parametrize("text", [" " * 1_000_000 + "a", "a" * 300_000, "\ud800", "é😀" * 9000])
def test_hostile_texts_are_counted(text):
    assert token_counter().count(text) >= 1


def test_nothing_is_nothing():
    assert token_counter().count("") == 0
