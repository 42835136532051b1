"""Question files: read, written, and their anchors found in a library."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import EvalError
from eval.model import Judgement, Question, Resolved
from ingest.model import Document, Paragraph

KINDS = ("scoped", "theme", "change", "none")
ANCHOR_WORDS = 16


def read_questions(path: Path) -> list[Question]:
    """Return the questions of a file in the format of docs/questions.md.

    Raises:
        EvalError: if the file or one of its lines cannot be used.
    """
    try:
        content = path.read_bytes()
    except OSError as exc:
        raise EvalError(f"The question file {path} cannot be read: {exc.strerror}.") from exc
    return parse_questions(content, str(path))


def questions_to_ask(path: Path) -> list[Question]:
    """Return the questions of a file, of which there are some.

    Raises:
        EvalError: if there are none, or the file or one of its lines cannot be used.
    """
    questions = read_questions(path)
    if not questions:
        raise EvalError(f"{path} holds no question; each line is to hold one.")
    return questions


def parse_questions(content: bytes, name: str) -> list[Question]:
    """Return the questions of a file's content; `name` is what errors call the file.

    Raises:
        EvalError: if the file or one of its lines cannot be used.
    """
    try:
        text = content.decode("utf-8-sig")  # editors on Windows put a mark before the first line
    except UnicodeDecodeError as exc:
        raise EvalError(f"{name} is not UTF-8 text; save it as UTF-8 and try again.") from exc
    lines = (line.strip() for line in text.split("\n"))  # JSON may hold the other line ends
    questions = [_question(line, f"{name}, line {i}") for i, line in enumerate(lines, 1) if line]
    counts = Counter(question.id for question in questions)
    repeated = sorted(question_id for question_id, count in counts.items() if count > 1)
    if repeated:
        raise EvalError(f"{name} gives these ids twice: {', '.join(repeated)}.")
    return questions


def _question(line: str, where: str) -> Question:
    try:
        record = json.loads(line)
        judgements = tuple(_judgement(entry) for entry in record["relevant"])
        ticked = record.get("filter") or {}
        return Question(
            id=_id(record["id"]),
            text=str(record["question"]),
            kind=str(record.get("kind") or ("theme" if judgements else "none")),
            judgements=judgements,
            authority=ticked.get("authority"),
            year=ticked.get("year"),
            notes=record.get("notes"),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise EvalError(
            f"{where} is not a question: {exc!r}. Each line is one JSON object with at least "
            "id, question and relevant."
        ) from exc


def _id(value: object) -> str:
    """Return a question's id, which must be one word: blanks part the columns of TREC files."""
    text = str(value)
    if len(text.split()) != 1 or text != text.strip():
        raise ValueError(f"its id {text!r} is not one word")
    return text


def _judgement(entry: Mapping[str, Any]) -> Judgement:
    number, page = entry.get("number"), entry.get("page")
    return Judgement(
        doc=str(entry["doc"]),
        anchor=str(entry["anchor"]),
        grade=int(entry["grade"]),
        number=None if number is None else str(number),
        page=None if page is None else int(page),
    )


def write_questions(questions: Iterable[Question], path: Path) -> None:
    """Write questions to a file that read_questions reads back as they were."""
    path.write_text(format_questions(questions), encoding="utf-8", newline="\n")


def format_questions(questions: Iterable[Question]) -> str:
    """Return questions as the text of a question file."""
    lines = [json.dumps(_record(question), ensure_ascii=False) for question in questions]
    return "".join(f"{line}\n" for line in lines)


def _record(question: Question) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": question.id,
        "question": question.text,
        "kind": question.kind,
        "filter": {"authority": question.authority, "year": question.year},
        "relevant": [
            {"doc": j.doc, "number": j.number, "anchor": j.anchor, "page": j.page, "grade": j.grade}
            for j in question.judgements
        ],
    }
    return record | ({"notes": question.notes} if question.notes else {})


def anchor_of(text: str) -> str:
    """Return words by which a paragraph can be found again: its first sixteen."""
    return " ".join(text.split()[:ANCHOR_WORDS])


@dataclass(frozen=True, slots=True)
class _Place:
    """A paragraph as anchors are compared with it."""

    paragraph_id: str
    paragraph: Paragraph
    letters: str


def letters_of(text: str) -> str:
    """Return letters and digits alone, so that line ends, hyphens and quotes cannot differ."""
    return "".join(char for char in text.casefold() if char.isalnum())


def resolve(questions: Sequence[Question], documents: Iterable[Document]) -> Resolved:
    """Return the judgements as paragraph ids.

    A judgement is a paragraph of the document it names (`doc` or `handed_over_as`) that holds
    the anchor's words and carries the number, where one is given. One that cannot be found
    keeps its place in the qrels under an id that no list can hold, and so counts as a miss.
    """
    places = _places(documents)
    qrels: dict[str, dict[str, int]] = {}
    unresolved: list[tuple[str, Judgement]] = []
    for question in questions:
        grades: dict[str, int] = {}
        for judgement in question.judgements:
            wanted = letters_of(judgement.anchor)
            paragraph_id = _find(judgement, wanted, places.get(judgement.doc, []), grades)
            if paragraph_id is None:
                unresolved.append((question.id, judgement))
                paragraph_id = _unresolved_id(judgement)
            grades[paragraph_id] = max(judgement.grade, grades.get(paragraph_id, 0))
        qrels[question.id] = grades
    return Resolved(qrels, tuple(unresolved))


def _unresolved_id(judgement: Judgement) -> str:
    return f"unresolved:{letters_of(judgement.doc)}:{letters_of(judgement.anchor)}"


def unresolved_judgement(question: Question, paragraph_id: str) -> Judgement | None:
    """Return the judgement that resolve() gave this id because no paragraph fits it."""
    ids = {_unresolved_id(judgement): judgement for judgement in question.judgements}
    return ids.get(paragraph_id)


def _places(documents: Iterable[Document]) -> dict[str, list[_Place]]:
    places: dict[str, list[_Place]] = defaultdict(list)
    for document in documents:
        found = [
            _Place(document.paragraph_id(paragraph), paragraph, letters_of(paragraph.text))
            for paragraph in document.paragraphs
        ]
        for name in {document.doc, document.handed_over_as} - {None}:
            places[str(name)] += found
    return places


def _find(
    judgement: Judgement, wanted: str, places: Sequence[_Place], taken: Mapping[str, int]
) -> str | None:
    """Return the paragraph meant: words repeated in a summary leave several to choose from."""
    holding = [place for place in places if wanted and wanted in place.letters]
    if judgement.number is not None:
        holding = [place for place in holding if place.paragraph.number == judgement.number]
    ranked = sorted(holding, key=lambda place: _unlike(place, judgement, taken))
    return ranked[0].paragraph_id if ranked else None


def _unlike(place: _Place, judgement: Judgement, taken: Mapping[str, int]) -> tuple[bool, ...]:
    start, end, page = place.paragraph.page_start, place.paragraph.page_end, judgement.page
    elsewhere = start is not None and page is not None and not start <= page <= (end or start)
    return (
        elsewhere,
        place.paragraph.number != judgement.number,
        place.paragraph_id in taken,
    )


def questions_by_id(questions: Iterable[Question]) -> dict[str, Question]:
    """Return the questions by id."""
    return {question.id: question for question in questions}


def kinds_of(questions: Iterable[Question]) -> Iterator[str]:
    """Yield the kinds that occur, the format's own first."""
    present = {question.kind for question in questions}
    yield from (kind for kind in KINDS if kind in present)
    yield from sorted(present - set(KINDS))
