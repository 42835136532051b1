"""What the reader shows of a document: its facts, its sections, where the question is met."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from index.model import CitedParagraph, Hit
from ingest.model import Document
from ui.address import NOWHERE, SearchState, page_link, paragraph_link, paragraph_name, search_link
from ui.further_address import collect_link
from ui.wording import counted, dated, kind_name, long_date, pages, title


def document_data(
    document: Document, paragraphs: Sequence[CitedParagraph], search: SearchState = NOWHERE
) -> dict[str, Any]:
    """What the reader shows of a document."""
    return {
        "id": document.document_id,
        "title": title(document),
        "facts": [
            fact
            for fact in (
                document.authority,
                kind_name(document.kind),
                document.publisher,
                dated(document),
                counted(document.pages, "page") if document.pages else None,
            )
            if fact
        ],
        "inspected": _inspected(document),
        "judgements": [list(pair) for pair in document.judgements.items()],
        "second_hand": document.second_hand,
        "origin": document.origin,
        "rights": document.rights,
        "sections": sections(paragraphs, search),
    }


def sections(
    paragraphs: Sequence[CitedParagraph], search: SearchState = NOWHERE
) -> list[dict[str, Any]]:
    """The paragraphs in reading order, gathered under the heading that stands over them."""
    gathered: list[dict[str, Any]] = []
    for cited in paragraphs:
        place = {"section": cited.paragraph.section, "heading": cited.paragraph.heading}
        if not gathered or {name: gathered[-1][name] for name in place} != place:
            gathered.append(place | {"paragraphs": []})
        gathered[-1]["paragraphs"].append(_paragraph_data(cited, search))
    return gathered


def _paragraph_data(cited: CitedParagraph, search: SearchState) -> dict[str, Any]:
    paragraph = cited.paragraph
    name = paragraph_name(paragraph.key, paragraph.number)
    shown = paragraph.page_start if paragraph.boxes else None
    return {
        "key": paragraph.key,
        "number": paragraph.number,
        "label": paragraph.label,
        "kind": paragraph.kind,
        "text": paragraph.text,
        "page": pages(paragraph.page_start, paragraph.page_end),
        "page_href": page_link(cited.document_id, name, shown, search) if shown else None,
        "notes": list(paragraph.notes),
        "correction": paragraph.correction,
        "href": paragraph_link(cited.document_id, name, search),
        "link": paragraph_link(cited.document_id, name),
        "citation": cited.citation,
        "full_citation": cited.full_citation,
        "collect": collect_link(cited.paragraph_id),
    }


def hits_data(
    search: SearchState,
    paragraphs: Sequence[CitedParagraph],
    hits: Sequence[Hit],
    asked: CitedParagraph | None,
) -> dict[str, Any] | None:
    """Where the question is met, in reading order, with the ways to the next and the previous."""
    if not hits:
        return None
    sentences = {hit.paragraph_id: list(hit.highlights) for hit in hits}
    places = [place for place, one in enumerate(paragraphs) if one.paragraph_id in sentences]
    here = paragraphs.index(asked) if asked in paragraphs else -1
    return {
        "question": search.question,
        "results": search_link(search),
        "count": len(places),
        "at": places.index(here) + 1 if here in places else None,
        "marks": {
            paragraphs[place].paragraph.key: sentences[paragraphs[place].paragraph_id]
            for place in places
        },
        "previous": _href(paragraphs, [place for place in places if place < here][-1:], search),
        "next": _href(paragraphs, [place for place in places if place > here][:1], search),
    }


def _href(
    paragraphs: Sequence[CitedParagraph], places: Sequence[int], search: SearchState
) -> str | None:
    if not places:
        return None
    cited = paragraphs[places[0]]
    name = paragraph_name(cited.paragraph.key, cited.paragraph.number)
    return paragraph_link(cited.document_id, name, search)


def _inspected(document: Document) -> str | None:
    start, end = long_date(document.inspection_start), long_date(document.inspection_end)
    if start and end and start != end:
        return f"Inspected {start} to {end}"
    return f"Inspected {start or end}" if start or end else None
