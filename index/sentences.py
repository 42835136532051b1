"""Where the sentences of a text begin and end."""

from __future__ import annotations

import re
from functools import lru_cache

Span = tuple[int, int]  # first character, one past the last

# An end mark, closing quotes or brackets, white space, then what can begin a sentence; or a
# bullet mark, which stands where a full stop often does not.
# (The first mark stands by itself, so that `re` skips to it: a third of the time of "[.!?…]+".)
_END = r"(?P<end>[.!?…][.!?…]*[\"'”’)\]]*)\s+(?=[\"'“‘(\[]*[A-Z0-9£•])"
_AT_END = re.compile(_END)
_AT_END_OR_BULLET = re.compile(_END + r"|(?P<bullet>\s+(?=[•▪◦‣●]\s))")  # three times as slow
_BULLET = re.compile("[•▪◦‣●]")
_ABBREVIATIONS = frozenset(
    {"approx", "cf", "ch", "dept", "dr", "e.g", "etc", "i.e", "mr", "mrs", "ms", "no", "nos"}
    | {"p", "para", "paras", "pp", "prof", "rev", "st", "vs"}
)
_LAST_WORD = re.compile(r"[\w.]*\w$")


@lru_cache(maxsize=2000)  # a search asks for the same ones several times
def sentence_spans(text: str) -> tuple[Span, ...]:
    """The sentences of a text in order; between them lies nothing but white space."""
    spans = []
    start = 0
    breaks = _AT_END_OR_BULLET if _BULLET.search(text) else _AT_END
    for match in breaks.finditer(text):
        if match["end"] and _abbreviates(text, match.start()):
            continue
        stop = match.end("end") if match["end"] else match.start()
        spans.append(_trimmed(text, start, stop))
        start = match.end()
    spans.append(_trimmed(text, start, len(text)))
    return tuple((first, last) for first, last in spans if first < last)


def _abbreviates(text: str, stop: int) -> bool:
    """Whether the full stop at `stop` belongs to a word: "e.g. Care", "J. Smith"."""
    word = _LAST_WORD.search(text, max(0, stop - 12), stop)
    if word is None or text[stop] != ".":
        return False
    last = word.group()
    return last.lower() in _ABBREVIATIONS or (len(last) == 1 and last.isupper() and last != "I")


def _trimmed(text: str, start: int, stop: int) -> Span:
    while start < stop and text[start].isspace():
        start += 1
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return start, stop
