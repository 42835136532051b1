"""What users corrected by hand: kept beside the library, laid over every reading of the file."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

from index.errors import LibraryError
from ingest.model import Document, DocumentKind, Paragraph, ParagraphKind

FILE = Path("quality") / "corrections.json"  # in the library's folder
BIN = Path("quality") / "removed"  # in the library's folder: files taken out, by SHA-256
FIELDS = (
    "title",
    "publisher",
    "authority",
    "kind",
    "published",
    "inspection_start",
    "inspection_end",
    "judgements",
)
_GRADES = (
    "outstanding",
    "good",
    "requires improvement to be good",
    "requires improvement",
    "satisfactory",
    "adequate",
    "inadequate",
)
_DATES = ("published", "inspection_start", "inspection_end")
_NUMBER = re.compile(r"[A-Z]{0,2}\d{1,4}(?:\.\d{1,3})*[a-z]?", re.IGNORECASE)
_LONGEST = 20_000  # characters of a text or a note


@dataclass(frozen=True, slots=True)
class Reading:
    """A paragraph's number and text, as read or as corrected."""

    number: str | None
    text: str


@dataclass(frozen=True, slots=True)
class ParagraphCorrection:
    """A paragraph put right by hand."""

    was: Reading
    now: Reading
    note: str
    day: str  # ISO date
    label: str  # as read
    kind: ParagraphKind

    @property
    def sentence(self) -> str:
        """What was done, as a card says it."""
        said = []
        if self.now.number != self.was.number:
            read = f"read as {self.was.number}" if self.was.number else "read without a number"
            said.append(f"number corrected by hand ({read})")
        if self.now.text != self.was.text:
            said.append("text corrected by hand")
        words = " and ".join(said) or "reported as wrong"
        note = f": {self.note}" if self.note else ""
        return f"{words[:1].upper()}{words[1:]}, {self.day}{note}"


@dataclass(frozen=True, slots=True)
class DocumentCorrections:
    """What was put right of one document."""

    fields: Mapping[str, tuple[str | None, str | None]] = field(default_factory=dict)  # was, now
    paragraphs: Mapping[str, ParagraphCorrection] = field(default_factory=dict)  # by key


Corrections = Mapping[str, DocumentCorrections]  # by the file's SHA-256


def read_corrections(folder: Path) -> dict[str, DocumentCorrections]:
    """The corrections beside a library; none where there is no file.

    Raises LibraryError where the file cannot be used: going on would lose what it holds.
    """
    path = folder / FILE
    try:
        if not path.is_file():
            return {}
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return {sha256: _read(entry) for sha256, entry in said.items()}
    except OSError as exc:
        raise LibraryError(f"The corrections in {path} cannot be read: {exc.strerror}.") from exc
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise LibraryError(
            f"The corrections in {path} cannot be read ({exc!r}); put the file right, or move it "
            "away to go on without them."
        ) from exc


def write_corrections(folder: Path, corrections: Corrections) -> None:
    """Keep them, whole or not at all."""
    path = folder / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {sha256: asdict(one) for sha256, one in corrections.items() if not _empty(one)}
    scratch = path.with_suffix(".part")
    scratch.write_text(json.dumps(kept, ensure_ascii=False, indent=1), encoding="utf-8")
    scratch.replace(path)


def in_bin(folder: Path, sha256: str) -> bool:
    """Whether users took the file with that digest out of the library."""
    return (folder / BIN / sha256).is_dir()


def corrected(document: Document, corrections: Corrections) -> Document:
    """The document with what was put right; a paragraph that reads otherwise now stays as read."""
    own = corrections.get(document.sha256)
    if own is None:
        return document
    values = {name: field_value(name, now) for name, (_, now) in own.fields.items()}
    paragraphs = tuple(
        corrected_paragraph(one, own.paragraphs[one.key])
        if one.key in own.paragraphs and own.paragraphs[one.key].was == reading(one)
        else one
        for one in document.paragraphs
    )
    return replace(document, **values, paragraphs=paragraphs)


def corrected_paragraph(paragraph: Paragraph, correction: ParagraphCorrection) -> Paragraph:
    """The paragraph as put right, with a sentence that says so."""
    number, text = correction.now.number, correction.now.text
    label = paragraph.label
    if number != paragraph.number:
        words = " ".join(text.split()[:6])
        label = f"para {number}" if number else f"the paragraph ‘{words} …’"
    return replace(
        paragraph,
        number=number,
        text=text,
        label=label,
        kind="numbered" if number else "prose" if paragraph.kind == "numbered" else paragraph.kind,
        correction=correction.sentence,
    )


def reading(paragraph: Paragraph) -> Reading:
    """What a correction of the paragraph is made to."""
    return Reading(paragraph.number, paragraph.text)


def wanted_reading(number: str, text: str) -> Reading:
    """What a user typed, as a reading. Raises LibraryError for what cannot be one."""
    number, text = number.strip().rstrip("."), " ".join(text.split())
    if number and not _NUMBER.fullmatch(number):
        raise LibraryError(
            f"“{number}” is no paragraph number; give it as printed, such as 87, A4 or 2.1, or "
            "leave it empty where none is printed."
        )
    if not text or len(text) > _LONGEST:
        raise LibraryError(f"The text is to have 1 to {_LONGEST:,} characters.")
    return Reading(number or None, text)


def field_value(name: str, said: str | None) -> Any:  # noqa: ANN401  # a date, a kind or a text
    """A field's value from what is typed or kept. Raises LibraryError for what cannot be one."""
    if name == "judgements":
        return _judgements(said or "")
    text = " ".join((said or "").split())
    if name == "kind":
        if text not in get_args(DocumentKind):
            raise LibraryError(f"“{text}” is no kind of document; choose one of the list.")
        return text
    if not text:
        return None
    if name in _DATES:
        try:
            return date.fromisoformat(text)
        except ValueError as exc:
            raise LibraryError(f"“{text}” is no date; write it as 2016-02-16.") from exc
    return text


def field_text(document: Document, name: str) -> str | None:
    """A field's value as it is kept."""
    value = getattr(document, name)
    if name == "judgements":
        return "\n".join(f"{label}: {grade}" for label, grade in value.items())
    return value.isoformat() if isinstance(value, date) else value


def _judgements(said: str) -> dict[str, str]:
    """Judgements as typed, one a line: "adoption performance: good"."""
    judged = {}
    for line in filter(None, map(str.strip, said.splitlines())):
        label, _, grade = (" ".join(part.lower().split()) for part in line.rpartition(":"))
        if not label or grade not in _GRADES:
            raise LibraryError(
                f"“{line}” is no judgement; write one a line, such as “adoption performance: "
                f"good”, with one of these grades: {', '.join(_GRADES)}."
            )
        judged[label] = grade
    return judged


def _read(entry: Mapping[str, Any]) -> DocumentCorrections:
    paragraphs = {
        key: ParagraphCorrection(
            was=Reading(**one["was"]),
            now=Reading(**one["now"]),
            note=str(one["note"]),
            day=str(one["day"]),
            label=str(one["label"]),
            kind=one["kind"],
        )
        for key, one in entry["paragraphs"].items()
    }
    fields = {name: (was, now) for name, (was, now) in entry["fields"].items() if name in FIELDS}
    return DocumentCorrections(fields, paragraphs)


def _empty(one: DocumentCorrections) -> bool:
    return not one.fields and not one.paragraphs
