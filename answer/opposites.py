"""Words that say opposite things, found in a text with the way they are turned there."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from answer.naming import plain
from index.sentences import Span

_DATA = Path(__file__).parent / "data" / "opposites.toml"
_REACH = 3  # words that a denial reaches over
_STOP = re.compile(
    r"[,;:.()]|\b(?:and|but|that|although|though|while|whereas|however|which|who|because)\b"
)
_UNDOING = frozenset({"without", "not"})  # after a denial: "no school without a nurse"
# Denials by grammar alone; "lack" and its like find fault besides.
_ASKED = re.compile(r"\bhow\s+$")  # "how good it is" does not say that it is good


@dataclass(frozen=True, slots=True)
class Opposite:
    """A word on one side of an axis."""

    start: int
    end: int
    axis: str
    side: int  # +1 or -1, denials taken in
    denied: bool
    tone: int = 0  # +1 praises, -1 finds fault, 0 neither

    @property
    def span(self) -> Span:
        """Where it stands."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class _Axis:
    name: str
    tone: bool
    words: tuple[list[str], list[str]]
    first: re.Pattern[str]
    second: re.Pattern[str]


def opposites(text: str) -> list[Opposite]:
    """The words of every axis in the text, in its order; of two that overlap the longer."""
    smooth = plain(text).lower()
    undone = _undone(smooth)
    named = [*(match.span() for match in _names().finditer(smooth)), *undone]
    turning = _denials_in(smooth, undone)
    found = []
    for axis in _axes():
        hits = [(m.span(), 1) for m in axis.first.finditer(smooth)]
        hits += [(m.span(), -1) for m in axis.second.finditer(smooth)]
        for (start, end), side in _longest(hits):
            inside = any(_within((start, end), name) for name in named)
            if inside or _ASKED.search(smooth[:start]):
                continue
            denied = any(reaches(smooth, denial, start, end) for denial in turning)
            turned = -side if denied else side
            tone = turned if axis.tone else 0
            found.append(Opposite(start, end, axis.name, turned, denied, tone))
    whole = [one for one in found if not any(_inside(one, other) for other in found)]
    return sorted(whole, key=lambda one: one.start)


def _inside(one: Opposite, other: Opposite) -> bool:
    """Whether a word is only part of a longer one, as "good" is of "in good time"."""
    held = other.start <= one.start and one.end <= other.end
    return held and one.end - one.start < other.end - other.start


def denials(text: str) -> list[Span]:
    """The words of a text that turn what follows them round."""
    smooth = plain(text).lower()
    return _denials_in(smooth, _undone(smooth))


def has_denials(text: str) -> bool:
    """Whether a text denies by grammar, be it that two denials undo each other.

    Not those of a phrase that has an opposite of its own: "nothing to be desired".
    """
    phrases = [one.span for one in opposites(text)]
    every = (match.span() for match in _grammatical().finditer(plain(text).lower()))
    return any(all(one == it or not _within(one, it) for it in phrases) for one in every)


def _denials_in(smooth: str, undone: list[Span]) -> list[Span]:
    every = (match.span() for match in _denials().finditer(smooth))
    return [one for one in every if one not in undone]


def _undone(smooth: str) -> list[Span]:
    """Denials that deny nothing: of "nobody but", and two that undo each other."""
    named = [match.span() for match in _names().finditer(smooth)]
    every = [match.span() for match in _denials().finditer(smooth)]
    out = [one for one in every if any(_within(one, name) for name in named)]
    left = [one for one in every if one not in out]
    while len(left) > 1:
        first, second = left[0], left[1]
        undoes = smooth[slice(*second)] in _UNDOING
        pair = undoes and _STOP.search(smooth, first[1], second[0]) is None
        out += left[:2] if pair else []
        left = left[2:] if pair else left[1:]
    return out


def _within(one: Span, other: Span) -> bool:
    return other[0] <= one[0] and one[1] <= other[1]


def reaches(text: str, denial: tuple[int, int], start: int, end: int) -> bool:
    """Whether a denial before a word is about it."""
    if denial[1] > start:
        return False
    between = text[denial[1] : start].lower()
    return len(between.split()) <= _REACH and _STOP.search(between) is None


def _longest(hits: list[tuple[tuple[int, int], int]]) -> list[tuple[tuple[int, int], int]]:
    kept: list[tuple[tuple[int, int], int]] = []
    for hit in sorted(hits, key=lambda one: one[0][0] - one[0][1]):
        (start, end), _ = hit
        if all(end <= other[0][0] or start >= other[0][1] for other in kept):
            kept.append(hit)
    return kept


def word_lists() -> list[tuple[str, list[str], list[str]]]:
    """Each axis with the words of its two sides, stems that any ending may follow left out."""
    return [(axis.name, _whole(axis.words[0]), _whole(axis.words[1])) for axis in _axes()]


def _whole(words: list[str]) -> list[str]:
    return [word for word in words if not word.endswith("*")]


@lru_cache(maxsize=1)
def _data() -> dict[str, object]:
    return tomllib.loads(_DATA.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _axes() -> tuple[_Axis, ...]:
    axes = _data()["axis"]
    if not isinstance(axes, list):
        raise TypeError(f"{_DATA.name} has no list of axes")
    return tuple(
        _Axis(
            one["name"],
            one.get("tone", False),
            (one["first"], one["second"]),
            _any(one["first"]),
            _any(one["second"]),
        )
        for one in axes
    )


@lru_cache(maxsize=1)
def _denials() -> re.Pattern[str]:
    return _denying("deny", "deny_by_grammar")


@lru_cache(maxsize=1)
def _grammatical() -> re.Pattern[str]:
    return _denying("deny_by_grammar")


def _denying(*lists: str) -> re.Pattern[str]:
    """The words of these lists, and what ends in "n't"."""
    words: list[str] = []
    for name in lists:
        listed = _data()[name]
        words += listed if isinstance(listed, list) else []
    return re.compile(rf"{_any(words).pattern}|\b\w+n't\b")


@lru_cache(maxsize=1)
def _names() -> re.Pattern[str]:
    words = _data()["names"]
    return _any(words if isinstance(words, list) else [])


def _any(words: list[str]) -> re.Pattern[str]:
    """Any of the words or phrases; a star stands for any ending."""
    ordered = sorted(words, key=len, reverse=True)
    parts = (re.escape(word).replace(r"\*", r"[\w-]*") for word in ordered)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(parts)})(?![\w])")
