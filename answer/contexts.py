"""What a figure or a word is said of: the words around it, the nearer the weightier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from answer.figures import IN_DIGITS
from answer.naming import plain
from index.sentences import Span
from index.stems import stems

_WORD = re.compile(r"\w+(?:'\w+)?|[,;:()]")
# How much further apart a mark or a word of joining sets what stands on its two sides.
_BREAKS = {",": 2.0, ";": 6.0, ":": 3.0, "(": 1.0, ")": 1.0}
_BREAKS |= {"and": 1.0, "but": 4.0, "while": 4.0, "although": 4.0, "compared": 1.0, "against": 1.0}
_FROM_TO = {"from": "<from>", "to": "<to>"}  # "rose from 4 to 6": which came first
_FROM_TO_WEIGHT = 0.5
_PARTED = re.compile(
    r"[,;:()]\s*|\s+(?:but|and|while|whereas|against|compared (?:with|to)|up from|down from)\s+"
)
_COMMON_WORDS = (
    "a an the of in on at to for from by with and or but as is are was were be been being has "
    "have had do does did it its their his her they them this that these those there who "
    "which what when where than then so if not no can could will would may might should also "
    "into over under per cent about some one s more most very such other only"
)
_COMMON = frozenset(_COMMON_WORDS.split())
_CLAUSE = re.compile(
    r"[,;:()]\s+|\s+(?:but|although|though|while|whereas|however|because|which|and)\s+"
)
_LEAST_CLAUSE = 4  # words
_CLEAR = 0.05  # difference of weights: a word five words off and one of four, say


@dataclass(frozen=True, slots=True)
class Context:
    """The weights of the stems around a place of a sentence."""

    weights: Mapping[str, float]

    def likeness(self, other: Context) -> float:
        """How far two places are said of the same: the shared weight, 0 to 1."""
        shared = self.weights.keys() & other.weights.keys()
        total = min(sum(self.weights.values()), sum(other.weights.values())) or 1.0
        return sum(min(self.weights[stem], other.weights[stem]) for stem in shared) / total


def contrast(one: Context, two: Context, third: Context, fourth: Context) -> float:
    """Whether one is to two as third is to fourth: 1 alike, -1 exchanged, 0 cannot be told.

    The cosine of the differences of weights, over the stems that both sides have and that stand
    clearly nearer to one place than to the other.
    """
    first = _difference(one, two)
    second = _difference(third, fourth)
    shared = [
        s for s in first.keys() & second.keys() if min(abs(first[s]), abs(second[s])) > _CLEAR
    ]
    dot = sum(first[stem] * second[stem] for stem in shared)
    length = sum(first[s] ** 2 for s in shared) * sum(second[s] ** 2 for s in shared)
    return float(dot / length**0.5) if length else 0.0


def _difference(one: Context, two: Context) -> dict[str, float]:
    names = one.weights.keys() | two.weights.keys()
    return {name: one.weights.get(name, 0.0) - two.weights.get(name, 0.0) for name in names}


@lru_cache(maxsize=20_000)
def content_stems(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning."""
    words = (match[0] for match in _WORD.finditer(plain(text).lower()) if match[0][0].isalnum())
    return tuple(stem for word in words if word not in _COMMON for stem in _stems(word))


def _stems(word: str) -> tuple[str, ...]:
    """The stems of a word; of a number in words its digits."""
    return (IN_DIGITS[word],) if word in IN_DIGITS else stems(word)


def contexts(text: str, places: Sequence[Span], hidden: Iterable[Span] = ()) -> list[Context]:
    """The context of each place of a sentence; what is hidden counts for none."""
    smooth = plain(text).lower()
    out = [*places, *hidden]
    tokens = list(_tokens(smooth, out))
    return [_around(smooth, place, tokens) for place in places]


def segment_stems(text: str, place: Span) -> frozenset[str]:
    """The stems of the part of the sentence, between marks and "and", that holds a place."""
    smooth, (first, last) = plain(text), segment(text, place)
    return frozenset(content_stems(smooth[first : place[0]] + " " + smooth[place[1] : last]))


def segment(text: str, place: Span) -> Span:
    """The part of the sentence, between marks and "and", that holds a place."""
    smooth = plain(text)
    cuts = [0, *(match.end() for match in _PARTED.finditer(smooth)), len(smooth)]
    first = max(cut for cut in cuts if cut <= place[0])
    return first, min((cut for cut in cuts if cut >= place[1]), default=len(smooth))


def clauses(sentence: str) -> list[Span]:
    """The clauses of a sentence; a part of a few words stays with the one before."""
    cuts = [match.span() for match in _CLAUSE.finditer(plain(sentence))]
    found: list[Span] = []
    start = 0
    for end, following in [*cuts, (len(sentence), len(sentence))]:
        if len(sentence[start:end].split()) >= _LEAST_CLAUSE:
            found.append((start, end))
            start = following
        elif following == len(sentence) and found:
            found[-1] = (found[-1][0], end)
    return found or [(0, len(sentence))]


def clause_at(sentence: str, place: int) -> str:
    """The clause that holds a place of the sentence."""
    for start, end in clauses(sentence):
        if start <= place < end:
            return sentence[start:end]
    return sentence


def _tokens(text: str, hidden: Sequence[Span]) -> Iterator[tuple[float, str]]:
    """The stems that carry meaning, each with its distance from the beginning."""
    depth = 0.0
    for match in _WORD.finditer(text):
        word = match[0]
        depth += 1 + _BREAKS.get(word, 0.0)
        if word in _COMMON or not word[0].isalnum():
            continue
        if not any(start < match.end() and match.start() < end for start, end in hidden):
            for stem in _stems(word):
                yield depth, stem


def _around(text: str, place: Span, tokens: Sequence[tuple[float, str]]) -> Context:
    at, before = 0.0, ""
    for match in _WORD.finditer(text, 0, place[1]):
        at += 1 + _BREAKS.get(match[0], 0.0)
        if match.start() >= place[0]:
            break
        before = match[0]
    weights: dict[str, float] = {}
    for depth, stem in tokens:
        weights[stem] = max(weights.get(stem, 0.0), 1 / (2 + abs(depth - at)))
    if before in _FROM_TO:
        weights[_FROM_TO[before]] = _FROM_TO_WEIGHT
    return Context(weights)
