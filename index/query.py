"""A question becomes a QueryPlan: what is asked, of whom, when, and in which other words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from index.authorities import Place, Word, find_authorities, words_of
from index.glossary import learn_glossary
from index.model import QueryPlan
from index.parts import part_name, without
from index.pinpoints import Names, Pinpoint, blanked, read_address, read_citation
from index.spelling import correct
from index.when import asks_for_change, dated_spans, interval, moment, years_named

__all__ = ["Knowledge", "concepts", "encoded_text", "learn_glossary", "plan_query"]

DATA = Path(__file__).parent / "data"
STOP_WORDS = frozenset((DATA / "stop_words.txt").read_text(encoding="utf-8").split())
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_YEAR_AFTER_A_NAME = re.compile(r"(?<=[^\W\d_]{3})(?=(?:19|20)\d\d(?!\d))")  # "Hackney2016"
_KINDS = {
    "focused visit": r"\bfocus(?:s?ed)? visits?\b",
    "monitoring visit": r"\bmonitoring visits?\b",
    "joint targeted area inspection": r"\bJTAIs?\b|\bjoint (?:targeted (?:area )?)?inspections?\b",
    "area SEND inspection": r"\b(?:area )?SEND inspections?\b",
}


@dataclass(frozen=True, slots=True)
class Dated:
    """The years by which a document may be named."""

    authority: str | None
    year: int | None  # it is cited by
    years: Collection[int]  # of its inspection and its publication


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the library knows of its own documents."""

    authorities: Mapping[str, int] = field(default_factory=dict)  # name: documents
    years: Mapping[int, int] = field(default_factory=dict)  # year: documents
    glossary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of learn_glossary
    vocabulary: Mapping[str, int] = field(default_factory=dict)  # word: paragraphs
    ordinary: Collection[str] = frozenset()  # words of the language, whether documents use them
    names: Names = field(default_factory=Names)  # of the documents
    dated: Sequence[Dated] = ()  # every document


def plan_query(
    question: str, knowledge: Knowledge, ignore: Collection[str] = frozenset()
) -> QueryPlan:
    """Return what the question was understood as, without the parts named in `ignore`."""
    address = read_address(question, knowledge.names)
    asked = _YEAR_AFTER_A_NAME.sub(" ", blanked(question, address.spans))
    words = words_of(asked)
    found = find_authorities(words, knowledge.authorities, knowledge.vocabulary)
    places = [place for place in found if not _as_typed(place.typed, ignore)]
    held = [place for place in places if place.name in knowledge.authorities]
    citation = read_citation(asked, knowledge.names, named=bool(places))
    gaps = _gaps(asked, words, held, citation)
    content = [word for word in words if not _within(word, gaps)]
    corrected = _corrections(content, knowledge)
    corrections = {said: to for said, to in corrected.items() if not _as_typed(said, ignore)}
    year_from, year_to = interval(asked)
    years = years_named(asked)
    plan = QueryPlan(
        text=question,
        terms=_terms(content, corrections),
        phrases=_unique(" ".join(match[1].split()) for match in _QUOTED.finditer(question)),
        expansions=_expansions(content, corrections, knowledge),
        corrections=corrections | {place.typed: place.name for place in places if place.typed},
        authorities=_unique(place.name for place in held),
        absent=_unique(place.name for place in places if place not in held),
        years=tuple(sorted({year for together in years for year in together})),
        year_from=year_from,
        year_to=year_to,
        paragraphs=citation.numbers,
        paragraph=next(iter(citation.numbers), None),
        documents=address.documents or citation.documents,
        place=address.place or citation.place,
        kinds=_kinds(asked),
        moment=moment(_masked(asked, words, places)),
        change=sum(map(len, years)) > 1 or asks_for_change(asked),
        topic=_topic(asked, gaps, corrections) or question,
    )
    plan = without(plan, ignore)
    return replace(plan, absent_years=_absent_years(plan, years, knowledge))


def _masked(question: str, words: Sequence[Word], places: Sequence[Place]) -> str:
    """Return the question with a null character for each place."""
    for place in reversed(places):
        start, end = words[place.first].start, words[place.last].end
        question = f"{question[:start]}\0{question[end:]}"
    return " ".join(question.split())


def _absent_years(
    plan: QueryPlan, named: Iterable[Sequence[int]], knowledge: Knowledge
) -> dict[int, tuple[int, ...]]:
    """Return the years without a document, each with those that have one.

    A year that only bounds a span ("since 2016") needs none, and of "2015/16" one year will do.
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
    return {
        year: of
        for together in named
        for year in together
        if of and held.isdisjoint(together) and year in plan.years
        if year not in (plan.year_from, plan.year_to)
    }


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


def _unique(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _gaps(
    question: str, words: Sequence[Word], places: Sequence[Place], citation: Pinpoint
) -> list[tuple[int, int]]:
    """Return the stretches of the question that say where, when and which paragraph."""
    spans = [(words[place.first].start, words[place.last].end) for place in places]
    return sorted([*spans, *dated_spans(question), *citation.spans])


def _within(word: Word, gaps: Sequence[tuple[int, int]]) -> bool:
    return any(start <= word.start < end for start, end in gaps)


def _topic(question: str, gaps: Sequence[tuple[int, int]], corrections: Mapping[str, str]) -> str:
    """Return the question without the gaps and the little words that led to them."""
    pieces, at = [], 0
    for start, end in [*gaps, (len(question), len(question))]:
        piece = question[at:start]
        leads = r"(?:\W+(?:in|at|for|of|by|from|since|the|and|to|v|vs)\b)*[\s(,'’]*$"
        pieces.append(
            piece if start == len(question) else re.sub(leads, "", f" {piece}", flags=re.I)
        )
        at = max(at, end)
    text = re.sub(r"^['’]s\b|(?<=\s)['’]s\b|[()]", " ", " ".join(pieces))
    for typed, right in corrections.items():
        text = re.sub(rf"\b{re.escape(typed)}\b", right, text, flags=re.IGNORECASE)
    text = re.sub(r"\s+([,?.:;])", r"\1", " ".join(text.split())).strip(" ,:;-")
    return text


def _terms(content: Sequence[Word], corrections: Mapping[str, str]) -> tuple[str, ...]:
    """Return the content words, all words if nothing else is left ("what is it like?")."""
    texts = [word.text for word in content]
    kept = [text for text in texts if text not in STOP_WORDS] or texts
    return _unique(corrections.get(word, word) for word in kept if len(word) > 1)


def _corrections(content: Sequence[Word], knowledge: Knowledge) -> dict[str, str]:
    known = {part for key, _ in _alternatives(knowledge) for part in key}
    corrections = {}
    for word in content:
        if _plural_off(word.text) in known or word.text in STOP_WORDS:
            continue
        right = correct(word.text, knowledge.vocabulary, knowledge.ordinary)
        if right is not None:
            corrections[word.text] = right
    return corrections


def _expansions(
    content: Sequence[Word], corrections: Mapping[str, str], knowledge: Knowledge
) -> dict[str, tuple[str, ...]]:
    """Return {as in the question: what documents say}, longer expressions before their parts."""
    singular = [_plural_off(corrections.get(word.text, word.text)) for word in content]
    found: dict[str, tuple[str, ...]] = {}
    for key, (capitals, forms) in _alternatives(knowledge):
        if STOP_WORDS.issuperset(key):
            continue
        for at in _positions(key, singular):
            if capitals and not content[at].capital:
                continue
            typed = " ".join(word.text for word in content[at : at + len(key)])
            found[typed] = tuple(dict.fromkeys((*found.get(typed, ()), *forms)))
    return found


def _positions(key: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    for at in range(len(words) - len(key) + 1):
        if all(word == part for word, part in zip(words[at:], key, strict=False)):
            yield at


_Alternatives: TypeAlias = list[tuple[tuple[str, ...], tuple[bool, tuple[str, ...]]]]


def _alternatives(knowledge: Knowledge) -> _Alternatives:
    """Return lay terms and the library's abbreviations, both ways, the longest keys first."""
    return _compiled(tuple(sorted(knowledge.glossary.items())))


@lru_cache(maxsize=8)
def _compiled(glossary: tuple[tuple[str, tuple[str, ...]], ...]) -> _Alternatives:
    lay = _lay_terms()
    pairs = [
        (key, key in lay["capitals_only"], tuple(forms)) for key, forms in lay["terms"].items()
    ]
    for short, forms in glossary:
        pairs.append((short, short.isupper(), forms))
        pairs += [(long, False, (short,)) for long in forms]
    keyed = [(_key(text), (capitals, forms)) for text, capitals, forms in pairs]
    return sorted(keyed, key=lambda entry: (-len(entry[0]), entry[0]))


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


def _kinds(question: str) -> tuple[str, ...]:
    return tuple(
        kind for kind, pattern in _KINDS.items() if re.search(pattern, question, re.IGNORECASE)
    )
