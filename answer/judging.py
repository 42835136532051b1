"""One claim and what it cites -> what is wrong with it, if anything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from answer.claims import Claim
from answer.contexts import content_stems
from answer.figure_check import mismatches
from answer.figures import figures
from answer.model import Place
from answer.places import Finder, Fit, Standing
from answer.quotations import Comparison, Quotation, compare, quotations, stands_in
from answer.references import Reference
from answer.verify import known_of, split_sentences, surest_turn
from index.citation import short_citation
from index.model import CitedParagraph, DocumentCard, Filter

LEAST = 0.62  # worth from which on another place is named as the better one
UNFIT = 0.45  # worth below which a claim does not fit a place at all
FURTHER = 0.12  # by which a place in another document has to be worth more than in this one
# Words rightly quoted from which on the place cannot be wrong; double marks count as one more.
_QUOTED_WORDS = 3
_MANY = 3  # paragraphs cited together from which on a claim may sum them up
_MUCH_BETTER = 0.5  # worth that one other paragraph has to have more than those
_SURE = 0.85  # probability from which on words beside an exact quotation are called untrue
_OWN_WORDS = 5  # words of meaning beside a quotation from which on they are a claim of their own


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a citation, before it is put in words."""

    kind: str
    found: str = ""  # what the source has in its place
    claimed: str = ""
    better: CitedParagraph | None = None
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """What a citation leads to."""

    card: DocumentCard
    paragraphs: tuple[CitedParagraph, ...]

    @property
    def texts(self) -> list[str]:
        """The paragraphs' words, with their footnotes."""
        return [" ".join((p.paragraph.text, *p.paragraph.notes)) for p in self.paragraphs]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A claim where it stands, with those of its citations that nothing was found on."""

    claim: Claim
    before: str  # the sentence before
    place: Place
    where: str  # the sentence
    cited: list[tuple[Reference, Cited]] = field(default_factory=list)


class Judge:
    """Holds claims and quotations against the paragraphs that they cite."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.shelf = finder.shelf

    def fault(self, claim: Claim, cited: Cited, before: str = "") -> Fault | None:
        """The gravest fault of a citation, None where it is borne out.

        Args:
            claim: what is said.
            cited: what the citation leads to.
            before: the sentence before, which an "it" may lean on.
        """
        quoted = [one for one in quotations(claim.raw) if not self._is_name(one, cited)]
        for one in quoted:
            fault = self._misquoted(one, cited)
            if fault is not None:
                return fault
        known = known_of(cited.card)
        own = _beside(claim.raw, quoted)
        wrong = self._wrong_figure(own, cited, known)
        words = sum(len(one.text.split()) + one.double for one in quoted)
        if words >= _QUOTED_WORDS:
            return wrong or self._turned(own, cited, sure=True)
        return (
            self._misplaced(claim, cited, before, known, wrong)
            or wrong
            or self._turned(claim.text, cited)
        )

    def _is_name(self, quotation: Quotation, cited: Cited) -> bool:
        """Whether the marks stand round a name that the paragraph does not hold."""
        return quotation.name and not any(stands_in(quotation.text, t) for t in cited.texts)

    # quotations

    def _misquoted(self, quotation: Quotation, cited: Cited) -> Fault | None:
        source = "\n".join(cited.texts)
        comparison = compare(quotation.text, source)
        if comparison.exact:
            return None
        elsewhere = self._standing(quotation, cited)
        if elsewhere is not None:
            kind = place_kind(cited.card, elsewhere, self, quoted=True)
            return Fault(kind, claimed=quotation.text, better=elsewhere)
        near = self._nearly_standing(quotation, cited, comparison)
        if near is not None:
            place, other = near
            return Fault(
                "altered_quotation", other.differences, quotation.text, place, other.passage
            )
        return Fault(
            "altered_quotation", comparison.differences, quotation.text, None, comparison.passage
        )

    def _standing(self, quotation: Quotation, cited: Cited) -> CitedParagraph | None:
        """The paragraph that holds the very words: here, of the authority, or anywhere."""
        own = [cited.card]
        authority = self.shelf.of_authority(cited.card.document.authority)
        for cards in (own, authority, self.shelf.cards):
            found = self.finder.quoted(quotation.text, cards)
            if found:
                return min(found, key=lambda one: not one.paragraph.number)
            if len(quotation.text.split()) < 3:
                return None  # too few words to say where they come from
        return None

    def _nearly_standing(
        self, quotation: Quotation, cited: Cited, here: Comparison
    ) -> tuple[CitedParagraph, Comparison] | None:
        """Where the words stand with a change, if not in what is cited."""
        if here.closeness >= 0.75 or len(quotation.text.split()) < 5:
            return None
        rival = self.finder.best(
            quotation.text,
            Filter(document_id=cited.card.document.document_id),
            "",
            cited.paragraphs,
        )
        if rival is None:
            return None
        place = rival.paragraphs[0]
        other = compare(quotation.text, place.paragraph.text)
        return (place, other) if other.closeness > max(0.75, here.closeness + 0.2) else None

    # claims

    def _wrong_figure(self, text: str, cited: Cited, known: str) -> Fault | None:
        found = mismatches(text, split_sentences(cited.texts), figures(known))
        if not found:
            return None
        one = found[0]
        return Fault(one.kind, one.found or "", one.claimed)

    def _turned(self, text: str, cited: Cited, *, sure: bool = False) -> Fault | None:
        if sure and len(content_stems(text)) < _OWN_WORDS:
            return None
        sources = split_sentences(cited.texts)
        measured, chance, turned = surest_turn(text, sources, self.finder.encoder)
        if not turned or (sure and chance < _SURE):
            return None
        return Fault("unsupported", measured.found, measured.claimed, nearest=measured.nearest)

    def _misplaced(
        self, claim: Claim, cited: Cited, before: str, known: str, wrong: Fault | None
    ) -> Fault | None:
        """A claim that does not stand in what it cites, with the place where it does."""
        document_id = cited.card.document.document_id
        held = self.finder.standing(claim.text, document_id, cited.paragraphs, known)
        here, rival, elsewhere = held.cited, held.rival, held.elsewhere
        if len(cited.paragraphs) >= _MANY and (
            rival is None or rival.worth < here.worth + _MUCH_BETTER
        ):
            return None
        if elsewhere and before and claim.leans:
            whole = f"{before} {claim.text}"
            elsewhere = self.finder.standing(whole, document_id, cited.paragraphs, known).elsewhere
        if not elsewhere and wrong is None:
            return None
        best = self.better(claim.text, cited, here, rival)
        if not elsewhere and (best is None or not Standing(here, best, first=False).elsewhere):
            return None
        if best is None:
            return Fault("unsupported", nearest="")
        place = best.paragraphs[0]
        return Fault(place_kind(cited.card, place, self), better=place)

    def better(self, text: str, cited: Cited, here: Fit | None, rival: Fit | None) -> Fit | None:
        """The better place: in the document, then of the authority, then in the library."""
        best = rival if rival is not None and rival.worth >= LEAST else None
        if here is not None and best is not None and best.worth <= here.worth:
            best = None
        authority = cited.card.document.authority
        for within in (Filter(authority=authority), Filter()) if authority else (Filter(),):
            found = self._best_of_others(text, within, cited.card)
            floor = (best.worth if best else (here.worth if here else 0.0)) + FURTHER
            if found is not None and found.worth >= max(LEAST, floor):
                best = found
        return best

    def _best_of_others(self, text: str, within: Filter, card: DocumentCard) -> Fit | None:
        """Each document's own name and dates count as known to it."""
        hits = self.shelf.library.search(text, top_k=5, filters=within, rerank=False)
        others = [
            (self.shelf.paragraph(hit.paragraph_id), known_of(self.shelf.card(hit.document_id)))
            for hit in hits
            if hit.document_id != card.document.document_id
        ]
        return self.finder.best_of(text, others)


def place_kind(
    cited: DocumentCard, better: CitedParagraph, judge: Judge, *, quoted: bool = False
) -> str:
    """What it is called to cite the wrong place, after where the right one is."""
    if better.document_id == cited.document.document_id:
        return "misattributed_quotation" if quoted else "wrong_paragraph"
    other = judge.shelf.card(better.document_id).document
    if other.authority != cited.document.authority:
        return "wrong_authority"
    return "wrong_document" if other.year == cited.document.year else "wrong_year"


def _beside(text: str, quoted: Sequence[Quotation]) -> str:
    """What a claim says in words of its own."""
    kept, at = [], 0
    for one in quoted:
        kept.append(text[at : one.start])
        at = one.end
    return " ".join([*kept, text[at:]]).strip()


def cite(card: DocumentCard, one: CitedParagraph) -> str:
    """How a paragraph is to be cited."""
    return short_citation(card.name, one.paragraph)
