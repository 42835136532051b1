"""The sentences of a paragraph that match a question best."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import lru_cache

from index.lexical import words, words_from
from index.model import QueryPlan
from index.sentences import sentence_spans

_ENDINGS = ("ations", "ation", "ments", "ment", "ings", "ing", "ies", "ed", "es", "s", "y", "e")
_SHORTEST_STEM = 4  # letters
_WORTH_SHOWING = 0.6  # of the best sentence's weight


def term_weights(
    plan: QueryPlan, vocabulary: Mapping[str, int], paragraphs: int
) -> dict[str, float]:
    """How much each stem of a question tells: its inverse document frequency."""
    asked = [*plan.terms, *plan.phrases]
    asked += [form for forms in plan.expansions.values() for form in forms]
    weights: dict[str, float] = {}
    for word in {word for term in asked for word in words(term)}:
        weight = math.log(1 + paragraphs / (1 + vocabulary.get(word, 0)))
        key = stem(word)
        weights[key] = max(weight, weights.get(key, 0.0))
    return dict(sorted(weights.items()))  # so that their sums are always the same


def highlights(text: str, weights: Mapping[str, float], count: int = 2) -> tuple[str, ...]:
    """At most `count` sentences of the text, verbatim and in its order, that weigh most."""
    sentences = [text[start:stop] for start, stop in sentence_spans(text)] if weights else []
    weighed = [(_weight(sentence, weights), sentence) for sentence in sentences]
    best = max((weight for weight, _ in weighed), default=0.0)
    floor = best * _WORTH_SHOWING
    if not best:
        return ()
    chosen = sorted((pair for pair in weighed if pair[0] >= floor), key=lambda pair: -pair[0])
    kept = {sentence for _, sentence in chosen[:count]}
    return tuple(sentence for sentence in dict.fromkeys(sentences) if sentence in kept)


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """The word without its endings, so that "placed" and "placements" meet."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return stem(word[: -len(ending)])
    doubled = len(word) > _SHORTEST_STEM and word[-1] == word[-2] and word[-1] not in "aeiouls"
    return word[:-1] if doubled else word


def _weight(sentence: str, weights: Mapping[str, float]) -> float:
    """The weights of the stems that a sentence holds; a stem is what its word begins with."""
    held = set(map(stem, words_from(sentence, weights))).intersection(weights)
    return sum(weights[key] for key in sorted(held))
