"""Does a text say the opposite of what another says?"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from answer.contexts import Context, clause_at, content_stems, contexts
from answer.opposites import Opposite, denials, opposites, reaches
from index.encoder import Vectors

_PLAIN = 0.2  # of the two likenesses' product; few true claims of the dev set reach it
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
Encoded = Callable[[str], Vectors]


@dataclass(frozen=True, slots=True)
class Turn:
    """What speaks for a text saying the opposite, and the words that would do so."""

    features: Mapping[str, float]
    claimed: str
    found: str


@dataclass(frozen=True, slots=True)
class _Hit:
    opposite: Opposite
    context: Context
    clause: str
    text: str

    @property
    def words(self) -> str:
        return self.text[self.opposite.start : self.opposite.end]


def turn(claim: str, sources: Sequence[str], closest: tuple[str, str], encoded: Encoded) -> Turn:
    """The signs that the sources say the opposite of a claim.

    Args:
        claim: a sentence.
        sources: the sentences of what it cites.
        closest: the sentence, and the sentence or clause, most like the claim.
        encoded: gives a clause's vector.
    """
    mine = _hits(claim)
    theirs = [hit for source in sources for hit in _hits(source)]
    held = [_held_against(hit, theirs, encoded) for hit in mine]
    sentence, clause = closest
    both = max([0.0, *(max(one[0], 0.0) * max(one[1], 0.0) for one in held)])
    features = {
        "words": max([0.0, *(one[0] for one in held)]),
        "clauses": max([0.0, *(one[1] for one in held)]),
        "tones": max([0.0, *(one[2] for one in held)]),
        "words and clauses": both,
        "plainly": float(both > _PLAIN),
        "words agree": max([0.0, *(-one[0] for one in held)]),
        "clauses agree": max([0.0, *(-one[1] for one in held)]),
        "tones agree": max([0.0, *(-one[2] for one in held)]),
        "tone against clause": -tone(claim) * tone(clause),
        "tone against sentence": -tone(claim) * tone(sentence),
        "tone against all": -tone(claim) * _mean([tone(source) for source in sources]),
        "denied or not": float(bool(denials(claim)) != bool(denials(clause))),
        **_denied_alike(claim, sentence),
    }
    sure = max(held, key=lambda one: one[0] + one[1], default=None)
    return Turn(features, sure[3] if sure else "", sure[4] if sure else "")


def tone(text: str) -> float:
    """How much more a text praises than finds fault, -2 to 2."""
    spans = {one.span: one.tone for one in opposites(text) if one.tone}
    return float(np.clip(sum(spans.values()), -2, 2))


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else 0.0


def _hits(text: str) -> list[_Hit]:
    found = opposites(text)
    around = contexts(text, [one.span for one in found])
    return [
        _Hit(one, context, clause_at(text, one.start), text)
        for one, context in zip(found, around, strict=True)
    ]


def _held_against(
    hit: _Hit, theirs: Sequence[_Hit], encoded: Encoded
) -> tuple[float, float, float, str, str]:
    """How much more the other side of its axis is said of the same than its own side.

    By the words around, by the clauses' likeness, and by praise or blame of any axis; then the
    words themselves.
    """
    words = {1: 0.0, -1: 0.0}
    likeness = {1: 0.0, -1: 0.0}
    tones = {1: 0.0, -1: 0.0}
    surest, opposite = 0.0, ""
    mine = hit.opposite
    for other in theirs:
        same_axis = other.opposite.axis == mine.axis
        toned = bool(mine.tone and other.opposite.tone)
        if not (same_axis or toned):
            continue
        near = hit.context.likeness(other.context)
        cosine = float(encoded(hit.clause) @ encoded(other.clause))
        if same_axis:
            side = 1 if other.opposite.side == mine.side else -1
            if side < 0 and near + cosine > surest:
                surest, opposite = near + cosine, other.words
            words[side] = max(words[side], near)
            likeness[side] = max(likeness[side], cosine)
        if toned:
            side = 1 if other.opposite.tone == mine.tone else -1
            tones[side] = max(tones[side], (near + cosine) / 2)
    return (
        words[-1] - words[1],
        likeness[-1] - likeness[1],
        tones[-1] - tones[1],
        hit.words,
        opposite,
    )


def _denied_alike(claim: str, source: str) -> dict[str, float]:
    """The shares of their common words that only one denies, and that both deny."""
    mine, theirs = _denied(claim), _denied(source)
    shared = mine.keys() & theirs.keys()
    count = len(shared) or 1
    return {
        "denied by one": sum(mine[stem] != theirs[stem] for stem in shared) / count,
        "denied by both": sum(mine[stem] and theirs[stem] for stem in shared) / count,
    }


def _denied(text: str) -> dict[str, bool]:
    turning = denials(text)
    found: dict[str, bool] = {}
    for match in _WORD.finditer(text):
        denied = any(reaches(text, denial, *match.span()) for denial in turning)
        for stem in content_stems(match[0]):
            found[stem] = found.get(stem, False) or denied
    return found
