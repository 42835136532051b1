"""python -m bench.answers: how good answers are, what they cost, and what was compared.

Puts the questions that ship to corpus/, and those of PILCROW_SHARED to its inspections, and
prints Markdown: the measures of `python -m eval answers`, the processor time that answering adds
to a search that has its scores, and the same with sentences chosen by meaning instead of words.
Libraries are kept in build/answers; the first run takes some minutes of one core.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import numpy as np

from answer import extract as extracting
from answer.ask import DEPTH, answer_from
from answer.asked import Asked, Said
from answer.extract import ExtractConfig
from answer.model import Answer
from answer.quotes import Quote
from eval.answers import MEASURES, AnswerReport, measure_answers
from eval.questions import read_questions, resolve
from eval.report import table
from index.__main__ import main as index
from index.encoder import Encoder, find_model, load_encoder
from index.library import Library

ROOT = Path(__file__).parents[1]
WORK = ROOT / "build" / "answers"
BUDGET = 150  # milliseconds of processor time that answering may add to a search
HEAD = [
    *("questions", "first", "relevant", "grade 2", "sentences", "verbatim", "answered"),
    *("declined", "AUROC", "mean", "95 %", "most"),
]
TARGETS = {"seeds": (0.80, 0.75, 0.85), "inspections": (0.70, 0.65, 0.75)}


class ByMeaning:
    """Values a sentence by its cosine with the question, in place of the words it shares."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._question = ""
        self._vector = np.zeros(0, np.float32)

    def ask(self, question: str) -> None:
        """Take the next question."""
        self._vector = self._encoder.encode_query(question)

    def __call__(
        self,
        asked: Asked,
        quote: Quote,
        said: Sequence[Said],
        led_by: str,
        config: ExtractConfig,
    ) -> float:
        """Stand in for answer.extract._value."""
        cosine = float(self._encoder.encode([f"{led_by} {quote.text}"])[0] @ self._vector)
        return config.base + (1 - config.base) * max(cosine, 0.0)


@dataclass
class Timed:
    """Answers questions and keeps what each added to its search."""

    library: Library
    meaning: ByMeaning
    added: list[float] = field(default_factory=list)

    def __call__(self, question: str) -> tuple[Answer, float]:
        """Return the answer and what it added."""
        plan = self.library.plan(question)
        hits = self.library.search(question, top_k=DEPTH)
        self.meaning.ask(question)
        started = time.process_time()
        answer = answer_from(self.library, plan, hits)
        self.added.append(time.process_time() - started)
        return answer, self.added[-1]


def sets(shared: Path) -> dict[str, tuple[Path, Path]]:
    """The question sets with their documents, as far as they are there."""
    both = {
        "seeds": (ROOT / "eval" / "questions" / "seeds.questions.jsonl", ROOT / "corpus"),
        "inspections": (
            shared / "eval" / "inspections.questions.jsonl",
            shared / "corpora" / "inspections",
        ),
    }
    return {name: pair for name, pair in both.items() if all(path.exists() for path in pair)}


def row(name: str, report: AnswerReport, added: Sequence[float]) -> list[str]:
    """A line of the table."""
    means = report.means["all"]
    answered = f"{report.answered} of {report.answerable}"
    declined = f"{report.declined} of {report.unanswerable}"
    times = [np.mean(added), np.quantile(added, 0.95), max(added)]
    return [
        name,
        *(f"{means[measure].mean:.3f}" for measure in MEASURES),
        answered,
        declined,
        "n/a" if report.auroc is None else f"{report.auroc:.3f}",
        *(f"{seconds * 1000:.0f} ms" for seconds in times),
    ]


def rows_of(name: str, file: Path, folder: Path, encoder: Encoder) -> list[list[str]]:
    """Both ways to choose sentences, over one question set."""
    library = Library.open(folder, encoder)
    questions = read_questions(file)
    ids = [card.document.document_id for card in library.documents()]
    resolved = resolve(questions, (library.document(document_id) for document_id in ids))
    by_meaning = ByMeaning(encoder)
    rows = []
    for label, value in ((name, extracting._value), (f"{name}, by meaning", by_meaning)):
        timed = Timed(library, by_meaning)
        timed("warm up")
        timed.added.clear()
        with patch.object(extracting, "_value", value):
            rows.append(row(label, measure_answers(questions, resolved, timed), timed.added))
    return rows


def missed(name: str, row: Sequence[str]) -> list[str]:
    """What a row falls short of."""
    short = [
        f"{name}: {head}"
        for head, cell, target in zip(HEAD[1:], row[1:], TARGETS[name], strict=False)
        if float(cell) < target
    ]
    added = float(row[HEAD.index("mean")].removesuffix(" ms"))
    return [*short, *([f"{name}: time"] * (added > BUDGET))]


def main() -> int:
    """Return 1 where a target is missed."""
    shared = Path(os.environ.get("PILCROW_SHARED", ROOT.parent / "shared"))
    encoder = load_encoder(find_model())
    rows, short = [HEAD], []
    for name, (file, documents) in sets(shared).items():
        folder = WORK / name
        if index(["build", str(documents), "--library", str(folder)]) == 2:
            return 2
        rows += rows_of(name, file, folder, encoder)
        short += missed(name, rows[-2])
    print(table(rows))
    print(f"\nBelow target: {', '.join(short) or 'nothing'}.", file=sys.stderr)
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
