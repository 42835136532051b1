"""Some PDFs and the questions that they answer: a comparison in minutes instead of an hour."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from eval.model import Question
from eval.questions import read_questions, write_questions


def few(pdfs: Path, questions: Path, count: int, folder: Path) -> tuple[Path, Path]:
    """Copy at most so many PDFs and write the questions wholly about them; where both lie."""
    asked = [question for question in read_questions(questions) if question.answerable]
    chosen = chosen_documents(asked, count)
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "pdfs").mkdir(parents=True)
    for name in sorted(chosen):
        shutil.copy(pdfs / name, folder / "pdfs")
    kept = [question for question in asked if _documents(question) <= chosen]
    write_questions(kept, folder / "questions.jsonl")
    return folder / "pdfs", folder / "questions.jsonl"


def chosen_documents(questions: Sequence[Question], count: int) -> set[str]:
    """Documents for as many questions as so many can serve, whole questions only."""
    chosen: set[str] = set()
    while True:
        missing = {
            question.id: _documents(question) - chosen
            for question in questions
            if len(chosen | _documents(question)) <= count
        }
        wanted = [(len(docs), key) for key, docs in missing.items() if docs]
        if not wanted:
            return chosen
        chosen |= missing[min(wanted)[1]]


def _documents(question: Question) -> set[str]:
    return {judgement.doc for judgement in question.judgements}
