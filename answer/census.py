"""Which reports say it, and which do not: every report is decided, none is cut off by rank."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from answer.asked import what_is_asked
from answer.closeness import Nearest, nearest_sentences
from answer.errors import AnswerError
from answer.leaning import leaning_of
from answer.model_reading import Reading
from index.lexical import words
from index.library import EVERYTHING, Library
from index.model import CitedParagraph, DocumentCard, Filter, LibraryInfo

LINE = 0.5  # of the score, from which a report is counted
BORDER = 0.25  # on either side of the line; what lies there should be read
PER_REPORT = 6  # paragraphs of each report that are read sentence by sentence, of two rankings
_MIDDLE, _STEEPNESS = 1.2, 4.7  # of nearness; found on forty queries (docs/census.md)


@dataclass(frozen=True, slots=True)
class Said:
    """What one report says to it."""

    card: DocumentCard
    score: float  # 0 to 1; of a quoted phrase 1 where it stands and 0 where it does not
    paragraph: CitedParagraph | None = None  # the one that comes nearest
    sentence: str = ""  # the sentence of it that does, verbatim
    nearest: tuple[Nearest, ...] = ()  # that sentence and the next ones
    says_it: bool | None = None  # by a language model; None: not decided by one


@dataclass(frozen=True, slots=True)
class Census:
    """Every report that was asked, those that come nearest first."""

    query: str
    line: float
    reports: tuple[Said, ...]
    info: LibraryInfo  # of the library as it was asked
    filters: Filter = EVERYTHING
    retelling: int = 0  # documents that retell a report and are not counted
    exact: bool = False  # looked for word for word
    reading: Reading[frozenset[int]] | None = None  # by a language model, where it was to decide

    @property
    def yes(self) -> tuple[Said, ...]:
        """The reports that say it."""
        return tuple(one for one in self.reports if self.counts(one))

    @property
    def no(self) -> tuple[Said, ...]:
        """The reports that do not."""
        return tuple(one for one in self.reports if not self.counts(one))

    @property
    def borderline(self) -> tuple[Said, ...]:
        """The reports to be read before the number is given."""
        return tuple(one for one in self.reports if self.is_borderline(one))

    @property
    def decided(self) -> tuple[Said, ...]:
        """The reports that a language model decided on."""
        return tuple(one for one in self.reports if one.says_it is not None)

    def counts(self, one: Said) -> bool:
        """Whether a report says it: by the language model, else by the line."""
        return one.score >= self.line if one.says_it is None else one.says_it

    def is_borderline(self, one: Said) -> bool:
        """Whether a report lies near the line, or on its other side for a language model."""
        if one.says_it is not None:
            return one.says_it != (one.score >= self.line)
        return 0 < one.score < 1 and abs(one.score - self.line) <= BORDER

    def by_year(self) -> dict[str, tuple[int, int]]:
        """{year: (reports that say it, all reports)}."""
        return self._by(lambda card: str(card.document.year or "no date"))

    def by_kind(self) -> dict[str, tuple[int, int]]:
        """{kind of document: (reports that say it, all reports)}."""
        return self._by(lambda card: card.document.kind)

    def _by(self, name: Callable[[DocumentCard], str]) -> dict[str, tuple[int, int]]:
        everything = Counter(name(one.card) for one in self.reports)
        counted = Counter(name(one.card) for one in self.yes)
        return {key: (counted[key], everything[key]) for key in sorted(everything)}


def census(
    library: Library,
    query: str,
    *,
    line: float | None = None,
    filters: Filter = EVERYTHING,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Census:
    """Ask every report of a library whether it says something.

    Args:
        library: whose reports are asked; what retells a report is left out.
        query: a question, a statement or a phrase; in double quotes it is looked for word for
            word.
        line: the score from which a report counts, 0 to 1; None takes LINE.
        filters: which reports are counted.
        progress: told how many sentences are read, and of how many; what it raises ends the work.

    Raises AnswerError where the query has no words or the line lies outside 0 to 1.
    """
    if not words(query):
        raise AnswerError("Give a question or a phrase to count.")
    query = query.encode("utf-8", "replace").decode("utf-8")  # no encoder takes half a character
    line = LINE if line is None else line
    if not 0 <= line <= 1:
        raise AnswerError(f"The line {line} cannot be drawn; give a number from 0 to 1.")
    info = library.info()
    cards = [card for card in library.documents() if library.allows(filters, card)]
    official = [card for card in cards if not card.document.second_hand]
    near = _nearest(library, query, info, progress)
    exact = bool(library.plan(query).phrases)
    reports = [_said(card, near.get(card.document.document_id, ()), exact) for card in official]
    ranked = sorted(reports, key=lambda one: (-one.score, one.card.document.document_id))
    return Census(query, line, tuple(ranked), info, filters, len(cards) - len(official), exact)


def _nearest(
    library: Library, query: str, info: LibraryInfo, progress: Callable[[int, int], None]
) -> dict[str, tuple[Nearest, ...]]:
    """The nearest sentences of every document, whatever the filters: they set no other scale."""
    if not info.paragraphs:
        return {}
    asked = what_is_asked(library.plan(query), library.knowledge(), info.paragraphs)
    survey = library.survey(query, per_document=PER_REPORT)
    leaning = leaning_of(library, progress)
    return nearest_sentences(
        query, asked, survey, encoder=library.encoder(), leaning=leaning, progress=progress
    )


def _said(card: DocumentCard, nearest: Sequence[Nearest], exact: bool) -> Said:
    if not nearest:
        return Said(card, 0.0)
    first = nearest[0]
    score = 1.0 if exact else 1 / (1 + math.exp(-_STEEPNESS * (first.score - _MIDDLE)))
    return Said(card, round(score, 4), first.near.cited, first.sentence, tuple(nearest))


def relined(found: Census, line: float) -> Census:
    """The same reports with the line drawn elsewhere."""
    return replace(found, line=line)


def narrowed(
    found: Census, keep: Callable[[DocumentCard], bool], filters: Filter, line: float
) -> Census:
    """Some of the reports, with the line drawn anew; no score changes."""
    reports = tuple(one for one in found.reports if keep(one.card))
    return replace(found, reports=reports, filters=filters, line=line)
