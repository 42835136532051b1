"""Items of lists go with the words that lead into the list, where those are another paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from answer.model import Sentence
from answer.quotes import needs_of, sentences_of
from index.library import Library
from index.model import CitedParagraph, Hit

FURTHEST = 12  # items of a list before the one that is quoted
_ITEMS = frozenset({"bullet", "recommendation"})


def with_lead_ins(
    library: Library, sentences: Sequence[Sentence], hits: Sequence[Hit], most: int
) -> tuple[tuple[Sentence, ...], tuple[Hit, ...]]:
    """Return the sentences, `most` of them, with what leads into items that begin in mid-sentence.

    "practitioners have access to information" goes after "Leaders should ensure that:". The
    paragraph that leads in is added to the hits, after all others.
    """
    found = {hit.paragraph_id: hit for hit in hits}
    told: list[Sentence] = []
    for sentence in sentences:
        hit = found[sentence.citations[0]]
        if _begins_within(sentence, hit):
            lead = _lead_in(library, hit, rank=len(found) + 1)
            if lead is not None:
                found.setdefault(lead.paragraph_id, lead)
                told += _leading(lead)
        told.append(sentence)
    told = list(dict.fromkeys(told))[:most]
    while told and told[-1].text.endswith(":"):  # its item found no room
        told.pop()
    return tuple(told), tuple(found.values())


def _begins_within(sentence: Sentence, hit: Hit) -> bool:
    """Whether it is the beginning of an item that goes on with a sentence begun elsewhere."""
    return hit.text.startswith(sentence.text) and is_led_into(hit)


def is_led_into(hit: Hit) -> bool:
    """Whether a paragraph is an item that begins in mid-sentence."""
    return hit.kind in _ITEMS and hit.text.lstrip("•▪◦‣●– ")[:1].islower()


def _leading(lead: Hit) -> list[Sentence]:
    """The words that lead into a list, with what they lean on: "Of this number:"."""
    sentences = sentences_of(lead.text)
    last = len(sentences) - 1
    places = (*needs_of(sentences, last), last)
    return [Sentence(sentences[place], (lead.paragraph_id,)) for place in places]


def _lead_in(library: Library, hit: Hit, rank: int) -> Hit | None:
    """The paragraph that leads into the list of an item, as a hit."""
    for cited in reversed(library.neighbours(hit.paragraph_id, before=FURTHEST, after=0)[:-1]):
        if cited.paragraph.text.rstrip().endswith(":"):
            return _as_hit(cited, hit, rank)
        if cited.paragraph.kind != hit.kind or cited.paragraph.heading != hit.heading:
            return None
    return None


def _as_hit(cited: CitedParagraph, beside: Hit, rank: int) -> Hit:
    """A paragraph of the same document as a hit, found by nothing but what stands after it."""
    paragraph = cited.paragraph
    return replace(
        beside,
        rank=rank,
        paragraph_id=cited.paragraph_id,
        number=paragraph.number,
        label=paragraph.label,
        citation=cited.citation,
        full_citation=cited.full_citation,
        heading=paragraph.heading,
        page_start=paragraph.page_start,
        page_end=paragraph.page_end,
        text=paragraph.text,
        highlights=(),
        kind=paragraph.kind,
        section=paragraph.section,
        recommendation=paragraph.recommendation,
        recognised=paragraph.recognised,
        notes=paragraph.notes,
        score=0.0,
        coverage=0.0,
        similarity=0.0,
    )
