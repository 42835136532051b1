"""What a build had encoded when it was broken off is not encoded again."""

import numpy as np
import pytest

from index.build import BuildConfig, build
from index.kept import FILE_NAME, KeptVectors
from tests.index.interrupted import HashingEncoder
from tests.index.test_interruption import AUTHORITIES, answers, write

CONFIG = BuildConfig(jobs=1)


class Counting(HashingEncoder):
    """Counts what it encodes, and breaks off after so many calls."""

    def __init__(self, calls: int = 1000) -> None:
        self.calls = calls
        self.encoded: list[str] = []

    def encode(self, texts):
        self.calls -= 1
        if self.calls < 0:
            raise KeyboardInterrupt
        self.encoded += texts
        return super().encode(texts)


def test_a_broken_off_build_is_gone_on_with(tmp_path):
    papers, folder, whole = tmp_path / "papers", tmp_path / "library", tmp_path / "whole"
    papers.mkdir()
    write(papers, AUTHORITIES[:4], 2)
    build([papers], whole, encoder=(once := Counting()), config=CONFIG)
    with pytest.raises(KeyboardInterrupt):
        build([papers], folder, encoder=(first := Counting(calls=2)), config=CONFIG)
    assert first.encoded
    assert (folder / FILE_NAME).is_file()
    build([papers], folder, encoder=(second := Counting()), config=CONFIG)
    assert not {*first.encoded} & {*second.encoded}
    assert sorted(first.encoded + second.encoded) == sorted(once.encoded)
    assert not list(folder.glob(f"{FILE_NAME}*"))
    assert answers(folder) == answers(whole)


def vectors(*keys: bytes) -> dict[bytes, np.ndarray]:
    return {key: np.full(4, number, np.float32) for number, key in enumerate(keys)}


def test_vectors_of_another_model_are_not_taken(tmp_path):
    kept = KeptVectors(tmp_path)
    kept.keep("one", vectors(b"a", b"b"))
    assert kept.of("other", [b"a"]) == {}
    assert {*kept.of("one", [b"a", b"c"])} == {b"a"}
    assert np.array_equal(kept.of("one", [b"b"])[b"b"], np.ones(4))


def test_what_is_damaged_or_no_such_file_is_encoded_again(tmp_path):
    kept = KeptVectors(tmp_path)
    assert kept.of("one", [b"a"]) == {}
    kept.keep("one", {b"a": np.full(400, 7, np.float32)})
    path = tmp_path / FILE_NAME
    content = path.read_bytes()
    place = content.index(np.full(10, 7, np.float32).tobytes()) + 8
    path.write_bytes(content[:place] + b"\xff" + content[place + 1 :])
    assert kept.of("one", [b"a"]) == {}
    path.write_bytes(b"no library of anything" * 400)
    assert kept.of("one", [b"a"]) == {}
    kept.keep("one", vectors(b"a"))
    assert {*kept.of("one", [b"a"])} == {b"a"}
