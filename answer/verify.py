"""Is a claim supported by the paragraphs that it cites?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from answer.contexts import content_stems, contexts
from answer.figures import Figure, figures, same
from answer.naming import plain
from answer.opposites import Opposite, opposites
from index.encoder import Encoder
from index.sentences import sentence_spans

_NAME = re.compile(r"(?<![.!?:“\"'(]\s)(?<!^)\b[A-Z][\w'’&-]*[a-z][\w'’&-]*|\b[A-Z]{2,}[A-Za-z]*\b")


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Words of a claim and what the source has in their place."""

    claimed: str
    found: str
    kind: str  # "figure", "swapped", "opposite"
    weight: float  # how sure, 0 to 1


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of holding a claim against paragraphs."""

    supported: bool
    score: float  # likeness of the claim and the closest words of the paragraphs, 0 to 1
    coverage: float  # share of the claim's content words that stand there
    missing: tuple[str, ...]  # figures and names that stand nowhere in the paragraphs
    contradicted: tuple[Contradiction, ...]
    nearest: str  # the sentence that comes closest


@dataclass(frozen=True, slots=True)
class VerifyConfig:
    """From which point on a claim counts as supported."""

    least_score: float = 0.45
    least_weight: float = 0.5  # of a contradiction


def verify(
    claim: str,
    paragraphs: Sequence[str],
    encoder: Encoder,
    config: VerifyConfig | None = None,
) -> Verdict:
    """Hold a claim against the paragraphs that it cites.

    Args:
        claim: a sentence, without its citations.
        paragraphs: the texts cited; support may be spread over them.
        encoder: of the library.
        config: the thresholds.
    """
    config = config or VerifyConfig()
    sources = _sentences(paragraphs)
    if not sources:
        return Verdict(False, 0.0, 0.0, (), (), "")
    score, order = _likeness(claim, sources, encoder)
    contradicted = tuple(
        one
        for one in (*contradicted_figures(claim, sources, order), *turned(claim, sources, order))
        if one.weight >= config.least_weight
    )
    missing = (*missing_figures(claim, sources), *missing_names(claim, sources))
    return Verdict(
        supported=score >= config.least_score and not contradicted and not missing,
        score=score,
        coverage=_coverage(claim, sources),
        missing=missing,
        contradicted=contradicted,
        nearest=sources[order[0]],
    )


def _sentences(paragraphs: Sequence[str]) -> list[str]:
    return [text[start:end] for text in paragraphs for start, end in sentence_spans(text)]


def _likeness(claim: str, sources: Sequence[str], encoder: Encoder) -> tuple[float, list[int]]:
    """The best cosine of the claim with a sentence or two in a row, and the sentences by theirs."""
    pairs = [f"{one} {two}" for one, two in zip(sources, sources[1:], strict=False)]
    vectors = encoder.encode([claim, *sources, *pairs])
    cosines = vectors[1:] @ vectors[0]
    order = np.argsort(-cosines[: len(sources)], kind="stable")
    return float(cosines.max()), [int(at) for at in order]


def _coverage(claim: str, sources: Sequence[str]) -> float:
    wanted = content_stems(claim)
    have = {stem for source in sources for stem in content_stems(source)}
    return sum(stem in have for stem in wanted) / len(wanted) if wanted else 1.0


def missing_figures(claim: str, sources: Sequence[str]) -> list[str]:
    """The figures of a claim that the sources do not hold, in digits or in words."""
    held = [figure for source in sources for figure in figures(source)]
    return [
        figure.text for figure in figures(claim) if not any(same(figure, other) for other in held)
    ]


def missing_names(claim: str, sources: Sequence[str]) -> list[str]:
    """The names of a claim that the sources do not hold."""
    have = plain(" ".join(sources)).lower()
    names = {match[0].removesuffix("’s").removesuffix("'s") for match in _NAME.finditer(claim)}
    return sorted(name for name in names if plain(name).lower() not in have)


def contradicted_figures(
    claim: str, sources: Sequence[str], order: Sequence[int]
) -> list[Contradiction]:
    """Figures that the sources say of something else, or of which they say another."""
    return []


def turned(claim: str, sources: Sequence[str], order: Sequence[int]) -> list[Contradiction]:
    """Words whose opposite the sources say of the same."""
    return []
