"""Which documents a draft speaks of at each place, carried forward as readers carry it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from answer.naming import Mention, Namer
from answer.references import Reference
from answer.shelf import Shelf
from index.model import DocumentCard

_MEMORY = 6  # documents cited before that a bare number may belong to


@dataclass(slots=True)
class Carried:
    """What headings, sentences and citations have named so far."""

    shelf: Shelf
    namer: Namer
    documents: list[DocumentCard] = field(default_factory=list)  # spoken of now
    cited: list[DocumentCard] = field(default_factory=list)  # the latest first
    _headings: dict[int, Mention] = field(default_factory=dict)  # by level

    def heading(self, text: str, level: int) -> None:
        """Take in a heading: what it names stands until the next of its level."""
        self._headings = {at: held for at, held in self._headings.items() if at < level}
        mention = self.namer.heading(text)
        if mention is None:
            return
        above = [self._headings[at] for at in sorted(self._headings)]
        whole = mention
        for upper in reversed(above):
            whole = replace(whole, authority=whole.authority or upper.authority)
        self._headings[level] = whole
        found = self.shelf.named(whole, self.documents)
        self.documents = found or self.documents
        if found and len(found) == 1:
            self._remember(found[0])

    def sentence(self, mentions: Sequence[Mention]) -> list[DocumentCard]:
        """What a sentence itself names, outside its citations; none where it names nothing new."""
        found: list[DocumentCard] = []
        for mention in mentions:
            if mention.strong or self._elsewhere(mention):
                named = self.shelf.named(mention, self.documents)
                found.extend(card for card in named if card not in found)
        return found

    def turn_to(self, found: Sequence[DocumentCard]) -> None:
        """Go on with what a sentence without a citation has named."""
        if found:
            self.documents = list(found)

    def cite(self, card: DocumentCard) -> None:
        """Go on with the document that was cited."""
        self.documents = [card]
        self._remember(card)

    def candidates(self, reference: Reference, said: Sequence[DocumentCard]) -> list[DocumentCard]:
        """The documents that a citation may lead to, the likeliest first; none where none fits."""
        mention = reference.mention
        if reference.same or (mention is not None and mention.same and not mention.when):
            return self.cited[:1] or self.documents[:1]
        if mention is not None:
            return self.shelf.named(mention, [*said, *self.documents] or self.cited)
        pool = [*said, *self.documents, *self.cited]
        unique = list(dict.fromkeys(card.document.document_id for card in pool))
        cards = [self.shelf.card(document_id) for document_id in unique] or self._only()
        return cards[:_MEMORY]

    def others(self, reference: Reference) -> list[DocumentCard]:
        """The authority's documents of the date named, whatever kind the words suggest."""
        if reference.mention is None:
            return []
        return self.shelf.of_that_time(reference.mention, self.documents or self.cited)

    def _only(self) -> list[DocumentCard]:
        """Every document, where no name has fallen yet: a draft about one report need not say."""
        return self.shelf.cards if len(self.shelf.cards) <= _MEMORY else []

    def _elsewhere(self, mention: Mention) -> bool:
        """Whether an authority named in passing is another than the one spoken of."""
        spoken = {card.document.authority for card in self.documents}
        return mention.authority is not None and mention.authority not in spoken

    def _remember(self, card: DocumentCard) -> None:
        rest = [held for held in self.cited if held is not card]
        self.cited = [card, *rest][:_MEMORY]
