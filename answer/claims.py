"""A sentence of a draft -> what each of its citations is said to bear out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from answer.contexts import content_stems
from answer.references import Reference

_ENOUGH = 2  # words of meaning from which on a piece of a sentence is a claim
_INTRODUCING = re.compile(
    r"\b(?:reports?|(?:re-?)?inspections?|inspectors?|letters?|visits?|reviews?|article|ofsted|says?|"
    r"said|states?|stated|finds?|found|notes?|noted|tells?|told|according|see|asks?|read|reads|"
    r"writes?|wrote|most recent|latest|published|recommendations?|paragraphs?|council|authority)\b"
    r"|(?<=\s)[A-Z][\w'’-]*|\b[A-Z][\w-]*['’]s\b|\d+",
)
_LEFT = re.compile(r"[(\[]\s*(?:see|cf\.?|and|also|in|[;,\s])*\s*[)\]]", re.IGNORECASE)
_EDGES = re.compile(r"^[\s,;:.)\]–—-]*(?:(?:and|while|but|whereas|though|says|asks that)\b\s*)?")
_QUOTATION = re.compile(r"^(?:“[^“”]+”|\"[^\"]+\")[.,;:]?$")  # with nothing beside it
_BOARDED = re.compile(r"\bB\s?&\s?Bs?\b")  # reports write it out
_SPACE = re.compile(r"\s+([.,;:?!])")
_LEANING = re.compile(
    r"^(?:(?:and|but|so|yet|also|however|then)\b,?\s*)?(?:it|its|they|their|them|this|that|these|"
    r"those|he|she|his|her|such|both|neither|one|two|some|most|others?|another|the same|the figure|"
    r"there|here|nobody|none|only)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sentence says, with the citations that it gives for that."""

    text: str  # without citations
    raw: str  # as written, citations taken out but quotation marks kept
    references: tuple[Reference, ...]

    @property
    def leans(self) -> bool:
        """Whether it says "it", "they" or the like of what the sentence before names."""
        short = len(content_stems(self.text)) < 5 or any(one.same for one in self.references)
        return short or self.refers_back

    @property
    def refers_back(self) -> bool:
        """Whether its first words stand for something that the sentence before names."""
        return _LEANING.match(self.text) is not None


def claims(sentence: str, references: Sequence[Reference]) -> list[Claim]:
    """The claims of a sentence; citations beside each other share one.

    What stands before a citation is its claim. Where that is no more than a few words, as before
    "Paragraph 87 says", it is what follows.
    """
    groups: list[tuple[str, list[Reference]]] = []
    at = 0
    for reference in references:
        before = _clean(sentence[at : reference.start])
        if groups and not _says(before):
            groups[-1][1].append(reference)
            at = reference.end
            continue
        groups.append((before, [reference]))
        at = reference.end
    rest = _clean(sentence[at:])
    made = []
    for number, (text, cited) in enumerate(groups):
        short = not _says(text)
        after = _until_next(sentence, cited, groups, number)
        whole = after if short and content_stems(after) else text
        if len(groups) == 1 and not short and len(content_stems(rest)) >= _ENOUGH:
            whole = f"{text} {rest}" if not _ended(text) else text
        if content_stems(whole):
            made.append(Claim(_unquoted(whole), whole, tuple(cited)))
    return made


def _says(piece: str) -> bool:
    """Whether it says something: of a quotation by itself that is how few its words may be."""
    return _QUOTATION.match(piece) is not None or _weight(piece) >= _ENOUGH


def _weight(piece: str) -> int:
    """How many words of meaning it has, beside those that only bring in what is said."""
    plain = piece[:1].lower() + piece[1:]
    return len(content_stems(_INTRODUCING.sub(" ", plain)))


def _until_next(
    sentence: str,
    cited: Sequence[Reference],
    groups: Sequence[tuple[str, list[Reference]]],
    number: int,
) -> str:
    end = groups[number + 1][1][0].start if number + 1 < len(groups) else len(sentence)
    return _clean(sentence[cited[-1].end : end])


def _ended(text: str) -> bool:
    return text.rstrip("”’\"' )").endswith((".", "!", "?"))


def _clean(piece: str) -> str:
    """Without the brackets that a citation leaves behind and what joined it to the rest."""
    text = f"{piece} "
    text = re.sub(r"[(\[]\s*$", "", text.rstrip()) + " "
    text = re.sub(r"^\s*[)\]]", "", text)
    text = _SPACE.sub(r"\1", _LEFT.sub("", text))
    return _EDGES.sub("", text).strip()


def _unquoted(text: str) -> str:
    text = _BOARDED.sub("bed and breakfast", text)
    return re.sub(r"\s+", " ", text.replace("“", "").replace("”", "").replace('"', "")).strip()
