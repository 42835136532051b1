"""Hits that say the same thing, gathered so that one of them can stand for all."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.model import Hit
from index.sentences import sentence_spans

SHINGLE = 4  # words: enough that two sentences on one topic share few by chance
FEWEST = 5  # shingles of a sentence; shorter ones ("It is good.") recur without being repeats
RECURS = 0.75  # share of a sentence's shingles that a text holds which says the sentence again
SAME = 0.5  # share of the shorter text that the longer one says again
_WORD = re.compile(r"[^\W_]+")

_Shingles = frozenset[int]  # hashes of runs of words


@dataclass(frozen=True, slots=True)
class Repeated:
    """A hit and the others that say the same."""

    hit: Hit
    repeats: tuple[Hit, ...] = ()  # in the order of their ranks


def group_repeats(hits: Sequence[Hit]) -> list[Repeated]:
    """The hits in their order, each passage once; every hit is in exactly one group.

    A group stands where its best hit stands. It is shown by its best official hit, by a
    second-hand one only where there is no other. Passages of two inspections are never grouped,
    however alike: they are two findings. Nor is a finding with the recommendation made of it.
    """
    groups: list[list[Hit]] = []
    for hit in hits:
        home = next((group for group in groups if _same_passage(group, hit)), None)
        if home is None:
            groups.append([hit])
        else:
            home.append(hit)
    return [_shown(group) for group in groups]


def says_again(one: str, other: str) -> bool:
    """Whether half of the shorter text stands, sentence by sentence, in the longer one too."""
    if _shingles(one).isdisjoint(_shingles(other)):  # as most are, and quickly told
        return False
    short, long = sorted((one, other), key=lambda text: sum(map(len, _sentences(text))))
    every, sentences = _shingles(long), _sentences(short)
    repeated = sum(
        len(sentence)
        for sentence in sentences
        if len(sentence) >= FEWEST and len(sentence & every) >= RECURS * len(sentence)
    )
    return repeated > 0 and repeated >= SAME * sum(map(len, sentences))


@lru_cache(maxsize=1000)  # the hits of some searches
def _shingles(text: str) -> _Shingles:
    """The runs of words of a text, without case, marks and hyphens."""
    return _runs(text)


@lru_cache(maxsize=1000)
def _sentences(text: str) -> tuple[_Shingles, ...]:
    return tuple(_runs(text[start:end]) for start, end in sentence_spans(text))


def _runs(text: str) -> _Shingles:
    words = _WORD.findall(text.casefold())
    return frozenset(map(hash, zip(*(words[at:] for at in range(SHINGLE)), strict=False)))


def _same_passage(group: Sequence[Hit], hit: Hit) -> bool:
    """Whether a hit repeats all of a group: a web page may run two paragraphs together."""
    return all(
        hit.recommendation == other.recommendation
        and _same_inspection(hit, other)
        and says_again(hit.text, other.text)
        for other in group
    )


def _same_inspection(one: Hit, other: Hit) -> bool:
    """Whether both are of one document, or one of them retells what is published elsewhere."""
    if one.document_id == other.document_id:
        return True
    named = one.repeats == other.doc or other.repeats == one.doc
    same_place = one.authority is not None and one.authority == other.authority
    return named or (same_place and (one.second_hand or other.second_hand))


def _shown(group: list[Hit]) -> Repeated:
    shown = min(group, key=lambda hit: (hit.second_hand, hit.rank))
    return Repeated(shown, tuple(hit for hit in group if hit is not shown))
