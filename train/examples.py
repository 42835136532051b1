"""Items and a library -> what an encoder or a reranker is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.library import Library
from ingest.model import Document, Paragraph
from train.data import Item, locate
from train.errors import TrainingError


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the library encodes it."""

    text: str
    placed: bool  # the question named an authority, so only that one's paragraphs are searched


@dataclass(frozen=True, slots=True)
class Example:
    """A paragraph as the library embeds it, and questions that it answers."""

    paragraph_id: str
    authority: str
    passage: str
    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Other:
    """A paragraph that nobody asked about: it can only be found wrongly."""

    authority: str
    passage: str


def make_examples(items: Sequence[Item], library: Library) -> list[Example]:
    """The items whose paragraphs the library holds. Raises TrainingError where it holds none."""
    cards = {card.document.document_id: card.document for card in library.documents()}
    located = locate(items, (library.document(document_id) for document_id in cards))
    if not located:
        raise TrainingError(
            "The library holds none of the paragraphs that the training questions are about; "
            "build it from the documents that the questions name."
        )
    return [
        _example(item, located[item.id], library, cards[located[item.id].partition("#")[0]])
        for item in items
        if item.id in located
    ]


def _example(item: Item, paragraph_id: str, library: Library, document: Document) -> Example:
    plans = [library.plan(question) for question in item.questions]
    return Example(
        paragraph_id,
        document.authority or "",
        passage_of(library.paragraph(paragraph_id).paragraph),
        tuple(Query(plan.topic, bool(plan.authorities)) for plan in plans),
    )


def others(library: Library, examples: Sequence[Example]) -> Iterator[Other]:
    """Every paragraph of the examples' authorities that is no example, front matter left out."""
    authorities = {example.authority for example in examples}
    taken = {example.paragraph_id for example in examples}
    for card in library.documents():
        if card.document.authority not in authorities:
            continue
        for cited in library.paragraphs(card.document.document_id):
            if cited.paragraph_id not in taken and cited.paragraph.kind != "boilerplate":
                yield Other(card.document.authority or "", passage_of(cited.paragraph))


def passage_of(paragraph: Paragraph) -> str:
    """The text that the library embeds for a paragraph, before it is cut into windows."""
    return paragraph.text
