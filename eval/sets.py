"""Question sets by name: those that ship with the program, and those that its users made."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from eval.errors import EvalError
from eval.model import Question
from eval.questions import (
    format_questions,
    parse_questions,
    questions_by_id,
    read_questions,
    write_questions,
)
from index.records import slug

SHIPPED = Path(__file__).parent / "questions"
_ENDINGS = (".questions.jsonl", ".jsonl")


class QuestionSets:
    """The sets at hand. What users judge in a shipped set is kept apart from it.

    Their file of the same name holds the judged questions alone, whole; read() puts each in the
    place of the shipped one, so that a newer version of the program brings its other questions.
    """

    def __init__(self, own: Path, shipped: Path = SHIPPED) -> None:
        self._own = own
        self._shipped = shipped
        self._lock = threading.RLock()

    def names(self) -> list[str]:
        """The sets that can be read, the shipped ones first."""
        shipped = _names(self._shipped)
        return [*shipped, *(name for name in _names(self._own) if name not in shipped)]

    def is_shipped(self, name: str) -> bool:
        """Whether a set came with the program and cannot be removed."""
        return name in _names(self._shipped)

    def read(self, name: str) -> list[Question]:
        """Return a set's questions with the judgements that users made.

        Raises:
            EvalError: if there is no such set, or its file cannot be used.
        """
        if name not in self.names():
            raise EvalError(f"There is no question set {name!r}; choose one of the list.")
        own = questions_by_id(self.own(name))
        shipped = read_questions(_file(self._shipped, name)) if self.is_shipped(name) else []
        known = {question.id for question in shipped}
        added = [question for question_id, question in own.items() if question_id not in known]
        return [*(own.get(question.id, question) for question in shipped), *added]

    def own(self, name: str) -> list[Question]:
        """Return what users judged in a shipped set, or a set of their own."""
        return read_questions(_file(self._own, name)) if name in _names(self._own) else []

    def judged(self, name: str) -> int:
        """Return how many questions of a shipped set users judged otherwise or further."""
        if not self.is_shipped(name):
            return 0
        before = questions_by_id(read_questions(_file(self._shipped, name)))
        return sum(question != before.get(question.id) for question in self.own(name))

    def add(self, file_name: str, content: bytes) -> str:
        """Keep a file as a set and return its name, a free one where it is taken.

        The very same questions are not kept twice.

        Raises:
            EvalError: if the file is no question set.
        """
        questions = parse_questions(content, file_name)
        if not questions:
            raise EvalError(f"{file_name} holds no question; each line is to hold one.")
        with self._lock:
            stem = slug(_stem(file_name)) or "questions"
            taken = self.names()
            for name in [stem, *(f"{stem}-{count}" for count in range(2, len(taken) + 3))]:
                if name not in taken:
                    self._write(name, questions)
                    return name
                if self.read(name) == questions:
                    return name
        raise EvalError(f"{file_name} cannot be kept; rename it and try again.")

    def keep(self, name: str, question: Question) -> None:
        """Keep a question as it now is, in the place of the one with its id."""
        with self._lock:
            kept = questions_by_id(self.own(name)) | {question.id: question}
            self._write(name, kept.values())

    def change(self, name: str, question_id: str, edit: Callable[[Question], Question]) -> None:
        """Keep a question as `edit` makes it of what it is now.

        Raises:
            EvalError: if the set or the question is not there.
        """
        with self._lock:
            question = questions_by_id(self.read(name)).get(question_id)
            if question is None:
                raise EvalError(f"The question set {name!r} holds no question {question_id!r}.")
            self.keep(name, edit(question))

    def undisturbed(self) -> AbstractContextManager[bool]:
        """Nobody else changes a set meanwhile: for what is read, changed and kept in steps."""
        return self._lock

    def drop(self, name: str, question_id: str) -> None:
        """Forget a question that users made or judged; nothing where there is none."""
        with self._lock:
            kept = questions_by_id(self.own(name))
            if kept.pop(question_id, None) is not None:
                self._write(name, kept.values())
            if not kept:
                self.remove(name)

    def as_file(self, name: str) -> bytes:
        """Return a set as a file that add() takes."""
        return format_questions(self.read(name)).encode()

    def remove(self, name: str) -> None:
        """Forget a set of the users' own, or what they judged in a shipped one."""
        with self._lock:
            _file(self._own, name).unlink(missing_ok=True)

    def _write(self, name: str, questions: Iterable[Question]) -> None:
        self._own.mkdir(parents=True, exist_ok=True)
        path = self._own / f"{name}{_ENDINGS[0]}"
        scratch = path.with_suffix(".part")
        write_questions(questions, scratch)
        scratch.replace(path)  # whole or not at all


def _names(folder: Path) -> list[str]:
    return sorted({_stem(path.name) for path in folder.glob("*.jsonl")})


def _file(folder: Path, name: str) -> Path:
    whole = folder / f"{name}{_ENDINGS[0]}"
    return whole if whole.exists() else folder / f"{name}{_ENDINGS[1]}"


def _stem(file_name: str) -> str:
    for ending in _ENDINGS:
        if file_name.endswith(ending):
            return file_name.removesuffix(ending)
    return Path(file_name).stem
