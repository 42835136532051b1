"""tantivy with its English stemmer and one writing thread."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import tantivy

from bench.engines.harness import TOP_K, Question, any_of, run


class Tantivy:
    """Words and phrases, any of which may be there."""

    def build(self, texts: Iterator[str], folder: Path) -> None:
        """Make the index."""
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", stored=False, tokenizer_name="en_stem")
        schema.add_integer_field("row", stored=True)
        writer = tantivy.Index(schema.build(), path=str(folder)).writer(num_threads=1)
        for row, text in enumerate(texts):
            writer.add_document(tantivy.Document(text=text, row=row))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> Callable[[Question], object]:
        """What puts a question to the index."""
        index = tantivy.Index.open(str(folder))
        searcher = index.searcher()
        return lambda question: (
            searcher.search(index.parse_query(any_of(question), ["text"]), TOP_K).hits
        )


if __name__ == "__main__":
    run(Tantivy())
