"""Which documents a running text names: "the 2016 report", "Slough 2019", "the focused visit"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from index.authorities import find_authorities, words_of
from index.model import DocumentCard

# One character for one, so that places in the text stay what they are.
_PLAIN = str.maketrans("’‘‛“”„–—−\u2010\u2011\u00a0\u202f", "'''\"\"\"-----  ")
_MONTH_NAMES = (
    "january february march april may june july august september october november december"
)
_MONTHS = _MONTH_NAMES.split()
_MONTH = "|".join([*_MONTHS, *(f"{month[:3]}t?" for month in _MONTHS if month != "may")])
_DATE = re.compile(
    rf"(?:(?:\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+)?\b(?P<month>{_MONTH})\.?,?\s+)?"
    r"(?<![\d/-])(?P<year>(?:19|20)\d\d)(?![\d%]|[-/]\d)",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\s*(?:to|and|or|-|,)\s*(?:19|20)\d\d\b")  # "2014 to 2023" is no date
_RANGE_BEFORE = re.compile(r"(?:19|20)\d\d\s*(?:to|and|or|-|,)\s*$")
_KINDS: tuple[tuple[str, frozenset[str]], ...] = (
    (r"monitoring (?:visit|letter|inspection)s?", frozenset({"monitoring visit"})),
    (r"focus(?:s)?ed visit", frozenset({"focused visit"})),
    (
        r"joint targeted area inspection|jtai|joint (?:targeted )?inspection",
        frozenset({"joint targeted area inspection"}),
    ),
    (r"(?:local )?area send (?:inspection|report|letter)", frozenset({"area SEND inspection"})),
    (r"send (?:inspection|report|letter)", frozenset({"area SEND inspection"})),
    (r"(?:news |press )?article|news (?:report|story|item)", frozenset({"news article"})),
    (r"web ?page|website|web site", frozenset({"web page"})),
)
_LETTERS = frozenset(
    {"monitoring visit", "focused visit", "joint targeted area inspection", "area SEND inspection"}
)
_NOUN = re.compile(
    r"\b(?:reports?|(?:re-?)?inspections?|letters?|visits?|reviews?|ilacs|sif|documents?"
    r"|pages?(?!\s*\d))\b",
    re.IGNORECASE,
)
_KIND = re.compile(
    "|".join(rf"(?P<k{at}>\b(?:{words})\b)" for at, (words, _) in enumerate(_KINDS)), re.IGNORECASE
)
_SEND = re.compile(r"\bSEND\b(?=,?\s+\(?(?:[A-Z][a-z]+ )?(?:19|20)\d\d)")  # "Dudley SEND 2025"
_SAME = re.compile(
    r"\b(?:ibid(?:em)?\b\.?|(?:op|loc)\. ?cit\.|(?:(?:that|the) same|the said|the above)\s+"
    r"(?:report|inspection|letter|visit|review|article|page|document)\b)",
    re.IGNORECASE,
)
_PUBLISHER = re.compile(r"\bofsted\b", re.IGNORECASE)
_FILLER = re.compile(
    r"(?:[\s,:()'\"]|\b(?:the|of|in|on|for|from|at|by|its|s|a|to|into|about|council|borough|"
    r"london|royal|city|county|local|authority|children|services?|social|care|published|dated|"
    r"issued|released|full|single|and)\b)*",
    re.IGNORECASE,
)
_Sort = Literal["authority", "date", "kind", "noun", "publisher", "source", "same"]


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is given."""

    year: int
    month: int | None = None
    day: int | None = None

    def fits(self, day: date | None) -> bool:
        """Whether a day is in it."""
        return (
            day is not None
            and day.year == self.year
            and self.month in (None, day.month)
            and self.day in (None, day.day)
        )


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name a document, or part of its name."""

    start: int
    end: int
    authority: str | None = None
    when: When | None = None
    kinds: frozenset[str] = frozenset()  # of documents, where the words say one
    noun: str | None = None  # "report", "letter"
    documents: frozenset[str] = frozenset()  # document_ids, where title or file are named
    publisher: bool = False
    same: bool = False  # "ibid", "the same report"

    @property
    def strong(self) -> bool:
        """Whether it names a document, and not a place or a time in passing."""
        dated = self.when is not None and bool(self.authority or self.noun or self.publisher)
        return dated or bool(self.kinds or self.documents) or self.same

    @property
    def letters(self) -> bool:
        """Whether it speaks of a letter or visit, as short reports are called."""
        return self.noun in {"letter", "visit"}


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    sort: _Sort
    value: object


@dataclass(slots=True)
class _Cluster:
    tokens: list[_Token] = field(default_factory=list)
    bracketed: bool = False  # a bracket was opened in it

    def takes(self, token: _Token, between: str) -> bool:
        """Whether the next token still belongs to what these name."""
        sorts = {held.sort for held in self.tokens}
        once = token.sort in {"authority", "date", "same"} and token.sort in sorts
        opens = "(" in between and token.sort != "date"  # "Slough (2019)" is one name
        closes = between.find(")") >= 0 and not self.bracketed
        return not (once or opens or closes) and _FILLER.fullmatch(between) is not None


class Namer:
    """Finds the names of a library's documents in texts."""

    def __init__(self, cards: Iterable[DocumentCard]) -> None:
        held = list(cards)
        self._authorities = sorted({c.document.authority for c in held if c.document.authority})
        known: defaultdict[str, set[str]] = defaultdict(set)
        for card in held:
            for name in _literal_names(card):
                known[plain(name).lower()].add(card.document.document_id)
        self._sources = {name: frozenset(ids) for name, ids in known.items()}
        names = sorted(map(re.escape, known), key=len, reverse=True)
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)" if names else r"(?!)")

    def mentions(self, text: str) -> list[Mention]:
        """What in the text names a document, an authority alone included; in reading order."""
        smooth = plain(text)
        cluster = _Cluster()
        clusters = []
        for token in _apart(self._tokens(smooth)):
            before = cluster.tokens[-1].end if cluster.tokens else 0
            between = smooth[before : token.start]
            if not (cluster.tokens and cluster.takes(token, between)):
                cluster = _Cluster()
                clusters.append(cluster)
            elif "(" in between:
                cluster.bracketed = True
            cluster.tokens.append(token)
        mentions = (_mention(cluster.tokens) for cluster in clusters)
        return [mention for mention in mentions if mention.strong or mention.authority]

    def heading(self, text: str) -> Mention | None:
        """What a heading names as a whole; of several authorities or years none."""
        tokens = _apart(self._tokens(plain(text)))
        kept = []
        for sort in ("authority", "date", "kind", "noun", "publisher", "source"):
            values = [token for token in tokens if token.sort == sort]
            if values and all(token.value == values[0].value for token in values):
                kept.append(values[0])
        mention = _mention(sorted(kept, key=lambda token: token.start)) if kept else None
        naming = mention and (mention.strong or mention.authority or mention.when)
        return mention if naming else None

    def _tokens(self, text: str) -> Iterator[_Token]:
        for match in _SAME.finditer(text):
            yield _Token(*match.span(), "same", True)
        for match in _DATE.finditer(text):
            if not (_RANGE.match(text, match.end()) or _RANGE_BEFORE.search(text[: match.start()])):
                yield _Token(*match.span(), "date", _when(match))
        for match in _KIND.finditer(text):
            kinds = _KINDS[int((match.lastgroup or "k0")[1:])][1]
            yield _Token(*match.span(), "kind", kinds)
        for match in _SEND.finditer(text):
            yield _Token(*match.span(), "kind", frozenset({"area SEND inspection"}))
        for match in _NOUN.finditer(text):
            yield _Token(*match.span(), "noun", match[0].lower().removesuffix("s"))
        for match in _PUBLISHER.finditer(text):
            yield _Token(*match.span(), "publisher", True)
        yield from self._places(text)
        for match in self._names.finditer(text.lower()):
            yield _Token(*match.span(), "source", self._sources[match[0]])

    def _places(self, text: str) -> Iterator[_Token]:
        words = words_of(text)
        for place in find_authorities(words, self._authorities, {}):
            if place.typed is None and words[place.first].capital:
                span = words[place.first].start, words[place.last].end
                yield _Token(*span, "authority", place.name)


def plain(text: str) -> str:
    """The text with plain quotes, dashes and spaces, of the same length."""
    return text.translate(_PLAIN)


def _literal_names(card: DocumentCard) -> Iterator[str]:
    """What a document can be called by that is not authority, kind and date."""
    document = card.document
    yield document.document_id
    yield document.doc
    if document.handed_over_as:
        yield document.handed_over_as
    if document.title:
        yield document.title
    if document.publisher and document.publisher.lower() != "ofsted":
        yield document.publisher


def _apart(tokens: Iterable[_Token]) -> list[_Token]:
    """The tokens in reading order; of two that overlap the longer, of equals the first made."""
    kept: list[_Token] = []
    for token in sorted(tokens, key=lambda one: one.start - one.end):
        if all(token.end <= other.start or token.start >= other.end for other in kept):
            kept.append(token)
    return sorted(kept, key=lambda one: one.start)


def _when(match: re.Match[str]) -> When:
    month = match["month"]
    number = None
    if month:
        number = 1 + [name[:3] for name in _MONTHS].index(month[:3].lower())
    return When(int(match["year"]), number, int(match["day"]) if match["day"] else None)


def _mention(tokens: Sequence[_Token]) -> Mention:
    found: dict[str, object] = {}
    for token in tokens:
        found.setdefault(token.sort, token.value)
    sources = [token.value for token in tokens if token.sort == "source"]
    return Mention(
        start=tokens[0].start,
        end=tokens[-1].end,
        authority=_as_text(found.get("authority")),
        when=_as_when(found.get("date")),
        kinds=_as_set(found.get("kind")),
        noun=_as_text(found.get("noun")),
        documents=frozenset.intersection(*map(_as_set, sources)) if sources else frozenset(),
        publisher="publisher" in found,
        same="same" in found,
    )


def _as_text(value: object) -> str | None:
    return value if isinstance(value, str) else None


def _as_when(value: object) -> When | None:
    return value if isinstance(value, When) else None


def _as_set(value: object) -> frozenset[str]:
    return value if isinstance(value, frozenset) else frozenset()
