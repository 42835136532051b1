"""BEIR folders: corpus.jsonl, queries.jsonl, qrels/test.tsv (Thakur and others, 2021)."""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.errors import EvalError
from eval.model import Judgement, Question, Resolved
from eval.questions import anchor_of, write_questions
from index.model import CitedParagraph

_HEAD = ("query-id", "corpus-id", "score")


def export_beir(
    questions: Sequence[Question],
    resolved: Resolved,
    paragraphs: Iterable[CitedParagraph],
    folder: Path,
) -> None:
    """Write a question set and its library's paragraphs as a BEIR folder."""
    (folder / "qrels").mkdir(parents=True, exist_ok=True)
    _write_lines(folder / "corpus.jsonl", (_corpus_entry(cited) for cited in paragraphs))
    queries = ({"_id": q.id, "text": q.text, "metadata": {"kind": q.kind}} for q in questions)
    _write_lines(folder / "queries.jsonl", queries)
    with (folder / "qrels" / "test.tsv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t", lineterminator="\n")
        writer.writerow(_HEAD)
        for question_id, grades in resolved.qrels.items():
            writer.writerows(
                (question_id, paragraph_id, grade) for paragraph_id, grade in grades.items()
            )


def _corpus_entry(cited: CitedParagraph) -> dict[str, Any]:
    heading = cited.paragraph.heading
    title = f"{cited.citation}: {heading}" if heading else cited.citation
    return {"_id": cited.paragraph_id, "title": title, "text": cited.paragraph.text}


def _write_lines(path: Path, records: Iterable[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json.dumps(record, ensure_ascii=False) + "\n" for record in records)


def import_beir(folder: Path, target: Path) -> list[Path]:
    """Write a BEIR folder as documents to build a library from and a question file; return both.

    Each entry of the corpus becomes a text file of one paragraph. What the test qrels judge
    becomes a question, and what an export of ours knows to have no answer.

    Raises:
        EvalError: if a file is missing or a line is not as BEIR has it.
    """
    documents = target / "documents"
    documents.mkdir(parents=True, exist_ok=True)
    names: dict[str, str] = {}
    taken: set[str] = set()
    anchors: dict[str, str] = {}
    for entry in _read_lines(folder / "corpus.jsonl"):
        names[entry["_id"]] = name = _file_name(entry["_id"], taken)
        text = " ".join(f"{entry['text']}".split()) or str(entry.get("title", ""))
        anchors[entry["_id"]] = anchor_of(text)
        (documents / name).write_text(text + "\n", encoding="utf-8", newline="\n")
    qrels = _read_qrels(folder / "qrels" / "test.tsv")
    questions = [
        _question(entry, qrels.get(entry["_id"], {}), names, anchors)
        for entry in _read_lines(folder / "queries.jsonl")
        if entry["_id"] in qrels or _kind(entry) == "none"
    ]
    path = target / "questions.jsonl"
    write_questions(questions, path)
    return [documents, path]


def _question(
    entry: Mapping[str, Any],
    grades: Mapping[str, int],
    names: Mapping[str, str],
    anchors: Mapping[str, str],
) -> Question:
    judgements = tuple(
        Judgement(doc=names.get(key, key), anchor=anchors.get(key, key), grade=grade)
        for key, grade in grades.items()
    )
    answerable = any(grade > 0 for grade in grades.values())
    return Question(
        id=entry["_id"],
        text=entry["text"],
        kind=_kind(entry) or ("theme" if answerable else "none"),
        judgements=judgements,
    )


def _kind(entry: Mapping[str, Any]) -> str | None:
    """Return the kind of question that an export wrote down, None in other people's folders."""
    metadata = entry.get("metadata")
    kind = metadata.get("kind") if isinstance(metadata, dict) else None
    return str(kind) if kind else None


def _file_name(key: str, taken: set[str]) -> str:
    """Return a name of its own for an entry's file, also where A and a are one to the disk."""
    stem = re.sub(r"[^A-Za-z0-9._-]+", "-", key).strip(".-") or "entry"
    name, count = f"{stem}.txt", 1
    while name.lower() in taken:
        count += 1
        name = f"{stem}-{count}.txt"
    taken.add(name.lower())
    return name


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        with path.open(encoding="utf-8") as file:
            for line in file:
                if line.strip():
                    record = json.loads(line)
                    yield record | {"_id": str(record["_id"]), "text": str(record["text"])}
    except OSError as exc:
        raise EvalError(
            f"{path} cannot be read: {exc.strerror}. It belongs to a BEIR folder."
        ) from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise EvalError(f"{path} holds a line that is not as BEIR has it: {exc!r}.") from exc


def _read_qrels(path: Path) -> dict[str, dict[str, int]]:
    qrels: dict[str, dict[str, int]] = defaultdict(dict)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                qrels[row[_HEAD[0]]][row[_HEAD[1]]] = int(row[_HEAD[2]])
    except OSError as exc:
        raise EvalError(
            f"{path} cannot be read: {exc.strerror}. It belongs to a BEIR folder."
        ) from exc
    except (ValueError, KeyError, TypeError) as exc:
        raise EvalError(f"{path} is not as BEIR has it: {exc!r}; its head is {_HEAD}.") from exc
    return dict(qrels)
