"""What a language model does not find said by what a draft cites for it -> findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from answer import wording
from answer.check import Checked
from answer.configured import LanguageModel
from answer.judging import Cited, Claimed, cite
from answer.model import Finding, Place
from answer.model_reading import Progress, read_by_model
from answer.quotations import stands_in
from answer.read_claims import ClaimForm, Opinion, ReadClaim
from answer.references import Reference
from index.model import CitedParagraph


def doubted(checked: Checked, model: LanguageModel, progress: Progress) -> Checked:
    """A check with the claims that nothing was found on read by a language model.

    Args:
        checked: as `check` gives it; its findings stay.
        model: what reads.
        progress: told how many claims are read, and of how many; what it raises ends the work.
    """
    claims = [_to_be_read(one) for one in checked.sound]
    reading = read_by_model(claims, ClaimForm(), model, progress)
    doubts = [
        replace(_doubt(one, opinion, model.name), place=one.place)
        for one, opinion in zip(checked.sound, reading.answers, strict=True)
        if opinion is not None and not opinion.supported
    ]
    findings = sorted([*checked.findings, *doubts], key=lambda one: _order(one.place))
    return replace(checked, findings=tuple(findings), reading=reading)


def _to_be_read(claimed: Claimed) -> ReadClaim:
    paragraphs = {cite(cited.card, one): text for _, cited, one, text in _cited(claimed)}
    before = claimed.before if claimed.claim.refers_back else ""
    return ReadClaim(claimed.claim.text, paragraphs, before)


def _doubt(claimed: Claimed, opinion: Opinion, model: str) -> Finding:
    """Told of the paragraph that says otherwise; of all that are cited where none does."""
    for reference, cited, one, text in _cited(claimed):
        if opinion.words and stands_in(opinion.words, text):
            source = Cited(cited.card, (one,))
            return wording.contradicted(opinion.words, model, source, reference, claimed.where)
    references, sources = zip(*claimed.cited, strict=True)
    return wording.not_said(model, sources, references[0], claimed.where)


def _cited(claimed: Claimed) -> Iterator[tuple[Reference, Cited, CitedParagraph, str]]:
    for reference, cited in claimed.cited:
        for one, text in zip(cited.paragraphs, cited.texts, strict=True):
            yield reference, cited, one, text


def _order(place: Place | None) -> tuple[int, int]:
    return (place.part, place.start) if place is not None else (0, 0)
