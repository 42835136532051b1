"""A library of the documents that ship, with an encoder that only counts words."""

import re
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.library import Library
from tests.chat_server import chat_server

WORD = re.compile(r"\w+")


class CountingEncoder:
    """A text's vector counts its words: what shares words is near, and nothing is loaded."""

    name = "counting words"
    sha256 = "0" * 64
    dim = 512
    max_tokens = 200

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in WORD.finditer(text)]

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        return np.stack([self.encode_query(text) for text in texts])

    def encode_query(self, text: str) -> np.ndarray:
        vector = np.zeros(self.dim, np.float32)
        for word in WORD.findall(text.lower()):
            vector[zlib.crc32(word.encode()) % self.dim] += 1
        return vector / (np.linalg.norm(vector) or 1)


@pytest.fixture
def chat():
    """A server of a language model."""
    with chat_server() as server:
        yield server


@pytest.fixture
def set_up(chat, monkeypatch):
    """That server is the one that the program finds."""
    monkeypatch.setenv("PILCROW_LLM_BASE_URL", chat.address)
    monkeypatch.setenv("PILCROW_LLM_MODEL", "small")


@pytest.fixture(scope="session")
def shipped_folder(corpus: Path, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("shipped") / "library"
    build([corpus], folder, encoder=CountingEncoder())
    return folder


@pytest.fixture
def shipped(shipped_folder: Path) -> Library:
    """The documents of corpus/; read only."""
    return Library.open(shipped_folder, CountingEncoder())
