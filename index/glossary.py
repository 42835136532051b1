"""Abbreviations learnt from the documents: "independent reviewing officers (IROs)"."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

_BRACKETED = re.compile(r"\(\s*([A-Za-z][\w&/-]{1,9})\s*[);,:]")
_SPELT_OUT = re.compile(r"\b([A-Z][A-Za-z&]{1,8})\s+\(([a-z][\w’'&/, -]{6,80})\)")
_WORD = re.compile(r"(?<![\w.])(?:[a-z]+|[A-Z]+)(?![\w.]\w)")
_LONGEST = 10  # letters of an abbreviation
_REACH = 120  # characters before the bracket in which the long form stands
_SMALL = frozenset({"and", "and/or", "or", "of", "the", "for", "in", "to", "a", "on", "with"})
MIN_SHARE = 0.1  # of an abbreviation's sightings: a rarer long form is a slip of the text
ORDINARY = 0.1  # lower-case sightings to capital ones ("nhs" in an address does not count)


def learn_glossary(texts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the glossary of texts that are at hand together."""
    forms: Counter[tuple[str, str]] = Counter()
    typed: Counter[str] = Counter()
    for text in texts:
        typed.update(typed_words(text))
        forms.update(written_out(text))
    return glossary_of(forms, typed)


def typed_words(text: str) -> list[str]:
    """Return the words of a text that are short enough to be one of its abbreviations."""
    return [word for word in _WORD.findall(text) if len(word) <= _LONGEST]


def glossary_of(
    forms: Mapping[tuple[str, str], int], typed: Mapping[str, int]
) -> dict[str, tuple[str, ...]]:
    """Return {abbreviation: long forms, the commonest first}, long forms in lower case, singular.

    The abbreviation is in lower case too, unless the texts use it as an ordinary word
    ("HOME", "IT"): that one is an abbreviation only where it is typed in capitals.

    Args:
        forms: how often an abbreviation and a long form stand beside each other.
        typed: how often a word occurs, in small letters and in capitals apart.
    """
    sightings: dict[str, Counter[str]] = defaultdict(Counter)
    for (short, long), count in forms.items():
        sightings[short][long] += count
    common = {short: _common(counts) for short, counts in sorted(sightings.items())}
    return {_as_typed(short, typed): long for short, long in common.items()}


def _as_typed(short: str, typed: Mapping[str, int]) -> str:
    capitals = short.upper()
    return capitals if typed.get(short, 0) > ORDINARY * typed.get(capitals, 0) else short


def _common(forms: Counter[str]) -> tuple[str, ...]:
    floor = MIN_SHARE * forms.total()
    ranked = sorted(forms.items(), key=lambda item: (-item[1], item[0]))
    return tuple(form for form, count in ranked if count >= floor)


def written_out(text: str) -> Iterator[tuple[str, str]]:
    """Yield each abbreviation that a text explains and its long form, in lower case, singular.

    A long form stands before the bracket and its words begin, in order, with the
    abbreviation's letters (Schwartz and Hearst, 2003, narrowed to word beginnings).
    """
    for match in _BRACKETED.finditer(text):
        words = text[max(0, match.start() - _REACH) : match.start()].split()
        yield from _definition(match[1], words)
    for match in _SPELT_OUT.finditer(text):
        words = match[2].split()
        if _long_form(_letters(match[1]), words) == words:
            yield from _definition(match[1], words)


def _definition(short: str, words: list[str]) -> Iterator[tuple[str, str]]:
    if sum(letter.isupper() for letter in short) < 2:
        return
    singular = short[:-1] if short.endswith("s") and short[:-1].isupper() else short
    long = _long_form(_letters(singular), words)
    if len(long) > 1:
        yield singular.lower(), _singular(" ".join(long).lower().strip(",;:’‘'\" "))


def _letters(short: str) -> str:
    return "".join(letter for letter in short if letter.isalpha()).lower()


def _long_form(letters: str, words: list[str]) -> list[str]:
    """Return the last words that spell the letters with their beginnings, none if they do not."""
    for start in range(len(words) - 1, -1, -1):
        word = words[start].lower()
        if word[:1] == letters[0] and word not in _SMALL and _spells(letters, words[start:]):
            return words[start:]
    return []


def _spells(letters: str, words: list[str]) -> bool:
    """Whether the words spell the letters.

    Each gives its first letter; a small word may give none, a hyphened one may give a letter
    for each of its parts.
    """
    if not words or not letters:
        return not words and not letters
    word, rest = words[0].lower().strip(",;:"), words[1:]
    if word in _SMALL and _spells(letters, rest):
        return True
    initials = "".join(part[0] for part in re.split(r"[-/]", word) if part)
    choices = {initials[:count] for count in (1, len(initials))}
    return any(letters.startswith(c) and _spells(letters[len(c) :], rest) for c in choices if c)


def _singular(long: str) -> str:
    """Return what an abbreviation without its s stands for."""
    head, _, last = long.rpartition(" ")
    if last.endswith("ies") and len(last) > 4:
        last = last[:-3] + "y"
    elif last.endswith("s") and not last.endswith(("ss", "us", "is")):
        last = last[:-1]
    return f"{head} {last}" if head else last
