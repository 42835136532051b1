"""Words in quotation marks, held word for word against what they are said to come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from answer.naming import plain
from index.lexical import words

# Double marks, and single ones that are no apostrophes; one level.
_QUOTED = re.compile(
    r"“(?P<curly>[^“”]+)”|„(?P<low>[^“”„]+)[“”]|\"(?P<straight>[^\"]+)\""
    r"|(?<!\w)‘(?P<single>(?:[^‘’]|’(?=\w)|(?<=s)’(?=\s[a-z]))+)’(?!\w)"
    r"|(?<![\w'])'(?P<plain>(?:[^']|'(?=\w))+)'(?!\w)"
)
_ELLIPSIS = re.compile(r"\[?\s*(?:…|\.\s?\.\s?\.)\s*\]?")
_LETTER = re.compile(r"\[(\w{1,2})\](?=\w)")
_ENDING = re.compile(r"(?<=\w)\[(\w{1,3})\]")
_INSERTED = re.compile(r"\[[^\]]*\]")
_CLOSE = 0.55  # share of words in order from which on a passage is the one that was altered


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words in quotation marks."""

    start: int  # of the opening mark
    end: int
    text: str  # between the marks
    double: bool  # marks that only quotations bear

    @property
    def name(self) -> bool:
        """Whether it may be what something is called, and no quotation: 'crash pad'."""
        return not self.double and len(words(self.text)) <= 2


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a quotation is to a text: the same words, or the closest words and how they differ."""

    exact: bool
    closeness: float  # share of its words that stand there in order
    passage: str = ""  # the closest words, as the text has them
    differences: str = ""  # "'inadequate' for 'good'"


def quotations(text: str) -> list[Quotation]:
    """The quotations of a text in their order; block quotations are the caller's to name."""
    found = []
    for match in _QUOTED.finditer(text):
        inside = next(group for group in match.groups() if group is not None)
        double = match.lastgroup in {"curly", "low", "straight"}
        if words(inside):
            found.append(Quotation(match.start(), match.end(), inside, double))
    return found


def compare(quotation: str, source: str) -> Comparison:
    """Hold a quotation against a text.

    White space, dashes, quotation marks, punctuation and case are forgiven, words never. Square
    brackets may hold a changed letter or an insertion, an ellipsis may leave words out between
    parts that stand in this order.
    """
    if stands_in(quotation, source):
        return Comparison(exact=True, closeness=1.0)
    mine = _plain_words(quotation)
    theirs = _spans(source)
    if not mine or not theirs:
        return Comparison(exact=False, closeness=0.0)
    first, last, closeness = _closest(mine, [word for word, _, _ in theirs])
    passage = source[theirs[first][1] : theirs[last - 1][2]] if last > first else ""
    window = [word for word, _, _ in theirs[first:last]]
    return Comparison(
        exact=False,
        closeness=closeness,
        passage=passage if closeness >= _CLOSE else "",
        differences=_differences(mine, window) if closeness >= _CLOSE else "",
    )


def stands_in(quotation: str, source: str) -> bool:
    """Whether the quotation's parts stand in the text word for word and in order."""
    text = _run(source)
    for variant in _variants(quotation):
        at = 0
        for part in variant:
            wanted = f" {' '.join(part)} "
            at = text.find(wanted, at)
            if at < 0:
                break
            at += len(wanted) - 1
        else:
            return True
    joined = "".join(_plain_words(quotation))
    return len(joined) > 12 and joined in text.replace(" ", "")  # "well-being" is "wellbeing"


@lru_cache(maxsize=1000)  # a quotation is looked for in many paragraphs
def _variants(quotation: str) -> tuple[list[list[str]], ...]:
    """The parts between what is left out; an altered ending read without and with its letters."""
    found = []
    for ending in ("", r"\1"):
        text = _LETTER.sub(r"\1", quotation)
        text = _ENDING.sub(ending, text)
        text = _ELLIPSIS.sub("\n", text)
        text = _INSERTED.sub("\n", text)
        parts = [words(part) for part in text.split("\n")]
        found.append([part for part in parts if part])
    return tuple(found)


def _plain_words(quotation: str) -> list[str]:
    return [word for part in _variants(quotation)[0] for word in part]


@lru_cache(maxsize=50_000)
def _run(text: str) -> str:
    return f" {' '.join(words(text))} "


def _spans(text: str) -> list[tuple[str, int, int]]:
    pattern = re.compile(r"\w+(?:['&]\w+)*")
    return [(m[0].lower(), m.start(), m.end()) for m in pattern.finditer(plain(text))]


def _closest(mine: Sequence[str], theirs: Sequence[str]) -> tuple[int, int, float]:
    """The stretch of words most like the quotation, and the share of its words found in order."""
    matcher = SequenceMatcher(None, mine, theirs, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size]
    if not blocks:
        return 0, 0, 0.0
    anchor = max(blocks, key=lambda block: block.size)
    first = max(0, anchor.b - anchor.a - 3)
    last = min(len(theirs), anchor.b - anchor.a + len(mine) + 3)
    window = SequenceMatcher(None, mine, theirs[first:last], autojunk=False)
    held = [block for block in window.get_matching_blocks() if block.size]
    share = sum(block.size for block in held) / len(mine)
    start = first + max(0, held[0].b - held[0].a)
    stop = min(last, first + held[-1].b + held[-1].size + len(mine) - held[-1].a - held[-1].size)
    return start, stop, share


def _differences(mine: Sequence[str], theirs: Sequence[str]) -> str:
    """What was put in the place of what: "'inadequate' for 'good'"."""
    told = []
    for tag, a, b, c, d in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        wrote, has = " ".join(mine[a:b]), " ".join(theirs[c:d])
        if tag == "replace":
            told.append(f"'{wrote}' for '{has}'")
        elif tag == "delete":
            told.append(f"'{wrote}' added")
        elif tag == "insert":
            told.append(f"'{has}' left out")
    return ", ".join(told)
