"""Does a text say the same figures of the same things?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, pairwise

from answer.contexts import Context, contexts, contrast, segment, segment_stems
from answer.figures import MONTHS, Figure, figures, same
from answer.opposites import opposites

# "from 20%", "from a low base of 20%"
_BASE = (
    r"(?:(?:an?|the)\s+)?(?:[\w-]+\s+){0,2}(?:base|baseline|figure|level|rate|average|total)\s+of"
)
_FROM = re.compile(rf"\bfrom\s+(?:{_BASE}\s+)?$", re.IGNORECASE)
_TO = re.compile(rf"\bto\s+(?:{_BASE}\s+)?$", re.IGNORECASE)
# "an increase from 450 in 2014, which was a rate of 85": both figures are those of before.
_SINCE = re.compile(r"\b(?:from\s+(?:(?!\bto\b)[^.;(),])*(?:, which[^.;(),]*)?|had been\s+)$", re.I)
_EARLIER = re.compile(
    r"[^.;,(]{0,20}\b(?:the year before|years? (?:before|earlier)|previously|"
    r"(?:the|in) (?:previous|preceding) (?:\w+\s)?year)\b",
    re.IGNORECASE,
)
_NOW = re.compile(r"\b(?:now|current\w*|latest|most recent|improvement (?:at|to))\b[^.;]*$", re.I)
# "28 in place of 30": the second is that of before.
_REPLACED = re.compile(
    r"\d%?\s(?:\w+\s)?(?:in place of|instead of|rather than|after|where (?:it|they) had been)\s+$",
    re.IGNORECASE,
)
# What others reach, or what is to be reached: "the national figure of 64%", "64% nationally".
_OTHERS = r"(?:similar|comparable|other|neighbouring) (?:authorities|councils|areas)"
_STANDARD = re.compile(
    r"\b(?:(?:targets?|thresholds?|benchmarks?)(?:\s+(?:of|at|is|was|to be))?"
    r"|(?:national\w*|England|English)\s+(?:average|figure|rate|level|mean|benchmark|proportion|"
    r"percentage|data|picture)s?(?:\s+\w+){0,6}"
    rf"|(?:nationally|England|neighbours|{_OTHERS})(?:\s+(?:at|of|is|was|were))?)\s*\(?$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\s*\(?(?:of(?:\s+(?!and\b|but\b)[\w-]+){1,6}?\s+)?(?:nationally|elsewhere"
    r"|(?:across|over|throughout|in) (?:the country|England)"
    rf"|(?:in|for|of) (?:{_OTHERS}|(?:statistical )?neighbours))\b",
    re.IGNORECASE,
)
# "214 plans out of 590", but no "average of 590" and no "as of 31 March".
_NO_WHOLE = (
    r"(?:of|as|and|or|in|at|by|to|with|averages?|rates?|totals?|figures?|levels?|budgets?|costs?)"
)
_OUT_OF = re.compile(
    rf"\s*(?:(?!{_NO_WHOLE}\b)[\w'-]+\s+){{0,3}}(?:out\s+)?of\s+(?:the\s+|all\s+)?", re.IGNORECASE
)
_OF_ALL = re.compile(r"(?:^|[,;:(]\s*)(?:out\s+)?of\s+(?:the\s+|all\s+)?$", re.IGNORECASE)
_UNITS = r"percentage points?|points?|days?|weeks?|months?|years?|children|young people"
_MORE_OR_LESS = re.compile(
    rf"\s*(?:(?:{_UNITS})\s*)?"
    r"(?:fewer|more|less|lower|higher|longer|shorter|better|worse|above|below|earlier|later)\b",
    re.IGNORECASE,
)
_CHANGED_BY = re.compile(
    r"\b(?:fell|fall\w*|rose|risen|ris\w+|dropp?\w*|gr[eo]w\w*|increas\w+|decreas\w+|reduc\w+|cut"
    r"|improv\w+|shorten\w*|lengthen\w*|down|up|exceed\w*)\b(?:\s+\w+){0,6}?\s+by"
    r"\s+(?:about\s+|around\s+|some\s+|nearly\s+|almost\s+)?$",
    re.IGNORECASE,
)
_MONTH = rf"(?:{MONTHS}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b"
_DAY = re.compile(  # "3rd and 14th March", "14-Mar-16"
    rf"(?:\s*(?:to|and|or|-|–|,)\s*\d+(?:st|nd|rd|th)?)*[\s-]+(?:of\s+)?{_MONTH}", re.IGNORECASE
)
_AFTER_MONTH = re.compile(rf"\b{_MONTH}\.?[\s-]+$", re.IGNORECASE)
_ORDINAL = re.compile(r"\d(?:st|nd|rd|th)$", re.IGNORECASE)
_NAMED = re.compile(r"\S\s[A-Z]\w*\s+$")  # "in the Top 100", "under Section 47"
# Of a sentence that is looked at, for a row of a table may have hundreds of figures.
_LONGEST, _MOST = 5000, 40  # characters, figures
_MOST_PAIRS = 30  # places where two figures of a claim may be told
_AGED = re.compile(r"\b(?:under|below|over|above|aged|age of|ages of)\s+(?:the age of\s+)?$", re.I)
_YEARS_OLD = re.compile(r"[\s-]*(?:years?[\s-]olds?|years of age)\b", re.IGNORECASE)
_UNIT = re.compile(r"[\s-]*(year|month|week|day|hour|minute)s?\b", re.IGNORECASE)
_UP_OR_DOWN = "up or down"  # the axis in opposites.toml
_COORDINATED = re.compile(r"[\s-]*(?:and|or|to|,)?[\s-]*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FigureConfig:
    """From which point on figures are said to be others.

    Set on the dev claims (eval/questions/claims.jsonl): every one of them that exchanges figures
    lies below -0.4, every true one but pairs such as "16 and 17" above 0.
    """

    exchanged: float = -0.3  # contrast of the contexts
    segments: float = 0.6  # stems that the parts of the sentences share crosswise, less straight
    apart: float = 0.35  # likeness crosswise less straight, where they stand in two sentences
    rival: float = 0.35  # likeness that the rival figure has more than the same figure
    rival_small: float = 0.3  # of a small number that stands nowhere in the source
    rival_measured: float = 0.15  # of one where both are ages, or both so many months


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A figure of a claim and what the source has in its place."""

    claimed: str
    found: str | None  # None: the source has no figure for it
    kind: str  # "changed_digit" or "swapped_numbers"


@dataclass(frozen=True)
class _Placed:
    figure: Figure
    context: Context
    text: str
    company: Sequence[Figure]  # all figures of the sentence

    @cached_property
    def starts(self) -> bool:
        """Whether it is what something rose or fell from."""
        return _FROM.search(self.text[: self.figure.start]) is not None

    @cached_property
    def ends(self) -> bool:
        """Whether it is what something rose or fell to."""
        return _TO.search(self.text[: self.figure.start]) is not None

    @cached_property
    def when(self) -> int:
        """-1 where it is said to be how things were before, 1 how they are now, else 0."""
        before = self.text[: self.figure.start]
        since = _SINCE.search(before) or _REPLACED.search(before)
        if since is not None or _EARLIER.match(self.text, self.figure.end) is not None:
            return -1
        last = max((one.end for one in self.company if one.end <= self.figure.start), default=0)
        return int(_NOW.search(before, last) is not None)

    @cached_property
    def measured_by(self) -> bool:
        """Whether it is what others reach, or what is to be reached."""
        near = self.text[max(0, self.figure.start - 80) : self.figure.start]
        after = _ELSEWHERE.match(self.text, self.figure.end)
        return after is not None or _STANDARD.search(near) is not None

    @cached_property
    def is_day(self) -> bool:
        """Whether it is the day of a date, or part of a name."""
        before = self.text[: self.figure.start]
        dated = _DAY.match(self.text, self.figure.end) or _AFTER_MONTH.search(before[-12:])
        named = None if self.figure.spelt else _NAMED.search(before[-40:])
        return bool(dated or named or _ORDINAL.search(self.figure.text))

    @cached_property
    def partner(self) -> Figure | None:
        """The only figure of another sort in the same part of the sentence."""
        start, end = segment(self.text, self.figure.span)
        beside = [one for one in self.company if start <= one.start and one.end <= end]
        others = [one for one in beside if one.sort != self.figure.sort]
        return others[0] if len(beside) == 2 and len(others) == 1 else None

    @cached_property
    def neighbours(self) -> tuple[Figure | None, Figure | None]:
        """The figures before and after it, in the same part of the sentence."""
        start, end = segment(self.text, self.figure.span)
        before = [
            one for one in self.company if start <= one.start and one.end <= self.figure.start
        ]
        after = [one for one in self.company if self.figure.end <= one.start and one.end <= end]
        return (before[-1] if before else None, after[0] if after else None)

    def is_in_company_like(self, other: _Placed) -> bool:
        """Whether both are the same, with the same figure before or after them."""
        if not same(self.figure, other.figure):
            return False
        beside = zip(self.neighbours, other.neighbours, strict=True)
        return any(one and another and same(one, another) for one, another in beside)

    @cached_property
    def is_change(self) -> bool:
        """Whether it is said to be by how much something differs."""
        more = _MORE_OR_LESS.match(self.text, self.figure.end)
        return more is not None or _CHANGED_BY.search(self.text[: self.figure.start]) is not None

    def is_part_of(self, other: _Placed) -> bool:
        """Whether it is said to be so many out of the other, in the same sentence."""
        between = self.text[self.figure.end : other.figure.start]
        parted = self.figure.end < other.figure.start and _OUT_OF.fullmatch(between)
        return bool(parted) and self.figure.sort == other.figure.sort and not other.is_day

    @cached_property
    def measure(self) -> str | None:
        """What it counts, where that is an age or a time."""
        before, after = self.text[: self.figure.start], self.text[self.figure.end :]
        if _AGED.search(before) or _YEARS_OLD.match(after):
            return "age"
        unit = _UNIT.match(after) or _UNIT.search(self.figure.text)
        return unit[1].lower() if unit else None


def mismatches(
    claim: str,
    sources: Sequence[str],
    known: Sequence[Figure] = (),
    config: FigureConfig | None = None,
) -> list[Mismatch]:
    """The figures of the claim that the sources do not bear out.

    Args:
        claim: a sentence.
        sources: the sentences of what it cites.
        known: figures that need not stand there, such as the document's own dates.
        config: the thresholds.
    """
    config = config or FigureConfig()
    mine = [one for one in _placed(claim) if not _is_known(one, known)]
    theirs = [_placed(source) for source in sources]
    found = exchanged(mine, theirs, config) or _against_itself(claim, mine)
    taken = {word for mismatch in found for word in (mismatch.claimed, mismatch.found)}
    for one in mine:
        if one.figure.text not in taken:
            found.extend(_single(one, mine, theirs, config))
    return found


def _is_known(one: _Placed, known: Sequence[Figure]) -> bool:
    """Whether it is one of those figures; a number only where it is the day of a date too."""
    if one.figure.sort == "number" and not one.is_day:
        return False
    return any(same(one.figure, figure) for figure in known)


def exchanged(
    mine: Sequence[_Placed], theirs: Sequence[Sequence[_Placed]], config: FigureConfig
) -> list[Mismatch]:
    """Pairs of figures that the source has the other way round."""
    found = []
    every = _all(theirs)
    standing = [one for one in mine if any(same(one.figure, place.figure) for place in every)]
    for one, two in combinations(standing, 2):
        if not _comparable(one.figure, two.figure) or one.figure.value == two.figure.value:
            continue
        between = one.text[one.figure.end : two.figure.start]
        if _COORDINATED.fullmatch(between) and not (one.starts and two.ends):
            continue  # "16- and 17-year-olds": one may stand for the other
        if _turned(one, two, theirs, config):
            found.append(Mismatch(one.figure.text, two.figure.text, "swapped_numbers"))
    return found


def _comparable(one: Figure, other: Figure) -> bool:
    """Whether they are of one sort; "nine in ten" and 90 % are."""
    return one.sort == other.sort or {one.sort, other.sort} == {"percent", "share"}


def _against_itself(claim: str, mine: Sequence[_Placed]) -> list[Mismatch]:
    """A rise to a lower figure, or a fall to a higher one."""
    sides = {one.side for one in opposites(claim) if one.axis == _UP_OR_DOWN}
    for one, two in pairwise(mine):
        if one.starts and two.ends and one.figure.sort == two.figure.sort and len(sides) == 1:
            rises = two.figure.value > one.figure.value
            if rises != (1 in sides):
                return [Mismatch(one.figure.text, two.figure.text, "swapped_numbers")]
    return []


def _turned(
    one: _Placed, two: _Placed, theirs: Sequence[Sequence[_Placed]], config: FigureConfig
) -> bool:
    pairs = [pair for sentence in theirs for pair in _pairs(one, two, sentence)]
    if any((one.starts and a.starts) or (two.starts and b.starts) for a, b in pairs):
        return False  # both have "from" before the same figure
    told = _told(one, two, pairs, pairs or _pairs(one, two, _all(theirs)))
    if told is not None:
        return told
    readings = [_reading(one, two, a, b) for a, b in pairs]
    if readings:
        turned, straight = max(readings)
        return turned < config.exchanged or (turned < 0.3 and -straight > config.segments)
    apart = [
        one.context.likeness(a.context)
        + two.context.likeness(b.context)
        - one.context.likeness(b.context)
        - two.context.likeness(a.context)
        for a, b in _pairs(one, two, _all(theirs))
    ]
    return bool(apart) and -max(apart) > config.apart


def _told(
    one: _Placed,
    two: _Placed,
    pairs: Sequence[tuple[_Placed, _Placed]],
    anywhere: Sequence[tuple[_Placed, _Placed]],
) -> bool | None:
    """Whether words of time, measure or share say that they are turned; None where none do."""
    if one.when != two.when:
        order = {
            a.when < b.when
            for a, b in anywhere
            if a.when != b.when and min(one.when, two.when, a.when, b.when) < 0
        }
        if len(order) == 1:
            return (one.when < two.when) not in order
    if one.measured_by != two.measured_by:
        first = {a.measured_by for a, b in pairs if a.measured_by != b.measured_by}
        if len(first) == 1:
            return one.measured_by not in first
    if any(a.is_part_of(b) or b.is_part_of(a) for a, b in pairs):
        return _part_is_whole(one, two)
    paired = {_paired(one, two, a, b) for a, b in pairs} - {None}
    return True not in paired if paired else None


def _paired(one: _Placed, two: _Placed, a: _Placed, b: _Placed) -> bool | None:
    """Whether the figures stand beside the same others; None where that cannot be told."""
    partners = [place.partner for place in (one, two, a, b)]
    first, second, third, fourth = partners
    if first is None or second is None or third is None or fourth is None:
        return None
    straight = same(first, third) and same(second, fourth)
    crossed = same(first, fourth) and same(second, third)
    return straight if straight != crossed else None


def _part_is_whole(one: _Placed, two: _Placed) -> bool:
    """Whether so many are said of fewer."""
    less, more = sorted((one, two), key=lambda placed: placed.figure.value)
    whole = _OF_ALL.search(less.text[: less.figure.start])
    return (whole is not None and less.figure.end < more.figure.start) or more.is_part_of(less)


def _all(theirs: Sequence[Sequence[_Placed]]) -> list[_Placed]:
    return [place for sentence in theirs for place in sentence]


def _pairs(one: _Placed, two: _Placed, places: Sequence[_Placed]) -> list[tuple[_Placed, _Placed]]:
    firsts = [place for place in places if same(one.figure, place.figure)]
    seconds = [place for place in places if same(two.figure, place.figure)]
    return [(a, b) for a in firsts for b in seconds if a is not b][:_MOST_PAIRS]


def _reading(one: _Placed, two: _Placed, a: _Placed, b: _Placed) -> tuple[float, float]:
    """How well the pairs fit straight: by all the words around, by those of their parts."""
    parts = [segment_stems(p.text, p.figure.span) for p in (one, two, a, b)]
    straight = _shared(parts[0], parts[2]) + _shared(parts[1], parts[3])
    crossed = _shared(parts[0], parts[3]) + _shared(parts[1], parts[2])
    return contrast(one.context, two.context, a.context, b.context), straight - crossed


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (min(len(one), len(other)) or 1)


def _single(
    one: _Placed,
    mine: Sequence[_Placed],
    theirs: Sequence[Sequence[_Placed]],
    config: FigureConfig,
) -> list[Mismatch]:
    """A figure that stands nowhere, or where another is said of the same."""
    figure = one.figure
    best, rival_best, rival = -1.0, 0.0, None
    if figure.loose and figure.value == 1:
        return []  # "a year ago" is often the writer's own
    if _is_difference(one, theirs) or any(one.is_in_company_like(a) for a in _all(theirs)):
        return []
    for place in _all(theirs):
        likeness = one.context.likeness(place.context)
        if same(figure, place.figure):
            best = max(best, likeness)
        elif place.figure.sort == figure.sort and likeness > rival_best:
            rival_best, rival = likeness, place.figure
    if best >= 0:
        claimed_too = rival and any(same(other.figure, rival) for other in mine)
        surer = rival is not None and not claimed_too and rival_best - best > config.rival
        return [Mismatch(figure.text, rival.text, "changed_digit")] if surer and rival else []
    if figure.loose:
        near = rival is not None and rival.value <= 12 and rival_best > config.rival_small
        found = _measured_alike(one, theirs, config) or (rival if near else None)
        return [Mismatch(figure.text, found.text, "changed_digit")] if found else []
    return [Mismatch(figure.text, rival.text if rival else None, "changed_digit")]


def _is_difference(one: _Placed, theirs: Sequence[Sequence[_Placed]]) -> bool:
    """Whether it is by how much two figures of the source differ, and is said to be that.

    Not where the source itself says by how much something differs.
    """
    every = _all(theirs)
    if not one.is_change or any(place.is_change for place in every):
        return False
    return any(
        _comparable(a.figure, b.figure)
        and a.measure == b.measure
        and (a.measure or a.figure.sort != "number")
        and one.measure in {None, a.measure}
        and abs(abs(a.figure.value - b.figure.value) - one.figure.value) < 1e-9
        for a, b in combinations(every, 2)
    )


def _measured_alike(
    one: _Placed, theirs: Sequence[Sequence[_Placed]], config: FigureConfig
) -> Figure | None:
    """Another age, or another time in the same unit, said of the same."""
    rivals = [
        place
        for place in _all(theirs)
        if one.measure is not None and place.measure == one.measure and place.figure.value <= 12
    ]
    best = max(rivals, key=lambda place: one.context.likeness(place.context), default=None)
    if best is None or one.context.likeness(best.context) <= config.rival_measured:
        return None
    return best.figure


def _placed(sentence: str) -> list[_Placed]:
    """The figures with their contexts; figures of the same sort count for none of them."""
    text = " ".join(sentence.split())[:_LONGEST]
    found = figures(text)[:_MOST]
    return [
        _Placed(
            one,
            contexts(text, [one.span], [o.span for o in found if o.sort == one.sort])[0],
            text,
            found,
        )
        for one in found
    ]
