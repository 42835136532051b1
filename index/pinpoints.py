"""Citations in a question: the document and the paragraph that they name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import unquote

from index.lexical import words
from ingest.model import Document

_LONGEST_RANGE = 50  # paragraphs: "paras 87-89"; a longer one is two numbers
_NUMBER = r"\d{1,3}(?:\.\d{1,2})*[a-z]?\b(?!\s?%)"
_COUNTED = (  # "para 87, 16 February", "paragraph 5 and 3 children"
    r"(?!\s+(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec|years?|months?|weeks?|days?"
    r"|children|young|people|care|social|cases|per)|-)"
)
_NUMBERS = rf"{_NUMBER}(?:\s*(?:[-–—,;&]|\bto\b|\band\b|,\s*and\b)\s*{_NUMBER}{_COUNTED})*"
_CITED = re.compile(
    r"(?:\b(?:paragraph|para|par|recommendation|rec)s?\.?\s*(?:nos?\.?\s*|numbers?\s*)?"
    rf"|[¶§]+\s*|(?<![\w#])#)({_NUMBERS})|\[({_NUMBERS})\](?!\()",
    re.IGNORECASE,
)
# Only where an authority or a document is named: "Hackney p87", "Wandsworth 2016: 87".
_CITED_OF_NAMED = re.compile(
    rf"\bp({_NUMBER})|\b(?:19|20)\d\d\s*:\s*({_NUMBERS})|\b(?:19|20)\d\d[,\s]+({_NUMBERS})\s*[.?]?\s*$",
    re.IGNORECASE,
)
_RANGE = re.compile(r"(\d+)\s*(?:[-–—]|to)\s*(\d+)", re.IGNORECASE)
_NTH = r"\d{1,3}(?:st|nd|rd|th)"
_PLACE = re.compile(
    rf"\b{_NTH} (?:bullet|recommendation|paragraph)\b(?:,? p\. ?\d+"
    rf"|\s+under\s+(?:the {_NTH} )?['‘](?:.{{1,400}}?['’],\s*p\. ?\d+"
    r"|.{1,400}?['’](?=\s*(?:[,?.;:)\]]|$)))|(?!\s+under))"
    rf"|\bpara(?:graph)? {_NUMBER} \({_NTH} of this number\)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[?&]doc=([^&\s()<>]+)(?:&(?:amp;)?p=([^&\s()<>\]]+))?")
_PARA = re.compile(r"\bpara\b")
_WORD = re.compile(r"[^\s()<>\[\]\"']+")
_AFTER = ".,;:!?"  # may follow a name in a sentence


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """What a question cites."""

    documents: tuple[str, ...] = ()  # document_ids
    numbers: tuple[str, ...] = ()  # as printed, in the order cited
    place: str | None = None  # a label, or what stands after "p=" or "#"
    spans: tuple[tuple[int, int], ...] = ()  # of the question


@dataclass(frozen=True, slots=True)
class Names:
    """What documents are called by citations, addresses and people."""

    files: Mapping[str, str] = field(default_factory=dict)  # document_id or file name: document_id
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # words: document_ids


def names_of(documents: Iterable[tuple[Document, Iterable[str]]]) -> Names:
    """The names of documents, each given with how citations call it."""
    files: dict[str, str] = {}
    called: defaultdict[str, list[str]] = defaultdict(list)
    for document, names in documents:
        files |= {document.doc.lower(): document.document_id}
        files |= {document.document_id: document.document_id}
        for name in names:
            called[plain(name)].append(document.document_id)
    return Names(files, {name: tuple(ids) for name, ids in called.items() if name})


def read_address(question: str, names: Names) -> Pinpoint:
    """What an address, a paragraph_id or a file's name in the question points to."""
    for read in (_addresses, _paragraph_ids, _file_names):
        found = list(read(question, names.files))
        if found:
            documents = tuple(dict.fromkeys(document for document, _, _ in found))
            place = next((key for _, key, _ in found if key), None)
            return Pinpoint(documents, (), place, tuple(span for _, _, span in found))
    return Pinpoint()


_Found: TypeAlias = Iterator[tuple[str, str | None, tuple[int, int]]]  # document, key, span


def _addresses(question: str, files: Mapping[str, str]) -> _Found:
    for match in _ADDRESS.finditer(question):
        document = files.get(unquote(match[1]).rstrip(_AFTER))
        if document is not None:
            start = match.start()
            while start and not (question[start - 1].isspace() or question[start - 1] in "()<>"):
                start -= 1
            key = unquote(match[2]).rstrip(_AFTER) if match[2] else None
            yield document, key, (start, match.end())


def _paragraph_ids(question: str, files: Mapping[str, str]) -> _Found:
    for match in _WORD.finditer(question):
        name, found, key = match[0].replace("%23", "#").partition("#")
        if found and name in files:
            yield files[name], key.rstrip(_AFTER) or None, match.span()


def _file_names(question: str, files: Mapping[str, str]) -> _Found:
    """A file's name, or a document_id that is no word of the language: "hackney-2016-09-21"."""
    for match in _WORD.finditer(question):
        name = match[0].rstrip(_AFTER).lower()
        if name in files and re.search(r"[.-]", name) and re.search(r"\d|\.", name):
            yield files[name], None, match.span()


def read_citation(question: str, names: Names, *, named: bool) -> Pinpoint:
    """The numbers, the label and the document that a question cites in words.

    Args:
        question: with its years set apart from other letters.
        names: of the library's documents.
        named: whether it names an authority: "p87" and "2016: 87" cite nothing by themselves.
    """
    documents, spans = _called(question, names.cited)
    asked = blanked(question, spans)  # a title may speak of paragraphs too
    place = _PLACE.search(asked)
    cited = [] if place else list(_CITED.finditer(asked))
    if not place and not cited and (named or documents):
        cited = list(_CITED_OF_NAMED.finditer(question))
    if not place and not cited:
        return Pinpoint()
    return Pinpoint(
        documents=documents,
        numbers=_unique(number for match in cited for number in _numbers(_said(match))),
        place=place[0] if place else None,
        spans=tuple([place.span()] if place else map(_number_span, cited)),
    )


def blanked(question: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the question with blanks in place of some of it, so that nothing moves."""
    for start, end in spans:
        question = question[:start] + " " * (end - start) + question[end:]
    return question


def _number_span(match: re.Match[str]) -> tuple[int, int]:
    """Where a citation stands; a year before it is read as a year."""
    year = re.match(r"(?:19|20)\d\d", match[0])
    return (match.start() + year.end() if year else match.start(), match.end())


def _said(match: re.Match[str]) -> str:
    return next(group for group in match.groups() if group)


def _numbers(said: str) -> Iterator[str]:
    """Yield "87", "88", "89" and "102" of "87-89 and 102"."""
    at = 0
    for match in _RANGE.finditer(said):
        yield from re.findall(_NUMBER, said[at : match.start()].lower())
        first, last = int(match[1]), int(match[2])
        short = first < last <= first + _LONGEST_RANGE
        yield from map(str, range(first, last + 1) if short else (first, last))
        at = match.end()
    yield from re.findall(_NUMBER, said[at:].lower())


def _called(
    question: str, names: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    """Return the documents whose names stand in the question, and where; longest names first."""
    text = f" {plain(question)} "
    documents: list[str] = []
    spans = []
    for name in sorted((name for name in names if f" {name} " in text), key=len, reverse=True):
        if f" {name} " in text:  # not within a longer one
            text = text.replace(f" {name} ", " ; ")
            documents += names[name]
            said = r"\W+".join(re.escape(word) for word in name.split())
            match = re.search(rf"\b{re.sub(_PARA, 'para(?:graph)?', said)}\b", question, re.I)
            spans += [match.span()] if match else []
    return _unique(documents), spans


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def plain(text: str) -> str:
    """A citation's words as they are compared; "paragraph 87" and "para 87" are one."""
    return " ".join("para" if word == "paragraph" else word for word in words(text))
