"""A language model's text, as it comes in -> sentences with the keys they cite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.sentences import sentence_spans

# Some models put keys into brackets of their own.
_KEYS = r"[\[【]\s*(?:paragraphs? |paras? )?\d{1,4}(?:\s*[,;–-]\s*\d{1,4})*\s*[\]】]"
_CITATION = re.compile(rf"\s*({_KEYS})", re.IGNORECASE)
_AFTER_STOP = re.compile(rf"([.!?…]+[\"'”’)]*)((?:\s*{_KEYS})+)", re.IGNORECASE)
# Where a sentence with its citation ends, whatever the next one begins with.
_AFTER_CITED = re.compile(
    rf"(?:{_KEYS}\s*[.!?…]+[\"'”’)]*|[.!?…]+[\"'”’)]*(?:\s*{_KEYS})+)\s+(?=[^\s\[【])",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)|(\d+)")
_OPEN = re.compile(r"[\[【][^\]】]{0,40}\Z")  # a citation that has not come in whole
_LIST_MARK = re.compile(r"^\s*(?:[-*•#>]+|\d{1,2}[.)])\s+")
_NEXT_LINE = re.compile(rf"\s*\n\s*(?={_KEYS})", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
_WIDEST_RANGE = 20  # keys
# Models that reason put it first, where their server does not set it apart.
_THOUGHT, _THOUGHT_ENDS = "<think>", "</think>"
_THOUGHT_BEGIN = re.compile(r"\s*[<\[]think(?:ing)?[>\]]", re.IGNORECASE)
_THOUGHT_END = re.compile(r"[<\[]/think(?:ing)?[>\]]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence as it was written."""

    text: str  # without its citations
    keys: tuple[int, ...]  # as cited, in order, each once


class CitedSentences:
    """Takes text piece by piece and gives each sentence once it is whole."""

    def __init__(self) -> None:
        self._text = ""
        self._thinking = True  # until the text has begun with anything else

    def feed(self, piece: str) -> list[Cited]:
        """The sentences that the piece completes. The last one is kept back: it may go on."""
        self._text += piece
        if self._thinking and not self._past_thought():
            return []
        opened = _OPEN.search(self._text)
        whole = self._text[: opened.start()] if opened else self._text
        whole = _NEXT_LINE.sub(" ", whole)
        spans = list(_spans(whole))
        if len(spans) < 2:
            return []
        keep = spans[-1][0]
        given = [_cited(whole[start:stop]) for start, stop in spans[:-1]]
        self._text = whole[keep:] + (opened[0] if opened else "")
        return [one for one in given if one.text]

    def close(self, complete: bool = True) -> list[Cited]:
        """What is left, when no more comes; if the text broke off, only its whole sentences."""
        if self._thinking and not self._past_thought():
            return []
        whole = _NEXT_LINE.sub(" ", self._text)
        left = [_cited(whole[start:stop]) for start, stop in _spans(whole)]
        self._text = ""
        if not complete and left and not left[-1].text.endswith((".", "!", "?", "”", '"')):
            del left[-1]
        return [one for one in left if one.text]

    def _past_thought(self) -> bool:
        """Whether the answer has begun; what was thought before it is dropped."""
        begun = self._text.lstrip()
        if begun.startswith(_THOUGHT):
            _, ended, begun = begun.partition(_THOUGHT_ENDS)
            if not ended:
                return False
        elif _THOUGHT.startswith(begun):
            return False
        self._text = begun
        self._thinking = False
        return True


def without_thought(text: str) -> str:
    """A whole text without what a model thought first; of a thought that never ended nothing.

    Some servers have opened the thought for the model, so that only its end is in the text.
    """
    ended = [match.end() for match in _THOUGHT_END.finditer(text)]
    if ended:
        return text[ended[-1] :]
    return "" if _THOUGHT_BEGIN.match(text) else text


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences stand, each with the citations after its full stop; lines end them too."""
    ends = {match.end() for match in _AFTER_CITED.finditer(text)}
    ends |= {match.end() for match in re.finditer("\n", text)}
    for start, stop in pairwise([0, *sorted(ends - {0, len(text)}), len(text)]):
        line = text[start:stop]
        # For splitting, citations that follow a full stop stand before it.
        moved = _AFTER_STOP.sub(lambda match: "," * len(match[2]) + match[1], line)
        hidden = _LIST_MARK.sub(lambda match: " " * len(match[0]), moved)
        for first, last in sentence_spans(hidden):
            yield start + first, start + last


def _cited(written: str) -> Cited:
    keys = [key for match in _CITATION.finditer(written) for key in _numbers(match[1])]
    text = _UNSEEN.sub("", _CITATION.sub("", written)).replace("**", "")
    return Cited(text.strip(), tuple(dict.fromkeys(keys)))


def _numbers(citation: str) -> Iterator[int]:
    for first, last, single in _RANGE.findall(citation):
        if single:
            yield int(single)
        elif 0 <= int(last) - int(first) < _WIDEST_RANGE:
            yield from range(int(first), int(last) + 1)
