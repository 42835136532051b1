"""The page's sentences: what is said about a question, a document or a date. No widgets here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from index.absence import absences
from index.model import Filter, QueryPlan
from index.parts import Part
from index.standing import SUBJECTS
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


def long_day(day: str) -> str:
    """16 February 2016, of an ISO date."""
    return long_date(date.fromisoformat(day)) or ""


def month(day: date) -> str:
    """July 2018."""
    return f"{day:%B %Y}"


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


def part_text(part: Part, plan: QueryPlan) -> str:
    """What a part of a plan is called on its chip: "since 2016", "B&B → bed and breakfast".

    Nothing where the part says no more than the question itself.
    """
    if part.kind == "year":
        return _year_text(int(part.value), plan)
    if part.kind == "authority":
        typed = next((said for said, to in plan.corrections.items() if to == part.value), None)
        return f"{as_asked(plan.text, typed)} → {part.value}" if typed else part.value
    if part.kind == "correction":
        return f"{as_asked(plan.text, part.value)} → {plan.corrections[part.value]}"
    if part.kind == "expansion":
        return _expansion_text(as_asked(plan.text, part.value), plan.expansions[part.value])
    forms = {
        "moment": "the {} inspection",
        "kind": "{}s",
        "paragraph": "paragraph {}",
        "document": "document {}",
    }
    return forms.get(part.kind, "{}").format(part.value)


def _expansion_text(said: str, forms: Sequence[str]) -> str:
    """Say that an abbreviation stands for its long form, any other word for itself as well."""
    written = [form.upper() if _stands_for(form, said) else form for form in forms]
    meant = {form.casefold(): form for form in written if form.casefold() != said.casefold()}
    joint = " → " if any(_stands_for(said, form) for form in forms) else ", also "
    return f"{said}{joint}{' or '.join(meant.values())}" if meant else ""


def _stands_for(short: str, long: str) -> bool:
    """Whether the letters of one word are the first letters of the words of the other, in order."""
    letters = re.sub(r"(?<=\b\w) *(?:&|\+|and) *(?=\w\b)", "", short.lower()).removesuffix("s")
    initials = iter(word[0] for word in re.findall(r"\w+", long.lower()))
    return 1 < len(letters) < len(long) and all(letter in initials for letter in letters)


def _year_text(year: int, plan: QueryPlan) -> str:
    bounds = {plan.year_to: "until ", plan.year_from: "since "}
    return f"{bounds.get(year, '')}{year}{' (none held)' if year in plan.absent_years else ''}"


def as_asked(question: str, words: str) -> str:
    """The words as they stand in the question, whose "&" a plan reads as "and"."""
    between = r"\W+".join(re.escape(word) for word in words.split())
    pattern = between.replace(r"\W+and\W+", r"\W*(?:and|[&+])\W*")
    match = re.search(rf"\b{pattern}\b", question, re.IGNORECASE)
    return match.group() if match else words


def filter_texts(filters: Filter) -> dict[str, str]:
    """Each filter that is set, by its name, in words: on a phone their boxes are out of sight."""
    said = {
        "authority": filters.authority,
        "year_from": f"from {filters.year_from}" if filters.year_from else None,
        "year_to": f"to {filters.year_to}" if filters.year_to else None,
        "kind": kind_name(filters.kind).lower() if filters.kind else None,
        "subject": f"part: {SUBJECTS[filters.subject].lower()}" if filters.subject else None,
        "judgement": f"judged {filters.judgement}" if filters.judgement else None,
    }
    return {name: text for name, text in said.items() if text}


def not_held(plan: QueryPlan) -> str:
    """A warning that the question names authorities or years of which there is nothing."""
    return " ".join(absences(plan))


def page_title(*names: str) -> str:
    """What the browser calls a page, the most particular name first; empty ones left out."""
    return " · ".join(name for name in (*names, "Pilcrow") if name)


def counted(number: int, thing: str) -> str:
    """1 paragraph, 2 paragraphs."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"
