"""Which reports say it, and which do not: every report is decided, none is cut off by rank."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from answer.asked import what_is_asked
from answer.closeness import Nearest, nearest_sentences
from answer.configured import LanguageModel
from answer.errors import AnswerError
from answer.leaning import leaning_of
from answer.read_excerpts import ReadExcerpts, read_excerpts
from index.lexical import words
from index.library import EVERYTHING, Library
from index.model import CitedParagraph, DocumentCard, Filter, LibraryInfo

LINE = 0.5  # of the score, from which a report is counted
BORDER = 0.25  # on either side of the line; what lies there should be read
PER_REPORT = 6  # paragraphs of each report that are read sentence by sentence, of two rankings
READ_FROM = 0.05  # score of a report whose sentences a language model reads, where it is to
_MIDDLE, _STEEPNESS = 1.2, 4.7  # of nearness; found on forty queries (docs/census.md)


_Near: TypeAlias = Mapping[str, Sequence[Nearest]]  # by document_id
_Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Said:
    """What one report says to it."""

    card: DocumentCard
    score: float  # 0 to 1; of a quoted phrase 1 where it stands and 0 where it does not
    paragraph: CitedParagraph | None = None  # the one that comes nearest
    sentence: str = ""  # the sentence of it that does, verbatim


@dataclass(frozen=True, slots=True)
class Census:
    """Every report that was asked, those that come nearest first."""

    query: str
    line: float
    reports: tuple[Said, ...]
    info: LibraryInfo  # of the library as it was asked
    filters: Filter = EVERYTHING
    retelling: int = 0  # documents that retell a report and are not counted
    read: ReadExcerpts | None = None  # by a language model, where it was to decide

    @property
    def yes(self) -> tuple[Said, ...]:
        """The reports that say it."""
        return tuple(one for one in self.reports if one.score >= self.line)

    @property
    def no(self) -> tuple[Said, ...]:
        """The reports that do not."""
        return tuple(one for one in self.reports if one.score < self.line)

    @property
    def borderline(self) -> tuple[Said, ...]:
        """The reports near the line, whichever side they are counted on."""
        return tuple(one for one in self.reports if self.is_borderline(one))

    def is_borderline(self, one: Said) -> bool:
        """Whether a report lies near the line."""
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
    progress: _Progress = lambda done, total: None,
    model: LanguageModel | None = None,
) -> Census:
    """Ask every report of a library whether it says something.

    Args:
        library: whose reports are asked; what retells a report is left out.
        query: a question, a statement or a phrase; in double quotes it is looked for word for
            word.
        line: the score from which a report counts, 0 to 1; None takes LINE.
        filters: which reports are counted.
        progress: told how many sentences are read, and of how many; what it raises ends the work.
        model: reads the nearest sentences of each report and decides; nothing that is looked for
            word for word.

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
    read = None
    if model is not None and not exact:
        reports, read = _decided(reports, near, query, model, progress)
    ranked = sorted(reports, key=lambda one: (-one.score, one.card.document.document_id))
    return Census(query, line, tuple(ranked), info, filters, len(cards) - len(official), read)


def _nearest(library: Library, query: str, info: LibraryInfo, progress: _Progress) -> _Near:
    """The nearest sentences of every document, whatever the filters: they set no other scale."""
    if not info.paragraphs:
        return {}
    asked = what_is_asked(library.plan(query), library.knowledge(), info.paragraphs)
    survey = library.survey(query, per_document=PER_REPORT)
    leaning = leaning_of(library, progress)
    return nearest_sentences(
        query, asked, survey, encoder=library.encoder(), leaning=leaning, progress=progress
    )


def _said(card: DocumentCard, near: Sequence[Nearest], exact: bool) -> Said:
    if not near:
        return Said(card, 0.0)
    first = near[0]
    score = 1.0 if exact else 1 / (1 + math.exp(-_STEEPNESS * (first.score - _MIDDLE)))
    return Said(card, round(score, 4), first.near.cited, first.sentence)


def _decided(
    reports: Sequence[Said], near: _Near, query: str, model: LanguageModel, progress: _Progress
) -> tuple[list[Said], ReadExcerpts]:
    """The reports with their sides as a model sees them; those too far off stay as they are."""
    found = {
        one.card.document.document_id: near[one.card.document.document_id]
        for one in reports
        if one.score >= READ_FROM
    }
    excerpts = [one.sentence for sentences in found.values() for one in sentences]
    read = read_excerpts(query, excerpts, model, progress)
    verdicts = iter(read.says_it)
    told = {key: [next(verdicts) for _ in sentences] for key, sentences in found.items()}
    return [
        _on_its_side(one, found.get(key, ()), told.get(key, ()))
        for one in reports
        for key in (one.card.document.document_id,)
    ], read


def _on_its_side(one: Said, near: Sequence[Nearest], says_it: Sequence[bool | None]) -> Said:
    """A report above or below LINE, nearer to it where its own score lay on the other side."""
    for sentence, says in zip(near, says_it, strict=True):
        if says:
            score = round(LINE + one.score * (1 - LINE), 4)
            return Said(one.card, score, sentence.near.cited, sentence.sentence)
    if not says_it or None in says_it:
        return one
    return replace(one, score=round(one.score * LINE, 4))


def relined(found: Census, line: float) -> Census:
    """The same reports with the line drawn elsewhere."""
    return replace(found, line=line)


def narrowed(
    found: Census, keep: Callable[[DocumentCard], bool], filters: Filter, line: float
) -> Census:
    """Some of the reports, with the line drawn anew; no score changes."""
    reports = tuple(one for one in found.reports if keep(one.card))
    return replace(found, reports=reports, filters=filters, line=line)
