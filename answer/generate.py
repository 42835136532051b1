"""A language model behind an OpenAI-compatible address: messages -> its text, as it comes.

The only place that knows the `openai` package. What a server says of an error is never passed
on: it may repeat the key.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from openai import (
    APIConnectionError,
    APIError,
    APIStatusError,
    APITimeoutError,
    AuthenticationError,
    BadRequestError,
    NotFoundError,
    OpenAI,
    PermissionDeniedError,
    RateLimitError,
    Stream,
    Timeout,
    omit,
)
from openai.types.chat import ChatCompletionChunk

from answer.cited import without_thought
from answer.configured import ADDRESS_VARIABLE, KEY_VARIABLE, MODEL_VARIABLE, LanguageModel
from answer.errors import CutShortError, GenerationError
from answer.prompt import Message

MOST_CHARACTERS = 8_000  # of an answer; the five sentences asked for have some 1,000
MOST_THOUGHT = 60_000  # of a reading, with what a model thinks before it
_GLANCE = 0.1  # seconds between looks at the clock and at the reader's wish to stop
_REFUSED = "The language model refused to answer."
_BROKE_OFF = "The language model's answer broke off."
# The client takes these from the environment too; they are meant for another server.
_NOT_OURS = ("OpenAI-Organization", "OpenAI-Project")


class Stop(Protocol):
    """What is asked every moment whether to go on; what it raises ends the request."""

    def is_set(self) -> bool:
        """Whether to stop."""


def whole(model: LanguageModel, messages: Sequence[Message], stop: Stop) -> str:
    """The model's whole text, without what it thought first.

    Raises GenerationError as `stream` does, CutShortError too.
    """
    return without_thought("".join(stream(model, messages, stop, MOST_THOUGHT)))


def stream(
    model: LanguageModel,
    messages: Sequence[Message],
    stop: Stop | None = None,
    most: int = MOST_CHARACTERS,
) -> Iterator[str]:
    """The model's text, piece by piece, until it ends or `stop` is set.

    Raises GenerationError where the server cannot be reached, refuses, breaks off, sends what is
    no answer or takes too long. Closing the iterator ends the request.
    """
    pieces: queue.SimpleQueue[str | GenerationError | None] = queue.SimpleQueue()
    left = threading.Event()  # nobody waits for more
    # In a thread of its own: a server that sends signs of life and no text would hold us for ever.
    arguments = (model, messages, most, pieces, left)
    threading.Thread(target=_receive, args=arguments, daemon=True).start()
    deadline = time.monotonic() + model.total_seconds
    try:
        while stop is None or not stop.is_set():
            if time.monotonic() > deadline:
                raise _too_slow(model.total_seconds)
            try:
                piece = pieces.get(timeout=_GLANCE)
            except queue.Empty:
                continue
            if piece is None:
                return
            if isinstance(piece, GenerationError):
                raise piece
            yield piece
    finally:
        left.set()


def _receive(
    model: LanguageModel,
    messages: Sequence[Message],
    most: int,
    pieces: queue.SimpleQueue[str | GenerationError | None],
    left: threading.Event,
) -> None:
    """Put the text into the queue, and last None or what went wrong."""
    received = 0
    try:
        for piece in _pieces(model, messages, most, left):
            received += len(piece)
            pieces.put(piece)
        pieces.put(None if received else GenerationError("The language model said nothing."))
    except GenerationError as exc:
        pieces.put(exc)
    except APIError as exc:
        pieces.put(GenerationError(_why(exc, model, begun=received > 0)))
    except Exception:  # whatever the client makes of garbage: no JSON, fields of other types
        pieces.put(GenerationError("What the language model's server sent is not an answer."))


def _pieces(
    model: LanguageModel, messages: Sequence[Message], most: int, left: threading.Event
) -> Iterator[str]:
    """The text of the answer's parts, until nobody waits for it.

    Raises GenerationError where it is no whole answer.
    """
    timeout = Timeout(model.silence_seconds, connect=model.connect_seconds)
    ended, length = None, 0
    with (
        OpenAI(
            base_url=model.address, api_key=model.key or "none", max_retries=0, timeout=timeout
        ) as client,
        _opened(client, model, messages) as parts,
    ):
        for part in parts:
            if left.is_set():
                return
            for choice in part.choices[:1]:  # a part that only counts tokens has none
                if choice.delta.refusal:
                    raise GenerationError(_REFUSED)
                ended = choice.finish_reason or ended
                content = (choice.delta.content or "") + ""  # no other type may pass
                length += len(content)
                if length > most:
                    raise GenerationError("The language model did not come to an end.")
                if content:
                    yield content
    if ended is None and length:
        raise GenerationError(_BROKE_OFF)
    if ended == "content_filter":
        raise GenerationError(_REFUSED)
    if ended == "length":
        raise CutShortError("The language model ran out of room.")


def _opened(
    client: OpenAI, model: LanguageModel, messages: Sequence[Message]
) -> Stream[ChatCompletionChunk]:
    """The parts of the answer. Models that take no temperature are asked again without it."""
    headers: dict[str, Any] = dict.fromkeys(_NOT_OURS, omit)
    if model.key is None:
        headers["Authorization"] = omit
    request: dict[str, Any] = {
        "model": model.name,
        "messages": list(messages),
        "stream": True,
        "extra_headers": headers,
    }
    parts: Stream[ChatCompletionChunk]
    try:
        parts = client.chat.completions.create(**request, temperature=0)
    except BadRequestError:
        parts = client.chat.completions.create(**request)
    return parts


def _why(error: APIError, model: LanguageModel, *, begun: bool) -> str:
    """What went wrong and what to do, in one sentence, without the server's own words."""
    server = "The language model's server"
    if isinstance(error, APITimeoutError):
        return str(_too_slow(model.silence_seconds))
    if isinstance(error, APIConnectionError) and begun:
        return _BROKE_OFF
    known: dict[type[APIError], str] = {
        APIConnectionError: f"{server} cannot be reached; check {ADDRESS_VARIABLE}.",
        AuthenticationError: f"{server} refuses the key; check {KEY_VARIABLE}.",
        PermissionDeniedError: f"{server} refuses the key; check {KEY_VARIABLE}.",
        NotFoundError: (
            f"{server} does not know the model {model.name}; check {MODEL_VARIABLE} and "
            f"{ADDRESS_VARIABLE}."
        ),
        RateLimitError: f"{server} takes no more requests now; try again later.",
    }
    if type(error) in known:
        return known[type(error)]
    if isinstance(error, APIStatusError):
        return f"{server} answered with the error {error.status_code}."
    return f"{server} reported an error."


def _too_slow(seconds: float) -> GenerationError:
    return GenerationError(f"The language model did not answer within {seconds:g} seconds.")
