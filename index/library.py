"""Library: the one door to documents, paragraphs and search."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.bm25 import WordIndex
from index.connections import Connections
from index.digests import DamageError
from index.encoder import OWN_MODEL, Encoder, find_model, load_encoder, mixed_models
from index.errors import LibraryError
from index.facets import allows, facets_of
from index.highlight import highlights, term_weights
from index.lexical import words
from index.model import (
    CitedParagraph,
    DocumentCard,
    Facets,
    Filter,
    Hit,
    LibraryInfo,
    QueryPlan,
)
from index.once import Once
from index.query import Knowledge, encoded_text, plan_query
from index.rerank import reranked
from index.reranker import OWN_RERANKER, Reranker, load_reranker
from index.schema import trouble
from index.scope import scopes
from index.search import Corpus, SearchConfig, find
from index.snapshot import Snapshot, cited, corpus_of, make_hit, take_snapshot
from index.store import Store
from index.survey import Near, nearest_of_each
from index.words import NOTHING, Run, open_words
from ingest.model import Document

EVERYTHING = Filter()
FACETS_KEPT = 100  # sets of filters
PLANS_KEPT = 200  # questions


class Library:
    """A library folder, open for reading.

    Safe for several threads, and while another process writes: every call sees one committed
    version, and the next call the newest.
    """

    def __init__(
        self,
        folder: Path,
        encoder: Encoder | None = None,
        config: SearchConfig | None = None,
        reranker: Reranker | None = None,
    ) -> None:
        self.folder = folder
        self.config = config or SearchConfig()
        self._encoder = encoder
        self._reranker = reranker
        self._given = encoder is not None
        self._lock = threading.RLock()
        self._connections = Connections(self.folder)
        self._snapshot: Snapshot | None = None
        self._words: tuple[str, WordIndex, Run] | None = None  # with their version's stamp
        self._plans: Once[tuple[str, str, frozenset[str]], QueryPlan] = Once(PLANS_KEPT)
        self._facets: Once[tuple[str, Filter], Facets] = Once(FACETS_KEPT)
        self._headings: Once[str, frozenset[str]] = Once(1)  # by version
        self._held = threading.local()  # what one_version() holds for a thread

    @classmethod
    def open(
        cls,
        folder: str | Path,
        encoder: Encoder | None = None,
        config: SearchConfig | None = None,
        reranker: Reranker | None = None,
    ) -> Library:
        """The library in a folder. The models are loaded by the first search, not here.

        A library built with our own encoder is searched with our own reranker, where there is
        one and none is given; `config.rerank` of 0 does without.

        Raises MissingLibraryError where there is none, SchemaError for one of another version
        of the program, ModelError where the encoder is not the one it was built with.
        """
        library = cls(Path(folder), encoder, config, reranker)
        info = library.info()
        if encoder is not None and info.model_sha256:
            _check_model(encoder, info)
        return library

    def close(self) -> None:
        """Let go of the files; the next call opens them again."""
        self._connections.close()

    # search

    def search(
        self,
        question: str,
        top_k: int = 10,
        filters: Filter = EVERYTHING,
        ignore: Collection[str] = frozenset(),
        *,
        rerank: bool = True,
    ) -> list[Hit]:
        """The paragraphs that answer the question best, best first.

        `ignore` names parts of the plan, as index.parts lists them, to search without;
        `rerank=False` does without the second reading, which takes most of the time. Of a
        question longer than `config.most_characters` its beginning is asked.
        """
        question = self._readable(question)
        info = self.info()
        if not words(question) or not info.paragraphs or top_k < 1:
            return []
        encoder = self._encoder_for(info)
        with self._reading() as (store, snapshot):
            if snapshot.info.model_sha256 != encoder.sha256:
                encoder = self._encoder_for(snapshot.info)
            plan = self._planned(question, ignore, snapshot)
            text = encoded_text(plan)
            reranker = self._reranker_for(encoder) if rerank else None
            found = find(
                self._corpus(store, snapshot),
                plan,
                encoder.encode_query(text),
                filters=filters,
                top_k=max(top_k, self.config.rerank) if reranker else top_k,
                config=self.config,
            )
            stored = store.paragraphs_by_row([scored.row for scored in found])
        if reranker:
            texts = {row: one.paragraph.text for row, one in stored.items()}
            found = reranked(found, texts, text, reranker, self.config)[:top_k]
        weights = term_weights(plan, snapshot.knowledge.vocabulary, snapshot.info.paragraphs)
        hits = []
        for rank, scored in enumerate(found, start=1):
            one = stored[scored.row]
            sentences = highlights(one.paragraph.text, weights, self.config.highlights)
            card = snapshot.cards[one.document]
            hits.append(make_hit(rank, scored, one, card, sentences))
        return hits

    def prepare(self, question: str, ignore: Collection[str] = frozenset()) -> None:
        """Encode a question ahead of its search, with others that come at the same time."""
        if words(question) and self.info().paragraphs:
            self.encoder().encode_query(encoded_text(self.plan(question, ignore)))

    def allows(self, filters: Filter, card: DocumentCard) -> bool:
        """Whether a document is among those that a filter leaves."""
        return allows(filters, card)

    def survey(
        self, question: str, filters: Filter = EVERYTHING, per_document: int = 3
    ) -> dict[str, list[Near]]:
        """{document_id: its paragraphs nearest to the question}, of every document allowed.

        Names of places and years in the question are words like any other here.
        """
        question = self._readable(question)
        vector = self.encoder().encode_query(question)
        with self._reading() as (store, snapshot):
            plan = self._planned(question, (), snapshot)
            found = nearest_of_each(
                self._corpus(store, snapshot),
                plan,
                vector,
                filters=filters,
                per_document=per_document,
                config=self.config,
            )
            stored = store.paragraphs_by_row([row for near in found.values() for row, _ in near])
            return {
                snapshot.cards[document].document.document_id: [
                    Near(cited(stored[row], snapshot.cards[document]), similarity)
                    for row, similarity in near
                ]
                for document, near in found.items()
            }

    def knowledge(self) -> Knowledge:
        """What the library knows of its own documents: places, years, words."""
        with self._reading() as (_, snapshot):
            return snapshot.knowledge

    def plan(self, question: str, ignore: Collection[str] = frozenset()) -> QueryPlan:
        """What a question is understood as, without the parts named in `ignore`."""
        with self._reading() as (_, snapshot):
            return self._planned(self._readable(question), ignore, snapshot)

    def _planned(self, question: str, ignore: Collection[str], snapshot: Snapshot) -> QueryPlan:
        key = (snapshot.stamp, question, frozenset(ignore))
        return self._plans.get(key, lambda: plan_query(question, snapshot.knowledge, ignore))

    def reach(self, plan: QueryPlan, filters: Filter = EVERYTHING) -> int:
        """How many paragraphs the documents hold that a plan looks in first."""
        with self._reading() as (_, snapshot):
            cards = {row: card for row, card in snapshot.cards.items() if allows(filters, card)}
        documents = {row: card.document for row, card in cards.items()}
        first = next(iter(scopes(plan, documents)), documents.keys())
        return sum(cards[row].paragraphs for row in first)

    # what is there

    def info(self) -> LibraryInfo:
        """What the library holds and what it was built with."""
        with self._reading() as (_, snapshot):
            return snapshot.info

    def stamp(self) -> str:
        """The mark of the version at hand; every change makes another one."""
        with self._reading() as (_, snapshot):
            return snapshot.stamp

    def documents(self) -> list[DocumentCard]:
        """A card for every document, by document_id."""
        with self._reading() as (_, snapshot):
            return list(snapshot.cards.values())

    def card(self, document_id: str) -> DocumentCard:
        """One document's card. Raises LibraryError where there is no such document."""
        with self._reading() as (_, snapshot):
            return snapshot.cards[_row(snapshot, document_id)]

    def document(self, document_id: str) -> Document:
        """One document, whole. Raises LibraryError where there is no such document."""
        with self._reading() as (store, snapshot):
            return store.document(_row(snapshot, document_id))

    def original(self, document_id: str) -> bytes:
        """The file as it was handed in. Raises LibraryError where there is no such document."""
        with self._reading() as (store, snapshot):
            return store.original(_row(snapshot, document_id))

    def paragraphs(self, document_id: str) -> list[CitedParagraph]:
        """A document's paragraphs in reading order.

        Raises LibraryError where there is no such document.
        """
        with self._reading() as (store, snapshot):
            row = _row(snapshot, document_id)
            return [cited(stored, snapshot.cards[row]) for stored in store.paragraphs(row)]

    def paragraph(self, paragraph_id: str) -> CitedParagraph:
        """One paragraph. Raises LibraryError where there is no such paragraph."""
        return self.neighbours(paragraph_id, before=0, after=0)[0]

    def neighbours(
        self, paragraph_id: str, before: int = 1, after: int = 1
    ) -> list[CitedParagraph]:
        """A paragraph between those that stand before and after it in its document.

        Raises LibraryError where there is no such paragraph.
        """
        document_id, _, key = paragraph_id.partition("#")
        with self._reading() as (store, snapshot):
            row = _row(snapshot, document_id)
            place = store.paragraph_ordinal(row, key)
            if place is None:
                raise LibraryError(
                    f"There is no paragraph {key!r} in {snapshot.cards[row].document.doc}; "
                    "search for its words."
                )
            found = store.paragraphs(row, max(0, place - before), place + after)
            return [cited(stored, snapshot.cards[row]) for stored in found]

    def headings(self) -> frozenset[str]:
        """The headings of paragraphs that bear no number, by which these are cited."""
        with self._reading() as (store, snapshot):
            return self._headings.get(snapshot.stamp, store.headings)

    def facets(self, filters: Filter = EVERYTHING) -> Facets:
        """What can be filtered by; each list counts what the other filters leave.

        A choice among authorities does not empty the list of authorities, and so on.
        """
        with self._reading() as (_, snapshot):
            cards = list(snapshot.cards.values())
            return self._facets.get((snapshot.stamp, filters), lambda: facets_of(cards, filters))

    # the version at hand

    @contextmanager
    def one_version(self) -> Iterator[None]:
        """Within, every call of this thread sees the same version, and asks for it but once."""
        if getattr(self._held, "version", None) is not None:
            yield
            return
        with self._opened() as version:
            self._held.version = version
            try:
                yield
            finally:
                self._held.version = None

    @contextmanager
    def _reading(self) -> Iterator[tuple[Store, Snapshot]]:
        """The tables and the snapshot of one and the same version."""
        held: tuple[Store, Snapshot] | None = getattr(self._held, "version", None)
        if held is None:
            with self._opened() as version:
                yield version
            return
        try:
            yield held
        except (sqlite3.Error, DamageError) as exc:
            raise trouble(self.folder, exc) from exc

    @contextmanager
    def _opened(self) -> Iterator[tuple[Store, Snapshot]]:
        with self._connections.reading() as store:
            yield store, self._current(store)

    def _current(self, store: Store) -> Snapshot:
        stamp = store.stamp()
        with self._lock:
            if self._snapshot is None or self._snapshot.stamp != stamp:
                self._snapshot = take_snapshot(store, self.folder, self._snapshot)
            return self._snapshot

    def _corpus(self, store: Store, snapshot: Snapshot) -> Corpus:
        """What is searched. The word index is read by the first search, not by every opening."""
        with self._lock:
            if self._words is None or self._words[0] != snapshot.stamp:
                former = self._words[2] if self._words else NOTHING
                opened = open_words(store, self.folder, snapshot.places.rows, former)
                self._words = (snapshot.stamp, *opened)
            index = self._words[1]
        return corpus_of(store, snapshot, index)

    def _readable(self, question: str) -> str:
        """The question's beginning, its broken characters as "?": no encoder takes half of one."""
        beginning = question[: self.config.most_characters]
        return beginning.encode("utf-8", "replace").decode("utf-8")

    def encoder(self) -> Encoder:
        """The encoder that the library was built with; loaded once."""
        return self._encoder_for(self.info())

    def reranker(self) -> Reranker | None:
        """What reads the first hits again, None where nothing does; loaded once."""
        return self._reranker_for(self.encoder())

    def reranker_folder(self) -> str | None:
        """The folder of what reads the first hits again; nothing is loaded."""
        if not self.config.rerank:
            return None
        if self._reranker is not None:
            return self._reranker.name
        own = self.info().model == OWN_MODEL and OWN_RERANKER.is_dir()
        return str(OWN_RERANKER) if own else None

    def _encoder_for(self, info: LibraryInfo) -> Encoder:
        """The encoder that made the library's vectors; loaded once."""
        with self._lock:
            encoder = self._encoder
            if encoder is None or (encoder.sha256 != info.model_sha256 and not self._given):
                model = find_model(otherwise=info.model)
                if model.sha256 not in (None, info.model_sha256):
                    raise mixed_models(model.name, info.model)
                encoder = load_encoder(model)
            _check_model(encoder, info)
            self._encoder = encoder
            return encoder

    def _reranker_for(self, encoder: Encoder) -> Reranker | None:
        """What reads the first candidates again: the one given, else our own; loaded once."""
        if not self.config.rerank:
            return None
        with self._lock:
            if self._reranker is None and encoder.name == OWN_MODEL and OWN_RERANKER.is_dir():
                self._reranker = load_reranker()
            return self._reranker


def _check_model(encoder: Encoder, info: LibraryInfo) -> None:
    if encoder.sha256 != info.model_sha256:
        raise mixed_models(encoder.name, info.model)


def _row(snapshot: Snapshot, document_id: str) -> int:
    row = snapshot.rows.get(document_id)
    if row is None:
        raise LibraryError(
            f"There is no document {document_id!r} in the library; it may have been removed."
        )
    return row
