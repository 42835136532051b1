"""Folders and files become a list of documents to read, with what sources.toml says of each."""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from pathlib import Path
from typing import get_args

from ingest.errors import PilcrowError
from ingest.model import Document, DocumentKind
from ingest.readers import CONVERTIBLE, SUFFIXES

SOURCES_FILE = "sources.toml"
# Files that lie beside documents without being any: of the system, or of an editor at work.
_HIDDEN_PREFIXES = (".", "~$")


class SourcesError(PilcrowError):
    """A sources.toml that cannot be read, or a path that does not exist."""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """What sources.toml says of one document; an unset field leaves it to the document."""

    title: str | None = None
    publisher: str | None = None
    authority: str | None = None
    kind: DocumentKind | None = None
    inspection_start: date | None = None
    inspection_end: date | None = None
    published: date | None = None
    judgements: Mapping[str, str] = field(default_factory=dict)
    origin: str | None = None
    rights: str | None = None
    repeats: str | None = None
    retells: str | None = None
    handed_over_as: str | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read."""

    path: Path
    entry: SourceEntry | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """What lies under the paths that were given."""

    files: tuple[SourceFile, ...]
    skipped: tuple[Path, ...] = ()  # of other kinds, hidden ones, links to folders


def find_files(paths: Sequence[Path]) -> Found:
    """The documents under the paths: those of a folder by name, the paths in their own order.

    A file that is named itself is taken whatever its kind, so that its reader can say why not;
    files that another program can convert, and folders that cannot be opened, are taken
    everywhere, for the same reason.

    Raises:
        SourcesError: a path does not exist or cannot be reached, or a sources.toml is wrong.
    """
    files: dict[Path, SourceFile] = {}
    skipped: dict[Path, None] = {}
    entries: dict[Path, Mapping[str, SourceEntry]] = {}
    for path, wanted in _walk(paths):
        if not wanted:
            skipped[path] = None
            continue
        folder = path.parent
        if folder not in entries:
            entries[folder] = _read_entries(folder / SOURCES_FILE)
        files.setdefault(real_place(path), SourceFile(path, entries[folder].get(path.name)))
    return Found(tuple(files.values()), tuple(skipped))


def real_place(path: Path) -> Path:
    """Where a file lies when links are followed, as far as they lead anywhere."""
    return Path(os.path.realpath(path))  # Path.resolve() raises where they lead in a circle


def printable(name: str | Path) -> str:
    """The name with a question mark for each byte that is no UTF-8: what can be shown and kept."""
    return str(name).encode(errors="replace").decode()


def sources_entry(document: Document) -> str:
    """The text of a sources.toml that says again what is known of a document."""
    lines = [f"[{_quoted(document.doc)}]"]
    for entry_field in fields(SourceEntry):
        value = getattr(document, entry_field.name)
        if isinstance(value, str):
            lines.append(f"{entry_field.name} = {_quoted(value)}")
        elif isinstance(value, date):
            lines.append(f"{entry_field.name} = {value.isoformat()}")
        elif value:
            pairs = (f"{_quoted(label)} = {_quoted(grade)}" for label, grade in value.items())
            lines.append(f"{entry_field.name} = {{ {', '.join(pairs)} }}")
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A text as TOML writes it; its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _walk(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Every file with whether it is to be read, and skipped folders."""
    for path in paths:
        try:
            is_folder, exists = path.is_dir(), path.exists()
        except OSError as error:
            raise SourcesError(
                f"{path} cannot be reached ({error.strerror}); check the spelling, and that you "
                "may open the folder it lies in."
            ) from error
        if is_folder:
            yield from _walk_folder(path)
        elif exists:
            yield path, path.name != SOURCES_FILE
        else:
            raise SourcesError(f"{path} does not exist; check the spelling and the folder.")


def _walk_folder(folder: Path) -> Iterator[tuple[Path, bool]]:
    """What lies in a folder and below; what cannot be looked at is to be read, to say why not."""
    waiting = [folder]  # the next one last
    while waiting:
        path = waiting.pop()
        try:
            if path is folder or _is_walked(path):
                waiting += sorted(path.iterdir(), key=_by_name, reverse=True)
            else:
                yield path, _is_wanted(path)
        except OSError:
            yield path, True


def _by_name(path: Path) -> tuple[str, str]:
    return path.name.casefold(), path.name


def _is_walked(path: Path) -> bool:
    """Whether it is a folder; a link to one may lead back to where it lies."""
    hidden = path.name.startswith(_HIDDEN_PREFIXES)
    return not hidden and path.is_dir() and not path.is_symlink()


def _is_wanted(path: Path) -> bool:
    hidden = path.name.startswith(_HIDDEN_PREFIXES)
    return not hidden and path.suffix.lower() in SUFFIXES | CONVERTIBLE and not path.is_dir()


def _read_entries(path: Path) -> Mapping[str, SourceEntry]:
    if not os.path.isfile(path):  # noqa: PTH113  # False too where the folder cannot be entered
        return {}
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SourcesError(
            f"{path} cannot be read ({error}); correct it or take it away."
        ) from error
    return {name: _entry(path, name, table) for name, table in tables.items()}


def _entry(path: Path, name: str, table: object) -> SourceEntry:
    if not isinstance(table, dict):
        raise SourcesError(f'{path}: "{name}" must be a table: write ["{name}"] above its values.')
    allowed = [entry_field.name for entry_field in fields(SourceEntry)]
    for key, value in table.items():
        if key not in allowed:
            raise SourcesError(f"{path}: {name} has {key!r}; known are {', '.join(allowed)}.")
        if wanted := _wrong(key, value):
            raise SourcesError(f"{path}: {key} of {name} is {value!r}; give {wanted}.")
    return SourceEntry(**table)


def _wrong(key: str, value: object) -> str | None:
    """What the value should have been; None where it is right."""
    if key in ("inspection_start", "inspection_end", "published"):
        right = isinstance(value, date) and not isinstance(value, datetime)
        return None if right else "a date without quotation marks: 2016-02-16"
    if key == "judgements":
        right = isinstance(value, dict) and all(isinstance(grade, str) for grade in value.values())
        return None if right else 'a table: { "overall effectiveness" = "good" }'
    if key == "kind":
        kinds = get_args(DocumentKind)
        return None if value in kinds else f"one of {', '.join(kinds)}"
    return None if isinstance(value, str) and value.strip() else "text in quotation marks"
