"""Where in the library a claim or a quotation stands, if not where it is said to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

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
        return self._fits(claim, [paragraphs], known)[0]

    def standing(
        self, claim: str, document_id: str, cited: Sequence[CitedParagraph], known: str = ""
    ) -> Standing:
        """How a claim stands at paragraphs of a document, beside all its others."""
        hits = self._search(claim, Filter(document_id=document_id))
        out = {one.paragraph_id for one in cited}
        first = bool(hits) and hits[0].paragraph_id in out
        others = [[one] for one in hits if one.paragraph_id not in out]
        here, *fits = self._fits(claim, [cited, *others], known)
        rival = max(fits, key=lambda one: one.worth, default=None)
        return Standing(here, rival, first)

    def best(
        self, claim: str, within: Filter, known: str = "", but: Iterable[CitedParagraph] = ()
    ) -> Fit | None:
        """The paragraph that a claim fits best, of those that search finds."""
        out = {one.paragraph_id for one in but}
        found = [one for one in self._search(claim, within) if one.paragraph_id not in out]
        fits = self._fits(claim, [[one] for one in found], known)
        return max(fits, key=lambda one: one.worth, default=None)

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

    def _fits(
        self, claim: str, groups: Sequence[Sequence[CitedParagraph]], known: str
    ) -> list[Fit]:
        sources = [_sentences(group) for group in groups]
        parts = [[*group, *(s[a:b] for s in group for a, b in clauses(s))] for group in sources]
        pairs = [[f"{a} {b}" for a, b in pairwise(g)] for g in sources]
        texts = [[*one, *two] for one, two in zip(parts, pairs, strict=True)]
        flat = list(dict.fromkeys([claim, *(text for group in texts for text in group)]))
        vectors = dict(zip(flat, self.encoder.encode(flat), strict=True))
        own = vectors[claim]
        return [
            Fit(
                paragraphs=tuple(group),
                likeness=max((float(vectors[text] @ own) for text in held), default=0.0),
                coverage=coverage(claim, sentences),
                wrong_figures=_wrong_share(claim, sentences, known),
                missing_names=float(len(missing_names(claim, [*sentences, known]))),
            )
            for group, sentences, held in zip(groups, sources, texts, strict=True)
        ]


def _sentences(group: Sequence[CitedParagraph]) -> list[str]:
    """Of recommendations also that they are such, which a draft may say of them."""
    found = split_sentences([one.paragraph.text for one in group])
    asked = [one for one in group if one.paragraph.recommendation]
    return [*found, "This is a recommendation."] if asked else found


def _wrong_share(claim: str, sources: Sequence[str], known: str) -> float:
    """Of figures that are no more than small words none counts."""
    told = [figure for figure in figures(claim) if not figure.loose]
    wrong = [
        one for one in mismatches(claim, sources, figures(known)) if one.kind != "swapped_numbers"
    ]
    return min(1.0, len(wrong) / len(told)) if told else 0.0
