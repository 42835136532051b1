"""Haystack: its tutorial "Preprocessing Different File Types", the part for PDFs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from haystack import Pipeline
from haystack.components.converters import PyPDFToDocument
from haystack.components.preprocessors import DocumentCleaner, DocumentSplitter
from haystack.components.retrievers.in_memory import InMemoryEmbeddingRetriever
from haystack.components.writers import DocumentWriter
from haystack.document_stores.in_memory import InMemoryDocumentStore
from haystack_integrations.components.embedders.sentence_transformers import (
    SentenceTransformersDocumentEmbedder,
    SentenceTransformersTextEmbedder,
)

from bench.peers.system import Chunk, model_folder

_FILE = "documents.json"


class Peer:
    """PyPDFToDocument, DocumentCleaner, 150 words with 50 of overlap, InMemoryDocumentStore."""

    def build(self, pdfs: Path, folder: Path) -> int:
        """See System."""
        store = InMemoryDocumentStore()
        pipeline = Pipeline()
        parts = {
            "converter": PyPDFToDocument(),
            "cleaner": DocumentCleaner(),
            "splitter": DocumentSplitter(split_by="word", split_length=150, split_overlap=50),
            "embedder": SentenceTransformersDocumentEmbedder(
                model=model_folder(), progress_bar=False
            ),
            "writer": DocumentWriter(store),
        }
        for name, part in parts.items():
            pipeline.add_component(name, part)
        for one, next_one in zip(list(parts), list(parts)[1:], strict=False):
            pipeline.connect(one, next_one)
        pipeline.run({"converter": {"sources": sorted(pdfs.glob("*.pdf"))}})
        store.save_to_disk(str(folder / _FILE))
        return store.count_documents()

    def open(self, folder: Path) -> None:
        """See System."""
        store = InMemoryDocumentStore.load_from_disk(str(folder / _FILE))
        self._pipeline = Pipeline()
        embedder = SentenceTransformersTextEmbedder(model=model_folder(), progress_bar=False)
        self._pipeline.add_component("embedder", embedder)
        self._pipeline.add_component("retriever", InMemoryEmbeddingRetriever(store))
        self._pipeline.connect("embedder.embedding", "retriever.query_embedding")

    def search(self, question: str, top_k: int) -> Sequence[Chunk]:
        """See System."""
        asked = {"embedder": {"text": question}, "retriever": {"top_k": top_k}}
        found = self._pipeline.run(asked)["retriever"]["documents"]
        return [Chunk(Path(one.meta["file_path"]).name, one.content) for one in found]
