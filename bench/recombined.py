"""As many paragraphs as wanted, from real ones: their sentences put together anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from random import Random

from index.sentences import sentence_spans

SWAPPED = 20  # of so many words one is another word of the collection
MADE_UP = 10  # of so many of those one is a word that no other paragraph need have, as names are


def recombined(texts: Sequence[str], count: int, seed: int = 0) -> Iterator[str]:
    """`count` texts, each of as many sentences as a real one has, with some words swapped.

    The same for the same seed; the first thousand of a million are the thousand of that seed.
    """
    random = Random(seed)  # noqa: S311 - nothing is kept secret
    sentences = [[text[a:b].split() for a, b in sentence_spans(text)] for text in texts]
    pool = list(chain.from_iterable(sentences))
    words = list(chain.from_iterable(pool))
    for _ in range(count):
        chosen = random.choices(pool, k=len(random.choice(sentences)))
        text = list(chain.from_iterable(chosen))
        for _ in range(len(text) // SWAPPED):
            text[random.randrange(len(text))] = _other(words, random)
        yield " ".join(text)


def _other(words: Sequence[str], random: Random) -> str:
    word, another = random.choice(words), random.choice(words)
    if random.randrange(MADE_UP):
        return word
    return word[: len(word) // 2] + another[len(another) // 2 :] + another[:1]
