"""What a card shows of a hit: where it stands, how that part was judged, what came later."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from index.later import Later, later_inspections, short_label
from index.library import Library
from index.model import CitedParagraph, Hit
from index.repeats import Repeated
from index.standing import OVERALL, SUBJECTS, Standing, overall, standing, subjects
from ingest.model import Document
from ui.address import (
    NOWHERE,
    SearchState,
    document_link,
    paragraph_link,
    paragraph_name,
    search_link,
)
from ui.further_address import collect_link
from ui.wording import dated, kind_name, month, pages, title

AROUND = 2  # paragraphs before, and as many after
ALIKE = 300  # characters of a paragraph that are asked for its like


def group_data(library: Library, group: Repeated, search: SearchState) -> dict[str, Any]:
    """What the card shows of a passage and of the places that say it again."""
    also = [repeat_data(repeat, search) for repeat in group.repeats]
    return hit_data(library, group.hit, search) | {"also": also}


def hit_data(library: Library, hit: Hit, search: SearchState = NOWHERE) -> dict[str, Any]:
    """What the card shows of a hit."""
    document = library.card(hit.document_id).document
    name = _name(hit)
    return {
        "number": hit.number,
        "label": hit.label,
        "citation": hit.citation,
        "full_citation": hit.full_citation,
        "title": title(document),
        "facts": facts(document, hit),
        "standing": standing_data(document, hit),
        "later": later_data(library, document, hit, search),
        "heading": None if hit.heading and hit.heading in hit.label else hit.heading,
        "text": hit.text,
        "highlights": list(hit.highlights),
        "notes": list(hit.notes),
        "href": paragraph_link(hit.document_id, name, search),
        "link": paragraph_link(hit.document_id, name),
        "alike": search_link(SearchState(_alike(hit))),
        "collect": collect_link(hit.paragraph_id),
        "second_hand": hit.second_hand,
        "original": _original(library, hit),
        "retells": document.retells,
        "correction": hit.correction,
    }


def repeat_data(hit: Hit, search: SearchState = NOWHERE) -> dict[str, Any]:
    """A place that says the same, to be opened and cited like any other."""
    return {
        "citation": hit.citation,
        "href": paragraph_link(hit.document_id, _name(hit), search),
        "second_hand": hit.second_hand,
    }


def facts(document: Document, hit: Hit) -> list[str]:
    """Where and when, in the order in which a reader asks for it."""
    known = [
        document.authority,
        kind_name(document.kind),
        dated(document),
        pages(hit.page_start, hit.page_end),
        "recommendation" if hit.recommendation else None,
        "read by character recognition" if hit.recognised else None,
    ]
    return [fact for fact in known if fact]


def standing_data(document: Document, hit: Hit) -> dict[str, str] | None:
    """The judgement of the part that the paragraph stands in, else the overall one, by name."""
    found = standing(document.judgements, hit.heading, hit.section)
    if found is None and not subjects(hit.heading, hit.section):
        grade = overall(document.judgements)
        found = Standing(OVERALL, grade) if grade else None
    if found is None:
        return None
    label = found.label.removeprefix("the ")
    return {"label": label[:1].upper() + label[1:], "grade": found.grade}


def later_data(
    library: Library, document: Document, hit: Hit, search: SearchState
) -> list[dict[str, Any]]:
    """A sentence and a link for each later inspection of the authority."""
    about = subjects(hit.heading, hit.section)
    documents = (card.document for card in library.documents())
    return [
        {
            "second_hand": later.second_hand,
            "text": later_text(later),
            "href": _same_subject(library, later.document.document_id, about, search),
        }
        for later in later_inspections(document, about, documents)
    ]


def later_text(later: Later) -> str:
    """When it was, its overall grade and that on the subject: each by its name."""
    said = f"{month(later.day)}, {later.overall} overall"
    parts = [f"{short_label(one.label)}: {one.grade}" for one in later.standings]
    return "; ".join([said, *parts])


def context_data(library: Library, hit: Hit, search: SearchState = NOWHERE) -> dict[str, Any]:
    """The paragraphs before and after, each with a link to it."""
    near = library.neighbours(hit.paragraph_id, AROUND, AROUND)
    place = [one.paragraph_id for one in near].index(hit.paragraph_id)
    return {
        "before": [_neighbour(one, search) for one in near[:place]],
        "after": [_neighbour(one, search) for one in near[place + 1 :]],
    }


def _neighbour(cited: CitedParagraph, search: SearchState) -> dict[str, str]:
    name = paragraph_name(cited.paragraph.key, cited.paragraph.number)
    return {
        "label": cited.paragraph.label,
        "text": cited.paragraph.text,
        "href": paragraph_link(cited.document_id, name, search),
    }


def _same_subject(
    library: Library, document_id: str, about: frozenset[str], search: SearchState
) -> str:
    """The address of the first paragraph on the subject, else of the document's beginning."""
    name = _first_on(library, library.stamp(), document_id, about) if about else ""
    return paragraph_link(document_id, name, search) if name else document_link(document_id)


@lru_cache(maxsize=5000)
def _first_on(library: Library, stamp: str, document_id: str, about: frozenset[str]) -> str:
    """The name of the first paragraph of the part about these subjects, else that names one.

    Kept for the version of the library that bears the stamp.
    """
    paragraphs = [cited.paragraph for cited in library.paragraphs(document_id)]
    standing_there = (
        one for one in paragraphs if one.number and subjects(one.heading, one.section) & about
    )
    said = [SUBJECTS[subject].lower() for subject in about]
    naming = (one for one in paragraphs if any(words in one.text.lower() for words in said))
    first = next(standing_there, None) or next(naming, None)
    return paragraph_name(first.key, first.number) if first else ""


def _original(library: Library, hit: Hit) -> dict[str, str] | None:
    """The report that a second-hand source retells, where the library has it."""
    if hit.repeats is None:
        return None
    documents = (card.document for card in library.documents())
    document = next((one for one in documents if one.doc == hit.repeats), None)
    if document is None:
        return None
    return {"title": title(document), "href": document_link(document.document_id)}


def _alike(hit: Hit) -> str:
    """The question that finds paragraphs like this one: its best sentences, or its beginning."""
    said = " ".join(hit.highlights) or hit.text
    plain = said.replace('"', "")  # words in quotes would be required
    return plain if len(plain) <= ALIKE else plain[:ALIKE].rsplit(" ", 1)[0]


def _name(hit: Hit) -> str:
    return paragraph_name(hit.paragraph_id.partition("#")[2], hit.number)
