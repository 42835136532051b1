"""Texts put to a language model, as many at once as a request holds, and what it says of each.

Texts of drafts and documents are data: marked off by a code that is drawn for each request.
"""

from __future__ import annotations

import secrets
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from answer.budget import token_counter
from answer.configured import LanguageModel
from answer.errors import GenerationError
from answer.prompt import MESSAGE_TOKENS, PROMPT_TOKENS, Message

Piece_contra = TypeVar("Piece_contra", contravariant=True)
Answer_co = TypeVar("Answer_co", covariant=True)
Progress = Callable[[int, int], None]

_UNREADABLE = "It gave no answer that can be used."
_LETTERS = 8  # of a code; without figures, which would stand beside those of the pieces
_WIDEST = " ".join("a" * _LETTERS)  # as many tokens as letters: no code takes more


class Form(Protocol[Piece_contra, Answer_co]):
    """How pieces are put, and how the answers are read."""

    rules: str  # with {code} where the code stands
    opening: str  # what stands before the pieces

    def put(self, pieces: Sequence[Piece_contra], code: str) -> str:
        """Pieces as they stand in a request, numbered."""

    def read(self, text: str, pieces: Sequence[Piece_contra]) -> Mapping[int, Answer_co]:
        """The answers in a model's text that can be believed, by the place of their piece."""


@dataclass(frozen=True, slots=True)
class Reading(Generic[Answer_co]):
    """What a model said, piece by piece."""

    model: str
    answers: tuple[Answer_co | None, ...]  # None: not read, or no answer that can be believed
    reason: str | None = None  # why it ended before the last piece

    @property
    def read(self) -> int:
        """How many pieces have an answer."""
        return sum(answer is not None for answer in self.answers)


def read_by_model(
    pieces: Sequence[Piece_contra],
    form: Form[Piece_contra, Answer_co],
    model: LanguageModel,
    progress: Progress,
) -> Reading[Answer_co]:
    """Put pieces to a model.

    Args:
        pieces: in the order in which they are read. One that does not fit into a request is not.
        form: how they are put.
        model: what is asked. What goes wrong with it ends the reading and is its reason; answers
            given until then stand.
        progress: told how many are read, and of how many, every moment; what it raises ends the
            work and the request.
    """
    from answer.generate import whole  # noqa: PLC0415 - a second; only where a model is asked

    answers: list[Answer_co | None] = [None] * len(pieces)
    watch = _Watch(progress, len(pieces))
    for batch in _batches(pieces, form):
        asked = [pieces[at] for at in batch]
        code = "".join(secrets.choice(string.ascii_lowercase) for _ in range(_LETTERS))
        try:
            text = whole(model, messages(asked, form, code), watch)
        except GenerationError as exc:
            progress(len(pieces), len(pieces))
            return Reading(model.name, tuple(answers), str(exc))
        for place, answer in form.read(text.replace(code, ""), asked).items():
            answers[batch[place]] = answer
        watch.done += len(batch)
    progress(len(pieces), len(pieces))
    nothing = pieces and all(answer is None for answer in answers)
    return Reading(model.name, tuple(answers), _UNREADABLE if nothing else None)


class _Watch:
    """Tells how far it is whenever it is asked whether to stop; it never says so itself."""

    def __init__(self, progress: Progress, total: int) -> None:
        self.done = 0
        self._progress, self._total = progress, total

    def is_set(self) -> bool:
        self._progress(self.done, self._total)
        return False


def messages(
    pieces: Sequence[Piece_contra], form: Form[Piece_contra, Answer_co], code: str
) -> tuple[Message, ...]:
    """What a model is asked of these pieces."""
    return (
        {"role": "system", "content": form.rules.format(code=code)},
        {"role": "user", "content": form.opening + form.put(pieces, code)},
    )


def _batches(
    pieces: Sequence[Piece_contra], form: Form[Piece_contra, Answer_co]
) -> Iterator[list[int]]:
    """Places of the pieces that go into one request together, in order."""
    counter = token_counter()
    around = counter.count(form.rules.format(code=_WIDEST)) + counter.count(form.opening)
    whole = PROMPT_TOKENS - around - 2 * MESSAGE_TOKENS
    batch: list[int] = []
    room = whole
    for at, piece in enumerate(pieces):
        size = counter.count(form.put([piece], _WIDEST))
        if size > whole:
            continue
        if size > room:
            yield batch
            batch, room = [], whole
        batch.append(at)
        room -= size
    if batch:
        yield batch
