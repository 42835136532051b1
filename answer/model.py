"""What answering gives: an answer of quoted sentences, and the findings of a check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from index.model import Hit

Status = Literal["answered", "no_answer", "error"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an answer, with what it cites."""

    text: str
    citations: tuple[str, ...]  # paragraph_id of each; every one is among the answer's hits


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said to a question."""

    status: Status
    confidence: float  # probability that these documents answer the question, 0 to 1
    sentences: tuple[Sentence, ...]
    hits: tuple[Hit, ...]
    reason: str | None = None  # why there is no answer, in one sentence
    note: str | None = None  # what a reader should know of an answer


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands in a draft."""

    part: int  # of the draft's parts, the first is 0
    start: int  # characters into the part
    end: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a reader of a draft should look at."""

    kind: str
    message: str
    where: str  # the sentence of the draft that it is about
    cited: str  # the citation as written
    paragraph_id: str | None = None  # what the citation leads to
    suggestion: str | None = None  # what to write instead
    place: Place | None = None  # of that sentence
