"""Is a claim supported by the paragraphs that it cites?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from answer.contexts import clauses, content_stems
from answer.directions import directions_of
from answer.figure_check import mismatches
from answer.figures import figures
from answer.naming import plain
from answer.opposites import has_denials
from answer.polarity import turn
from answer.support import weighings
from index.encoder import Encoder
from index.model import DocumentCard
from index.sentences import sentence_spans
from ingest.model import Document

_NAME = re.compile(r"\b(?:[A-Z]{2,}[A-Za-z]*|[A-Z][\w'&-]*[a-z][\w'&-]*)\b")
_OPENING = re.compile(r"(?:^|[.!?:]['\"”’)]*\s+|[“\"'‘(\[])$")
# From this likeness on an opposite word is said of the very same: of the dev claims 47 of 137 false
# ones reach it and none of 157 true ones.
_PLAINLY = 0.25
_PLAIN_CHANCE = 0.9
# Where no word of the claim has its opposite in the source, only the encoder speaks for one, and
# surer than it has to be elsewhere: of the right claims of drafts 19 to 24 none reaches this.
_BY_SENSE_ALONE = 0.65
_NOBODY = re.compile(r"\b(?:nobody|no[ -]one|none|no|not (?:one|a single|any)|neither)\b", re.I)
_CONTRAST = re.compile(r"(?:,\s+|\s+)(?:but|whereas|while|although|though)\s+|;\s+", re.IGNORECASE)
_LEAST_PART = 4  # words
_ENOUGH = 0.45  # cosine from which on a claim of its own counts as said there


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Words of a claim and what the source has in their place."""

    kind: str  # "changed_digit", "swapped_numbers", "opposite"
    claimed: str
    found: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of holding a claim against paragraphs."""

    supported: bool
    score: float  # cosine of the claim and the closest words of the paragraphs
    coverage: float  # share of the claim's content words that stand there
    missing: tuple[str, ...]  # figures and names that stand nowhere in the paragraphs
    contradicted: tuple[Contradiction, ...]
    opposite: float  # probability that they say the opposite
    nearest: str  # the sentence that comes closest


@dataclass(frozen=True, slots=True)
class Measured:
    """A claim and paragraphs side by side, before anything is decided."""

    score: float
    coverage: float
    nearest: str
    signs: Mapping[str, float]  # of saying the opposite
    claimed: str  # the word that says the opposite of `found`
    found: str
    denies: bool  # whether the claim has words that deny
    both_deny: bool  # whether it denies by its subject ("nobody"), and the source denies too


def verify(claim: str, paragraphs: Sequence[str], encoder: Encoder, known: str = "") -> Verdict:
    """Hold a claim against the paragraphs that it cites.

    Args:
        claim: a sentence, without its citations.
        paragraphs: the texts cited; support may be spread over them.
        encoder: of the library.
        known: what the claim may say though the paragraphs do not: the document's name and dates.
    """
    sources = split_sentences(paragraphs)
    if not sources or not claim.strip():
        return Verdict(False, 0.0, 0.0, (), (), 0.0, "")
    measured = measure(claim, sources, encoder)
    denied, opposite, turned = surest_turn(claim, sources, encoder)
    wrong = mismatches(claim, sources, figures(known))
    contradicted = [Contradiction(one.kind, one.claimed, one.found) for one in wrong]
    if turned:
        contradicted.append(Contradiction("opposite", denied.claimed, denied.found or None))
    missing = [one.claimed for one in wrong if one.found is None]
    missing += missing_names(claim, [*sources, known])
    return Verdict(
        supported=not contradicted and measured.score >= _ENOUGH,
        score=measured.score,
        coverage=measured.coverage,
        missing=tuple(missing),
        contradicted=tuple(contradicted),
        opposite=opposite,
        nearest=measured.nearest,
    )


def opposite_chance(measured: Measured) -> tuple[float, bool]:
    """The probability that the source says the opposite, and whether that is enough to say so."""
    name = "turned" if "axes, all" in measured.signs else "turned by words"
    weighing = weighings()[name]
    chance = weighing.probability(measured.signs)
    plainly = measured.signs["words and clauses"] > _PLAINLY
    if measured.denies and (measured.both_deny or not plainly):
        return chance, False  # "not lost from sight" is as often true as not
    if plainly:
        chance = max(chance, _PLAIN_CHANCE)
    worded = measured.signs["words"] > 0 or measured.signs["clauses"] > 0
    needed = weighing.threshold if worded else max(weighing.threshold, _BY_SENSE_ALONE)
    return chance, chance >= needed


def surest_turn(
    claim: str, sources: Sequence[str], encoder: Encoder
) -> tuple[Measured, float, bool]:
    """The claim or, of "this, but not that", its part that the source denies the surest."""
    parts = [part for part in _CONTRAST.split(claim) if len(part.split()) >= _LEAST_PART]
    found = []
    for part in parts if len(parts) > 1 else [claim]:
        measured = measure(part, sources, encoder)
        found.append((measured, *opposite_chance(measured)))
    return max(found, key=lambda one: (one[2], one[1]))


def split_sentences(paragraphs: Sequence[str]) -> list[str]:
    """The sentences of all the paragraphs."""
    return [text[start:end] for text in paragraphs for start, end in sentence_spans(text)]


def measure(claim: str, sources: Sequence[str], encoder: Encoder) -> Measured:
    """Likeness, coverage and the signs of contradiction; the sources are sentences."""
    parts = [s[a:b] for s in sources for a, b in clauses(s)]
    pairs = [f"{one} {two}" for one, two in pairwise(sources)]
    mine = [claim[a:b] for a, b in clauses(claim)]
    texts = list(dict.fromkeys([claim, *sources, *parts, *pairs, *mine]))
    vectors = dict(zip(texts, encoder.encode(texts), strict=True))
    own = vectors[claim]

    def likeness(text: str) -> float:
        return float(vectors[text] @ own)

    sentence = max(sources, key=likeness)
    clause = max([*sources, *parts], key=likeness)
    score = max(likeness(text) for text in (*sources, *parts, *pairs))
    covered = coverage(claim, sources)
    seen = turn(claim, sources, (sentence, clause), vectors.__getitem__)
    signs = {**seen.features, "likeness": score, "coverage": covered}
    directions = directions_of(encoder.sha256)
    if directions is not None:
        units = list(dict.fromkeys([*sources, *parts]))
        signs.update(directions.signs(own, np.stack([vectors[unit] for unit in units])))
    denies = has_denials(claim)
    both = _NOBODY.search(claim) is not None and any(map(has_denials, sources))
    return Measured(score, covered, sentence, signs, seen.claimed, seen.found, denies, both)


def coverage(claim: str, sources: Sequence[str]) -> float:
    """The share of the claim's content words that the sources hold."""
    wanted = content_stems(claim)
    have = {stem for source in sources for stem in content_stems(source)}
    return sum(stem in have for stem in wanted) / len(wanted) if wanted else 1.0


def missing_names(claim: str, sources: Sequence[str]) -> list[str]:
    """The names of a claim that the sources do not hold; the first word of a sentence is none."""
    have = plain(" ".join(sources)).lower()
    smooth = plain(claim)
    names = {
        match[0].removesuffix("'s")
        for match in _NAME.finditer(smooth)
        if not _OPENING.search(smooth[: match.start()])
    }
    return sorted(name for name in names if name.lower() not in have)


def known_of(card: DocumentCard) -> str:
    """What a claim may say though no paragraph does: the document's name and its dates."""
    document = card.document
    parts = [card.name, document.title or "", document.publisher or "", *_days(document)]
    return ". ".join(part for part in parts if part)


def _days(document: Document) -> list[str]:
    dated: list[date | None] = [
        document.published,
        document.file_date,
        document.inspection_start,
        document.inspection_end,
    ]
    return [f"{day.day} {day:%B %Y}" for day in dated if day is not None]
