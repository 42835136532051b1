"""Where in the library a claim or a quotation stands, if not where it is said to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from answer.contexts import clauses
from answer.figure_check import mismatches
from answer.figures import figures
from answer.quotations import stands_in
from answer.shelf import Shelf
from answer.support import weighings
from answer.verify import coverage, missing_names, split_sentences
from index.encoder import Encoder
from index.model import CitedParagraph, DocumentCard, Filter

_LOOKED_AT = 7  # hits of each search
# Likeness from which on what search finds first is the place: in drafts 19 to 24 it is of 91 % of
# the claims that are cited rightly and of 1 in 13 of the others.
_FOUND_FIRST = 0.25
# By so much less worth when only whole sentences are read a place is seldom the best: of 246
# claims 3 would have had another rival; of the golden drafts as many errors were found as before.
_NEAR = 0.1


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a claim fits paragraphs."""

    paragraphs: tuple[CitedParagraph, ...]
    likeness: float
    coverage: float
    wrong_figures: float  # share of the claim's figures that do not stand there
    missing_names: float

    @property
    def worth(self) -> float:
        """One number to rank places by."""
        return (
            self.likeness
            + 0.35 * self.coverage
            - 0.3 * self.wrong_figures
            - 0.1 * self.missing_names
        )


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim at the place that it cites, beside the best other place."""

    cited: Fit
    rival: Fit | None
    first: bool  # whether search finds the cited place before all others of its document

    @property
    def signs(self) -> Mapping[str, float]:
        """What speaks for the claim standing in another place."""
        signs = {
            "likeness": self.cited.likeness,
            "coverage": self.cited.coverage,
            "wrong figures": self.cited.wrong_figures,
            "missing names": min(self.cited.missing_names, 2.0),
            "rival is more like": 0.0,
            "rival covers more": 0.0,
            "rival has the figures": 0.0,
        }
        if self.rival is not None:
            signs["rival is more like"] = self.rival.likeness - self.cited.likeness
            signs["rival covers more"] = self.rival.coverage - self.cited.coverage
            signs["rival has the figures"] = self.cited.wrong_figures - self.rival.wrong_figures
        return signs

    @property
    def elsewhere(self) -> bool:
        """Whether the claim does not stand where it is said to."""
        if self.first and self.cited.likeness >= _FOUND_FIRST:
            return False
        return weighings()["elsewhere"].says_yes(self.signs)


class Finder:
    """Looks for the place of a claim: in the document, then the authority, then the library."""

    def __init__(self, shelf: Shelf, encoder: Encoder) -> None:
        self.shelf = shelf
        self.encoder = encoder

    def fit(self, claim: str, paragraphs: Sequence[CitedParagraph], known: str = "") -> Fit:
        """How well a claim fits paragraphs that belong together."""
        (fit,) = self._wholly(claim, self._by_sentences(claim, [(paragraphs, known)]))
        return fit

    def standing(
        self, claim: str, document_id: str, cited: Sequence[CitedParagraph], known: str = ""
    ) -> Standing:
        """How a claim stands at paragraphs of a document, beside all its others."""
        hits = self._search(claim, Filter(document_id=document_id))
        out = {one.paragraph_id for one in cited}
        first = bool(hits) and hits[0].paragraph_id in out
        others = [one for one in hits if one.paragraph_id not in out]
        rival = self.best_of(claim, [(one, known) for one in others])
        return Standing(self.fit(claim, cited, known), rival, first)

    def best(
        self, claim: str, within: Filter, known: str = "", but: Iterable[CitedParagraph] = ()
    ) -> Fit | None:
        """The paragraph that a claim fits best, of those that search finds."""
        out = {one.paragraph_id for one in but}
        found = [one for one in self._search(claim, within) if one.paragraph_id not in out]
        return self.best_of(claim, [(one, known) for one in found])

    def best_of(self, claim: str, among: Sequence[tuple[CitedParagraph, str]]) -> Fit | None:
        """The one of some paragraphs, each with what is known of it, that a claim fits best.

        Only those whose sentences alone come near the best are read in parts and in pairs.
        """
        fits = self._by_sentences(claim, [([one], known) for one, known in among])
        floor = max((fit.worth for fit in fits), default=0.0) - _NEAR
        near = self._wholly(claim, [fit for fit in fits if fit.worth >= floor])
        return max(near, key=lambda fit: fit.worth, default=None)

    def _search(self, claim: str, within: Filter) -> list[CitedParagraph]:
        library = self.shelf.library  # places are ranked here: nothing is read a second time
        hits = library.search(claim, top_k=_LOOKED_AT, filters=within, rerank=False)
        return [self.shelf.paragraph(hit.paragraph_id) for hit in hits]

    def quoted(self, quotation: str, cards: Iterable[DocumentCard]) -> list[CitedParagraph]:
        """The paragraphs of these documents that hold a quotation word for word."""
        return [
            one
            for card in cards
            for one in self.shelf.paragraphs(card.document.document_id)
            if stands_in(quotation, one.paragraph.text)
        ]

    def _by_sentences(
        self, claim: str, groups: Sequence[tuple[Sequence[CitedParagraph], str]]
    ) -> list[Fit]:
        """How well a claim fits each group with what is known of it, by whole sentences."""
        sources = [_sentences(group) for group, _ in groups]
        likenesses = self._likenesses(claim, sources)
        return [
            Fit(
                paragraphs=tuple(group),
                likeness=likeness,
                coverage=coverage(claim, sentences),
                wrong_figures=_wrong_share(claim, sentences, known),
                missing_names=float(len(missing_names(claim, [*sentences, known]))),
            )
            for (group, known), sentences, likeness in zip(groups, sources, likenesses, strict=True)
        ]

    def _wholly(self, claim: str, fits: Sequence[Fit]) -> list[Fit]:
        """The fits when parts of sentences and neighbours together are read too."""
        further = self._likenesses(claim, [_parts_and_pairs(fit.paragraphs) for fit in fits])
        return [
            replace(fit, likeness=max(fit.likeness, one))
            for fit, one in zip(fits, further, strict=True)
        ]

    def _likenesses(self, claim: str, groups: Sequence[Sequence[str]]) -> list[float]:
        """The cosine of a claim and the nearest text of each group; 0 for a group of none."""
        flat = list(dict.fromkeys([claim, *chain.from_iterable(groups)]))
        vectors = dict(zip(flat, self.encoder.encode(flat), strict=True))
        own = vectors[claim]
        return [
            max((float(vectors[text] @ own) for text in group), default=0.0) for group in groups
        ]


def _sentences(group: Sequence[CitedParagraph]) -> list[str]:
    """Of recommendations also that they are such, which a draft may say of them."""
    found = split_sentences([one.paragraph.text for one in group])
    asked = [one for one in group if one.paragraph.recommendation]
    return [*found, "This is a recommendation."] if asked else found


def _parts_and_pairs(group: Sequence[CitedParagraph]) -> list[str]:
    sentences = _sentences(group)
    parts = [s[a:b] for s in sentences for a, b in clauses(s)]
    return [*parts, *(f"{one} {two}" for one, two in pairwise(sentences))]


def _wrong_share(claim: str, sources: Sequence[str], known: str) -> float:
    """Of figures that are no more than small words none counts."""
    told = [figure for figure in figures(claim) if not figure.loose]
    wrong = [
        one for one in mismatches(claim, sources, figures(known)) if one.kind != "swapped_numbers"
    ]
    return min(1.0, len(wrong) / len(told)) if told else 0.0
