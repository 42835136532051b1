"""LangChain: its tutorial "Build a semantic search engine" over a PDF, with a local model."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from langchain_community.document_loaders import PyPDFLoader
from langchain_core.vectorstores import InMemoryVectorStore
from langchain_huggingface import HuggingFaceEmbeddings
from langchain_text_splitters import RecursiveCharacterTextSplitter

from bench.peers.system import Chunk, model_folder

_FILE = "vectors.json"


class Peer:
    """PyPDFLoader, 1,000 characters with 200 of overlap, InMemoryVectorStore."""

    def __init__(self) -> None:
        self._embeddings = HuggingFaceEmbeddings(model_name=model_folder())

    def build(self, pdfs: Path, folder: Path) -> int:
        """See System."""
        splitter = RecursiveCharacterTextSplitter(
            chunk_size=1000, chunk_overlap=200, add_start_index=True
        )
        pages = [page for path in sorted(pdfs.glob("*.pdf")) for page in PyPDFLoader(path).load()]
        store = InMemoryVectorStore(self._embeddings)
        kept = store.add_documents(documents=splitter.split_documents(pages))
        store.dump(str(folder / _FILE))
        return len(kept)

    def open(self, folder: Path) -> None:
        """See System."""
        self._store = InMemoryVectorStore.load(str(folder / _FILE), self._embeddings)

    def search(self, question: str, top_k: int) -> Sequence[Chunk]:
        """See System."""
        found = self._store.similarity_search(question, k=top_k)
        return [Chunk(Path(one.metadata["source"]).name, one.page_content) for one in found]
