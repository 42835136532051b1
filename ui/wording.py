"""The page's sentences: what is said about a question, a document or a date. No widgets here."""

from __future__ import annotations

import re
from datetime import date

from index.model import Filter, QueryPlan
from ingest.model import Document

KINDS = {
    "inspection": "Inspection report",
    "monitoring visit": "Monitoring visit",
    "focused visit": "Focused visit",
    "joint targeted area inspection": "Joint targeted area inspection",
    "area SEND inspection": "Area SEND inspection",
    "web page": "Web page",
    "news article": "News article",
    "other": "Other document",
}
_MARKDOWN = re.compile(r"([!-/:-@\[-`{-~])")
# An emoji shortcode, an icon or a web address would be seen even after a backslash.
_SEEN_ANYWAY = re.compile(r"(:)(?=[\w+-]+[:/])|(:)(?=//)|(@)|(www)(?=\.)", re.IGNORECASE)
WORD_JOINER = "\u2060"  # invisible, and breaks such a word apart


def as_text(text: str) -> str:
    """Markdown that shows the text as it stands, whatever is in it."""
    apart = _SEEN_ANYWAY.sub(lambda match: match.group(0) + WORD_JOINER, text)
    return _MARKDOWN.sub(r"\\\1", apart).replace("\n", "  \n")


def kind_name(kind: str) -> str:
    """A kind of document as the page calls it."""
    return KINDS.get(kind, kind.capitalize())


def long_date(day: date | None) -> str | None:
    """16 February 2016."""
    return f"{day.day} {day:%B %Y}" if day else None


def pages(start: int | None, end: int | None) -> str | None:
    """A page or a span of pages: p. 30, pp. 30–31."""
    if start is None:
        return None
    return f"p. {start}" if end in (None, start) else f"pp. {start}–{end}"


def title(document: Document) -> str:
    """The document's title, or its file's name where it has none."""
    return document.title or document.doc


def dated(document: Document) -> str | None:
    """When it was published, or the next best date it bears."""
    return long_date(document.published or document.file_date or document.inspection_end)


def understood(plan: QueryPlan) -> str:
    """What the question was understood as, in one line; empty where there is nothing to add."""
    parts = [*plan.authorities, *_when(plan), *(f"{kind}s" for kind in plan.kinds)]
    if plan.paragraph:
        parts.append(f"paragraph {plan.paragraph}")
    parts += [f"the exact words “{phrase}”" for phrase in plan.phrases]
    parts += [f"“{said}” read as “{meant}”" for said, meant in plan.corrections.items()]
    parts += [
        f"“{short}” also as {' or '.join(f'“{long}”' for long in longer)}"
        for short, longer in plan.expansions.items()
        if longer
    ]
    return f"Understood as: {'; '.join(parts)}" if parts else ""


def _when(plan: QueryPlan) -> list[str]:
    since = [f"since {plan.year_from}"] if plan.year_from else []
    until = [f"until {plan.year_to}"] if plan.year_to else []
    moment = [f"the {plan.moment} inspection"] if plan.moment else []
    return [*map(str, plan.years), *since, *until, *moment]


def filtered(filters: Filter) -> str:
    """Which filters are set, in one line: on a phone their boxes are out of sight."""
    parts = [
        filters.authority,
        f"from {filters.year_from}" if filters.year_from else None,
        f"to {filters.year_to}" if filters.year_to else None,
        f"kind: {kind_name(filters.kind).lower()}" if filters.kind else None,
    ]
    said = "; ".join(part for part in parts if part)
    return f"Filtered: {said}" if said else ""


def not_held(plan: QueryPlan) -> str:
    """A warning that the question names authorities of which the library has nothing."""
    if not plan.absent:
        return ""
    names = " or ".join(plan.absent)
    return f"The library holds no document about {names}; what follows is about others."


def counted(number: int, thing: str) -> str:
    """1 paragraph, 2 paragraphs."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
