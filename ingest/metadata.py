"""What the cover tells of a document; file and folder names only where it tells nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from ingest.authorities import bare_name, find_authority, find_in_file_name, names_a_council
from ingest.cover import Cover, joined, read_cover
from ingest.dates import Span, date_in_name, find_spans, lone_date
from ingest.judgements import find_judgements
from ingest.model import DocumentKind, Line, Metadata, Page

_JOINT: DocumentKind = "joint targeted area inspection"
# In this order: what is said more narrowly comes first, for a joint inspection is one too.
_KINDS: tuple[tuple[str, DocumentKind], ...] = (
    (r"\bmonitoring visit", "monitoring visit"),
    (r"\bfocus{1,2}ed (?:\S+ )?visit|\bassurance visit", "focused visit"),
    (r"\bjoint (?:targeted area|area child protection)|\bjtai\b", _JOINT),
    (r"\bsend\b|\blocal area partnership|\bspecial educational needs", "area SEND inspection"),
    (r"\b(?:re-?)?inspections?\b|\breview of the effectiveness\b", "inspection"),
)
# Names of files are shorter: "cs" is children's services.
_KINDS_IN_NAMES: tuple[tuple[str, DocumentKind], ...] = (*_KINDS, (r"\bcs\b", "inspection"))
_DOCUMENT_KINDS: Mapping[str, DocumentKind] = {"article": "news article", "website": "web page"}

_INSPECTED = re.compile(
    r"^(?:inspection|visit|review|re-?inspection|monitoring visit)\s+dates?\b\s*:?"
    r"|^dates? of (?:this )?(?:inspection|visit|review)\s*:?",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"^(?:(?:report |date |first )?published(?: on)?|(?:date of )?publication(?: date)?)\b\s*:?",
    re.IGNORECASE,
)
# A footnote's mark, as a converter to text leaves it: "Safeguarding Children Board1".
_GLUED_MARK = re.compile(r"(?<=[a-z]{2})\d{1,2}\b")
# A letter names the days of its visit in its first sentences; later ones are of other visits.
_LETTER_OPENING = 700
_LINES_AFTER_TITLE = 3
_LINES_WITH_A_DATE = 8
_UNLISTED = re.compile(
    r"\b(?:in|of|to|within) (?P<name>(?:[A-Z][\w’'-]*|of|and|upon|the)(?: (?:[A-Z][\w’'-]*|of|and"
    r"|upon|the))*?)(?: local authority)?(?: children[’']s services| local area partnership|$)",
)
# The first that is named: Ofsted publishes what it inspects together with the others.
_PUBLISHERS = (
    "Ofsted",
    "Care Quality Commission",
    "HM Inspectorate of Probation",
    "Estyn",
    "Care Inspectorate",
)


def read_metadata(pages: Sequence[Page], path: Path, properties: Mapping[str, str]) -> Metadata:
    """What the cover says; a value that nothing tells stays unset.

    Args:
        pages: with the running heads and feet still in them.
        path: its file's name and its folder's serve where the cover does not.
        properties: a web page's "title", "publisher", "published" and "type". Those of PDFs are
            not asked: most are left from the template ("LA NAME - standard-short report").
    """
    cover = read_cover(pages)
    title = (
        _GLUED_MARK.sub("", joined(cover.title)).rstrip(".")
        or properties.get("title")
        or _first_heading(cover)
    )
    kind = _kind(joined(cover.title), path, properties)
    judgements = _judgements(cover, pages)
    if kind == "other" and judgements:
        kind = "inspection"  # a report whose cover was lost still has its table of judgements
    inspected = _inspected(cover)
    return Metadata(
        title=title,
        publisher=_publisher(pages, cover, kind) or properties.get("publisher"),
        authority=_authority(cover, path),
        kind=kind,
        inspection_start=inspected.start if inspected else None,
        inspection_end=inspected.end if inspected else None,
        published=_published(cover) or _iso_date(properties.get("published")),
        file_date=date_in_name(path.stem),
        judgements=judgements,
    )


def _first_heading(cover: Cover) -> str | None:
    return next((line.text.strip() for line in cover.lines if line.bold), None)


def _kind(title: str, path: Path, properties: Mapping[str, str]) -> DocumentKind:
    said = _kind_in(title, _KINDS)
    told = _DOCUMENT_KINDS.get(properties.get("type", ""))
    # Not the folder's name: all that lies in "inspections" need not be one.
    names = re.sub(r"[-_.]+", " ", path.stem)
    return said or told or _kind_in(names, _KINDS_IN_NAMES) or "other"


def _kind_in(text: str, kinds: Sequence[tuple[str, DocumentKind]]) -> DocumentKind | None:
    return next((kind for pattern, kind in kinds if re.search(pattern, text, re.I)), None)


def _authority(cover: Cover, path: Path) -> str | None:
    title = joined(cover.title)
    # The people that a letter is sent to have other places in their offices' names.
    above = [] if cover.is_letter else cover.lines[: cover.title_start]
    below = cover.after_title[:_LINES_AFTER_TITLE]
    opening = joined(cover.after_title)[:_LETTER_OPENING] if cover.is_letter else ""
    return (
        find_authority(title)
        or find_authority(joined(above))
        or _unlisted(title, [*above, *below])
        or find_authority(joined(below))
        or find_authority(opening)
        or find_in_file_name(path.stem)
        or find_in_file_name(path.parent.name)
    )


def _unlisted(title: str, beside: Sequence[Line]) -> str | None:
    """The name of an authority that the list lacks: a district, or one beyond England."""
    if match := _UNLISTED.search(title):
        return bare_name(match["name"])
    council = next((line.text for line in beside if names_a_council(line.text)), None)
    return find_authority(council) or bare_name(council) if council else None


def _inspected(cover: Cover) -> Span | None:
    if labelled := _labelled(cover.lines, _INSPECTED):
        return labelled
    if not cover.title:
        return None
    spans = find_spans(joined(cover.after_title)[:_LETTER_OPENING])
    return spans[0] if spans else None


def _published(cover: Cover) -> date | None:
    if labelled := _labelled(cover.lines, _PUBLISHED):
        return labelled.start
    head = cover.head[:_LINES_WITH_A_DATE] if not cover.is_letter else cover.head
    return next((day for line in head if (day := lone_date(line.text))), None)


def _labelled(lines: Sequence[Line], label: re.Pattern[str]) -> Span | None:
    """The days after the label, on its line and, where they go on there, the next."""
    for n, line in enumerate(lines):
        match = label.match(line.text.strip())
        if match is None:
            continue
        rest = line.text.strip()[match.end() :]
        both = find_spans(joined([Line(rest), *lines[n + 1 : n + 2]]))
        alone = find_spans(rest)
        # Days on the next line count where they are one span with those on this line.
        best = both if len(both) == 1 and len(alone) <= 1 and _only_dates(lines, n + 1) else alone
        if best:
            return best[0]
    return None


def _only_dates(lines: Sequence[Line], at: int) -> bool:
    """Whether the line holds nothing but days, months, years and what joins them."""
    text = lines[at].text if at < len(lines) else ""
    words = re.findall(r"[^\W\d_]+", text.lower())
    joins = {"to", "and", "until"}
    return (
        bool(words)
        and any(c.isdigit() for c in text)
        and all(word in joins or find_spans(f"1 {word} 2000") for word in words)
    )


def _iso_date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _publisher(pages: Sequence[Page], cover: Cover, kind: DocumentKind) -> str | None:
    """The inspectorate that the first pages or the last name; none for what is no report."""
    if kind in ("other", "web page", "news article"):
        return None
    words = joined([*cover.lines, *(line for page in _outer(pages) for line in page.lines)])
    return next((name for name in _PUBLISHERS if name.lower() in words.lower()), None)


def _outer(pages: Sequence[Page]) -> Sequence[Page]:
    """The first two pages and the last: a publisher names itself on one of them."""
    return (*pages[:2], *pages[-1:])


def _judgements(cover: Cover, pages: Sequence[Page]) -> Mapping[str, str]:
    lines = [line for page in pages for line in page.lines]
    return find_judgements([line.text for line in cover.lines], lines)
