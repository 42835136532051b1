"""Question -> paragraphs in their order: filters, candidates of both kinds, fusion."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.dense import DenseIndex
from index.encoder import Vectors
from index.fusion import ranked, reciprocal_rank_fusion
from index.lexical import LexicalConfig, bm25, match_expression, with_phrases
from index.model import Filter, QueryPlan
from index.restriction import Restriction, restriction, within
from index.store import Store


@dataclass(frozen=True, slots=True)
class SearchConfig:
    """How paragraphs are ranked."""

    depth: int = 200  # candidates of each kind that are fused
    rank_constant: int = 60
    lexical_weight: float = 1.0
    dense_weight: float = 1.0
    lexical: LexicalConfig = field(default_factory=LexicalConfig)
    highlights: int = 2  # sentences emphasised in a hit


@dataclass(frozen=True, slots=True)
class Scored:
    """A paragraph's row and its score; a higher whole number goes before any fraction."""

    row: int
    score: float


def find(
    store: Store,
    dense: DenseIndex,
    plan: QueryPlan,
    vector: Vectors | None,
    *,
    filters: Filter,
    top_k: int,
    config: SearchConfig,
) -> list[Scored]:
    """The paragraphs that answer best, best first, ties by paragraph_id.

    First stand those whose printed number the question cites, then those of the authority and
    year that it names, then the rest; a filter and a quoted phrase bind all of them.
    """
    allowed = restriction(filters)
    if plan.phrases:
        allowed = allowed.both(
            Restriction.to(with_phrases(store.connection, plan.phrases, allowed))
        )
    groups = list(_groups(store, plan, allowed))
    found: dict[int, Scored] = {}
    for place, group in enumerate(groups):
        if len(found) >= top_k:
            break
        scores = _candidates(store, dense, plan, vector, allowed=group, config=config)
        for row in ranked(scores, store.names(list(scores))):
            found.setdefault(row, Scored(row, len(groups) - 1 - place + scores[row]))
    return list(found.values())[:top_k]


def _groups(store: Store, plan: QueryPlan, allowed: Restriction) -> Iterator[Restriction]:
    """What is searched first, second, and so on; the last is everything allowed."""
    scopes = [within(plan.authorities, plan.years)] if plan.authorities and plan.years else []
    scopes += [within(plan.authorities, ())] if plan.authorities else []
    scopes += [within((), plan.years)] if plan.years and not plan.authorities else []
    if plan.paragraph:
        narrowest = allowed.both(scopes[0]) if scopes else allowed
        yield Restriction.to(store.numbered(plan.paragraph, narrowest))
    for scope in scopes:
        yield allowed.both(scope)
    yield allowed


def _candidates(
    store: Store,
    dense: DenseIndex,
    plan: QueryPlan,
    vector: Vectors | None,
    *,
    allowed: Restriction,
    config: SearchConfig,
) -> dict[int, float]:
    """The fused scores of the best paragraphs among those allowed."""
    rankings = [
        _lexical(store, plan, allowed, config),
        _dense(store, dense, vector, allowed, config),
    ]
    return reciprocal_rank_fusion(
        rankings,
        rank_constant=config.rank_constant,
        weights=[config.lexical_weight, config.dense_weight],
    )


def _lexical(
    store: Store, plan: QueryPlan, allowed: Restriction, config: SearchConfig
) -> list[int]:
    expression = match_expression(plan)
    if expression is None:
        return []
    scores = bm25(store.connection, expression, allowed, config.depth, config.lexical)
    return _ordered(store, scores)


def _dense(
    store: Store,
    dense: DenseIndex,
    vector: Vectors | None,
    allowed: Restriction,
    config: SearchConfig,
) -> list[int]:
    if vector is None:
        return []
    rows = store.rows(allowed) if allowed.query else None
    return _ordered(store, dense.search(vector, config.depth, rows))


def _ordered(store: Store, scores: list[tuple[int, float]]) -> list[int]:
    """Rows by falling score, ties by paragraph_id."""
    best = dict(scores)
    return ranked(best, store.names(list(best)))
