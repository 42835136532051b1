"""A small made-up library for the tests of the checker: three reports and a letter."""

from datetime import date
from types import SimpleNamespace

from index.citation import full_citation, short_citation, short_names
from index.errors import LibraryError
from index.model import CitedParagraph, DocumentCard
from ingest.labels import labelled
from ingest.model import Document, Paragraph


def paragraphs(*texts: str | tuple[str, str], heading: str | None = None) -> tuple[Paragraph, ...]:
    """Numbered paragraphs; a pair is a heading and an unnumbered one under it."""
    made = []
    number = 0
    for text in texts:
        if isinstance(text, tuple):
            made.append(Paragraph("", None, "bullet", text[0], text[1]))
        else:
            number += 1
            made.append(Paragraph("", str(number), "numbered", heading, text))
    return labelled(made)


def report(document_id: str, authority: str, published: date, *texts, **more) -> Document:
    values = {
        "authority": authority,
        "kind": "inspection",
        "published": published,
        "publisher": "Ofsted",
        "title": "Inspection of children's services",
    }
    made = paragraphs(*texts, heading=more.pop("heading", None))
    return Document(f"{document_id}.pdf", document_id, "0" * 64, made, **values | more)


class HandMade:
    """What of a Library the checker looks things up in; nothing is stored or searched."""

    def __init__(self, *documents: Document) -> None:
        self._documents = {document.document_id: document for document in documents}
        self._names = short_names(documents)

    def documents(self) -> list[DocumentCard]:
        return [
            DocumentCard(document, self._names[key], len(document.paragraphs), {})
            for key, document in self._documents.items()
        ]

    def paragraphs(self, document_id: str) -> list[CitedParagraph]:
        document = self._documents[document_id]
        name = self._names[document_id]
        return [
            CitedParagraph(
                document.paragraph_id(one),
                document_id,
                one,
                short_citation(name, one),
                full_citation(document, one),
            )
            for one in document.paragraphs
        ]

    def paragraph(self, paragraph_id: str) -> CitedParagraph:
        document_id = paragraph_id.partition("#")[0]
        if document_id in self._documents:
            for one in self.paragraphs(document_id):
                if one.paragraph_id == paragraph_id:
                    return one
        raise LibraryError(f"no {paragraph_id}")

    def headings(self) -> set[str]:
        every = [one for document in self._documents.values() for one in document.paragraphs]
        return {one.heading for one in every if one.heading and not one.number}

    def search(self, question, top_k=10, filters=None, ignore=frozenset(), *, rerank=True):
        """Every paragraph that shares a word of five letters, most shared words first."""
        asked = {word for word in question.lower().split() if len(word) > 4}
        found = []
        for card in self.documents():
            document = card.document
            if filters and filters.document_id not in (None, document.document_id):
                continue
            if filters and filters.authority not in (None, document.authority):
                continue
            for one in self.paragraphs(document.document_id):
                shared = len(asked & set(one.paragraph.text.lower().replace(".", "").split()))
                if shared:
                    found.append((-shared, one.paragraph_id, document.document_id))
        return [
            SimpleNamespace(paragraph_id=paragraph_id, document_id=document_id)
            for _, paragraph_id, document_id in sorted(found)[:top_k]
        ]
