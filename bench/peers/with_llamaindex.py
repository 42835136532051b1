"""LlamaIndex: its starter tutorial with a local embedding model, all else left at its defaults."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from llama_index.core import (
    Settings,
    SimpleDirectoryReader,
    StorageContext,
    VectorStoreIndex,
    load_index_from_storage,
)
from llama_index.embeddings.huggingface import HuggingFaceEmbedding

from bench.peers.system import Chunk, model_folder


class Peer:
    """SimpleDirectoryReader (pypdf), SentenceSplitter(1024, 200), VectorStoreIndex in memory."""

    def __init__(self) -> None:
        Settings.embed_model = HuggingFaceEmbedding(model_name=model_folder())

    def build(self, pdfs: Path, folder: Path) -> int:
        """See System."""
        documents = SimpleDirectoryReader(str(pdfs), required_exts=[".pdf"]).load_data()
        index = VectorStoreIndex.from_documents(documents)
        index.storage_context.persist(persist_dir=str(folder))
        return len(index.docstore.docs)

    def open(self, folder: Path) -> None:
        """See System."""
        context = StorageContext.from_defaults(persist_dir=str(folder))
        self._index = load_index_from_storage(context)

    def search(self, question: str, top_k: int) -> Sequence[Chunk]:
        """See System."""
        found = self._index.as_retriever(similarity_top_k=top_k).retrieve(question)
        return [Chunk(one.node.metadata["file_name"], one.node.get_content()) for one in found]
