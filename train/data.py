"""Training questions: read, written, and matched to paragraphs by their words."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.model import Question
from eval.questions import letters_of, resolve
from ingest.model import Document, Paragraph
from train.errors import TrainingError

ANCHOR_WORDS = 8  # enough to find a paragraph again, too few to stand for its text
GRAM = 4  # consecutive words; shorter runs occur in every report
SAME = 0.6  # share of a text's runs of words that its paragraph must hold
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Source:
    """Questions with the text that somebody read to write them, roughly cut."""

    id: str
    doc: str
    text: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """Questions and the paragraph that answers them, said so that any library finds it."""

    id: str
    doc: str
    number: str | None  # as printed
    anchor: str  # its first words
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """What became of the sources."""

    items: tuple[Item, ...]
    unmatched: tuple[str, ...]  # ids of texts that are no paragraph's
    left_out: tuple[str, ...]  # ids of texts whose paragraph or authority must not be trained on


def read_sources(path: Path) -> list[Source]:
    """The lines of a file with `id`, `doc`, `text` and `questions`. Raises TrainingError."""
    return [
        Source(record["id"], record["doc"], record["text"], tuple(record["questions"]))
        for record in _records(path, ("id", "doc", "text", "questions"))
    ]


def read_items(path: Path) -> list[Item]:
    """The items that write_items wrote. Raises TrainingError."""
    return [
        Item(
            record["id"],
            record["doc"],
            record["number"],
            record["anchor"],
            tuple(record["questions"]),
        )
        for record in _records(path, ("id", "doc", "number", "anchor", "questions"))
    ]


def write_items(items: Iterable[Item], path: Path) -> None:
    """Write items to a file, one JSON object a line."""
    lines = [
        json.dumps(
            {
                "id": item.id,
                "doc": item.doc,
                "number": item.number,
                "anchor": item.anchor,
                "questions": item.questions,
            },
            ensure_ascii=False,
        )
        for item in items
    ]
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _records(path: Path, keys: Sequence[str]) -> Iterator[dict[str, Any]]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as exc:
        raise TrainingError(f"The training file {path} cannot be read: {exc.strerror}.") from exc
    for count, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
            missing = [key for key in keys if key not in record]
        except (ValueError, TypeError) as exc:
            raise TrainingError(f"{path}, line {count} is not a JSON object: {exc}.") from exc
        if missing:
            raise TrainingError(f"{path}, line {count} lacks {', '.join(missing)}.")
        yield record


def match(
    sources: Iterable[Source],
    documents: Sequence[Document],
    *,
    judged: Sequence[Question] = (),
    barred: Iterable[str] = (),
) -> Matching:
    """Find the paragraph of every source, none that `judged` names, none of a `barred` authority.

    Texts that turn out to be one paragraph become one item with all their questions.
    """
    forbidden = _judged_ids(documents, judged)
    barred = frozenset(barred)
    by_doc = {document.doc: document for document in documents}
    finders = {name: _Finder(document) for name, document in by_doc.items()}
    found: dict[str, list[Source]] = defaultdict(list)
    places: dict[str, tuple[Document, Paragraph]] = {}
    unmatched, left_out = [], []
    for source in sources:
        document = by_doc.get(source.doc)
        paragraph = finders[source.doc].find(source.text) if document else None
        if document is None or paragraph is None:
            unmatched.append(source.id)
            continue
        paragraph_id = document.paragraph_id(paragraph)
        if document.authority in barred or paragraph_id in forbidden:
            left_out.append(source.id)
            continue
        found[paragraph_id].append(source)
        places[paragraph_id] = (document, paragraph)
    items = tuple(_item(group, *places[key]) for key, group in found.items())
    return Matching(items, tuple(unmatched), tuple(left_out))


def _judged_ids(documents: Sequence[Document], judged: Sequence[Question]) -> set[str]:
    qrels = resolve(judged, documents).qrels
    return {paragraph_id for grades in qrels.values() for paragraph_id in grades}


def _item(sources: Sequence[Source], document: Document, paragraph: Paragraph) -> Item:
    questions = dict.fromkeys(question for source in sources for question in source.questions)
    anchor = " ".join(paragraph.text.split()[:ANCHOR_WORDS])
    return Item(sources[0].id, document.doc, paragraph.number, anchor, tuple(questions))


class _Finder:
    """A document's paragraphs by the runs of words that they hold."""

    def __init__(self, document: Document) -> None:
        self._holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._paragraphs = document.paragraphs
        self._sizes = []
        for place, paragraph in enumerate(document.paragraphs):
            grams = _grams(paragraph.text)
            self._sizes.append(len(grams))
            for gram in grams:
                self._holders[gram].append(place)

    def find(self, text: str) -> Paragraph | None:
        """The paragraph that holds most of the text's runs of words, if it holds enough.

        Of two that hold as many, a summary repeats the other: the one that says least besides.
        """
        grams = _grams(text)
        shared = Counter(place for gram in grams for place in self._holders.get(gram, ()))
        if not shared:
            return None
        place, count = min(
            shared.items(), key=lambda entry: (-entry[1], self._sizes[entry[0]], entry[0])
        )
        return self._paragraphs[place] if count >= SAME * len(grams) else None


def _grams(text: str) -> set[tuple[str, ...]]:
    words = _WORD.findall(text.casefold())
    return {tuple(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}


def locate(items: Sequence[Item], documents: Iterable[Document]) -> dict[str, str]:
    """Return {item id: paragraph_id} of the items that these documents hold."""
    places: Mapping[str, list[tuple[str, Paragraph, str]]] = {
        document.doc: [
            (document.paragraph_id(paragraph), paragraph, letters_of(paragraph.text))
            for paragraph in document.paragraphs
        ]
        for document in documents
    }
    located = {}
    for item in items:
        wanted = letters_of(item.anchor)
        holding = [
            paragraph_id
            for paragraph_id, paragraph, letters in places.get(item.doc, ())
            if paragraph.number == item.number and letters.startswith(wanted)
        ]
        if holding:
            located[item.id] = holding[0]
    return located
