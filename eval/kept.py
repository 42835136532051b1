"""Runs that are kept, each in a folder of its own: report, TREC files and the questions asked."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from eval.errors import EvalError
from eval.measured import measured
from eval.model import Question, Report, Resolved
from eval.questions import read_questions, resolve, write_questions
from eval.runs import evaluate, read_report, write_report
from index.library import Library
from ingest.model import Document

REPORT = "report.json"
_SCRATCH = ".run-"


class KeptRuns:
    """The runs in a folder, by ids that begin with their date and time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ids(self) -> list[str]:
        """The runs that can be read, the newest first."""
        if not self.folder.is_dir():
            return []
        found = (path.parent.name for path in self.folder.glob(f"*/{REPORT}"))
        return sorted((name for name in found if not name.startswith(_SCRATCH)), reverse=True)

    def read(self, run_id: str) -> Report:
        """Return a run's report.

        Raises:
            EvalError: if there is no such run, or its file cannot be used.
        """
        return read_report(self._place(run_id) / REPORT)

    def questions(self, run_id: str) -> list[Question]:
        """Return the questions as they were when the run asked them."""
        return read_questions(next(iter(self._place(run_id).glob("*.questions.jsonl"))))

    def files(self, run_id: str) -> dict[str, Path]:
        """Return a run's files by name."""
        return {path.name: path for path in sorted(self._place(run_id).iterdir())}

    def remove(self, run_id: str) -> None:
        """Delete a run."""
        shutil.rmtree(self._place(run_id))

    def make(
        self,
        library: Library,
        set_name: str,
        questions: Sequence[Question],
        *,
        note: str = "",
        progress: Callable[[int, int], None] = lambda done, total: None,
    ) -> str:
        """Put the questions to a library, keep the report and return the run's id.

        Nothing is kept of a run that does not come to its end: what `progress` raises ends it.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(dir=self.folder, prefix=_SCRATCH))
        try:
            asked = scratch / f"{set_name}.questions.jsonl"
            write_questions(questions, asked)
            resolved = resolve_in(library, questions)
            documents = [card.document for card in library.documents()]
            about = measured(asked, library.info(), documents, library.config, note or set_name)
            report = evaluate(questions, resolved, library, measured=about, progress=progress)
            write_report(report, scratch / REPORT, resolved)
            moment = re.sub("[^0-9]", "", str(about["date"]))[:14]
            return scratch.rename(self._free(f"{moment}-{set_name}")).name
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _free(self, name: str) -> Path:
        names = [name, *(f"{name}-{count}" for count in range(2, 100))]
        return next(self.folder / one for one in names if not (self.folder / one).exists())

    def _place(self, run_id: str) -> Path:
        if run_id not in self.ids():
            raise EvalError(f"There is no run {run_id!r}; it may have been removed.")
        return self.folder / run_id


def set_of(report: Report) -> str:
    """Return the name of the question set that a run asked."""
    return str(report.measured["questions"]).removesuffix(".jsonl").removesuffix(".questions")


def resolve_in(library: Library, questions: Sequence[Question]) -> Resolved:
    """Return the judgements as paragraphs of a library, reading only the documents they name."""
    names = {judgement.doc for question in questions for judgement in question.judgements}
    return resolve(questions, documents_called(library, names))


def documents_called(library: Library, names: set[str]) -> list[Document]:
    """Return the documents, whole, that bear one of these file names."""
    return [
        library.document(card.document.document_id)
        for card in library.documents()
        if {card.document.doc, card.document.handed_over_as} & names
    ]
