"""Slips of spelling, judged against the words that the library itself uses."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping

_ENDINGS = re.compile(r"(?:e?s|e?d|ing|ly|e?rs?)")
VOWELS = frozenset("aeiouy")
SHORTEST = 5  # letters: below that too many words differ by one letter
LONG = 8  # letters: from there on two slips are allowed
SEEN = 2  # a word met in fewer paragraphs may be a slip itself


class Speller:
    """The library's words, ready to be compared with others."""

    def __init__(
        self, vocabulary: Mapping[str, int], ordinary: Collection[str] = frozenset()
    ) -> None:
        self._vocabulary = vocabulary
        self._ordinary = ordinary
        self._alike: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        for word, count in vocabulary.items():
            if count >= SEEN and word.isalpha():
                self._alike[word[0], len(word)].append(word)

    def correct(self, word: str) -> str | None:
        """Return the library's word that `word` is a misspelling of, None if there is none.

        An ordinary word that no document happens to use ("churn") is no misspelling, nor is
        another inflection of a word they use. The nearest wins, then the commoner, then the
        alphabet.
        """
        if word in self._vocabulary or word in self._ordinary:
            return None
        if len(word) < SHORTEST or not word.isalpha():
            return None
        reach = most_slips(word)
        near = [
            (edits, -self._vocabulary[known], known)
            for length in range(len(word) - reach, len(word) + reach + 1)
            for known in self._alike.get((word[0], length), ())
            for edits in [slips(word, known)]
            if edits is not None
        ]
        right = min(near)[2] if near else None
        return None if right is None or _inflection(word, right) else right


def _inflection(word: str, known: str) -> bool:
    """Whether one is the other with an ending: "handle" and "handled"."""
    short, long = sorted((word, known), key=len)
    return long.startswith(short) and _ENDINGS.fullmatch(long[len(short) :]) is not None


def most_slips(word: str) -> int:
    """Return how many slips are allowed in a word."""
    return 2 if len(word) >= LONG else 1


def slips(word: str, known: str) -> int | None:
    """Return how many slips of the pen lead from `known` to `word`, None if too many.

    The first letter is seldom wrong, and another consonant makes another word ("churn",
    "church"), so a slip is a letter left out, added, swapped with its neighbour or a vowel taken
    for another.
    """
    allowed = most_slips(word)
    if word[0] != known[0] or abs(len(word) - len(known)) > allowed:
        return None
    if len(word) < SHORTEST:
        return 0 if word == known else None
    if len({*word} ^ {*known}) > 2 * allowed:  # each slip brings or takes two letters at most
        return None
    edits = distance(word, known)
    return edits if edits <= allowed else None


def distance(first: str, second: str) -> int:
    """Return the edits between two words, a swap of neighbours being one (Damerau, 1964).

    Taking a consonant for another letter counts as leaving one out and adding one.
    """
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        above, row = row, [i]
        for j, b in enumerate(second, 1):
            change = 0 if a == b else 1 if {a, b} <= VOWELS else 2
            best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + change)
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                best = min(best, before[j - 2] + 1)
            row.append(best)
        before = above
    return row[-1]
