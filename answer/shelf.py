"""The documents and paragraphs of a library, as citations lead to them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import groupby

from answer.naming import Mention, When, plain
from answer.references import Place, Reference
from index.errors import LibraryError
from index.library import Library
from index.model import CitedParagraph, DocumentCard
from index.records import slug
from ingest.model import Paragraph

_LETTERS = frozenset(
    {"monitoring visit", "focused visit", "joint targeted area inspection", "area SEND inspection"}
)
_ASKED = "what needs to improve"
_FOLLOWING = 4  # paragraphs
_KEY = re.compile(r"[^a-z0-9]+")
_NOUNS = {"bullet": "bullet", "recommendation": "recommendation"}


class Shelf:
    """Looks up what citations name; each document is read from the library once."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.cards = library.documents()
        self._by_id = {card.document.document_id: card for card in self.cards}
        self._paragraphs: dict[str, list[CitedParagraph]] = {}

    def card(self, document_id: str) -> DocumentCard:
        """One document's card."""
        return self._by_id[document_id]

    def paragraphs(self, document_id: str) -> list[CitedParagraph]:
        """A document's paragraphs in reading order."""
        if document_id not in self._paragraphs:
            self._paragraphs[document_id] = self.library.paragraphs(document_id)
        return self._paragraphs[document_id]

    def paragraph(self, paragraph_id: str) -> CitedParagraph:
        """One paragraph."""
        document_id = paragraph_id.partition("#")[0]
        every = self.paragraphs(document_id)
        return next(one for one in every if one.paragraph_id == paragraph_id)

    def holds(self, authority: str) -> bool:
        """Whether any document is about the authority."""
        return any(_same_name(card.document.authority, authority) for card in self.cards)

    def of_authority(self, authority: str | None) -> list[DocumentCard]:
        """Its documents, the latest first."""
        found = [c for c in self.cards if authority and _same_name(c.document.authority, authority)]
        return sorted(found, key=lambda card: _dated(card) or date.min, reverse=True)

    def named(self, mention: Mention, near: Sequence[DocumentCard] = ()) -> list[DocumentCard]:
        """The documents that a mention may mean, all equally well.

        Args:
            mention: what is said.
            near: what was spoken of before, which says the rest.
        """
        pool = self._spoken_of(mention, near)
        if mention.when is not None:
            pool = _best(pool, lambda card: _fit(card, mention.when))
        if mention.kinds:
            pool = [card for card in pool if card.document.kind in mention.kinds]
        elif mention.letters:
            pool = _best(pool, lambda card: 1 + (card.document.kind in _LETTERS))
        elif not mention.documents:
            pool = _best(pool, lambda card: 2 if card.document.kind == "inspection" else 1)
        if mention.when is None and not mention.documents:
            nearby = [card for card in near if card in pool]
            pool = nearby or pool
        return pool

    def of_that_time(
        self, mention: Mention, near: Sequence[DocumentCard] = ()
    ) -> list[DocumentCard]:
        """The documents of the authority and date named, whatever kind the words suggest."""
        if mention.when is None:
            return []
        return _best(self._spoken_of(mention, near), lambda card: _fit(card, mention.when))

    def _spoken_of(self, mention: Mention, near: Sequence[DocumentCard]) -> list[DocumentCard]:
        pool = self.cards
        if mention.documents:
            pool = [card for card in pool if card.document.document_id in mention.documents]
        if mention.authority:
            return [c for c in pool if _same_name(c.document.authority, mention.authority)]
        names = {card.document.authority for card in near if card.document.authority}
        same = [card for card in pool if card.document.authority in names]
        return same or ([] if names and not mention.documents else pool)

    def linked(self, link: tuple[str, str]) -> list[CitedParagraph]:
        """The paragraph that an address opens; none where there is none."""
        document_id, key = link
        for candidate in (key, f"p{key}"):
            try:
                return [self.library.paragraph(f"{document_id}#{candidate}")]
            except LibraryError:
                continue
        return []

    def numbered(self, document_id: str) -> bool:
        """Whether any of its paragraphs bears a number."""
        return any(one.paragraph.number for one in self.paragraphs(document_id))

    def span(self, document_id: str) -> tuple[str, str] | None:
        """The first and the last printed number."""
        numbers = [p.paragraph.number for p in self.paragraphs(document_id) if p.paragraph.number]
        return (numbers[0], numbers[-1]) if numbers else None

    def at(self, document_id: str, reference: Reference) -> list[CitedParagraph]:
        """The paragraphs of a document that a citation leads to; none where one is missing."""
        every = self.paragraphs(document_id)
        if reference.numbers:
            found = [_of_number(every, number, reference) for number in reference.numbers]
            further = [_after(every, number) for number in reference.onward]
            return [one for group in (*found, *further) for one in group] if all(found) else []
        if reference.place is not None:
            labels = _as_labels(reference.place, reference.page)
            named = [one for one in every if _key(one.paragraph.label) in labels]
            return named[:1] or list(_placed(every, reference.place, reference.page))
        if reference.first_words is not None:
            start = _key(reference.first_words)
            return [one for one in every if _key(one.paragraph.text).startswith(start)]
        if reference.pages:
            return [
                one for one in every if any(_is_on(one.paragraph, page) for page in reference.pages)
            ]
        return list(every)


def _same_name(one: str | None, other: str) -> bool:
    return slug(one or "") == slug(other)


def _dated(card: DocumentCard) -> date | None:
    document = card.document
    return document.published or document.file_date or document.inspection_end


def _fit(card: DocumentCard, when: When | None) -> int:
    """2 where it was published then, 1 where the inspection was, 0 for neither."""
    document = card.document
    if when is None or when.fits(_dated(card)):
        return 2
    inspected = when.fits(document.inspection_end) or when.fits(document.inspection_start)
    return 1 if inspected else 0


def _best(cards: Iterable[DocumentCard], rank: Callable[[DocumentCard], int]) -> list[DocumentCard]:
    """The cards of the highest rank, none where that is 0."""
    ranked = [(rank(card), card) for card in cards]
    top = max((worth for worth, _ in ranked), default=0)
    return [card for worth, card in ranked if worth == top and top > 0]


def _of_number(
    every: Sequence[CitedParagraph], number: str, reference: Reference
) -> list[CitedParagraph]:
    found = [one for one in every if one.paragraph.number == number]
    if reference.again is not None:
        return found[reference.again - 1 : reference.again]
    if not reference.recommendation or any(one.paragraph.recommendation for one in found):
        return found
    asked = [one for one in every if one.paragraph.kind == "recommendation"]
    asked = asked or [
        one for one in every if (one.paragraph.heading or "").lower().startswith(_ASKED)
    ]
    return asked[int(number) - 1 : int(number)] if number.isdigit() and asked else found


def _after(every: Sequence[CitedParagraph], number: str) -> list[CitedParagraph]:
    """The next few numbered ones: how far "87 ff." goes nobody says."""
    numbered = [one for one in every if one.paragraph.number]
    at = [place for place, one in enumerate(numbered) if one.paragraph.number == number]
    return numbered[at[-1] + 1 : at[-1] + 1 + _FOLLOWING] if at else []


def _as_labels(place: Place, page: int | None) -> set[str]:
    """How the label of a paragraph in that place reads, as _key writes it."""
    ending = {1: "st", 2: "nd", 3: "rd"}
    teen = place.ordinal % 100 in {11, 12, 13}
    words = f"{place.ordinal}{'th' if teen else ending.get(place.ordinal % 10, 'th')} {place.noun}"
    if place.heading is not None:
        nth = place.nth_heading
        teen = nth is not None and nth % 100 in {11, 12, 13}
        told = f"the {nth}{'th' if teen else ending.get(nth % 10, 'th')} " if nth else ""
        words += f" under {told}{place.heading}"
    return {_key(words if page is None else f"{words} p {page}")}


def _placed(
    every: Sequence[CitedParagraph], place: Place, page: int | None
) -> Iterator[CitedParagraph]:
    """The n-th of its noun under each heading of those words, on the page where one is said."""
    nth = 0
    groups = groupby(every, key=lambda one: (one.paragraph.section, one.paragraph.heading))
    for (_, heading), group in groups:
        if place.heading is not None and not _is_heading(heading, place.heading):
            continue
        nth += 1
        if place.nth_heading not in (None, nth, -1):
            continue
        members = [one for one in group if not one.paragraph.number]
        if place.ordinal < 0:  # a signature is not what people call the last paragraph
            members = [one for one in members if one.paragraph.kind != "boilerplate"] or members
        nouns = [one for one in members if _noun(one.paragraph) == place.noun]
        for pool in (nouns, members):
            at = place.ordinal - 1 if place.ordinal > 0 else len(pool) + place.ordinal
            if 0 <= at < len(pool) and (page is None or _is_on(pool[at].paragraph, page)):
                yield pool[at]
                break


def _is_heading(heading: str | None, said: str) -> bool:
    have, want = _key(heading or ""), _key(said)
    return bool(want) and (have == want or (len(want) > 12 and have.startswith(want)))


def _key(text: str) -> str:
    return _KEY.sub(" ", plain(text).lower()).strip()


def _noun(paragraph: Paragraph) -> str:
    return _NOUNS.get(paragraph.kind, "paragraph")


def _is_on(paragraph: Paragraph, page: int) -> bool:
    first = paragraph.page_start
    return first is not None and first <= page <= (paragraph.page_end or first)
