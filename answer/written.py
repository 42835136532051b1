"""A question and its hits -> an answer in a language model's words, every sentence checked."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from answer.budget import token_counter
from answer.cited import Cited, CitedSentences
from answer.configured import (
    ADDRESS_VARIABLE,
    MODEL_VARIABLE,
    LanguageModel,
    configured_model,
)
from answer.errors import CutShortError, GenerationError, NotConfiguredError
from answer.model import Answer
from answer.prompt import Prompt, make_prompt
from answer.verify import verify
from index.authorities import find_authorities, words_of
from index.encoder import Encoder
from index.library import Library
from index.model import Hit
from ingest.authorities import authority_names

WrittenStatus = Literal["writing", "written", "stopped", "fallback"]
NOT_SET_UP = f"No language model is set up; set {ADDRESS_VARIABLE} and {MODEL_VARIABLE}."
NOT_ASKED = "The language model was not asked: these documents do not answer the question."
STOPPED = "Stopped before the language model had finished."
# Cosine of a sentence and what it cites, at least. The drafts of tests/golden, in their own words:
# 91 % of 121 right sentences reach it, and 19 % of them held against other hits of the same
# question (0.45, where the checker of drafts draws its line: 94 % and 36 %).
LEAST_LIKENESS = 0.55
UNCITED = "cites no paragraph"
NOTHING_SUPPORTED = "Nothing that the language model wrote is said by the paragraphs it was given."


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence of a language model."""

    text: str  # without its citations
    citations: tuple[str, ...]  # paragraph_id of each; only of paragraphs that the model was given
    supported: bool
    reason: str | None = None  # why it is not supported


@dataclass(frozen=True, slots=True)
class Written:
    """How far a language model's answer has come, or what came of it.

    With `fallback` the quoted answer stands alone, and `reason` says why; what was written until
    then is kept for whoever looks into it.
    """

    status: WrittenStatus
    model: str | None  # None: none is set up
    sentences: tuple[WrittenSentence, ...] = ()
    reason: str | None = None


def written_or_why(
    question: str,
    answer: Answer,
    library: Library,
    environment: Mapping[str, str],
    stop: threading.Event | None = None,
) -> Iterator[Written]:
    """What `write` gives with the model that the environment names; a fallback without one."""
    try:
        model = configured_model(environment)
    except NotConfiguredError as exc:
        yield Written("fallback", None, reason=str(exc))
        return
    if model is None:
        yield Written("fallback", None, reason=NOT_SET_UP)
    else:
        yield from write(question, answer, model, library.encoder(), stop)


def write(
    question: str,
    answer: Answer,
    model: LanguageModel,
    encoder: Encoder,
    stop: threading.Event | None = None,
) -> Iterator[Written]:
    """The answer as it grows, sentence by sentence; the last one given is final.

    Where the documents do not answer the question, the model is not asked. Raises nothing: what
    goes wrong with the model is the reason of a fallback. Closing the iterator ends the request,
    and so does setting `stop`, at once; what was written until then stands.
    """
    stand = Written("writing", model.name)
    if answer.status != "answered":
        yield replace(stand, status="fallback", reason=NOT_ASKED)
        return
    prompt = make_prompt(question, _best_first(answer), token_counter())
    note = None
    try:
        for cited in _sentences(model, prompt, stop):
            stand = replace(stand, sentences=(*stand.sentences, checked(cited, prompt, encoder)))
            yield stand
    except CutShortError as exc:
        note = str(exc)
    except GenerationError as exc:
        yield replace(stand, status="fallback", reason=str(exc))
        return
    if stop is not None and stop.is_set():
        yield replace(stand, status="stopped", reason=STOPPED)
    elif any(sentence.supported for sentence in stand.sentences):
        yield replace(stand, status="written", reason=note)
    else:
        yield replace(stand, status="fallback", reason=NOTHING_SUPPORTED)


def _best_first(answer: Answer) -> list[Hit]:
    """The hits that the quoted answer cites, then the others by rank."""
    quoted = {key for sentence in answer.sentences for key in sentence.citations}
    return sorted(answer.hits, key=lambda hit: (hit.paragraph_id not in quoted, hit.rank))


def _sentences(
    model: LanguageModel, prompt: Prompt, stop: threading.Event | None
) -> Iterator[Cited]:
    """The sentences of the model's text. Those that were whole come before any error."""
    from answer.generate import stream  # noqa: PLC0415 - a second; only where a model is asked

    sentences = CitedSentences()
    try:
        for piece in stream(model, prompt.messages, stop):
            yield from sentences.feed(piece)
    except GenerationError:
        yield from sentences.close(complete=False)
        raise
    yield from sentences.close(complete=stop is None or not stop.is_set())


def checked(cited: Cited, prompt: Prompt, encoder: Encoder) -> WrittenSentence:
    """A sentence with what it may cite, held against it; keys not in the prompt are dropped."""
    hits = [prompt.paragraphs[key] for key in cited.keys if key in prompt.paragraphs]
    if cited.keys and not hits:
        unknown = ", ".join(f"[{key}]" for key in cited.keys)
        reason: str | None = f"cites {unknown}, which the model was not given"
    else:
        known = " ".join(_about(hit) for hit in hits)
        reason = objection(cited.text, [hit.text for hit in hits], known, encoder)
    citations = tuple(hit.paragraph_id for hit in hits)
    return WrittenSentence(cited.text, citations, reason is None, reason)


def objection(claim: str, paragraphs: list[str], known: str, encoder: Encoder) -> str | None:
    """Why the paragraphs cited do not support a sentence, in a few words; None where they do.

    `known` is what it may say though they do not: a paragraph seldom names its own report.
    """
    if not paragraphs:
        return UNCITED
    verdict = verify(claim, paragraphs, encoder, known)
    for contradiction in verdict.contradicted:
        if contradiction.found is not None:
            return f"says “{contradiction.claimed}” where the source has “{contradiction.found}”"
    # As the first word of a sentence an authority is no name to `verify`.
    held = " . ".join([*paragraphs, known])
    elsewhere = {name for name in _places(claim) - _places(held) if name not in held}
    missing = dict.fromkeys([*verdict.missing, *sorted(elsewhere)])
    if missing:
        named = ", ".join(f"“{text}”" for text in missing)
        return f"{named} not found in what it cites"
    near = verdict.score >= LEAST_LIKENESS
    return None if verdict.supported and near else "what it cites does not say this"


def _places(text: str) -> set[str]:
    """The authorities that a text names; none of its words is taken for a misspelt one."""
    words = words_of(text)
    places = find_authorities(words, authority_names(), {word.text: 1 for word in words})
    return {place.name for place in places}


def _about(hit: Hit) -> str:
    return about(hit.title, hit.authority, hit.year, hit.document_kind, hit.heading)


def about(*parts: str | int | None) -> str:
    """What is known of a paragraph besides its text, as `objection` takes it."""
    return " ".join(str(part) for part in parts if part)


def heading(model: str | None) -> str:
    """What stands above a written answer."""
    return f"Written by a language model ({model}); check before quoting"


def written_object(written: Written) -> Mapping[str, Any]:
    """A written answer for JSON."""
    return {
        "status": written.status,
        "model": written.model,
        "reason": written.reason,
        "sentences": [
            {
                "text": sentence.text,
                "citations": list(sentence.citations),
                "supported": sentence.supported,
                "reason": sentence.reason,
            }
            for sentence in written.sentences
        ],
    }
