"""A draft as its page shows it: each paragraph with what was found on its sentences beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from answer.check import Checked
from answer.check_commands import NOTES
from answer.draft import Part
from answer.model import Finding
from index.errors import LibraryError
from index.library import Library
from ui.paragraph_data import cited_data


def draft_data(
    library: Library, parts: Sequence[Part], checked: Checked, only: bool
) -> dict[str, Any]:
    """The draft with its findings, numbered in its order; `only`: no paragraph without one."""
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    notes: defaultdict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    number = 0
    for one in checked.findings:
        part = one.place.part if one.place else 0
        if one.kind in NOTES:
            notes[part][one.message].append(one.cited)
        else:
            number += 1
            found[part].append(_finding(library, one, number))
    rows = [
        {
            "kind": part.kind,
            "text": part.text,
            "findings": found[at],
            "notes": [
                {"message": message, "cited": list(dict.fromkeys(cited))}
                for message, cited in notes[at].items()
            ],
        }
        for at, part in enumerate(parts)
    ]
    shown = [row for row in rows if row["findings"] or row["notes"]] if only else rows
    return {"label": "The draft and what was found", "rows": shown, "count": number}


def _finding(library: Library, finding: Finding, number: int) -> dict[str, Any]:
    place = finding.place
    return {
        "number": number,
        "span": [place.start, place.end] if place else None,
        "kind": finding.kind.replace("_", " ").capitalize(),
        "cited": finding.cited,
        "message": finding.message,
        "instead": finding.suggestion,
        "paragraph": _paragraph(library, finding.paragraph_id),
    }


def _paragraph(library: Library, paragraph_id: str | None) -> dict[str, Any] | None:
    """What the citation leads to; nothing where it leads nowhere."""
    if paragraph_id is None:
        return None
    try:
        return cited_data(library, library.paragraph(paragraph_id))
    except LibraryError:
        return None
