"""The words of paragraphs, and where each word stem stands among them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt

from index.stems import StemReader

Phrase = tuple[str, ...]  # of stems
Counts = npt.NDArray[np.float32]
Whole = npt.NDArray[np.integer[Any]]  # of the narrowest type that holds what is in it
Where = Whole | slice

_TEXTS_AT_ONCE = 2000
_AT_ONCE = 1 << 20  # words sorted at one time; of 2^18 to 2^23 the quickest
_HALF = 32  # bits of a key for the word's place; the upper half is its stem
_NONE = np.empty(0, np.int64)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of paragraphs, one after the other, as numbers of stems.

    The empty stem, number 0, ends each paragraph, so that no phrase runs into the next.
    """

    stems: Sequence[str]
    stream: Whole  # (words,) number of each word's stem
    starts: Whole  # (paragraphs + 1,) where each paragraph begins in the stream, and the end

    @classmethod
    def read(cls, texts: Iterator[str]) -> Tokens:
        """The words of texts, however many."""
        reader = StemReader()
        streams, widths = [np.empty(0, np.uint32)], [np.zeros(1, np.int64)]
        while batch := list(islice(texts, _TEXTS_AT_ONCE)):
            stream, many = reader.read(batch)
            streams.append(stream.astype(np.uint32))
            widths.append(many)
        starts = np.cumsum(np.concatenate(widths))
        return cls(list(reader.numbers), np.concatenate(streams), starts)

    def followed_by(self, others: Tokens) -> Tokens:
        """These words and then the others."""
        numbers = {stem: number for number, stem in enumerate(self.stems)}
        theirs = [numbers.setdefault(stem, len(numbers)) for stem in others.stems]
        renumbered = np.array(theirs, _narrow(len(numbers)))[others.stream]
        return Tokens(
            list(numbers),
            np.concatenate([self.stream, renumbered]),
            np.append(self.starts, self.starts[-1] + others.starts[1:]),
        )

    def sorted(self) -> Tokens:
        """The same with the stems in the alphabet's order, and none that no word has."""
        sizes = _sizes(self.stream, len(self.stems))
        used = np.flatnonzero(np.append(1, sizes[1:]))
        order = sorted(used.tolist(), key=self.stems.__getitem__)
        numbers = np.zeros(len(self.stems), _narrow(len(order)))
        numbers[order] = np.arange(len(order))
        return Tokens([self.stems[at] for at in order], numbers[self.stream], self.starts)

    def without(self, gone: npt.NDArray[np.bool_]) -> Tokens:
        """The words of all paragraphs but some."""
        if not gone.any():
            return self
        kept = ~gone
        widths = np.diff(self.starts)
        stream = self.stream[np.repeat(kept, widths)]
        return Tokens(self.stems, stream, np.append(0, np.cumsum(widths[kept])))


@dataclass(frozen=True)  # without slots, so that what is worked out of it is kept with it
class Postings:
    """The words of paragraphs and, for each stem, where it stands: in memory or mapped."""

    stems: Sequence[str]
    stream: Whole  # as in Tokens
    starts: Whole  # as in Tokens
    bounds: Whole  # (stems + 1,) where each stem's places begin, and the end
    places: Whole  # (words,) in the stream, ascending for each stem
    heads: Whole  # (stems + 1,) where each stem's entries begin in the two below, and the end
    paragraphs: Whole  # that hold a stem, ascending for each
    times: Whole  # how often each of them does

    @classmethod
    def of(cls, tokens: Tokens) -> Postings:
        """Invert the words of paragraphs."""
        sizes = _sizes(tokens.stream, len(tokens.stems))
        bounds = np.append(0, np.cumsum(sizes))
        places = np.empty(len(tokens.stream), _narrow(len(tokens.stream)))
        homes = np.empty(len(tokens.stream), _narrow(len(tokens.starts)))
        free = bounds[:-1].copy()
        for first, last in _stretches(tokens.starts):
            begin, end = tokens.starts[first], tokens.starts[last]
            stands, where = _by_stem(tokens.stream[begin:end], free)
            places[where] = begin + stands
            widths = np.diff(tokens.starts[first : last + 1])
            homes[where] = np.repeat(np.arange(first, last), widths)[stands]
        return cls(
            tokens.stems, tokens.stream, tokens.starts, bounds, places, *_runs(homes, bounds)
        )

    @property
    def tokens(self) -> Tokens:
        """What was inverted."""
        return Tokens(self.stems, self.stream, self.starts)

    @property
    def size(self) -> int:
        """How many paragraphs it is over."""
        return len(self.starts) - 1

    @property
    def lengths(self) -> Whole:
        """Words of each paragraph."""
        lengths: Whole = np.diff(self.starts) - 1
        return lengths

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {stem: number for number, stem in enumerate(self.stems)}

    def counts(self, phrases: Collection[Phrase]) -> tuple[Where, Counts]:
        """Where in all paragraphs any of the phrases may stand, and how often all of them do."""
        if len(phrases) == 1:
            held, times = self.standing(*phrases)
            return held.astype(np.int64), times.astype(np.float32)
        counts = np.zeros(self.size, np.float32)
        for phrase in phrases:
            held, times = self.standing(phrase)
            counts[held] += times
        return slice(None), counts

    def standing(self, phrase: Phrase) -> tuple[Whole, Whole]:
        """The paragraphs in which stems follow each other, ascending, and how often in each."""
        known = [self._numbers.get(stem) for stem in phrase]
        numbers = [number for number in known if number is not None]
        if not numbers or len(numbers) < len(phrase):
            return _NONE, _NONE
        if len(numbers) > 1:
            return _counted(self._following(numbers))
        mine = _span(self.heads, numbers[0])
        return self.paragraphs[mine], self.times[mine]

    def _following(self, numbers: Sequence[int]) -> Whole:
        """The paragraph of every place where stems follow each other.

        The rarest says where to look; what stands beside it is read there.
        """
        order = sorted(range(len(numbers)), key=lambda at: self._often(numbers[at]))
        rarest, before = numbers[order[0]], order[0]
        mine = _span(self.heads, rarest)
        homes = np.repeat(self.paragraphs[mine], self.times[mine])
        places = self.places[_span(self.bounds, rarest)]
        end = len(self.stream) - len(numbers)
        room = slice(*np.searchsorted(places, [before, end + before + 1]))
        homes, first = homes[room], places[room].astype(np.int64) - before
        for at in order[1:]:
            follows = np.flatnonzero(self.stream.take(first + at) == numbers[at])
            homes, first = homes[follows], first[follows]
        return homes

    def _often(self, number: int) -> int:
        return int(self.bounds[number + 1] - self.bounds[number])


def _span(bounds: Whole, number: int) -> slice:
    return slice(int(bounds[number]), int(bounds[number + 1]))


def _narrow(most: int) -> np.dtype[Any]:
    """The narrowest type that holds all numbers up to one."""
    return np.min_scalar_type(most)


def _sizes(stream: Whole, total: int) -> Whole:
    """How often each number occurs, without a wide copy of the whole stream."""
    sizes = np.zeros(total, np.int64)
    for first in range(0, len(stream), _AT_ONCE):
        sizes += np.bincount(stream[first : first + _AT_ONCE], minlength=total)
    return sizes


def _stretches(starts: Whole) -> Iterator[tuple[int, int]]:
    """From and to, the spans between which hold about _AT_ONCE together."""
    first, total = 0, len(starts) - 1
    while first < total:
        last = int(np.searchsorted(starts, starts[first] + _AT_ONCE, "right")) - 1
        last = min(max(last, first + 1), total)
        yield first, last
        first = last


def _by_stem(stream: Whole, free: Whole) -> tuple[Whole, Whole]:
    """The places of words by stem, and where their entries go; `free` moves on."""
    keys = stream.astype(np.uint64) << _HALF
    keys |= np.arange(len(stream), dtype=np.uint64)
    keys.sort()
    sizes = np.bincount(stream, minlength=len(free))
    where = np.repeat(free - (np.cumsum(sizes) - sizes), sizes) + np.arange(len(stream))
    free += sizes
    return (keys & ((1 << _HALF) - 1)).astype(np.int64), where


def _runs(homes: Whole, bounds: Whole) -> tuple[Whole, Whole, Whole]:
    """Each stem's paragraphs once with how often, from one for each occurrence."""
    paragraphs, counts, sizes = [homes[:0]], [np.empty(0, np.uint8)], []
    for first, last in _stretches(bounds):
        mine = homes[bounds[first] : bounds[last]]
        begins = np.ones(len(mine), np.bool_)
        begins[1:] = mine[1:] != mine[:-1]
        heads = bounds[first:last] - bounds[first]
        begins[heads[heads < len(mine)]] = True
        at = np.flatnonzero(begins)
        many = np.diff(at, append=len(mine))
        paragraphs.append(mine[at])
        counts.append(many.astype(_narrow(many.max(initial=0))))
        sizes.append(np.diff(np.searchsorted(at, bounds[first : last + 1] - bounds[first])))
    ends = np.cumsum(np.concatenate([[0], *sizes]))
    return ends, np.concatenate(paragraphs), np.concatenate(counts)


def _counted(held: Whole) -> tuple[Whole, Whole]:
    """Each of the ascending numbers once, and how often it was there."""
    if not len(held):
        return _NONE, _NONE
    ends = np.flatnonzero(np.append(held[1:] != held[:-1], True))
    return held[ends], np.diff(ends, prepend=-1)
