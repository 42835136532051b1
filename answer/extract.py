"""Hits -> the sentences that answer, verbatim, each with its paragraph."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from answer.asked import Asked, Said, gives, said_in, share
from answer.held import place_alone
from answer.lead_in import is_led_into, tells_scope
from answer.model import Sentence
from answer.quotes import Quote, quotes_of, sentences_of
from answer.wanted import figures_of
from index.model import Hit, QueryPlan
from index.query import STOP_WORDS
from index.repeats import group_repeats
from index.stems import stems

NO_LEADS: Mapping[str, Hit] = {}
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
    worth_moved: float = 0.6  # the same, where the question asks how something moved
    base: float = 0.4  # what a sentence is worth for its paragraph alone
    figure: float = 0.4  # what a figure or a date is worth where one is asked for
    second_hand: float = 0.85  # what a retelling is worth beside the report itself
    recommendation: float = 0.85  # what one is worth beside a finding, unless asked for
    inspections: int = 3  # quoted from at most, where the question asks how something moved
    change_depth: int = 30  # hits that are read then
    leaning: float = 0.7  # what a sentence is worth that points back at what is not quoted
    led: float = 0.85  # what an item of a list is worth, quoted with what leads into it
    alike: float = 0.65  # share of the shorter sentence's words that makes two the same


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A sentence that could be quoted."""

    hit: Hit
    quote: Quote
    value: float
    content: frozenset[str]  # stems, without those of stop words
    led_by: str = ""  # what leads into it, where it is an item of a list


@dataclass(slots=True)
class _Chosen:
    """What is quoted so far, by paragraph in the order in which each came in."""

    places: dict[str, set[int]] = field(default_factory=dict)  # {paragraph_id: sentences}
    first: dict[str, int] = field(default_factory=dict)  # {paragraph_id: where the best begins}
    candidates: list[_Candidate] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(map(len, self.places.values()))

    def add(self, candidate: _Candidate) -> None:
        key, quote = candidate.hit.paragraph_id, candidate.quote
        together = (*quote.needs, quote.place)
        self.places.setdefault(key, set()).update(together)
        self.first.setdefault(key, min(together))
        self.candidates.append(candidate)

    def in_order(self, key: str) -> list[int]:
        """The sentences of a paragraph from the best one on, those before it after them.

        None is torn from one that it leans on: the best begins with what it leans on, and what
        leans on nothing before that stands behind it.
        """
        return sorted(self.places[key], key=lambda place: (place < self.first[key], place))


def extract(
    plan: QueryPlan,
    asked: Asked,
    hits: Sequence[Hit],
    leads: Mapping[str, Hit] = NO_LEADS,
    config: ExtractConfig | None = None,
) -> tuple[Sentence, ...]:
    """Return two to five sentences of the hits, what answers best first.

    Of several places that say the same the official one is quoted. Where the question asks how
    something moved, the sentences are of at least two inspections, the earlier one first.
    Where it asks for paragraphs by their numbers, these follow each other.
    """
    config = config or ExtractConfig()
    moved = plan.change or plan.year_from is not None
    depth = config.change_depth if moved else config.depth
    shown = [group.hit for group in group_repeats(_named(hits)[:depth])]
    texts = {hit.paragraph_id: sentences_of(hit.text) for hit in shown}
    candidates = sorted(
        _candidates(plan, asked, shown, leads, config),
        key=lambda one: (-one.value, one.hit.rank, one.quote.place),
    )
    hit_of = {hit.paragraph_id: hit for hit in shown}
    if place_alone(plan):
        candidates.sort(key=lambda one: (one.quote.place, _cited_at(plan, one.hit)))
        chosen = _chosen(asked, candidates, config, 0.0)
        ids = sorted(chosen.places, key=lambda key: _cited_at(plan, hit_of[key]))
    elif moved:
        candidates = _by_turns(candidates, config.inspections)
        chosen = _chosen(asked, candidates, config, config.worth_moved)
        ids = sorted(chosen.places, key=lambda key: hit_of[key].year or 0)
    else:
        chosen = _chosen(asked, candidates, config, config.worth)
        ids = list(chosen.places)
    return tuple(
        Sentence(texts[key][place], (key,)) for key in ids for place in chosen.in_order(key)
    )


def _cited_at(plan: QueryPlan, hit: Hit) -> int:
    """The place of a paragraph among those that were asked for by their numbers."""
    cited = [number.lower() for number in plan.paragraphs]
    number = (hit.number or "").lower()
    return cited.index(number) if number in cited else len(cited)


def _named(hits: Sequence[Hit]) -> list[Hit]:
    """The hits of what the question names, as far as there are any (see index.search.find)."""
    named = [hit for hit in hits if math.floor(hit.score) == math.floor(hits[0].score)]
    return [hit for hit in named if hit.kind != "boilerplate"] or named


def _candidates(
    plan: QueryPlan,
    asked: Asked,
    hits: Sequence[Hit],
    leads: Mapping[str, Hit],
    config: ExtractConfig,
) -> Iterator[_Candidate]:
    for hit in hits:
        lead = leads[hit.paragraph_id].text if hit.paragraph_id in leads else ""
        sentences = sentences_of(hit.text)
        said = [said_in(sentence) for sentence in sentences]
        weight = _strength(hit, hits[0]) * _standing(plan, hit, config)
        for quote in quotes_of(sentences):
            led_by = lead if quote.place == 0 else ""
            value = weight * _value(asked, quote, said, led_by, config)
            if quote.leans:
                value *= config.leaning
            elif quote.place == 0 and is_led_into(hit):
                value *= config.led if lead and not tells_scope(lead) else config.leaning
            yield _Candidate(hit, quote, value, said[quote.place].each - _STOPS, led_by)


def _standing(plan: QueryPlan, hit: Hit, config: ExtractConfig) -> float:
    """What a paragraph's word is worth: a report's own finding says most."""
    worth = config.second_hand if hit.second_hand else 1.0
    if hit.recommendation and not _RECOMMENDED.search(plan.text):
        worth *= config.recommendation
    return worth


def _strength(hit: Hit, best: Hit) -> float:
    """How well a hit fits beside the best one, 0 to 1."""
    return min(1.0, _points(hit) / max(_points(best), 1e-9))


def _points(hit: Hit) -> float:
    """The points of which a score's fraction was made (index.search)."""
    fraction = hit.score % 1
    return fraction / (1 - fraction)


def _value(
    asked: Asked, quote: Quote, said: Sequence[Said], led_by: str, config: ExtractConfig
) -> float:
    """How much a sentence says of what is asked, with those that it brings."""
    lead = said_in(led_by)
    own = share(asked, [lead, said[quote.place]])
    brought = share(asked, [lead, *(said[place] for place in (*quote.needs, quote.place))])
    order = lead.order + said[quote.place].order
    said_of_it = (own + brought) / 2
    figure = config.figure * gives(asked, f"{led_by} {quote.text}", order)
    return config.base + (1 - config.base) * said_of_it + figure * (1 + said_of_it) / 2


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
    asked: Asked, candidates: Sequence[_Candidate], config: ExtractConfig, worth: float
) -> _Chosen:
    """The first candidates that fit and are worth so much of the best one's value."""
    chosen = _Chosen()
    best = max((candidate.value for candidate in candidates), default=0.0)
    for candidate in candidates:
        told = candidate.value >= worth * best
        if (told or chosen.count < config.fewest) and _fits(asked, chosen, candidate, config):
            chosen.add(candidate)
    for candidate in candidates:  # what takes back part of a sentence goes with it
        places = chosen.places.get(candidate.hit.paragraph_id, set())
        before = candidate.quote.place - 1 in places
        if candidate.quote.qualifies and before and chosen.count < config.most:
            chosen.add(candidate)
    return chosen


def _fits(asked: Asked, chosen: _Chosen, candidate: _Candidate, config: ExtractConfig) -> bool:
    """Whether a sentence and what it brings still find room, and say something new."""
    places = chosen.places.get(candidate.hit.paragraph_id, set())
    quote = candidate.quote
    new = {*quote.needs, quote.place} - places
    return (
        quote.place in new
        and chosen.count + len(new) <= config.most
        and len(places) + len(new) <= config.of_one
        and not any(_alike(asked, candidate, said, config.alike) for said in chosen.candidates)
    )


def _alike(asked: Asked, one: _Candidate, other: _Candidate, limit: float) -> bool:
    """Whether one sentence says no more than the other; another figure, if one is asked, is new."""
    if asked.wanted and not figures_of(one.quote.text) <= figures_of(other.quote.text):
        return False
    same_list = one.led_by == other.led_by
    here, there = (item.content if same_list else _with_lead(item) for item in (one, other))
    shorter = min(len(here), len(there))
    return shorter > 0 and len(here & there) >= limit * shorter


def _with_lead(candidate: _Candidate) -> frozenset[str]:
    return candidate.content | (said_in(candidate.led_by).each - _STOPS)
