"""How a reader finds a paragraph again: its key, which addresses use, and its label in words."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from ingest.model import Paragraph

_SLUG_WORDS = 5
_KEY_WORDS = 12  # the first words, which another reader of the same document finds too
_HASH_LENGTH = 6
_ORDINAL_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def labelled(
    paragraphs: Sequence[Paragraph], bullets: Collection[int] = frozenset()
) -> tuple[Paragraph, ...]:
    """The paragraphs with their keys and labels; `bullets` are the places of those with one."""
    keys = _keys(paragraphs)
    labels = _labels(paragraphs, bullets)
    return tuple(
        replace(paragraph, key=key, label=label)
        for paragraph, key, label in zip(paragraphs, keys, labels, strict=True)
    )


def _keys(paragraphs: Sequence[Paragraph]) -> list[str]:
    """A key for each: of its number, else of its first words, and of no count where that will do.

    Where first words collide, the heading tells them apart, then the whole text, then the order.
    """
    ways: tuple[Callable[[Paragraph], str], ...] = (
        lambda p: f"{_slug(p.text)}-{_hash(_words(p.text)[:_KEY_WORDS])}",
        lambda p: (
            f"{_slug(p.text)}-{_hash([*_words(p.heading or ''), *_words(p.text)[:_KEY_WORDS]])}"
        ),
        lambda p: f"{_slug(p.text)}-{_hash([*_words(p.heading or ''), *_words(p.text)])}",
    )
    keys = [f"p{p.number}" if p.number else ways[0](p) for p in paragraphs]
    for way in ways[1:]:
        shared = {key for key, count in Counter(keys).items() if count > 1}
        for at, paragraph in enumerate(paragraphs):
            if keys[at] in shared and not paragraph.number:
                keys[at] = way(paragraph)
    return _numbered_apart(keys)


def _numbered_apart(keys: Sequence[str]) -> list[str]:
    seen: Counter[str] = Counter()
    apart = []
    for key in keys:
        seen[key] += 1
        apart.append(key if seen[key] == 1 else f"{key}-{seen[key]}")
    return apart


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    return re.findall(r"[a-z0-9]+", plain.encode("ascii", "ignore").decode().lower())


def _slug(text: str) -> str:
    return "-".join(_words(text)[:_SLUG_WORDS]) or "text"


def _hash(words: Sequence[str]) -> str:
    return hashlib.sha256(" ".join(words).encode()).hexdigest()[:_HASH_LENGTH]


def _labels(paragraphs: Sequence[Paragraph], bullets: Collection[int]) -> list[str]:
    """Each one's number, or which bullet or paragraph it is under its heading, on which page.

    Where a heading stands several times, as "Summary" does in every section of some reports, and
    that makes two labels alike, they say under which of them.
    """
    numbers: Counter[str] = Counter()
    labels, closer = [], []
    for paragraph, place in zip(paragraphs, _places(paragraphs, bullets), strict=True):
        if paragraph.number:
            numbers[paragraph.number] += 1
            labels.append(_number_label(paragraph.number, numbers[paragraph.number]))
            closer.append(labels[-1])
        else:
            labels.append(_place_label(paragraph, place, f"'{paragraph.heading}'"))
            nth = f"the {_ordinal(place.heading)} '{paragraph.heading}'"
            closer.append(_place_label(paragraph, place, nth))
    counts = Counter(labels)
    alike = {
        paragraph.heading
        for paragraph, label in zip(paragraphs, labels, strict=True)
        if counts[label] > 1
    }
    return [
        closest if paragraph.heading in alike else label
        for paragraph, label, closest in zip(paragraphs, labels, closer, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a paragraph stands among others; all counts begin at 1."""

    noun: str  # "bullet", "paragraph"
    count: int  # among those of its noun under its heading
    heading: int  # among headings of these words


def _places(paragraphs: Sequence[Paragraph], bullets: Collection[int]) -> Iterator[_Place]:
    headings: Counter[str | None] = Counter()
    bare: Counter[str] = Counter()  # of what stands under no heading, wherever that is
    under: Counter[str] = bare
    before: tuple[str | None, str | None] | None = None
    for at, paragraph in enumerate(paragraphs):
        here = (paragraph.section, paragraph.heading)
        if here != before:
            under = Counter() if paragraph.heading else bare
            headings[paragraph.heading] += 1
            before = here
        noun = "bullet" if at in bullets else "paragraph"
        under[noun] += not paragraph.number
        yield _Place(noun, under[noun], headings[paragraph.heading])


def _number_label(number: str, occurrence: int) -> str:
    again = "" if occurrence == 1 else f" ({_ordinal(occurrence)} of this number)"
    return f"para {number}{again}"


def _place_label(paragraph: Paragraph, place: _Place, heading: str) -> str:
    under = f" under {heading}" if paragraph.heading else ""
    page = f", p. {paragraph.page_start}" if paragraph.page_start else ""
    return f"{_ordinal(place.count)} {place.noun}{under}{page}"


def _ordinal(count: int) -> str:
    if count % 100 in (11, 12, 13):
        return f"{count}th"
    return f"{count}{_ORDINAL_ENDINGS.get(count % 10, 'th')}"
