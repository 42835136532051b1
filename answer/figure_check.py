"""Does a text say the same figures of the same things?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from answer.contexts import contrast, segment_stems
from answer.figure_places import Placed, placed
from answer.figures import Figure, same
from answer.opposites import opposites

_OF_ALL = re.compile(r"(?:^|[,;:(]\s*)(?:out\s+)?of\s+(?:the\s+|all\s+)?$", re.IGNORECASE)
_MOST_PAIRS = 30  # places where two figures of a claim may be told
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
    mine = [one for one in placed(claim) if not _is_known(one, known)]
    theirs = [placed(source) for source in sources]
    found = exchanged(mine, theirs, config) or _against_itself(claim, mine)
    taken = {word for mismatch in found for word in (mismatch.claimed, mismatch.found)}
    for one in mine:
        if one.figure.text not in taken:
            found.extend(_single(one, mine, theirs, config))
    return found


def _is_known(one: Placed, known: Sequence[Figure]) -> bool:
    """Whether it is one of those figures; a number only where it is the day of a date too."""
    if one.figure.sort == "number" and not one.is_day:
        return False
    return any(same(one.figure, figure) for figure in known)


def exchanged(
    mine: Sequence[Placed], theirs: Sequence[Sequence[Placed]], config: FigureConfig
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


def _against_itself(claim: str, mine: Sequence[Placed]) -> list[Mismatch]:
    """A rise to a lower figure, or a fall to a higher one."""
    sides = {one.side for one in opposites(claim) if one.axis == _UP_OR_DOWN}
    for one, two in pairwise(mine):
        if one.starts and two.ends and one.figure.sort == two.figure.sort and len(sides) == 1:
            rises = two.figure.value > one.figure.value
            if rises != (1 in sides):
                return [Mismatch(one.figure.text, two.figure.text, "swapped_numbers")]
    return []


def _turned(
    one: Placed, two: Placed, theirs: Sequence[Sequence[Placed]], config: FigureConfig
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
    one: Placed,
    two: Placed,
    pairs: Sequence[tuple[Placed, Placed]],
    anywhere: Sequence[tuple[Placed, Placed]],
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


def _paired(one: Placed, two: Placed, a: Placed, b: Placed) -> bool | None:
    """Whether the figures stand beside the same others; None where that cannot be told."""
    partners = [place.partner for place in (one, two, a, b)]
    first, second, third, fourth = partners
    if first is None or second is None or third is None or fourth is None:
        return None
    straight = same(first, third) and same(second, fourth)
    crossed = same(first, fourth) and same(second, third)
    return straight if straight != crossed else None


def _part_is_whole(one: Placed, two: Placed) -> bool:
    """Whether so many are said of fewer."""
    less, more = sorted((one, two), key=lambda placed: placed.figure.value)
    whole = _OF_ALL.search(less.text[: less.figure.start])
    return (whole is not None and less.figure.end < more.figure.start) or more.is_part_of(less)


def _all(theirs: Sequence[Sequence[Placed]]) -> list[Placed]:
    return [place for sentence in theirs for place in sentence]


def _pairs(one: Placed, two: Placed, places: Sequence[Placed]) -> list[tuple[Placed, Placed]]:
    firsts = [place for place in places if same(one.figure, place.figure)]
    seconds = [place for place in places if same(two.figure, place.figure)]
    return [(a, b) for a in firsts for b in seconds if a is not b][:_MOST_PAIRS]


def _reading(one: Placed, two: Placed, a: Placed, b: Placed) -> tuple[float, float]:
    """How well the pairs fit straight: by all the words around, by those of their parts."""
    parts = [segment_stems(p.text, p.figure.span) for p in (one, two, a, b)]
    straight = _shared(parts[0], parts[2]) + _shared(parts[1], parts[3])
    crossed = _shared(parts[0], parts[3]) + _shared(parts[1], parts[2])
    return contrast(one.context, two.context, a.context, b.context), straight - crossed


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (min(len(one), len(other)) or 1)


def _single(
    one: Placed,
    mine: Sequence[Placed],
    theirs: Sequence[Sequence[Placed]],
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


def _is_difference(one: Placed, theirs: Sequence[Sequence[Placed]]) -> bool:
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
    one: Placed, theirs: Sequence[Sequence[Placed]], config: FigureConfig
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
