"""Claims that a check finds nothing on, put to a language model -> what it does not find said."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from answer import wording
from answer.claims import Claim
from answer.configured import LanguageModel
from answer.judging import Cited
from answer.model import Finding, Place
from answer.references import Reference
from answer.second_reading import ReadClaim, SecondReading, read_again


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim where it stands, with those of its citations that nothing was found on."""

    claim: Claim
    before: str  # the sentence before
    place: Place
    where: str  # the sentence
    cited: list[tuple[Reference, Cited]] = field(default_factory=list)

    def to_be_read(self) -> ReadClaim:
        """The claim as a model is shown it."""
        texts = dict.fromkeys(text for _, cited in self.cited for text in cited.texts)
        return ReadClaim(self.claim.text, list(texts), self.before if self.claim.leans else "")


def doubted(
    sound: Sequence[Claimed], model: LanguageModel, progress: Callable[[int, int], None]
) -> tuple[SecondReading, list[Finding]]:
    """Read claims again; a finding on each that the model does not find borne out."""
    again = read_again([one.to_be_read() for one in sound], model, progress)
    return again, list(_findings(sound, again))


def _findings(sound: Sequence[Claimed], again: SecondReading) -> Iterator[Finding]:
    for one, opinion in zip(sound, again.opinions, strict=True):
        if opinion is not None and not opinion.supported:
            reference, cited = one.cited[0]
            doubt = wording.doubted(opinion, again.model, cited, reference, one.where)
            yield replace(doubt, place=one.place)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings as their sentences stand in the draft."""
    return tuple(sorted(findings, key=lambda one: _order(one.place)))


def _order(place: Place | None) -> tuple[int, int]:
    return (place.part, place.start) if place is not None else (0, 0)
