"""What one version of a library needs in memory."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from index.bm25 import WordIndex
from index.citation import document_citation, full_citation, short_citation, short_names
from index.digests import check_opening
from index.encoder import ordinary_words
from index.model import CitedParagraph, DocumentCard, Hit, LibraryInfo
from index.nearest import Nearest, open_nearest
from index.pinpoints import names_of
from index.places import Places
from index.query import Dated, Knowledge
from index.restriction import FilterMasks
from index.scope import years_of
from index.search import Corpus, Scored
from index.store import Store, StoredParagraph
from ingest.model import Document
from ingest.overlap import same_report_warning


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One version of a library: its vectors, its documents' cards, what questions may name."""

    stamp: str  # of the commit that it was taken from
    dense: Nearest
    places: Places
    filters: FilterMasks
    documents: Mapping[int, Document]  # by row, without their paragraphs
    cards: Mapping[int, DocumentCard]  # by the document's row
    rows: Mapping[str, int]  # document_id -> row
    knowledge: Knowledge
    info: LibraryInfo


def take_snapshot(store: Store, folder: Path, former: Snapshot | None = None) -> Snapshot:
    """Read what the tables hold now; call it inside a transaction.

    What a `former` one of the same library has read and what still holds is taken from there.
    """
    check_opening(store.connection)
    meta = store.meta()
    documents, paragraphs, passages = store.counts()
    cards, places = _cards(store), store.places()
    dense = open_nearest(store, folder, former.dense if former else None)
    info = LibraryInfo(
        version=store.version(),
        documents=documents,
        paragraphs=paragraphs,
        passages=passages,
        model=meta.get("model", ""),
        model_sha256=meta.get("model_sha256", ""),
        dim=int(meta.get("dim", 0)),
        updated=meta.get("updated", ""),
        warnings=tuple(
            f"{card.document.doc}: {warning}"
            for card in cards.values()
            for warning in card.document.warnings
        ),
        dense=dense.kind,
        recall=dense.recall,
    )
    return Snapshot(
        stamp=store.stamp(),
        dense=dense,
        places=places,
        filters=FilterMasks(places),
        documents={row: card.document for row, card in cards.items()},
        cards=cards,
        rows={card.document.document_id: row for row, card in cards.items()},
        knowledge=_knowledge(store, meta, cards),
        info=info,
    )


def corpus_of(store: Store, snapshot: Snapshot, words: WordIndex) -> Corpus:
    """What is searched, through one connection."""
    return Corpus(
        store,
        snapshot.dense,
        words,
        snapshot.places,
        snapshot.filters,
        snapshot.documents,
        store.vectors().of,
    )


def cited(stored: StoredParagraph, card: DocumentCard) -> CitedParagraph:
    """A paragraph with its citations."""
    document, paragraph = card.document, stored.paragraph
    return CitedParagraph(
        paragraph_id=document.paragraph_id(paragraph),
        document_id=document.document_id,
        paragraph=paragraph,
        citation=short_citation(card.name, paragraph),
        full_citation=full_citation(document, paragraph),
    )


def make_hit(
    rank: int,
    scored: Scored,
    stored: StoredParagraph,
    card: DocumentCard,
    sentences: tuple[str, ...],
) -> Hit:
    """A paragraph as search shows it; `sentences` are those to be emphasised."""
    document, paragraph = card.document, stored.paragraph
    place = cited(stored, card)
    return Hit(
        rank=rank,
        score=scored.score,
        coverage=scored.coverage,
        similarity=scored.similarity,
        relevance=scored.relevance,
        doc=document.doc,
        document_id=document.document_id,
        paragraph_id=place.paragraph_id,
        number=paragraph.number,
        label=paragraph.label,
        citation=place.citation,
        full_citation=place.full_citation,
        heading=paragraph.heading,
        page_start=paragraph.page_start,
        page_end=paragraph.page_end,
        text=paragraph.text,
        highlights=sentences,
        kind=paragraph.kind,
        title=document.title,
        authority=document.authority,
        year=document.year,
        document_kind=document.kind,
        second_hand=document.second_hand,
        section=paragraph.section,
        recommendation=paragraph.recommendation,
        recognised=paragraph.recognised,
        notes=paragraph.notes,
        repeats=document.repeats,
        handed_over_as=document.handed_over_as,
        correction=paragraph.correction,
    )


def _cards(store: Store) -> dict[int, DocumentCard]:
    documents = _with_same_reports_said(store)
    names = short_names(document for _, document in documents)
    totals: Counter[int] = Counter()
    kinds: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for row, kind, recommendation, count in store.kind_counts():
        totals[row] += count
        for name in {kind, "recommendation"} if recommendation else {kind}:
            kinds[row][name] += count
    return {
        row: DocumentCard(
            document=document,
            name=names[document.document_id],
            paragraphs=totals[row],
            kinds=dict(kinds[row]),
        )
        for row, document in documents
    }


def _with_same_reports_said(store: Store) -> list[tuple[int, Document]]:
    documents = dict(store.documents())
    for first, second, share in store.same_reports():
        for row, other in ((first, second), (second, first)):
            warning = same_report_warning(documents[other].doc, share)
            document = documents[row]
            documents[row] = replace(document, warnings=(*document.warnings, warning))
    return list(documents.items())


def _knowledge(
    store: Store, meta: Mapping[str, str], cards: Mapping[int, DocumentCard]
) -> Knowledge:
    documents: list[Document] = [card.document for card in cards.values()]
    glossary = json.loads(meta.get("glossary", "{}"))
    return Knowledge(
        authorities=dict(Counter(d.authority for d in documents if d.authority)),
        years=dict(Counter(d.year for d in documents if d.year)),
        glossary={short: tuple(forms) for short, forms in glossary.items()},
        vocabulary=store.tallies.vocabulary(),
        ordinary=ordinary_words(),
        names=names_of(
            (card.document, (card.name, document_citation(card.document)))
            for card in cards.values()
        ),
        dated=[Dated(d.authority, d.year, years_of(d), d.kind) for d in documents],
    )
