"""Hits -> the sentences that answer, verbatim, each with its paragraph."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from answer.asked import Asked, Said, holds_wanted, said_in, share
from answer.lead_in import is_led_into
from answer.model import Sentence
from answer.quotes import Quote, quotes_of, sentences_of
from index.model import Hit, QueryPlan
from index.query import STOP_WORDS
from index.repeats import group_repeats
from index.stems import stems

_RECOMMENDED = re.compile(
    r"\b(?:recommend\w*|need(?:s|ed)? to|should|must|improvements?|priorit\w+|told to)\b", re.I
)
_STOPS = frozenset(stem for word in STOP_WORDS for stem in stems(word))


@dataclass(frozen=True, slots=True)
class ExtractConfig:
    """How sentences are chosen; the figures were compared on the development sets."""

    depth: int = 10  # hits that are read
    fewest: int = 2  # sentences
    most: int = 5
    of_one: int = 3  # sentences of one paragraph, those that they bring included
    worth: float = 0.75  # of the best sentence's value, that another one needs
    base: float = 0.4  # what a sentence is worth for its paragraph alone
    figure: float = 0.25  # what a figure or a date is worth where one is asked for
    second_hand: float = 0.85  # what a retelling is worth beside the report itself
    recommendation: float = 0.85  # what one is worth beside a finding, unless asked for
    inspections: int = 3  # quoted from at most, where the question asks how something moved
    change_depth: int = 30  # hits that are read then
    leaning: float = 0.7  # what a sentence is worth that points back at another paragraph
    alike: float = 0.65  # share of the shorter sentence's words that makes two the same


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that could be quoted."""

    hit: Hit
    quote: Quote
    value: float
    content: frozenset[str]  # stems, without those of stop words


@dataclass(slots=True)
class _Chosen:
    """What is quoted so far, by paragraph in the order in which each came in."""

    places: dict[str, set[int]] = field(default_factory=dict)  # {paragraph_id: sentences}
    contents: list[frozenset[str]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.places.values()))

    def add(self, candidate: _Candidate) -> None:
        places = self.places.setdefault(candidate.hit.paragraph_id, set())
        places.update((*candidate.quote.needs, candidate.quote.place))
        self.contents.append(candidate.content)


def extract(
    plan: QueryPlan, asked: Asked, hits: Sequence[Hit], config: ExtractConfig | None = None
) -> tuple[Sentence, ...]:
    """Return two to five sentences of the hits, what answers best first.

    Of several places that say the same the official one is quoted. Where the question asks how
    something moved, the sentences are of at least two inspections, the earlier one first.
    """
    config = config or ExtractConfig()
    moved = plan.change or plan.year_from is not None
    depth = config.change_depth if moved else config.depth
    shown = [group.hit for group in group_repeats(_named(hits)[:depth])]
    texts = {hit.paragraph_id: sentences_of(hit.text) for hit in shown}
    candidates = sorted(
        _candidates(plan, asked, shown, texts, config),
        key=lambda one: (-one.value, one.hit.rank, one.quote.place),
    )
    if moved:
        candidates = _by_turns(candidates, config.inspections)
    chosen = _chosen(candidates, config, everything=moved)
    order = {hit.paragraph_id: hit for hit in shown}
    ids = list(chosen.places)
    if moved:
        ids.sort(key=lambda key: order[key].year or 0)
    return tuple(
        Sentence(texts[key][place], (key,)) for key in ids for place in sorted(chosen.places[key])
    )


def _named(hits: Sequence[Hit]) -> list[Hit]:
    """The hits of what the question names, as far as there are any (see index.search.find)."""
    named = [hit for hit in hits if math.floor(hit.score) == math.floor(hits[0].score)]
    return [hit for hit in named if hit.kind != "boilerplate"] or named


def _candidates(
    plan: QueryPlan,
    asked: Asked,
    hits: Sequence[Hit],
    texts: Mapping[str, Sequence[str]],
    config: ExtractConfig,
) -> Iterator[_Candidate]:
    for hit in hits:
        sentences = texts[hit.paragraph_id]
        said = [said_in(sentence) for sentence in sentences]
        weight = _strength(hit, hits[0]) * _standing(plan, hit, config)
        for quote in quotes_of(sentences):
            value = weight * _value(asked, quote, said, config)
            content = said[quote.place].each - _STOPS
            yield _Candidate(hit, quote, value, content)


def _standing(plan: QueryPlan, hit: Hit, config: ExtractConfig) -> float:
    """What a paragraph's word is worth: a report's own finding says most."""
    worth = config.second_hand if hit.second_hand else 1.0
    if hit.recommendation and not _RECOMMENDED.search(plan.text):
        worth *= config.recommendation
    return worth * (config.leaning if is_led_into(hit) else 1.0)


def _strength(hit: Hit, best: Hit) -> float:
    """How well a hit fits beside the best one, 0 to 1."""
    return min(1.0, _points(hit) / max(_points(best), 1e-9))


def _points(hit: Hit) -> float:
    """The points of which a score's fraction was made (index.search)."""
    fraction = hit.score % 1
    return fraction / (1 - fraction)


def _value(asked: Asked, quote: Quote, said: Sequence[Said], config: ExtractConfig) -> float:
    """How much a sentence says of what is asked, with those that it brings."""
    own = share(asked, [said[quote.place]])
    brought = share(asked, [said[place] for place in (*quote.needs, quote.place)])
    value = config.base + (1 - config.base) * (own + brought) / 2
    if holds_wanted(asked.wanted, quote.text):
        value += config.figure
    return value * (config.leaning if quote.leans else 1.0)


def _by_turns(candidates: Sequence[_Candidate], inspections: int) -> list[_Candidate]:
    """The best of each year, then the second best of each; of the years that fit best alone.

    What bears no date says nothing of how things moved, and is left out where others do.
    """
    dated = [one for one in candidates if one.hit.year is not None] or candidates
    years: dict[int | None, list[_Candidate]] = {}
    for candidate in dated:
        years.setdefault(candidate.hit.year, []).append(candidate)
    best = list(years.values())[:inspections]
    turns = [(place, one) for entries in best for place, one in enumerate(entries)]
    return [one for _, one in sorted(turns, key=lambda turn: turn[0])]


def _chosen(
    candidates: Sequence[_Candidate], config: ExtractConfig, *, everything: bool
) -> _Chosen:
    """The first candidates that are worth it and fit; `everything` waives what they are worth."""
    chosen = _Chosen()
    best = max((candidate.value for candidate in candidates), default=0.0)
    for candidate in candidates:
        worth = everything or candidate.value >= config.worth * best
        if (worth or chosen.count < config.fewest) and _fits(chosen, candidate, config):
            chosen.add(candidate)
    for candidate in candidates:  # what takes back part of a sentence goes with it
        places = chosen.places.get(candidate.hit.paragraph_id, set())
        before = candidate.quote.place - 1 in places
        if candidate.quote.qualifies and before and chosen.count < config.most:
            chosen.add(candidate)
    return chosen


def _fits(chosen: _Chosen, candidate: _Candidate, config: ExtractConfig) -> bool:
    """Whether a sentence and what it brings still find room, and say something new."""
    places = chosen.places.get(candidate.hit.paragraph_id, set())
    quote = candidate.quote
    new = {*quote.needs, quote.place} - places
    return (
        quote.place in new
        and chosen.count + len(new) <= config.most
        and len(places) + len(new) <= config.of_one
        and not any(_alike(candidate.content, said, config.alike) for said in chosen.contents)
    )


def _alike(one: frozenset[str], other: frozenset[str], limit: float) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= limit * shorter
