"""A question becomes a QueryPlan: what is asked, of whom, when, and in which other words."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect
from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from index.authorities import Place, Word, find_authorities, named_beside, words_of
from index.courtesies import without_courtesies
from index.glossary import learn_glossary
from index.kinds import kinds_named
from index.model import QueryPlan
from index.parts import part_name, without
from index.pinpoints import Names, Pinpoint, blanked, read_address, read_citation
from index.spelling import Speller
from index.when import (
    asks_for_change,
    dated_spans,
    interval,
    moment,
    years_named,
)

__all__ = ["Knowledge", "concepts", "encoded_text", "learn_glossary", "plan_query"]

DATA = Path(__file__).parent / "data"
STOP_WORDS = frozenset((DATA / "stop_words.txt").read_text(encoding="utf-8").split())
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_YEAR_AFTER_A_NAME = re.compile(r"(?<=[^\W\d_]{3})(?=(?:19|20)\d\d(?!\d))")  # "Hackney2016"
_LEADS = frozenset(("in", "at", "for", "of", "by", "from", "since", "the", "and", "to", "v", "vs"))
_LOOSE = " \t\r\n(,'’"
_FEWEST_JOINED = 3  # paragraphs with a word that the question writes as two
_MOST_SPELT = 60  # words that no document uses


@dataclass(frozen=True, slots=True)
class Dated:
    """The years by which a document may be named."""

    authority: str | None
    year: int | None  # it is cited by
    years: Collection[int]  # of its inspection and its publication
    kind: str | None = None


@dataclass(frozen=True)  # without slots, so that what is worked out of it is kept with it
class Knowledge:
    """What the library knows of its own documents."""

    authorities: Mapping[str, int] = field(default_factory=dict)  # name: documents
    years: Mapping[int, int] = field(default_factory=dict)  # year: documents
    glossary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of learn_glossary
    vocabulary: Mapping[str, int] = field(default_factory=dict)  # word: paragraphs
    ordinary: Collection[str] = frozenset()  # words of the language, whether documents use them
    names: Names = field(default_factory=Names)  # of the documents
    dated: Sequence[Dated] = ()  # every document

    @cached_property
    def sayings(self) -> Sayings:
        """Lay terms and the library's abbreviations, both ways."""
        return _sayings(self.glossary)

    @cached_property
    def speller(self) -> Speller:
        """What tells slips of spelling from words."""
        return Speller(self.vocabulary, self.ordinary)


def plan_query(
    question: str, knowledge: Knowledge, ignore: Collection[str] = frozenset()
) -> QueryPlan:
    """Return what the question was understood as, without the parts named in `ignore`."""
    address = read_address(question, knowledge.names)
    plain = without_courtesies(blanked(question, address.spans))
    asked = _YEAR_AFTER_A_NAME.sub(" ", plain)
    words = words_of(asked)
    found = find_authorities(words, knowledge.authorities, knowledge.vocabulary)
    places = [place for place in found if not _as_typed(place.typed, ignore)]
    held = [place for place in places if place.name in knowledge.authorities]
    beside = [place for place in places if named_beside(place, held, words, asked)]
    citation = read_citation(asked, knowledge.names, named=bool(places))
    year_from, year_to = interval(asked)
    years = years_named(asked)
    different = {year for together in years for year in together}
    change = len(different) > 1 or asks_for_change(asked, len({place.name for place in places}))
    kinds = kinds_named(asked)
    gaps = _gaps(asked, words, sorted([*held, *beside], key=lambda one: one.first), citation)
    if not change and not year_from:
        gaps = sorted([*gaps, *_of_held_kinds(kinds, held, knowledge)])
    said, where = moment(_masked(asked, words, places))
    if said and not change:
        gaps = sorted([*gaps, where])
    content = _outside(words, gaps)
    corrected = _corrections(content, knowledge)
    corrections = {said: to for said, to in corrected.items() if not _as_typed(said, ignore)}
    plan = QueryPlan(
        text=question,
        terms=_terms(content, corrections),
        phrases=_phrases(asked, words, content),
        expansions=_expansions(content, corrections, knowledge),
        corrections=corrections | {place.typed: place.name for place in places if place.typed},
        authorities=_unique(place.name for place in held),
        absent=_unique(place.name for place in places if place not in held),
        years=tuple(sorted(different)),
        year_from=year_from,
        year_to=year_to,
        paragraphs=citation.numbers,
        paragraph=next(iter(citation.numbers), None),
        documents=(address.place and address.documents) or citation.documents or address.documents,
        place=address.place or citation.place,
        kinds=tuple(kinds),
        moment=said,
        change=change,
        topic=_topic(asked, gaps, corrections) or question,
    )
    plan = without(plan, ignore)
    return replace(
        plan,
        absent_years=_absent_years(plan, years, knowledge),
        absent_kinds=_absent_kinds(plan, knowledge),
        lacking=_lacking(plan, knowledge),
    )


def _absent_kinds(plan: QueryPlan, knowledge: Knowledge) -> tuple[str, ...]:
    """Return the kinds of document named of which there is none, of the authorities if named."""
    held = {
        document.kind
        for document in knowledge.dated
        if not plan.authorities or document.authority in plan.authorities
    }
    return tuple(kind for kind in plan.kinds if kind not in held)


def _masked(question: str, words: Sequence[Word], places: Sequence[Place]) -> str:
    """Return the question with a null character for each place, padded so that nothing moves."""
    for place in places:
        start, end = words[place.first].start, words[place.last].end
        question = question[:start] + "\0".ljust(end - start) + question[end:]
    return question


def _absent_years(
    plan: QueryPlan, named: Iterable[Sequence[int]], knowledge: Knowledge
) -> dict[int, tuple[int, ...]]:
    """Return the years without a document, each with those that have one.

    A year that bounds a span ("since 2016") needs none if others of the span have one, and of
    "2015/16" one year will do.
    """
    if plan.absent and not plan.authorities:
        return {}
    documents = [
        document
        for document in knowledge.dated
        if not plan.authorities or document.authority in plan.authorities
    ]
    held = {year for document in documents for year in document.years}
    of = tuple(sorted({document.year for document in documents if document.year}))
    first, last = plan.year_from or 0, plan.year_to or 9999
    if (plan.year_from or plan.year_to) and any(first <= year <= last for year in held):
        return {}
    return {
        year: of
        for together in named
        for year in together
        if of and held.isdisjoint(together) and year in plan.years
    }


def _lacking(plan: QueryPlan, knowledge: Knowledge) -> dict[str, tuple[int, ...]]:
    """Return the authorities without a document of a year named, each with its years."""
    if not plan.years or plan.year_from or plan.year_to or len(plan.authorities) < 2:
        return {}
    lacking = {}
    for name in plan.authorities:
        documents = [document for document in knowledge.dated if document.authority == name]
        of = tuple(sorted({document.year for document in documents if document.year}))
        if of and all(set(plan.years).isdisjoint(document.years) for document in documents):
            lacking[name] = of
    return lacking if len(lacking) < len(plan.authorities) else {}


def _as_typed(word: str | None, ignore: Collection[str]) -> bool:
    """Whether a word's correction is not wanted."""
    return word is not None and part_name("correction", word) in ignore


def concepts(plan: QueryPlan) -> list[tuple[str, ...]]:
    """Return the ways to say each thing the question asks for, its own words first."""
    spoken = {plan.corrections.get(key, key): forms for key, forms in plan.expansions.items()}
    singles = [(term, *spoken.get(term, ())) for term in plan.terms]
    phrases = [(key, *forms) for key, forms in spoken.items() if key not in plan.terms]
    return [*singles, *phrases, *((phrase,) for phrase in plan.phrases)]


def encoded_text(plan: QueryPlan) -> str:
    """Return what an encoder should read: the topic, and what documents say for its words."""
    return " ".join([plan.topic, *(forms[0] for forms in plan.expansions.values())])


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _gaps(
    question: str, words: Sequence[Word], places: Sequence[Place], citation: Pinpoint
) -> list[tuple[int, int]]:
    """Return the stretches of the question that say where, when and which paragraph."""
    spans = [(words[place.first].start, words[place.last].end) for place in places]
    return sorted([*spans, *dated_spans(question), *citation.spans])


def _outside(words: Sequence[Word], gaps: Sequence[tuple[int, int]]) -> list[Word]:
    """Return the words that begin in none of the stretches, which stand in their order."""
    outside, after = [], deque(gaps)
    for word in words:
        while after and after[0][1] <= word.start:
            after.popleft()
        if not after or word.start < after[0][0]:
            outside.append(word)
    return outside


def _topic(question: str, gaps: Sequence[tuple[int, int]], corrections: Mapping[str, str]) -> str:
    """Return the question without the gaps and the little words that led to them."""
    pieces, at = [], 0
    for start, end in [*gaps, (len(question), len(question))]:
        piece = question[at:start]
        pieces.append(piece if start == len(question) else _without_leads(piece))
        at = max(at, end)
    text = re.sub(
        r"^['’]s\b|(?<=\s)['’]s\b|[()]|[\"“][\s,.:;]*[\"”]", " ", " ".join(" ".join(pieces).split())
    )
    if corrections:
        text = re.sub(r"\w+", lambda word: corrections.get(word[0].lower(), word[0]), text)
    text = re.sub(r"(?<=\S) ([,?.:;])", r"\1", " ".join(text.split()))
    return text.strip(" ,:;-")


def _without_leads(piece: str) -> str:
    """Return a stretch without the little words at its end that lead to a place or a year."""
    kept = piece.rstrip(_LOOSE)
    while kept.strip():  # also of other white space than the loose signs name
        *before, last = kept.rsplit(maxsplit=1)
        if last.lower() not in _LEADS:
            return kept
        kept = (before[0] if before else "").rstrip(_LOOSE + ".?!:;-–—")
    return kept


def _phrases(question: str, words: Sequence[Word], content: Sequence[Word]) -> tuple[str, ...]:
    """Return what stands in double quotes; a citation in quotes is still a citation."""
    starts, free = [word.start for word in words], {word.start for word in content}
    kept = []
    for match in _QUOTED.finditer(question):
        quoted = words[bisect(starts, match.start()) : bisect(starts, match.end())]
        cited = len(quoted) > 1 and any(word.text.isdigit() for word in quoted)
        if not cited or any(word.start in free for word in quoted):
            kept.append(" ".join(match[1].split()))
    return _unique(phrase for phrase in kept if phrase)


def _terms(content: Sequence[Word], corrections: Mapping[str, str]) -> tuple[str, ...]:
    """Return the content words, all words if nothing else is left ("what is it like?")."""
    texts = [word.text for word in content]
    kept = [text for text in texts if text not in STOP_WORDS] or texts
    return _unique(corrections.get(word, word) for word in kept if len(word) > 1)


def _corrections(content: Sequence[Word], knowledge: Knowledge) -> dict[str, str]:
    """Return {as typed: the library's word} for slips of spelling, of the first words only.

    A question has few; what has many is a text of another kind, pasted in.
    """
    said = dict.fromkeys(word.text for word in content)
    known = knowledge.sayings.words
    unknown = [w for w in said if w not in STOP_WORDS and _plural_off(w) not in known]
    found = {word: knowledge.speller.correct(word) for word in unknown[:_MOST_SPELT]}
    return {word: right for word, right in found.items() if right is not None}


@dataclass(frozen=True, slots=True)
class Saying:
    """Something that can be said in other words."""

    key: tuple[str, ...]  # its words, singular
    capitals: bool  # only where typed with a capital
    forms: tuple[str, ...]  # what documents say for it


@dataclass(frozen=True, slots=True)
class Sayings:
    """Ways to say things, found by their first word."""

    starting: Mapping[str, Sequence[Saying]]
    words: Collection[str]  # of all keys


def _expansions(
    content: Sequence[Word], corrections: Mapping[str, str], knowledge: Knowledge
) -> dict[str, tuple[str, ...]]:
    """Return {as in the question: what documents say}, longer expressions before their parts."""
    singular = tuple(_plural_off(corrections.get(word.text, word.text)) for word in content)
    said = [
        (at, saying)
        for at, word in enumerate(singular)
        for saying in knowledge.sayings.starting.get(word, ())
        if singular[at : at + len(saying.key)] == saying.key
        and (content[at].capital or not saying.capitals)
    ]
    found: dict[str, tuple[str, ...]] = {}
    for at, saying in sorted(said, key=lambda one: (-len(one[1].key), one[1].key)):
        typed = " ".join(word.text for word in content[at : at + len(saying.key)])
        found[typed] = _unique([*found.get(typed, ()), *saying.forms])
    return found | {typed: (joined,) for typed, joined in _joined(content, knowledge)}


def _joined(content: Sequence[Word], knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Yield words that documents write as one, and that one: "case loads", "safe guarding"."""
    for one, other in pairwise(content):
        joined = one.text + other.text
        words = {one.text, other.text}
        beside = other.start - one.end == 1 and not STOP_WORDS.issuperset(words)
        shortest = min(map(len, words))
        if (
            beside
            and shortest > 2
            and joined.isalpha()
            and knowledge.vocabulary.get(joined, 0) >= _FEWEST_JOINED
        ):
            yield f"{one.text} {other.text}", joined


def _sayings(glossary: Mapping[str, Sequence[str]]) -> Sayings:
    lay = _lay_terms()
    said = [(key, key in lay["capitals_only"], forms) for key, forms in lay["terms"].items()]
    for short, forms in sorted(glossary.items()):
        said.append((short, short.isupper(), forms))
        said += [(long, False, (short,)) for long in forms]
    starting: defaultdict[str, list[Saying]] = defaultdict(list)
    for text, capitals, forms in said:
        key = _key(text)
        if len(key) > 1 or key[0] not in STOP_WORDS:
            starting[key[0]].append(Saying(key, capitals, tuple(forms)))
    every = [saying for sayings in starting.values() for saying in sayings]
    return Sayings(dict(starting), frozenset(word for saying in every for word in saying.key))


def _key(text: str) -> tuple[str, ...]:
    return tuple(_plural_off(word.text) for word in words_of(text))


@lru_cache(maxsize=1)
def _lay_terms() -> dict[str, Any]:
    return tomllib.loads((DATA / "lay_terms.toml").read_text(encoding="utf-8"))


def _plural_off(word: str) -> str:
    """Return the singular, near enough for matching: "bodies", "IROs", "boxes"."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


def _of_held_kinds(
    kinds: Mapping[str, Sequence[tuple[int, int]]], places: Sequence[Place], knowledge: Knowledge
) -> list[tuple[int, int]]:
    """Return where kinds stand of which there is a document, of the places named if any.

    Where there is none, other reports that speak of it are the next best, found by its words.
    """
    names = {place.name for place in places}
    held = {d.kind for d in knowledge.dated if not names or d.authority in names}
    return [span for kind, where in kinds.items() if kind in held for span in where]
