"""A draft -> every citation and quotation in it checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from answer import wording
from answer.carried import Carried
from answer.claims import Claim, claims
from answer.draft import Part, sentences
from answer.judging import FURTHER, LEAST, UNFIT, Cited, Claimed, Fault, Judge
from answer.later import later_inspections, own_grade
from answer.model import Finding, Place
from answer.model_reading import Reading
from answer.naming import Mention, Namer
from answer.places import Finder
from answer.read_claims import Opinion
from answer.references import Reader, Reference
from answer.remembered import RememberingEncoder
from answer.shelf import Shelf
from index.encoder import Encoder
from index.library import Library
from index.model import CitedParagraph, DocumentCard, Filter

_TRIED = 4  # documents that a citation without a name is tried on


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking a draft gave."""

    findings: tuple[Finding, ...]
    checked: int  # citations
    sound: tuple[Claimed, ...] = ()  # the claims that nothing was found on
    reading: Reading[Opinion] | None = None  # of those by a language model, where it was asked for


def check(
    parts: Sequence[Part],
    library: Library,
    encoder: Encoder,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Checked:
    """Check every citation of a draft against a library.

    Args:
        parts: of the draft, in reading order.
        library: what it cites.
        encoder: the library's.
        progress: told how many characters are checked, and of how many; what it raises ends the
            work.
    """
    run = _Run(parts, library, encoder)
    findings: list[Finding] = []
    done, total = 0, sum(len(part.text) for part in parts)
    for number, part in enumerate(parts):
        progress(done, total)
        if part.kind == "heading":
            run.carried.heading(part.text, part.level)
            run.before = ""
        else:
            findings.extend(run.part(number, part))
        done += len(part.text)
    progress(total, total)
    return Checked(tuple(findings), run.checked, tuple(run.sound))


class _Run:
    """One draft, read from its first part to its last."""

    def __init__(self, parts: Sequence[Part], library: Library, encoder: Encoder) -> None:
        self.shelf = Shelf(library)
        namer = Namer(self.shelf.cards)
        whole = "\n".join(part.text for part in parts)
        self.reader = Reader.of(namer, library.headings(), whole)
        self.carried = Carried(self.shelf, namer)
        self.judge = Judge(Finder(self.shelf, RememberingEncoder(encoder)))
        self.checked = 0
        self.before = ""  # the sentence before, without its citations
        self.sound: list[Claimed] = []
        self._last: Cited | None = None  # what "ibid" leads to

    def part(self, number: int, part: Part) -> Iterator[Finding]:
        """Check the sentences of a paragraph; a block quotation is one."""
        quoted = part.kind == "quotation"
        for start, end in [(0, len(part.text))] if quoted else sentences(part.text):
            place = Place(number, start, end)
            for finding in self.sentence(part.text[start:end], place, quoted=quoted):
                yield replace(finding, place=place)

    def sentence(self, text: str, place: Place, *, quoted: bool = False) -> Iterator[Finding]:
        """Check the citations of a sentence."""
        references = [one for one in self.reader.find(text) if self._is_citation(one)]
        said = self.carried.sentence(_outside(self.reader.namer.mentions(text), references))
        if not references:
            self.carried.turn_to(said)
            self.before = text
            return
        for claim in claims(text, references):
            whole = _as_quotation(claim) if quoted else claim
            yield from self._claim(Claimed(whole, self.before, place, text), said)
            self.before = claim.text

    def _claim(self, claimed: Claimed, said: Sequence[DocumentCard]) -> Iterator[Finding]:
        """Check a claim's citations; it is sound if none of them is faulty."""
        references = claimed.claim.references
        for reference in references:
            self.checked += 1
            yield from self._citation(reference, claimed, said)
        if len(claimed.cited) == len(references):
            self.sound.append(claimed)

    def _is_citation(self, reference: Reference) -> bool:
        """Whether a name alone in brackets is that of a document here."""
        if not reference.whole or reference.same:
            return True
        mention = reference.mention
        return mention is not None and bool(self.carried.candidates(reference, []))

    def _citation(
        self, reference: Reference, claimed: Claimed, said: Sequence[DocumentCard]
    ) -> Iterator[Finding]:
        claim, where = claimed.claim, claimed.where
        cited = self._resolved(reference, claim, said)
        if cited is None:
            yield self._unresolved(reference, claim, where, said)
            return
        self.carried.cite(cited.card)
        self._last = cited
        fault = self._fault(claim, cited)
        if fault is not None:
            yield wording.finding(fault, cited, reference, where, self.shelf)
        else:
            claimed.cited.append((reference, cited))
        yield from self._notes(cited, reference, where)

    def _fault(self, claim: Claim, cited: Cited) -> Fault | None:
        """What is wrong, unless the claim's other citations bear it out together with this."""
        fault = self.judge.fault(claim, cited, self.before)
        if fault is None or len(claim.references) == 1:
            return fault
        every = [self._resolved(one, claim, []) for one in claim.references]
        together = [one for other in every if other is not None for one in other.paragraphs]
        if fault.kind in {"altered_quotation", "misattributed_quotation"} or not together:
            shared = Cited(cited.card, tuple(together))
            return fault if self.judge.fault(claim, shared, self.before) else None
        near = self.judge.finder.fit(claim.text, cited.paragraphs)
        if near.likeness < 0.3:
            return fault
        return self.judge.fault(claim, Cited(cited.card, tuple(together)), self.before)

    # what a citation leads to

    def _resolved(
        self, reference: Reference, claim: Claim, said: Sequence[DocumentCard]
    ) -> Cited | None:
        if reference.link is not None:
            found = self.shelf.linked(reference.link)
            return Cited(self.shelf.card(found[0].document_id), tuple(found)) if found else None
        if reference.same and reference.whole:
            return self._last
        cards = self.carried.candidates(reference, said)
        places = self._places(cards, reference)
        if cards and not places:
            places = self._places(self.carried.others(reference), reference)
        if len(places) < 2:
            return places[0] if places else None
        if reference.mention is None and not said:
            return places[0]  # the document spoken of last
        fits = [self.judge.finder.fit(claim.text, place.paragraphs) for place in places[:_TRIED]]
        named = {card.document.document_id for card in said}
        meant = [at for at in range(len(fits)) if places[at].card.document.document_id in named]
        best = max(meant or range(len(fits)), key=lambda at: (fits[at].worth, -at))
        surest = max(range(len(fits)), key=lambda at: (fits[at].worth, -at))
        named_in_passing = fits[best].worth < UNFIT and fits[surest].worth >= LEAST
        return places[surest if named_in_passing else best]

    def _places(self, cards: Sequence[DocumentCard], reference: Reference) -> list[Cited]:
        found = [(card, self.shelf.at(card.document.document_id, reference)) for card in cards]
        return [Cited(card, tuple(places)) for card, places in found if places]

    def _unresolved(
        self, reference: Reference, claim: Claim, where: str, said: Sequence[DocumentCard]
    ) -> Finding:
        cards = self.carried.candidates(reference, said)
        authority = _authority(reference, cards, self.carried.documents)
        better = self._place_of(claim, cards, authority)
        if cards:
            self.carried.cite(cards[0])
        return wording.unresolved(
            reference, where, cards, authority=authority, better=better, shelf=self.shelf
        )

    def _place_of(
        self, claim: Claim, cards: Sequence[DocumentCard], authority: str | None
    ) -> CitedParagraph | None:
        """Where the claim stands: in the document, of the authority, anywhere."""
        filters = [Filter(document_id=card.document.document_id) for card in cards[:1]]
        if authority and self.shelf.holds(authority):
            filters.append(Filter(authority=authority))
        fits = [self.judge.finder.best(claim.text, within) for within in (*filters, Filter())]
        best = None
        for fit in fits:  # one further away has to be much better
            floor = best.worth + FURTHER if best else LEAST
            if fit is not None and fit.worth >= floor:
                best = fit
        return best.paragraphs[0] if best else None

    # what a reader should know though nothing is wrong

    def _notes(self, cited: Cited, reference: Reference, where: str) -> Iterator[Finding]:
        later = later_inspections(cited.card, self.shelf.cards)
        if later:
            grade = own_grade(cited.paragraphs, later[-1].document)
            yield wording.superseded(cited, reference, where, later=later, own=grade)
        if cited.card.document.second_hand:
            yield wording.second_hand(cited, reference, where, self.shelf.cards)


def _outside(mentions: Sequence[Mention], references: Sequence[Reference]) -> list[Mention]:
    """The mentions that stand in no citation."""
    return [
        mention
        for mention in mentions
        if all(mention.end <= one.start or mention.start >= one.end for one in references)
    ]


def _as_quotation(claim: Claim) -> Claim:
    marked = claim.raw if "“" in claim.raw else "“" + claim.raw.strip('"') + "”"
    return Claim(claim.text, marked, claim.references)


def _authority(
    reference: Reference, cards: Sequence[DocumentCard], spoken: Sequence[DocumentCard]
) -> str | None:
    if reference.mention is not None and reference.mention.authority:
        return reference.mention.authority
    return next((card.document.authority for card in (*cards, *spoken)), None)
