"""Citations in a question: the document and the paragraph that they name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import unquote

from index.cited_numbers import (
    COUNTED,
    DASH,
    IN_WORDS,
    JOINED,
    NUMBER_SIGN,
    PAGE,
    PARAGRAPH,
    through,
    value,
)
from index.lexical import words
from ingest.model import Document

_LONGEST_RANGE = 50  # paragraphs: "paras 87-89"; a longer one is two numbers
_NUMBER = r"\d{1,3}(?:\.\d{1,2})*[a-z]?\b(?!\s?%)"
_TO = rf"\s*(?:{DASH}|\bto\b)\s*"
_FURTHER = rf"{_NUMBER}(?:{_TO}{_NUMBER})?{COUNTED}"
_NUMBERS = rf"{_NUMBER}(?:{_TO}{_FURTHER})?(?:\s*{JOINED}{_FURTHER})*"
_CITED = re.compile(
    rf"(?:\b(?:{PARAGRAPH}|recommendations?|recs?(?![a-z])\.?){NUMBER_SIGN}\s*|[¶§]+\s*"
    rf"|(?<![\w#])#)({_NUMBERS})|\[({_NUMBERS})\](?!\()"
    rf"|\b{PARAGRAPH}\s+({IN_WORDS}){COUNTED}",
    re.IGNORECASE,
)
# Only where an authority or a document is named: "at 87 of Hackney 2016", "Wandsworth 2016: 87".
_A_REPORT = (
    r"\s+of\s+(?:(?!(?:in|from|at|since|by|for)\b)[\w'’]+\s+){0,4}?"
    r"(?:(?:19|20)\d\d|report|letter)\b"
)
_YEAR = r"\b(?:19|20)\d\d"
_CITED_OF_NAMED = re.compile(
    rf"\bat\s+\[?({_NUMBERS})\]?(?={_A_REPORT})"
    rf"|{_YEAR}\)?,?\s+at\s+\[?({_NUMBERS})\]?(?=\s*(?:[?.,;)]|$)|\s+sa(?:y|id))"
    rf"|{_YEAR}\s*:\s*({_NUMBERS})|{_YEAR}[,\s]+\(?({_NUMBERS})\)?\s*[.?]?\s*$",
    re.IGNORECASE,
)
_ON_PAGE = r"\d{1,3}\b(?!\s?%)"
_PAGES = re.compile(
    rf"(?<![\w#=&/]){PAGE}\s*({_ON_PAGE}(?:{_TO}{_ON_PAGE})?"
    rf"(?:\s*{JOINED}(?:{PAGE}\s*)?{_ON_PAGE}(?:{_TO}{_ON_PAGE})?{COUNTED})*)",
    re.IGNORECASE,
)
_RANGE = re.compile(rf"(\d+)(?:{_TO})(\d+)", re.IGNORECASE)
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
_MONTHS = "january february march april may june july august september october november december"
_DAY_OR_MONTH = rf"(?:\d{{1,2}} )?(?:{'|'.join(_MONTHS.split())}) (?:19|20)\d\d"
_NOUNS = ("report", "inspection", "letter")
_AFTER = ".,;:!?"  # may follow a name in a sentence


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """What a question cites."""

    documents: tuple[str, ...] = ()  # document_ids
    numbers: tuple[str, ...] = ()  # as printed, in the order cited
    place: str | None = None  # a label, a page, or what stands after "p=" or "#"
    spans: tuple[tuple[int, int], ...] = ()  # of the question


@dataclass(frozen=True, slots=True)
class Names:
    """What documents are called by citations, addresses and people."""

    files: Mapping[str, str] = field(default_factory=dict)  # document_id or file name: document_id
    cited: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # words: document_ids
    dated: frozenset[str] = frozenset()  # of those "surrey june 2015", not "surrey 2015"


def names_of(documents: Iterable[tuple[Document, Iterable[str]]]) -> Names:
    """The names of documents, each given with how citations call it."""
    files: dict[str, str] = {}
    called: defaultdict[str, list[str]] = defaultdict(list)
    dated: set[str] = set()
    for document, names in documents:
        files |= {document.doc.lower(): document.document_id}
        files |= {document.document_id: document.document_id}
        for name in names:
            forms = tuple(_dated_forms(name, document.authority))
            dated.update(forms)
            for form in {plain(name), *forms}:
                called[form].append(document.document_id)
    cited = {name: tuple(ids) for name, ids in called.items() if name}
    return Names(files, cited, frozenset(dated))


def _dated_forms(name: str, authority: str | None) -> Iterator[str]:
    """How one may write "Surrey June 2015", the name of one of two reports of that year."""
    of = plain(authority or "")
    match = re.match(rf"{re.escape(of)} ({_DAY_OR_MONTH})(.*)", plain(name)) if of else None
    if match is None:
        return
    day, kind = match.groups()
    yield f"{of} {day}{kind}"
    yield f"{of}'s {day}{kind}"
    yield f"{day} {of}{kind}"
    yield from (f"{day} {noun} {link} {of}{kind}" for noun in _NOUNS for link in ("of", "on"))


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
    called = _called(question, names.cited)
    documents = _unique(one for name, _ in called for one in names.cited[name])
    asked = blanked(question, [span for _, span in called])  # a title may speak of paragraphs too
    place = _PLACE.search(asked)
    cited = [] if place else list(_CITED.finditer(asked))
    if not place and not cited and (named or documents):
        cited = list(_CITED_OF_NAMED.finditer(question))
    paged = list(_PAGES.finditer(asked)) if (named or documents) and not place else []
    spans = [place.span()] if place else [*map(_number_span, cited), *(m.span() for m in paged)]
    dated = [(name, span) for name, span in called if name in names.dated]
    if not spans:  # "homes in Surrey June 2015" means that document though it cites no place
        documents = _unique(one for name, _ in dated for one in names.cited[name])
    return Pinpoint(
        documents=documents,
        numbers=_unique(number for match in cited for number in _numbers(_said(match))),
        place=place[0] if place else _as_place(paged) if not cited else None,
        spans=tuple(sorted(span for span in (*spans, *(span for _, span in dated)) if span[1])),
    )


def pages_of(place: str) -> tuple[int, ...]:
    """The pages that a place names: "pp. 12-13"; none where it is a key ("p12") or a label."""
    said = re.fullmatch(r"pp?\. (\d.*)", place)
    return tuple(map(int, _numbers(said[1]))) if said else ()


def _as_place(paged: Sequence[re.Match[str]]) -> str | None:
    said = ", ".join(match[1] for match in paged)
    return f"{'p.' if said.isdigit() else 'pp.'} {said}" if said else None


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
    if not said[0].isdigit():
        yield value(said)
        return
    at = 0
    for match in _RANGE.finditer(said):
        yield from re.findall(_NUMBER, said[at : match.start()].lower())
        yield from through(match[1], match[2], _LONGEST_RANGE) or match.groups()
        at = match.end()
    yield from re.findall(_NUMBER, said[at:].lower())


def _called(
    question: str, names: Mapping[str, tuple[str, ...]]
) -> list[tuple[str, tuple[int, int]]]:
    """Return the documents' names that stand in the question, and where; longest names first."""
    text = f" {plain(question)} "
    found = []
    for name in sorted((name for name in names if f" {name} " in text), key=len, reverse=True):
        if f" {name} " in text:  # not within a longer one
            text = text.replace(f" {name} ", " ; ")
            said = r"\W+".join(re.escape(word) for word in name.split())
            match = re.search(rf"\b{re.sub(_PARA, 'para(?:graph)?', said)}\b", question, re.I)
            found.append((name, match.span() if match else (0, 0)))
    return found


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def plain(text: str) -> str:
    """A citation's words as they are compared; "paragraph 87" and "para 87" are one."""
    return " ".join("para" if word == "paragraph" else word for word in words(text))
