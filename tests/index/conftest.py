"""Small libraries made by hand, with an encoder whose rankings are known by hand."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from index.changes import Fingerprint
from index.embed import Embedder
from index.library import Library
from index.passages import PassageConfig
from index.schema import open_writer
from index.store import Store
from index.update import Report, Update, writing
from ingest.model import Document, Paragraph
from ingest.sources import SourceFile

WORD = re.compile(r"\w+")


class KeywordEncoder:
    """One axis for each word: a text's vector counts its words, so cosines are known by hand."""

    def __init__(self, name: str = "keywords", max_tokens: int = 20, dim: int = 256) -> None:
        self.name = name
        self.sha256 = hashlib.sha256(name.encode()).hexdigest()
        self.dim = dim
        self.max_tokens = max_tokens
        self.axes: dict[str, int] = {}
        self.encoded: list[str] = []

    def token_spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in WORD.finditer(text)]

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded += texts
        return np.stack([self.vector(text) for text in texts])

    def encode_query(self, text: str) -> np.ndarray:
        return self.vector(text)

    def vector(self, text: str) -> np.ndarray:
        vector = np.zeros(self.dim, np.float32)
        for word in WORD.findall(text.lower()):
            vector[self.axes.setdefault(word, len(self.axes)) % self.dim] += 1
        return vector / (np.linalg.norm(vector) or 1)


def numbered(number: int, text: str, **more: object) -> Paragraph:
    values = {"heading": None, "label": f"para {number}"} | more
    return Paragraph(f"p{number}", str(number), "numbered", text=text, **values)


class Shelf:
    """A library folder and the files its documents are made from."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "library"
        self.files = root / "files"
        self.files.mkdir()
        self.encoder = KeywordEncoder()

    def document(self, doc: str, *texts: str | Paragraph, **more: object) -> Document:
        """A document of numbered paragraphs, with its file."""
        paragraphs = tuple(
            text if isinstance(text, Paragraph) else numbered(number, text)
            for number, text in enumerate(texts, start=1)
        )
        content = f"{doc}\n{paragraphs}".encode()
        (self.files / doc).write_bytes(content)
        values = {"authority": "Hackney", "kind": "inspection", "file_date": date(2016, 9, 21)}
        return Document(doc, "", hashlib.sha256(content).hexdigest(), paragraphs, **values | more)

    def put(self, *documents: Document, passages: PassageConfig | None = None) -> Report:
        """Add documents, or replace those of the same file."""
        with writing(self.folder, create=True) as store:
            config = passages or PassageConfig()
            update = Update(
                store, self.folder, Embedder(store, lambda: self.encoder, config, reuse=True)
            )
            stored = {file.source: file for file in store.files()}
            for document in documents:
                path = self.files / document.doc
                fingerprint = Fingerprint(SourceFile(path), document.sha256, document.sha256)
                update.take_in(document, fingerprint, stored.get(str(path.resolve())))
            return update.commit()

    def open(self) -> Library:
        return Library.open(self.folder, self.encoder)

    def store(self) -> Store:
        """The tables, inside a write transaction that nobody commits."""
        return Store(open_writer(self.folder, create=False))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def keyword_encoder() -> KeywordEncoder:
    return KeywordEncoder()
