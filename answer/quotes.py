"""A paragraph as sentences that can be quoted, each with those that it cannot stand without."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.sentences import sentence_spans

FURTHEST = 2  # sentences that one may lean on; one that leans further is not quoted
FEWEST = 4  # words

# What points back. "This inspection" and "this authority" point at the document itself.
_LEANS = re.compile(
    r"""^[\W_]*(?:
      (?:this|these|those|that|such)\b(?!\s+(?:joint\s+|focused\s+|monitoring\s+|local\s+)?
        (?:inspection|report|visit|letter|authority|area|borough|council)\b)
    | (?:they|their|them|theirs|it|its|he|she|his|her|both|neither|others?|another|also|then|here)\b
    | (?:however|but|and|yet|nor|or|nevertheless|nonetheless|therefore|thus|hence|instead|otherwise
        |consequently|conversely|similarly|likewise|equally|additionally|furthermore|moreover
        |subsequently|meanwhile|accordingly|despite\s+(?:this|these|that)|although\s+th(?:is|ese)
        |while\s+th(?:is|ese)|where\s+th(?:is|ese)|when\s+th(?:is|ese)|because\s+of\s+th(?:is|ese)
        |due\s+to\s+th(?:is|ese)|as\s+a\s+(?:result|consequence)(?!\s+of\s+(?!th(?:is|ese)\b))|as\s+such
        |in\s+(?:addition|contrast)(?!\s+to\b)|in\s+turn|by\s+contrast|in\s+part|at\s+that\s+time|for\s+(?:example|instance|those)
        |in\s+(?:particular|th(?:is|ese|ose)|such|some|other|a\s+(?:few|small)))\b
    | (?:some|all|most|many|one|two|none|half|each|part|several|few)?\s*(?:of|at|from|with)\s+
        (?:this|these|those|them|which)\b
    | (?:some|all|most|many|few|several|none|one|two|three|four|five)\s+
        (?:had|have|has|were|are|was|is|did|do|also|could|can|would|will|may|waits?|waited)\b
    | (?:the\s+(?:same|former|latter|remaining|rest|others?)|a\s+further|a\s+few|the\s+two)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_LEANS_WITHIN = re.compile(
    r"^(?:\w+\W+){1,5}however\b,"
    # "All these factors ...", "Managers recognise this concern": in the first clause.
    r"|^(?:(?!\b(?:and|but|so|that|which|who|while|or|if)\b)[^,;:()]){1,70}?\bth(?:is|ese)\b"
    r"(?!\s+(?:joint\s+|focused\s+|monitoring\s+|local\s+)?"
    r"(?:inspection|report|visit|letter|authority|area|borough|council|year|time|stage)\b)",
    re.IGNORECASE,
)
_QUALIFIES = re.compile(
    r"^[\W_]*(?:however|but|yet|nevertheless|nonetheless|despite\s+th|although\s+th|conversely"
    r"|in\s+contrast|by\s+contrast)|^(?:\w+\W+){1,5}however\b,",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[•▪◦‣●]\s*")
_ASIDE = re.compile(r"^[(\[][^.]{0,60}\.?[)\]]\.?$")  # "(Recommendation)", a sentence of its own


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a paragraph."""

    place: int  # among the paragraph's sentences, from 0
    text: str  # verbatim
    needs: tuple[int, ...]  # places of the sentences that go before it
    qualifies: bool  # whether it takes back part of the sentence before it
    leans: bool  # whether it points back at what another paragraph says


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a paragraph in its order, verbatim."""
    return [text[start:stop] for start, stop in sentence_spans(text)]


def quotes_of(sentences: Sequence[str]) -> list[Quote]:
    """Return those of a paragraph's sentences that can be quoted, in its order."""
    quotes = []
    for place, sentence in enumerate(sentences):
        needs = needs_of(sentences, place)
        if len(needs) <= FURTHEST and _stands(sentence):
            leans = place == 0 and _points_back(sentence)
            qualifies = place > 0 and bool(_QUALIFIES.search(sentence))
            quotes.append(Quote(place, sentence, needs, qualifies, leans))
    return quotes


def _stands(sentence: str) -> bool:
    """Whether it says something: not a heading, nor an aside, nor the head of a list."""
    if sentence.endswith(":") or _ASIDE.search(sentence):
        return False
    return len(sentence.split()) >= FEWEST


def needs_of(sentences: Sequence[str], place: int) -> tuple[int, ...]:
    """Return the places of the sentences without which the one at a place does not stand."""
    needs: list[int] = []
    while place > 0 and _leans(sentences, place):
        place = _head(sentences, place)
        needs.insert(0, place)
    return tuple(needs)


def _leans(sentences: Sequence[str], place: int) -> bool:
    sentence = sentences[place]
    return bool(
        _points_back(sentence) or _BULLET.search(sentence) or sentences[place - 1].endswith(":")
    )


def _points_back(sentence: str) -> bool:
    return bool(_LEANS.search(sentence) or _LEANS_WITHIN.search(sentence))


def _head(sentences: Sequence[str], place: int) -> int:
    """The place of what a sentence leans on: a list's item leans on the list's head."""
    if _BULLET.search(sentences[place]):
        heads = (at for at in range(place - 1, -1, -1) if not _BULLET.search(sentences[at]))
        return next(heads, place - 1)
    before = place - 1
    while before > 0 and _ASIDE.search(sentences[before]):
        before -= 1
    return before
