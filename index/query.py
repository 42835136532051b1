"""A question becomes a QueryPlan: what is asked, of whom, when, and in which other words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from index.authorities import Place, Word, find_authorities, words_of
from index.glossary import learn_glossary
from index.model import QueryPlan
from index.parts import part_name, without
from index.spelling import correct

__all__ = ["Knowledge", "concepts", "encoded_text", "learn_glossary", "plan_query"]

DATA = Path(__file__).parent / "data"
STOP_WORDS = frozenset((DATA / "stop_words.txt").read_text(encoding="utf-8").split())
_QUOTED = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_CITED = re.compile(
    r"(?:\b(?:paragraph|para|recommendation|rec)s?\.?\s*(?:no\.?\s*|number\s*)?|¶+\s*)"
    r"(\d{1,3}(?:\.\d{1,2})*[a-z]?)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:\s*[/–-]\s*(\d\d(?:\d\d)?))?\b")
_DATED = re.compile(
    rf"{_YEAR.pattern}(?:(?: joint| focused)? (?:inspection|report|visit)s?\b)?", re.IGNORECASE
)
_SINCE = re.compile(
    r"\b(?:since|after|from|post|followed|following)\W+(?:the\W+)?((?:19|20)\d\d)\b"
    r"|\bbetween\W+((?:19|20)\d\d)\W+and\W+(?:its|the|their|now)\b",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"\b(?:before|until|till|up to|by)\W+(?:the\W+)?((?:19|20)\d\d)\b", re.IGNORECASE
)
_SPAN = re.compile(
    r"\b((?:19|20)\d\d)\W+(?:to|and|until|–|-)\W+(?:the\W+)?((?:19|20)\d\d)\b", re.IGNORECASE
)
_CHANGE = re.compile(
    r"\b(?:compar(?:e|ed|ing)\b|versus\b|vs?\b|then and now\b|since\b|over the years\b"
    r"|before and after\b|any (?:better|worse|quicker|sooner|earlier|fewer)\b"
    r"|(?:more|less|fewer)\b.{1,60}\bthan (?:it|they|in|when|at)\b"
    r"|(?:got|gotten|get|getting|become|became) (?:any |much )?(?:better|worse)\b"
    r"|worsened\b|deteriorated\b|moved on\b|no longer\b|go from\b|went from\b"
    r"|by (?:19|20)\d\d than\b)",
    re.IGNORECASE,
)
_REPORT = (
    r"(?:(?:(?:full|formal|joint|ofsted|send|ilacs) )?(?:inspection|report)s?\b"
    r"|(?:focused|monitoring|ofsted) visits?\b)"
)
_MOMENTS: Mapping[Literal["first", "latest"], re.Pattern[str]] = {
    "latest": re.compile(
        rf"(?<!than )(?<!than the )(?<!since )(?<!since the )"
        rf"\b(?:latest|last|most recent|newest) {_REPORT}",
        re.IGNORECASE,
    ),
    "first": re.compile(rf"\b(?:first|earliest|oldest) {_REPORT}", re.IGNORECASE),
}
_KINDS = {
    "focused visit": r"\bfocus(?:s?ed)? visits?\b",
    "monitoring visit": r"\bmonitoring visits?\b",
    "joint targeted area inspection": r"\bJTAIs?\b|\bjoint (?:targeted (?:area )?)?inspections?\b",
    "area SEND inspection": r"\b(?:area )?SEND inspections?\b",
}


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the library knows of its own documents."""

    authorities: Mapping[str, int] = field(default_factory=dict)  # name: documents
    years: Mapping[int, int] = field(default_factory=dict)  # year: documents
    glossary: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # of learn_glossary
    vocabulary: Mapping[str, int] = field(default_factory=dict)  # word: paragraphs
    ordinary: Collection[str] = frozenset()  # words of the language, whether documents use them


def plan_query(
    question: str, knowledge: Knowledge, ignore: Collection[str] = frozenset()
) -> QueryPlan:
    """Return what the question was understood as, without the parts named in `ignore`."""
    words = words_of(question)
    found = find_authorities(words, knowledge.authorities, knowledge.vocabulary)
    places = [place for place in found if not _as_typed(place.typed, ignore)]
    cited = _CITED.search(question)
    held = [place for place in places if place.name in knowledge.authorities]
    gaps = _gaps(question, words, held, cited)
    content = [word for word in words if not _within(word, gaps)]
    corrected = _corrections(content, knowledge)
    corrections = {said: to for said, to in corrected.items() if not _as_typed(said, ignore)}
    year_from, year_to = _interval(question)
    years = _years(question)
    plan = QueryPlan(
        text=question,
        terms=_terms(content, corrections),
        phrases=tuple(" ".join(match[1].split()) for match in _QUOTED.finditer(question)),
        expansions=_expansions(content, corrections, knowledge),
        corrections=corrections | {place.typed: place.name for place in places if place.typed},
        authorities=_unique(place.name for place in held),
        absent=_unique(place.name for place in places if place not in held),
        years=years,
        year_from=year_from,
        year_to=year_to,
        paragraph=cited[1].lower() if cited else None,
        kinds=_kinds(question),
        moment=_moment(question),
        change=len(years) > 1 or bool(_CHANGE.search(question)),
        topic=_topic(question, gaps, corrections),
    )
    return without(plan, ignore)


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
    question: str, words: Sequence[Word], places: Sequence[Place], cited: re.Match[str] | None
) -> list[tuple[int, int]]:
    """Return the stretches of the question that say where, when and which number."""
    spans = [(words[place.first].start, words[place.last].end) for place in places]
    spans += [match.span() for match in _DATED.finditer(question)]
    return sorted([*spans, cited.span()] if cited else spans)


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
    return text or question


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


def _years(question: str) -> tuple[int, ...]:
    """Return the years named; "2015/16" and "2015-16" name two."""
    found: list[int] = []
    for match in _YEAR.finditer(question):
        year, second = int(match[1]), match[2]
        found.append(year)
        if second:
            found.append(int(second) if len(second) == 4 else year // 100 * 100 + int(second))
    return tuple(sorted(set(found)))


def _interval(question: str) -> tuple[int | None, int | None]:
    span = _SPAN.search(question)
    if span:
        return int(span[1]), int(span[2])
    since, until = _SINCE.search(question), _UNTIL.search(question)
    return int(since[1] or since[2]) if since else None, int(until[1]) if until else None


def _kinds(question: str) -> tuple[str, ...]:
    return tuple(
        kind for kind, pattern in _KINDS.items() if re.search(pattern, question, re.IGNORECASE)
    )


def _moment(question: str) -> Literal["first", "latest"] | None:
    return next((name for name, said in _MOMENTS.items() if said.search(question)), None)
