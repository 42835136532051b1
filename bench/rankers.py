"""The ways to rank that bench.retrieval measures, each a change to the one that ships."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from eval.model import Question, Resolved
from index.authorities import words_of
from index.bm25 import Bm25Config
from index.dense import DenseIndex, HeldVectors
from index.encoder import Encoder, find_model
from index.fusion import ranked, reciprocal_rank_fusion
from index.model import Filter, QueryPlan
from index.nearest import Nearest
from index.passages import PassageConfig, passage_spans
from index.query import STOP_WORDS, Knowledge, encoded_text, plan_query
from index.rerank import reranked
from index.reranker import Reranker, load_reranker
from index.schema import open_reader
from index.search import Corpus, Scored, SearchConfig, find
from index.sentences import sentence_spans
from index.snapshot import Snapshot, corpus_of, take_snapshot
from index.store import Store
from index.words import open_words

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

TOP = 10
Plan = Callable[[str, Knowledge], QueryPlan]
Read = Callable[[QueryPlan], str | None]
AsInBooks = Bm25Config(saturation=1.2, length=0.75)
Plain = SearchConfig(bm25=AsInBooks, brief_weight=1.0)  # nothing that was chosen for these texts


@dataclass(frozen=True)
class Bed:
    """One question set with the library it is put to."""

    name: str
    questions: Sequence[Question]
    resolved: Resolved
    corpus: Corpus
    knowledge: Knowledge
    encoder: Encoder
    cache: Path  # folder for vectors that the library does not hold
    names: Mapping[int, str]  # paragraph_id by row

    def vector(self, text: str) -> npt.NDArray[np.float32]:
        """The vector of a question's text."""
        return self.encoder.encode_query(text)


Ranker = Callable[[Bed, str], list[int]]


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Corpus, Snapshot]]:
    """A library's newest version, ready to be searched."""
    connection = open_reader(folder)
    try:
        store = Store(connection)
        snapshot = take_snapshot(store, folder)
        words, _ = open_words(store, folder, snapshot.places.rows)
        yield corpus_of(store, snapshot, words), snapshot
    finally:
        connection.close()


def ranker(
    plan: Plan = plan_query,
    read: Read = encoded_text,
    config: SearchConfig | None = None,
    passages: str | None = None,
) -> Ranker:
    """The ranking that ships, with one part exchanged."""

    def rank(bed: Bed, question: str) -> list[int]:
        corpus = with_passages(bed, passages) if passages else bed.corpus
        made = plan(question, bed.knowledge)
        text = read(made)
        vector = None if text is None else bed.vector(text)
        return [s.row for s in _find(corpus, made, vector, config or SearchConfig())]

    return rank


def read_again(bed: Bed, question: str) -> list[int]:
    """The ranking that ships, its first thirty in the order that search gives them."""
    config = SearchConfig()
    plan = plan_query(question, bed.knowledge)
    text = encoded_text(plan)
    found = _find(bed.corpus, plan, bed.vector(text), config, config.rerank)
    stored = bed.corpus.store.paragraphs_by_row([scored.row for scored in found])
    texts = {row: one.paragraph.text for row, one in stored.items()}
    again = reranked(found, texts, text, _reranker(), config)
    return [scored.row for scored in again][:TOP]


@lru_cache(maxsize=1)
def _reranker() -> Reranker:
    return load_reranker()


def _find(
    corpus: Corpus,
    plan: QueryPlan,
    vector: npt.NDArray[np.float32] | None,
    config: SearchConfig,
    top_k: int = TOP,
) -> list[Scored]:
    return find(corpus, plan, vector, filters=Filter(), top_k=top_k, config=config)


def raw(question: str, knowledge: Knowledge) -> QueryPlan:
    """The question as it stands: all its words, nothing understood."""
    words = dict.fromkeys(word.text for word in words_of(question))
    terms = tuple(word for word in words if word not in STOP_WORDS)
    return QueryPlan(text=question, terms=terms, topic=question)


def wordless(question: str, knowledge: Knowledge) -> QueryPlan:
    """Only what an encoder reads."""
    return QueryPlan(text=question, topic=question)


def without_expansions(question: str, knowledge: Knowledge) -> QueryPlan:
    """No lay terms and no abbreviations."""
    return replace(plan_query(question, knowledge), expansions={})


def without_glossary(question: str, knowledge: Knowledge) -> QueryPlan:
    """No abbreviations learnt from the documents."""
    return plan_query(question, replace(knowledge, glossary={}))


def without_spelling(question: str, knowledge: Knowledge) -> QueryPlan:
    """Words as typed; places are still understood."""
    plan = plan_query(question, knowledge)
    back = {right: typed for typed, right in plan.corrections.items()}
    terms = tuple(back.get(term, term) for term in plan.terms)
    return replace(plan, terms=terms, corrections={}, topic=question)


def without_scopes(question: str, knowledge: Knowledge) -> QueryPlan:
    """Authority and year are words like others."""
    plan = plan_query(question, knowledge)
    unscoped = raw(question, knowledge)
    terms = tuple(plan.corrections.get(term, term) for term in unscoped.terms)
    return replace(unscoped, terms=terms, expansions=plan.expansions, corrections=plan.corrections)


def without_years(question: str, knowledge: Knowledge) -> QueryPlan:
    """The authority is preferred, year and kind of report are not."""
    return replace(plan_query(question, knowledge), years=(), kinds=(), moment=None)


def topic(plan: QueryPlan) -> str:
    """What an encoder reads without the documents' words for it."""
    return plan.topic


def plain_fusion(bed: Bed, question: str) -> list[int]:
    """What a framework does by default: BM25 and vectors of the raw question, fused by rank."""
    by_words = _find(bed.corpus, raw(question, bed.knowledge), None, Plain, 100)
    nearest, _ = bed.corpus.dense.search(bed.vector(question), 100)
    return _fused([[s.row for s in by_words], nearest.tolist()], bed)[:TOP]


def fused_by_rank(bed: Bed, question: str) -> list[int]:
    """The plan that ships, with reciprocal rank fusion in place of the sum."""
    plan = plan_query(question, bed.knowledge)
    by_words = _find(bed.corpus, plan, None, SearchConfig(), 100)
    silent = replace(plan, terms=(), expansions={})
    by_meaning = _find(bed.corpus, silent, bed.vector(encoded_text(plan)), SearchConfig(), 100)
    tiers = {scored.row: int(scored.score) for scored in [*by_words, *by_meaning]}
    order = _fused([[s.row for s in by_words], [s.row for s in by_meaning]], bed)
    return sorted(order, key=lambda row: -tiers[row])[:TOP]


def _fused(lists: Sequence[Sequence[int]], bed: Bed) -> list[int]:
    scores = reciprocal_rank_fusion(lists)
    return ranked(scores, {row: bed.names[row] for row in scores})


class LateInteraction:
    """MaxSim over the encoder's own token vectors for the first forty candidates.

    Khattab and Zaharia, SIGIR 2020; the mean over the question's tokens, worth as much as a
    cosine of the whole passage.
    """

    def __init__(self) -> None:
        self._model: SentenceTransformer | None = None
        self._seen: dict[str, npt.NDArray[np.float32]] = {}

    def __call__(self, bed: Bed, question: str) -> list[int]:
        """The first ten rows."""
        plan = plan_query(question, bed.knowledge)
        text = encoded_text(plan)
        found = _find(bed.corpus, plan, bed.vector(text), SearchConfig(), 40)
        stored = bed.corpus.store.paragraphs_by_row([s.row for s in found])
        asked = self._tokens(text)
        scores = {}
        for one in found:
            tokens = self._tokens(stored[one.row].paragraph.text)
            alike = float((asked @ tokens.T).max(axis=1).mean()) if len(tokens) else 0.0
            scores[one.row] = 1e6 * int(one.score) + _points(one.score) + 20.0 * alike
        return ranked(scores, {row: bed.names[row] for row in scores})[:TOP]

    def _tokens(self, text: str) -> npt.NDArray[np.float32]:
        if text not in self._seen:
            if self._model is None:
                from sentence_transformers import SentenceTransformer  # noqa: PLC0415  # slow

                self._model = SentenceTransformer(find_model().path, device="cpu")
            found = self._model.encode([text], output_value="token_embeddings")[0]
            tokens = np.asarray(found, np.float32)[1:-1]
            self._seen[text] = tokens / np.linalg.norm(tokens, axis=1, keepdims=True)
        return self._seen[text]


def _points(score: float) -> float:
    """The points that index.search made a fraction of."""
    fraction = score - int(score)
    return 20.0 * fraction / (1.0 - fraction)


class _Short:
    """The encoder's tokenizer with a lower limit."""

    def __init__(self, encoder: Encoder, max_tokens: int) -> None:
        self.max_tokens = max_tokens
        self.token_spans = encoder.token_spans


_loaded: dict[tuple[str, str], Corpus] = {}


def with_passages(bed: Bed, kind: str) -> Corpus:
    """The library with its paragraphs embedded otherwise: `prefix`, `short` or `sentences`."""
    if (bed.name, kind) not in _loaded:
        rows, texts = zip(*_texts(bed, kind), strict=True)
        vectors = _embedded(bed, kind, texts)
        ids = np.array(rows, np.int64)
        if kind == "sentences":  # beside the windows, not in their place
            own, known = bed.corpus.vectors(bed.corpus.places.rows)
            ids, vectors = np.concatenate([own, ids]), np.concatenate([known, vectors])
        held = HeldVectors(ids, vectors)
        index = Nearest(DenseIndex.exact(held))
        _loaded[bed.name, kind] = replace(bed.corpus, dense=index, vectors=held.of)
    return _loaded[bed.name, kind]


def _texts(bed: Bed, kind: str) -> Iterator[tuple[int, str]]:
    store = bed.corpus.store
    for row, document in bed.corpus.documents.items():
        cover = " ".join(
            filter(None, (document.authority, str(document.year or ""), document.kind))
        )
        for one in store.paragraphs(row):
            text, heading = one.paragraph.text, one.paragraph.heading
            if kind == "sentences":
                spans = sentence_spans(text)
                yield from ((one.row, text[a:b]) for a, b in spans if len(spans) > 1)
                continue
            tokenizer = _Short(bed.encoder, 64) if kind == "short" else bed.encoder
            before = ". ".join(filter(None, (cover, heading, ""))) if kind == "prefix" else ""
            for start, stop in passage_spans(text, tokenizer, PassageConfig()):
                yield one.row, before + text[start:stop]


def _embedded(bed: Bed, kind: str, texts: Sequence[str]) -> npt.NDArray[np.float32]:
    """The texts' vectors, from the cache where the same texts were embedded before."""
    path = bed.cache / f"{bed.name}-{kind}.npz"
    if path.is_file():
        with np.load(path) as kept:
            if kept["texts"].tolist() == list(texts):
                return np.asarray(kept["vectors"], np.float32)
    print(f"Embedding {len(texts)} passages for {bed.name}, {kind} ...")
    vectors = bed.encoder.encode(texts)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, texts=np.array(texts), vectors=vectors)
    return vectors
