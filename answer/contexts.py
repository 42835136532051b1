"""What a figure or a word is said of: the words around it, the nearer the weightier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from answer.naming import plain
from index.sentences import Span
from index.stems import stems

_WORD = re.compile(r"\w+(?:'\w+)?|[,;:()—]|-(?=\s)")
_BREAKS = {",": 2.0, ";": 6.0, ":": 3.0, "(": 1.0, ")": 1.0}
_JOINS = {"and": 1.0, "but": 4.0, "while": 4.0, "compared": 1.0, "against": 1.0, "although": 4.0}
_COMMON = frozenset(
    "a an the of in on at to for from by with and or but as is are was were be been being has have "
    "had do does did it its their his her they them this that these those there who which what "
    "when where than then so if not no can could will would may might should also into over under "
    "per cent about some one s more most very such other only".split()
)


@dataclass(frozen=True, slots=True)
class Context:
    """The weights of the stems around a place of a sentence."""

    weights: Mapping[str, float]

    def likeness(self, other: Context) -> float:
        """How far two places are said of the same: the shared weight, 0 to about 1."""
        shared = self.weights.keys() & other.weights.keys()
        total = min(sum(self.weights.values()), sum(other.weights.values())) or 1.0
        return sum(min(self.weights[stem], other.weights[stem]) for stem in shared) / total


def content_stems(text: str) -> list[str]:
    """The stems of the words that carry meaning."""
    return [stem for word in _words(text) if word not in _COMMON for stem in stems(word)]


def contexts(text: str, places: Sequence[Span], hidden: Iterable[Span] = ()) -> list[Context]:
    """The context of each place of a sentence; what is hidden counts for none."""
    smooth = plain(text).lower()
    out = [*places, *hidden]
    tokens = []
    depth = 0.0
    for match in _WORD.finditer(smooth):
        word = match[0]
        depth += 1 + _BREAKS.get(word, 0.0) + _JOINS.get(word, 0.0)
        if word in _COMMON or not word[0].isalnum():
            continue
        if any(start < match.end() and match.start() < end for start, end in out):
            continue
        for stem in stems(word):
            tokens.append((match.start(), depth, stem))
    return [_around(smooth, place, tokens) for place in places]


def _around(text: str, place: Span, tokens: Sequence[tuple[int, float, str]]) -> Context:
    at = _depth(text, place[0])
    weights: dict[str, float] = {}
    for _, depth, stem in tokens:
        weight = 1 / (2 + abs(depth - at))
        weights[stem] = max(weights.get(stem, 0.0), weight)
    return Context(weights)


def _depth(text: str, at: int) -> float:
    depth = 0.0
    for match in _WORD.finditer(text):
        if match.start() > at:
            break
        depth += 1 + _BREAKS.get(match[0], 0.0) + _JOINS.get(match[0], 0.0)
    return depth


def _words(text: str) -> list[str]:
    return [match[0] for match in _WORD.finditer(plain(text).lower()) if match[0][0].isalnum()]
