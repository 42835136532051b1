"""A census decided by a language model, from the nearest sentences of each report."""

from __future__ import annotations

from dataclasses import replace

from answer.census import Census, Said
from answer.configured import LanguageModel
from answer.model_reading import Progress, read_by_model
from answer.read_reports import ReportForm

READ_FROM = 0.05  # score of a report that is read: of the golden queries 98 % of those that say it


def decided(found: Census, model: LanguageModel, progress: Progress) -> Census:
    """A census with a language model's decisions; what was looked for word for word stays.

    Args:
        found: as `census` gives it. Reports that are too far off, or that the model says nothing
            of that can be believed, keep the side that their score gives them.
        model: what reads, the reports with the highest scores first.
        progress: told how many reports are read, and of how many; what it raises ends the work.
    """
    if found.exact:
        return found
    near = [one for one in found.reports if one.score >= READ_FROM and one.nearest]
    pieces = [[sentence.sentence for sentence in one.nearest] for one in near]
    reading = read_by_model(pieces, ReportForm(found.query), model, progress)
    answers = {
        one.card.document.document_id: places
        for one, places in zip(near, reading.answers, strict=True)
    }
    reports = (_decided(one, answers.get(one.card.document.document_id)) for one in found.reports)
    return replace(found, reports=tuple(reports), reading=reading)


def _decided(one: Said, places: frozenset[int] | None) -> Said:
    """A report with the first of its sentences that say it, if any does."""
    if places is None:
        return one
    if not places:
        return replace(one, says_it=False)
    first = one.nearest[min(places)]
    return replace(one, says_it=True, paragraph=first.near.cited, sentence=first.sentence)
