"""Authorities named in a question, in full, in short or misspelt."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

from index.spelling import LONG, SHORTEST, most_slips, slips
from ingest.authorities import authority_names

DATA = Path(__file__).parent / "data" / "authorities.toml"
_DIRECTIONS = {"north": "n", "south": "s", "east": "e", "west": "w"}
_QUARTERS = {"north east": "ne", "north west": "nw", "south east": "se", "south west": "sw"}
_NARROWING = frozenset(
    {*_DIRECTIONS, *_DIRECTIONS.values(), *_QUARTERS.values(), "central", "greater", "mid"}
)
_JOINTS = (" upon ", " on ", " of ", " with ", " and ", ", ")
_TITLES = re.compile(
    r"^(?:the )?(?:london borough of|royal borough of|city of(?! london)|county of|borough of) "
    r"|(?: london borough| city| county| borough| metropolitan)*(?: council)?$"
)
_BEFORE_PLACES = frozenset({"in", "at", "for", "of", "from", "by", "does", "did", "has", "is"})
_AFTER_PLACES = frozenset({"council", "borough", "city", "county", "lscb", "authority"})
_OTHER_BODIES = frozenset({"police", "constabulary", "university", "hospital", "school", "prison"})


_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*|[&+]")
_SHORTENED = re.compile(r"n['’]t$|['’].*$")  # "didn't", "they've", "Wandsworth's"


# All that stands between two places that are asked about together.
_BESIDE = re.compile(
    r"\W*(?:(?:19|20)\d\d)?\W*(?:and|or|nor|vs?|versus|to|with|than|compared (?:to|with))?\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question."""

    text: str  # lower case, without apostrophe and what follows it
    start: int  # in the question
    end: int
    capital: bool


@dataclass(frozen=True, slots=True)
class Place:
    """An authority found in a question."""

    name: str
    first: int  # word
    last: int  # word, included
    typed: str | None = None  # as typed, where it was misspelt


def words_of(question: str) -> list[Word]:
    """Return the question's words; "&" and "+" count as "and", a possessive is taken off."""
    return [_word(match) for match in _WORD.finditer(question)]


def named_beside(place: Place, held: Sequence[Place], words: Sequence[Word], question: str) -> bool:
    """Whether a place that is not held is named in one breath with one that is.

    "Leeds or Hackney" asks about both; in "Hackney children placed in Leeds" the name tells what
    to look for.
    """
    return place not in held and any(
        _BESIDE.fullmatch(question, words[one.last].end, words[other.first].start)
        for pair in ((place, near) for near in held)
        for one, other in [sorted(pair, key=lambda each: each.first)]
    )


def _word(match: re.Match[str]) -> Word:
    text = "and" if match[0] in "&+" else _SHORTENED.sub("", match[0].lower())
    return Word(text, match.start(), match.end(), match[0][0].isupper())


def find_authorities(
    words: Sequence[Word], authorities: Iterable[str], vocabulary: Mapping[str, int]
) -> list[Place]:
    """Return the authorities named, those the library does not hold included.

    The longest name wins ("Bath and North East Somerset" is not Somerset), a name as typed wins
    over a misspelling, and a word of the library's vocabulary is never taken for a misspelling.
    """
    held = tuple(sorted(authorities))
    places = list(_exact(words, _forms(held)))
    taken = {i for place in places for i in range(place.first, place.last + 1)}
    slipped = _misspelt(words, held, vocabulary, taken)
    return sorted([*places, *slipped], key=lambda place: place.first)


def _exact(words: Sequence[Word], forms: Mapping[tuple[str, ...], str]) -> Iterator[Place]:
    longest = max(map(len, forms), default=0)
    first = 0
    while first < len(words):
        for length in range(min(longest, len(words) - first), 0, -1):
            form = tuple(word.text for word in words[first : first + length])
            if form in forms and _is_place(words, first, length):
                yield Place(forms[form], first, first + length - 1)
                first += length - 1
                break
        first += 1


def _is_place(words: Sequence[Word], first: int, length: int) -> bool:
    """Whether the words name a place here: "North Lincolnshire" is not Lincolnshire."""
    before = words[first - 1].text if first else ""
    after = words[first + length].text if first + length < len(words) else ""
    if after in _OTHER_BODIES:  # "Kent Police" works in Medway too
        return False
    if before in _NARROWING and words[first].text not in _NARROWING:
        return False
    if length > 1 or words[first].text not in _data()["ordinary"]:
        return True
    dated = any(len(word.text) == 4 and word.text.isdigit() for word in words)
    placed = before in _BEFORE_PLACES or after in _AFTER_PLACES or dated
    return placed or (words[first].capital and first > 0)


def _misspelt(
    words: Sequence[Word],
    authorities: tuple[str, ...],
    vocabulary: Mapping[str, int],
    taken: set[int],
) -> Iterator[Place]:
    forms, alike = _forms(authorities), _alike(authorities)
    for first, word in enumerate(words):
        near: dict[str, tuple[int, int]] = {}
        for form in _near(word.text, alike):
            span = range(first, first + len(form))
            if span.stop > len(words) or not taken.isdisjoint(span):
                continue
            if len(span) == 1 and not _may_be_name(words, first):
                continue
            edits = _slips([words[i] for i in span], form, vocabulary)
            if edits is not None:
                name = forms[form]
                near[name] = min(near.get(name, (edits, 0)), (edits, -len(form)))
        best = sorted((rank, name) for name, rank in near.items())
        if best and (len(best) == 1 or best[0][0] < best[1][0]):
            (_, length), name = best[0]
            last = first - length - 1
            taken.update(range(first, last + 1))
            typed = " ".join(word.text for word in words[first : last + 1])
            yield Place(name, first, last, typed)


_Form: TypeAlias = tuple[str, ...]
_Alike: TypeAlias = Mapping[tuple[str, int], Sequence[_Form]]


@lru_cache(maxsize=8)
def _alike(authorities: tuple[str, ...]) -> _Alike:
    """Return the forms that may be misspelt, by the first letter and length of the first word."""
    alike: defaultdict[tuple[str, int], list[_Form]] = defaultdict(list)
    for form in _forms(authorities):
        if form[0] not in _data()["ordinary"] and _shortened().isdisjoint(form):
            alike[form[0][0], len(form[0])].append(form)
    return alike


def _near(word: str, alike: _Alike) -> Iterator[_Form]:
    """Yield the forms whose first word may be meant by one."""
    reach = most_slips(word) if len(word) >= SHORTEST else 0
    for length in range(len(word) - reach, len(word) + reach + 1):
        for form in alike.get((word[0], length), ()):
            if reach or form[0] == word:
                yield form


def _may_be_name(words: Sequence[Word], at: int) -> bool:
    """Whether a single unknown word stands where a name would: "midway" is not Medway."""
    placed = at and words[at - 1].text in _BEFORE_PLACES
    last = at == len(words) - 1
    return bool(words[at].capital or placed or last or len(words[at].text) >= LONG)


def _slips(words: Sequence[Word], form: Sequence[str], known: Mapping[str, int]) -> int | None:
    """Return the slips between the words and a name; None if too many or a word is known."""
    total = 0
    for word, part in zip(words, form, strict=True):
        if word.text == part:
            continue
        edits = None if word.text in known else slips(word.text, part)
        if edits is None:
            return None
        total += edits
    return total or None


@lru_cache(maxsize=8)
def _forms(authorities: tuple[str, ...]) -> dict[tuple[str, ...], str]:
    """Return {words of a form: authority}; a form that two authorities share is left out.

    The library's own authorities come first: "Kingston" is the one it holds.
    """
    forms = _unshared(authorities)
    known = {tuple(_plain(name).split()) for name in authorities}
    others = [name for name in authority_names() if tuple(_plain(name).split()) not in known]
    for form, name in _unshared(others).items():
        forms.setdefault(form, name)
    return forms


def _unshared(authorities: Iterable[str]) -> dict[tuple[str, ...], str]:
    owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
    known: dict[tuple[str, ...], str] = {}
    for name in authorities:
        for form in (_plain(name), *_also(name)):
            known[tuple(form.split())] = name
        for form in _short_forms(_plain(name)):
            owners[tuple(form.split())].add(name)
    unshared = {form: min(names) for form, names in owners.items() if len(names) == 1}
    return unshared | known


def _plain(name: str) -> str:
    """Return a name as its words in lower case, without "London Borough of" and the like."""
    text = " ".join(word.text for word in words_of(name.replace("-", " ")))
    return _TITLES.sub("", text) or text


def _also(name: str) -> list[str]:
    """Return what nobody could work out from the name: "mk" for Milton Keynes."""
    plain = _plain(name)
    return [
        form for full, forms in _data()["also"].items() if _plain(full) == plain for form in forms
    ]


def _short_forms(plain: str) -> Iterator[str]:
    yield from _heads(plain)
    yield from _initials(plain)
    for form in (plain, *_shortened_counties(plain)):
        yield form
        for long, short in (*_QUARTERS.items(), *_DIRECTIONS.items()):
            if re.search(rf"\b{long}\b", form):
                yield re.sub(rf"\b{long}\b", short, form)
    if plain.startswith("st "):
        yield plain.replace("st ", "saint ", 1)


def _heads(plain: str) -> Iterator[str]:
    """Yield "richmond" of "richmond upon thames" and "bath" of "bath and north east somerset"."""
    for joint in _JOINTS:
        head, found, _ = plain.partition(joint)
        if found and head not in {"isle", "isles", "city"}:
            yield head


def _shortened_counties(plain: str) -> Iterator[str]:
    for county, short in _data()["counties"].items():
        if county in plain.split() and (plain != county or short != "beds"):
            yield plain.replace(county, short)


def _initials(plain: str) -> Iterator[str]:
    """Yield "h and f" of "hammersmith and fulham" and "b and nes", as "B&NES" is read."""
    parts = plain.split(" and ")
    if len(parts) > 1:
        yield " and ".join("".join(word[0] for word in part.split()) for part in parts)


@lru_cache(maxsize=1)
def _shortened() -> frozenset[str]:
    """Return the short counties: too short themselves to be told from each other misspelt."""
    return frozenset(_data()["counties"].values())


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))
