"""How the part that a paragraph stands in was judged, and what came later."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from index.later import Later, later_inspections, short_label
from index.library import Library
from index.standing import OVERALL, SUBJECTS, Standing, overall, standing, subjects
from ingest.model import Document
from ui.address import SearchState, document_link, paragraph_link, paragraph_name
from ui.wording import month


def standing_data(
    document: Document, heading: str | None, section: str | None
) -> dict[str, str] | None:
    """The judgement of the part that the paragraph stands in, else the overall one, by name."""
    found = standing(document.judgements, heading, section)
    if found is None and not subjects(heading, section):
        grade = overall(document.judgements)
        found = Standing(OVERALL, grade) if grade else None
    if found is None:
        return None
    label = found.label.removeprefix("the ")
    return {"label": label[:1].upper() + label[1:], "grade": found.grade}


def later_data(
    library: Library, document: Document, about: frozenset[str], search: SearchState
) -> list[dict[str, Any]]:
    """A sentence and a link for each later inspection of the authority."""
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
