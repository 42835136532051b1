"""Items of lists go with the words that lead into the list, where those are another paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from answer.model import Sentence
from answer.quotes import needs_of, sentences_of
from index.library import Library
from index.model import CitedParagraph, Hit

FURTHEST = 12  # items of a list before the one that is quoted
_ITEMS = frozenset({"bullet", "recommendation"})
# Leads into what inspectors looked at, which is nothing that they found.
_SCOPE = re.compile(
    r"\b(?:inspectors|(?:this|the) (?:visit|inspection)|we)\b.*"
    r"\b(?:review|look|evaluat|consider|focus|examin|cover|sampl|scrutini[sz]|explor|assess)\w*\b",
    re.IGNORECASE,
)


def lead_ins(library: Library, hits: Sequence[Hit]) -> dict[str, Hit]:
    """{paragraph_id: what leads into the list of it}, of the items that begin in mid-sentence.

    What leads in is a hit ranked after all others.
    """
    items = filter(is_led_into, hits)
    found = {item.paragraph_id: _lead_in(library, item, len(hits) + 1) for item in items}
    return {key: lead for key, lead in found.items() if lead is not None}


def with_lead_ins(
    sentences: Sequence[Sentence], hits: Sequence[Hit], leads: Mapping[str, Hit], most: int
) -> tuple[tuple[Sentence, ...], tuple[Hit, ...]]:
    """Return the sentences, `most` of them, with what leads into items that begin in mid-sentence.

    "practitioners have access to information" goes after "Leaders should ensure that:". The
    paragraph that leads in is added to the hits, after all others.
    """
    found = {hit.paragraph_id: hit for hit in hits}
    told: list[Sentence] = []
    for sentence in sentences:
        key = sentence.citations[0]
        if key in leads and found[key].text.startswith(sentence.text):
            found.setdefault(leads[key].paragraph_id, leads[key])
            told += _leading(leads[key])
        told.append(sentence)
    told = list(dict.fromkeys(told))[:most]
    while told and told[-1].text.endswith(":"):  # its item found no room
        told.pop()
    return tuple(told), tuple(found.values())


def is_led_into(hit: Hit) -> bool:
    """Whether a paragraph is an item that begins in mid-sentence."""
    return hit.kind in _ITEMS and hit.text.lstrip("•▪◦‣●– ")[:1].islower()


def tells_scope(text: str) -> bool:
    """Whether words that lead into a list say that it holds what inspectors looked at."""
    return bool(_SCOPE.search(text))


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
