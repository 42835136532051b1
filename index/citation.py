"""Paragraph -> label, short and full citation, link."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from urllib.parse import quote

from ingest.model import Document, Paragraph

_RECOGNISED = " (read by character recognition)"
# The kinds that a citation need not name: the report itself, and what is not known.
_UNNAMED_KINDS = frozenset({"inspection", "other"})


def short_names(documents: Iterable[Document]) -> dict[str, str]:
    """How citations call each document: {document_id: "Wandsworth 2016"}.

    Where two would have the same name both are told apart by month, then by day, then by
    their files' names: an authority may be inspected twice in a year, and every report has a
    paragraph 7.
    """
    undecided = list(documents)
    names: dict[str, str] = {}
    for form in _FORMS:
        offered = {document.document_id: form(document) for document in undecided}
        takers = Counter([*offered.values(), *names.values()])
        clear = {key: name for key, name in offered.items() if takers[name] == 1}
        names.update(clear)
        undecided = [document for document in undecided if document.document_id not in clear]
    names.update({document.document_id: document.document_id for document in undecided})
    return names


def short_citation(name: str, paragraph: Paragraph) -> str:
    """The pin-cite: "Wandsworth 2016, para 87"."""
    return f"{name}, {label(paragraph)}{_RECOGNISED if paragraph.recognised else ''}"


def full_citation(document: Document, paragraph: Paragraph) -> str:
    """Publisher, title, date, paragraph and page, as a footnote gives them."""
    place = label(paragraph)
    if paragraph.number and place.startswith("para "):
        place = place.replace("para", "paragraph", 1)
    parts = [document_citation(document), place, _pages(paragraph)]
    if document.second_hand:
        source = document.repeats or document.retells
        retold = f" retelling {source}" if source else ""
        parts.append(f"second-hand: a {document.kind}{retold}")
    return ", ".join(part for part in parts if part) + (_RECOGNISED if paragraph.recognised else "")


def document_citation(document: Document) -> str:
    """Publisher, title and date: what all full citations of a document begin with."""
    title = document.title or document.doc
    if document.authority and document.authority.lower() not in title.lower():
        title = f"{document.authority}: {title}"
    parts = (document.publisher, title, _date_words(document))
    return ", ".join(part for part in parts if part)


def markdown_link(citation: str, address: str) -> str:
    """A citation as Markdown that leads to its paragraph."""
    text = citation.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]")
    return f"[{text}]({address})"


def address(document_id: str, paragraph: Paragraph) -> str:
    """The query of the page's address that opens a paragraph: "?doc=...&p=87"."""
    key = paragraph.key
    if paragraph.number and key == f"p{paragraph.number}":
        key = paragraph.number
    return f"?doc={quote(document_id, safe='')}&p={quote(key, safe='')}"


def label(paragraph: Paragraph) -> str:
    """What a reader finds the paragraph by."""
    if paragraph.label:
        return paragraph.label
    return f"para {paragraph.number}" if paragraph.number else f"'{_first_words(paragraph.text)}'"


def _first_words(text: str, count: int = 6) -> str:
    found = text.split()
    return " ".join(found[:count]) + ("…" if len(found) > count else "")


def _pages(paragraph: Paragraph) -> str | None:
    first, last = paragraph.page_start, paragraph.page_end
    if first is None or (not paragraph.number and f"p. {first}" in paragraph.label):
        return None
    return f"page {first}" if last in (None, first) else f"pages {first}–{last}"


def _date_words(document: Document) -> str | None:
    dated = _dated(document)
    if dated is None:
        return None
    if document.published or document.file_date:
        return _day(dated)
    return f"inspected to {_day(dated)}"


def _dated(document: Document) -> date | None:
    return document.published or document.file_date or document.inspection_end


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _named(document: Document, when: str) -> str:
    kind = "" if document.kind in _UNNAMED_KINDS else document.kind
    name = document.authority or document.title or document.doc
    return " ".join(part for part in (name, when, kind) if part)


def _by_year(document: Document) -> str:
    return _named(document, str(document.year or ""))


def _by_month(document: Document) -> str:
    dated = _dated(document)
    return _named(document, f"{dated:%B %Y}" if dated else "")


def _by_day(document: Document) -> str:
    dated = _dated(document)
    return _named(document, _day(dated) if dated else "")


def _by_file(document: Document) -> str:
    return f"{_by_day(document)} ({document.doc})"


_FORMS: tuple[Callable[[Document], str], ...] = (_by_year, _by_month, _by_day, _by_file)
