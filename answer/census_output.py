"""A census as JSON, as text, as a table of comma-separated values and as a paper."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from io import StringIO
from typing import Any

from answer.briefing import plain
from answer.census import LINE, Census, Said
from answer.paper import (
    Block,
    Heading,
    Paper,
    Points,
    Quotation,
    Table,
    Text,
    provenance,
    sources,
)
from index.records import slug

_COUNTED = (
    *("query", "line", "filters", "reports that say it", "reports asked"),
    *("library version", "library changed"),
)
_COLUMNS = (
    *("says it", "borderline", "score", "name", "doc", "document_id", "authority", "year", "kind"),
    *("paragraph", "citation", "sentence", "text", "paragraph_id", "decided by"),
)
_LONGEST = 60  # characters of a query in a file's name
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def census_object(found: Census) -> dict[str, Any]:
    """A census for JSON."""
    return {
        "query": found.query,
        "line": found.line,
        "filters": {key: value for key, value in asdict(found.filters).items() if value},
        "yes": len(found.yes),
        "borderline": len(found.borderline),
        "reports": len(found.reports),
        "retelling": found.retelling,
        "by_year": _shares(found.by_year()),
        "by_kind": _shares(found.by_kind()),
        "library": {
            "version": found.info.version,
            "updated": found.info.updated,
            "documents": found.info.documents,
        },
        **({"model_reading": _reading_object(found)} if found.reading else {}),
        "reports_asked": [_said_object(found, one) for one in found.reports],
    }


def _reading_object(found: Census) -> dict[str, Any]:
    return {
        "model": _model(found),
        "reports": len(found.reports),
        "decided": len(found.decided),
        "reason": found.reading.reason if found.reading else None,
    }


def _model(found: Census) -> str:
    return found.reading.model if found.reading else ""


def summary(found: Census) -> str:
    """How many say it, of how many, when."""
    return f"{headline(found)}, {_of_library(found)}"


def headline(found: Census) -> str:
    """How many say it, of how many."""
    return f"{len(found.yes)} of {len(found.reports)} reports say it"


def particulars(found: Census) -> str:
    """What has to be known of that number."""
    said = _of_library(found)
    return f"{said[:1].upper()}{said[1:]}"


def _of_library(found: Census) -> str:
    near = len(found.borderline)
    lie = "lie near the line, or on its other side," if found.decided else "lie near the line"
    near_line = f" {near} {lie} and should be read." if near else ""
    retelling = f" Not counted: {found.retelling} that retell a report." if found.retelling else ""
    return (
        f"in the library of {_day(found.info.updated)} (version {found.info.version})."
        f"{near_line}{retelling}{_decided_by(found)}"
    )


def _decided_by(found: Census) -> str:
    if found.exact:
        return ""
    estimate = " An estimate by words and likeness: read the paragraphs before you give the number."
    if found.reading is None:
        return estimate
    if not found.decided:
        why = f" {found.reading.reason}" if found.reading.reason else ""
        return f" The language model {_model(found)} decided on none.{why}{estimate}"
    said = (
        f" The language model {_model(found)} decided on {len(found.decided)} of these reports, "
        "the line on the others."
    )
    return f"{said} {found.reading.reason}" if found.reading.reason else said


def _day(updated: str) -> str:
    """22 November 2026; of a library that was never changed nothing to go by."""
    if not updated:
        return "no date"
    day = date.fromisoformat(updated[:10])
    return f"{day.day} {day:%B %Y}"


def census_lines(found: Census) -> Iterator[str]:
    """A census to be read."""
    yield f"{found.query}: {summary(found)}"
    for title, shares in (("By year", found.by_year()), ("By kind", found.by_kind())):
        words = ", ".join(f"{name} {part} of {whole}" for name, (part, whole) in shares.items())
        yield f"{title}: {words}"
    for title, reports in (("They say it", found.yes), ("They do not", found.no)):
        yield ""
        yield f"{title} ({len(reports)}):"
        for one in reports:
            mark = " borderline:" if found.is_borderline(one) else ""
            where = one.paragraph.citation if one.paragraph else one.card.name
            yield f"{one.score:.2f}{mark} {where}"
            if found.counts(one) or found.is_borderline(one):
                yield f"     {plain(one.sentence)}"


def census_csv(found: Census) -> str:
    """A census as comma-separated values, one report a line, the header first.

    What was counted, and of what, stands in every line: lines are sorted, cut and pasted.
    """
    out = StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*_COLUMNS, *_COUNTED))
    counted = [*map(_cell, _counted(found))]
    for one in found.reports:
        document, cited = one.card.document, one.paragraph
        writer.writerow(
            [
                "yes" if found.counts(one) else "no",
                "yes" if found.is_borderline(one) else "no",
                f"{one.score:.4f}",
                *map(_cell, (one.card.name, document.doc, document.document_id)),
                *map(_cell, (document.authority, document.year, document.kind)),
                *map(_cell, (cited and cited.paragraph.number, cited and cited.citation)),
                _cell(plain(one.sentence)),
                _cell(plain(cited.paragraph.text) if cited else ""),
                _cell(cited and cited.paragraph_id),
                _cell(_decides(found, one)),
                *counted,
            ]
        )
    return out.getvalue()


def _decides(found: Census, one: Said) -> str:
    if found.exact:
        return "the words"
    return _model(found) if one.says_it is not None else "the line"


def census_name(found: Census) -> str:
    """What a file of it is called: what was counted, where among, and the line."""
    chosen = [str(value) for value in asdict(found.filters).values() if value]
    line = "" if found.line == LINE else f"line {found.line:.2f}"
    query = slug(found.query)
    short = query if len(query) <= _LONGEST else query[:_LONGEST].rpartition("-")[0]
    return slug(" ".join(["how many", short, *chosen, line]))


def _counted(found: Census) -> tuple[object, ...]:
    """What was counted, and of what."""
    filters = "; ".join(f"{key}: {value}" for key, value in asdict(found.filters).items() if value)
    of = (len(found.yes), len(found.reports), found.info.version, found.info.updated[:10])
    return (found.query, f"{found.line:.2f}", filters, *of)


def census_paper(found: Census, today: date) -> Paper:
    """A census written out: the figures, the paragraph of each report that says it, the rest."""
    blocks: list[Block] = [Text(provenance(found.info, today)), Text(summary(found))]
    undecided = "What it did not decide on is counted" if found.decided else "Counted"
    blocks.append(Text(f"{undecided} from a score of {found.line:.2f} on."))
    for name, shares in (("Year", found.by_year()), ("Kind", found.by_kind())):
        rows = tuple((key, str(part), str(whole)) for key, (part, whole) in shares.items())
        blocks += [Heading(f"By {name.lower()}"), Table((name, "Say it", "Reports"), rows)]
    sure = [one for one in found.yes if not found.is_borderline(one)]
    blocks += [Heading(f"They say it ({len(found.yes)})"), *_quotations(sure)]
    if found.borderline:
        blocks += [
            Heading(f"Borderline: to be read ({len(found.borderline)})"),
            *_quotations(found.borderline),
        ]
    clear = [one for one in found.no if not found.is_borderline(one)]
    blocks += [
        Heading(f"They do not say it ({len(found.no)})"),
        Points(tuple(sorted(one.card.name for one in clear))),
        *sources([one.card for one in found.yes]),
    ]
    return Paper(found.query, tuple(blocks))


def _quotations(reports: tuple[Said, ...] | list[Said]) -> list[Block]:
    return [
        Quotation(plain(one.sentence), one.paragraph.citation) for one in reports if one.paragraph
    ]


def _shares(shares: dict[str, tuple[int, int]]) -> dict[str, dict[str, int]]:
    return {name: {"yes": part, "reports": whole} for name, (part, whole) in shares.items()}


def _said_object(found: Census, one: Said) -> dict[str, Any]:
    document, cited = one.card.document, one.paragraph
    return {
        "doc": document.doc,
        "document_id": document.document_id,
        "name": one.card.name,
        "authority": document.authority,
        "year": document.year,
        "kind": document.kind,
        "says_it": found.counts(one),
        "by_model": one.says_it is not None,
        "borderline": found.is_borderline(one),
        "score": one.score,
        "paragraph_id": cited.paragraph_id if cited else None,
        "number": cited.paragraph.number if cited else None,
        "citation": cited.citation if cited else None,
        "sentence": one.sentence or None,
        "text": cited.paragraph.text if cited else None,
    }


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
