"""How near each report's nearest sentence comes to saying what is asked.

The scale is the same for every question: words that the sentence shares with it, rare ones
counting most, likeness in meaning of sentence and paragraph, less what speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from answer.asked import Asked, Concept, Said, mentions, said_in
from answer.leaning import Leaning
from index.encoder import Encoder, Vectors
from index.query import STOP_WORDS
from index.sentences import sentence_spans
from index.stems import stems
from index.survey import Near

Progress = Callable[[int, int], None]
_Scores = npt.NDArray[np.float64]

TOLD = 5  # sentences of each report that a language model may read
_BATCH = 256  # sentences between two reports of progress
_WORDS, _MEANING, _AROUND = 1.0, 1.5, 0.5  # weights of words, of sentence and of paragraph
_APART = 1.0  # weight of what the question says beyond the subject it shares with its best
_SUBJECT = 0.5  # share of the reports whose best sentences tell what that subject is
_PRAISE = 0.8  # taken off a sentence that praises where the question finds fault
_DENIED = 0.8  # taken off one that denies what the question states
_INTENDED = 0.3  # taken off one that only means to do it
_ABSENT = 0.5  # taken off one without the rarest word of a term that other reports write out
_UNNAMED = 1.0  # taken off one without the name that the question is
_FAULT = -0.3  # leaning below which a question finds fault
_BACKGROUND = 0.2  # share of what any report scores that is taken off
_FEWEST, _USUAL = 20, 0.8  # reports that tell what is common, and what it is where fewer do
_WORDS_OF_NAME = 2  # with capitals; one alone may only begin the query
_IN_USE = 3  # reports that write a term out, for it to be one

_REACH = 7  # words over which a denial reaches
_DENIAL = re.compile(
    r"\b(?:no|not|never|none|without|neither|nor|ceased|rather than|cannot)\b"
    r"(?! (?:always|only|all|every|consistently|yet|sufficiently|enough|routinely|fully"
    r"|effectively|just|necessarily|sure|clear|well|appropriate|good|suitable))",
    re.IGNORECASE,
)
_ENDS_REACH = re.compile(
    r"[,;:.()]|\b(?:and|but|although|though|while|whereas|however|which|who|because|if)\b",
    re.IGNORECASE,
)
_INTENT = re.compile(
    r"\b(?:plans? (?:to|for|are)|planned|will be|should|intends?|intention|considering"
    r"|proposals?|in discussion|exploring)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?<![-\w])(?:is|are|was|were|be|been|has|have|had|do|does|did|can|cannot|could|will|would"
    r"|get|gets|got|know|knew|told|paid|made|kept|held|left|lost|lack|lacks|say|says|said|go|goes"
    r"|leave|leaves|\w{3,}ed|\w{3,}ing)(?![-\w])",
    re.IGNORECASE,
)
_NEGATED = re.compile(r"\b(?:(?:do|does|did) )?(?:not|never)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a report, ready to be compared."""

    document_id: str
    near: Near
    text: str
    said: Said


@dataclass(frozen=True, slots=True)
class Nearest:
    """One of the sentences of a report that come nearest."""

    near: Near
    sentence: str
    score: float  # about 0 where it says something else, above 1 where it says just that


def nearest_sentences(
    query: str,
    asked: Asked,
    survey: Mapping[str, Sequence[Near]],
    *,
    encoder: Encoder,
    leaning: Leaning | None,
    progress: Progress,
) -> dict[str, tuple[Nearest, ...]]:
    """{document_id: its nearest sentences, TOLD at most}; what `progress` raises ends the work."""
    sentences = _sentences(survey)
    if not sentences:
        return {}
    vectors = _encoded([one.text for one in sentences], encoder, progress)
    scores = _likeness(query, asked, sentences, vectors, encoder)
    scores -= _against(query, asked, sentences, vectors, encoder=encoder, leaning=leaning)
    best = _best_of_each(sentences, scores)
    scores += _APART * _apart(query, best, sentences, vectors, encoder)
    common = _common([score for _, score in _best_of_each(sentences, scores).values()])
    return {
        document_id: tuple(
            Nearest(sentences[at].near, sentences[at].text, float(scores[at]) - common)
            for at in places
        )
        for document_id, places in _first_of_each(sentences, scores).items()
    }


def _common(tops: Sequence[float]) -> float:
    """How much of the scores is what reports say anyway, asked this."""
    padded = [*tops, *[_USUAL] * (_FEWEST - len(tops))]
    return _BACKGROUND * float(np.median(padded))


def _sentences(survey: Mapping[str, Sequence[Near]]) -> list[Sentence]:
    found = []
    for document_id, paragraphs in survey.items():
        for near in paragraphs:
            text = near.cited.paragraph.text
            for start, end in sentence_spans(text):
                part = text[start:end]
                found.append(Sentence(document_id, near, part, said_in(part)))
    return found


def _encoded(texts: Sequence[str], encoder: Encoder, progress: Progress) -> Vectors:
    """Vectors of the texts, each text encoded once."""
    unique = sorted(set(texts), key=len)
    rows = []
    for start in range(0, len(unique), _BATCH):
        progress(start, len(unique))
        rows.append(encoder.encode(unique[start : start + _BATCH]))
    progress(len(unique), len(unique))
    places = {text: place for place, text in enumerate(unique)}
    found: Vectors = np.concatenate(rows)[[places[text] for text in texts]]
    return found


def _likeness(
    query: str,
    asked: Asked,
    sentences: Sequence[Sentence],
    vectors: Vectors,
    encoder: Encoder,
) -> _Scores:
    """What speaks for each sentence."""
    weights = [concept.weight**2 for concept in asked.concepts]
    total = sum(weights) or 1.0
    shared = [
        sum(
            weight
            for weight, concept in zip(weights, asked.concepts, strict=True)
            if mentions(one.said, concept)
        )
        / total
        for one in sentences
    ]
    around = np.array([one.near.similarity for one in sentences])
    alike = vectors @ encoder.encode_query(query)
    return _WORDS * np.array(shared) + _MEANING * alike + _AROUND * around


def _apart(
    query: str,
    best: Mapping[str, tuple[int, float]],
    sentences: Sequence[Sentence],
    vectors: Vectors,
    encoder: Encoder,
) -> _Scores:
    """Likeness seen from the middle of the subject: of two on it, which says what is asked."""
    ranked = sorted(best.values(), key=lambda entry: -entry[1])
    middle = vectors[[place for place, _ in ranked[: int(len(ranked) * _SUBJECT)]]]
    if len(middle) < _FEWEST:
        return np.zeros(len(sentences))
    offsets = vectors - middle.mean(axis=0)
    asked = encoder.encode_query(query) - middle.mean(axis=0)
    lengths = np.linalg.norm(offsets, axis=1) * np.linalg.norm(asked)
    return np.asarray(offsets @ asked / np.maximum(lengths, 1e-6), np.float64)


def _against(
    query: str,
    asked: Asked,
    sentences: Sequence[Sentence],
    vectors: Vectors,
    *,
    encoder: Encoder,
    leaning: Leaning | None,
) -> _Scores:
    """What speaks against each sentence."""
    against = np.zeros(len(sentences))
    negated = _NEGATED.search(query)
    bare = " ".join(_NEGATED.sub(" ", query).split())
    stance = float(leaning.measured(encoder.encode_query(bare)[None, :])[0]) if leaning else 0.0
    states = bool(_VERB.search(query))
    if leaning and (-stance if negated else stance) < _FAULT:
        against += _PRAISE * np.clip(leaning.measured(vectors), 0, 1.5)
    elif states and not negated:
        against += [_INTENDED * _intends(one) for one in sentences]
    if states and not negated:
        rarest = _rarest(asked)
        against += [_DENIED * denied(one.text, one.said, rarest) for one in sentences]
    if not states:
        against += _without_term(query, asked, sentences)
    return against


def _rarest(asked: Asked) -> list[Concept]:
    """What is asked for that few paragraphs mention."""
    most = max((concept.weight for concept in asked.concepts), default=0.0)
    return [concept for concept in asked.concepts if concept.weight >= 0.7 * most]


def denied(text: str, said: Said, concepts: Sequence[Concept]) -> bool:
    """Whether a sentence mentions the concepts only to deny them: "no child is in one"."""
    if not _DENIAL.search(text):
        return False
    words = list(re.finditer(r"\w+", text))
    forms = [form for concept in concepts for form in concept.forms]
    places = [
        at
        for at in range(len(said.order))
        if any(said.order[at : at + len(form)] == form for form in forms)
    ]
    if not places or len(words) != len(said.order):
        return False
    ends = [match.end() for match in _DENIAL.finditer(text)]
    return all(any(_reaches(text[end : words[at].start()]) for end in ends) for at in places)


def _reaches(between: str) -> bool:
    return bool(between) and len(between.split()) <= _REACH and not _ENDS_REACH.search(between)


def _intends(sentence: Sentence) -> bool:
    paragraph = sentence.near.cited.paragraph
    advises = paragraph.recommendation or paragraph.kind == "recommendation"
    return advises or bool(_INTENT.search(sentence.text))


def _without_term(query: str, asked: Asked, sentences: Sequence[Sentence]) -> _Scores:
    """What a sentence without the term loses, where the query is a name or a term in use."""
    forms = _name_forms(query, asked)
    if forms:
        named = Concept((query,), forms, 0.0)
        return _UNNAMED * np.array([not mentions(one.said, named) for one in sentences])
    rarest = max(asked.concepts, key=lambda concept: concept.weight, default=None)
    whole = {
        one.document_id
        for one in sentences
        if all(mentions(one.said, concept) for concept in asked.concepts)
    }
    if rarest is None or len(whole) < _IN_USE:
        return np.zeros(len(sentences))
    return _ABSENT * np.array([not mentions(one.said, rarest) for one in sentences])


def _name_forms(query: str, asked: Asked) -> tuple[tuple[str, ...], ...]:
    """The ways to say a name, which stands whole or is not said; none for what is no name."""
    words = query.split()
    capitals = [word for word in words if word[:1].isupper()]
    if len(capitals) < _WORDS_OF_NAME or any(
        word[:1].islower() and word not in STOP_WORDS for word in words
    ):
        return ()
    whole = stems(query)
    known = [concept.forms for concept in asked.concepts if whole in concept.forms]
    return tuple(dict.fromkeys([whole, *(form for forms in known for form in forms)]))


def _best_of_each(sentences: Sequence[Sentence], scores: _Scores) -> dict[str, tuple[int, float]]:
    """{document_id: (place of its best sentence, score)}."""
    best: dict[str, tuple[int, float]] = {}
    for place, (one, score) in enumerate(zip(sentences, scores.tolist(), strict=True)):
        if one.document_id not in best or score > best[one.document_id][1]:
            best[one.document_id] = (place, score)
    return best


def _first_of_each(sentences: Sequence[Sentence], scores: _Scores) -> dict[str, list[int]]:
    """{document_id: places of its best sentences}; what says the very same is told once."""
    told: dict[str, dict[str, int]] = {}
    for at in np.argsort(-scores, kind="stable").tolist():
        of_report = told.setdefault(sentences[at].document_id, {})
        if len(of_report) < TOLD:
            of_report.setdefault(sentences[at].text, at)
    return {document_id: list(places.values()) for document_id, places in told.items()}
