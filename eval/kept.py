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
BASELINES = Path(__file__).parent / "baselines"  # reports that ship with the program
_SCRATCH = ".run-"
_SHIPPED = "baseline-"


class KeptRuns:
    """The runs in a folder, by ids that begin with their date and time, and those that ship."""

    def __init__(self, folder: Path, baselines: Path = BASELINES) -> None:
        self.folder = folder
        self._baselines = baselines

    def ids(self) -> list[str]:
        """The runs that can be read, the newest first, then those that ship."""
        found = [path.parent.name for path in self.folder.glob(f"*/{REPORT}")]
        own = sorted((name for name in found if not name.startswith(_SCRATCH)), reverse=True)
        return own + sorted(f"{_SHIPPED}{path.stem}" for path in self._baselines.glob("*.json"))

    def is_shipped(self, run_id: str) -> bool:
        """Whether a run came with the program and cannot be removed."""
        return run_id.startswith(_SHIPPED)

    def read(self, run_id: str) -> Report:
        """Return a run's report.

        Raises:
            EvalError: if there is no such run, or its file cannot be used.
        """
        files = self.files(run_id)
        return read_report(files.get(REPORT) or next(iter(files.values())))

    def questions(self, run_id: str) -> list[Question]:
        """Return the questions as they were when the run asked them; none for one that ships."""
        files = self.files(run_id)
        asked = next((path for name, path in files.items() if name.endswith(".jsonl")), None)
        return read_questions(asked) if asked else []

    def files(self, run_id: str) -> dict[str, Path]:
        """Return a run's files by name.

        Raises:
            EvalError: if there is no such run.
        """
        if run_id not in self.ids():
            raise EvalError(f"There is no run {run_id!r}; it may have been removed.")
        if self.is_shipped(run_id):
            path = self._baselines / f"{run_id.removeprefix(_SHIPPED)}.json"
            return {path.name: path}
        return {path.name: path for path in sorted((self.folder / run_id).iterdir())}

    def remove(self, run_id: str) -> None:
        """Delete a run.

        Raises:
            EvalError: if there is no such run, or it ships with the program.
        """
        if self.is_shipped(run_id):
            raise EvalError(f"The run {run_id!r} belongs to the program and cannot be removed.")
        shutil.rmtree(next(iter(self.files(run_id).values())).parent)

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
            about = measured(
                asked,
                library.info(),
                documents,
                library.config,
                note or set_name,
                reranker=library.reranker(),
            )
            report = evaluate(questions, resolved, library, measured=about, progress=progress)
            write_report(report, scratch / REPORT, resolved)
            moment = re.sub("[^0-9]", "", str(about["date"]))[:14]
            return scratch.rename(self._free(f"{moment}-{set_name}")).name
        finally:
            shutil.rmtree(scratch, ignore_errors=True)

    def _free(self, name: str) -> Path:
        names = [name, *(f"{name}-{count}" for count in range(2, 100))]
        return next(self.folder / one for one in names if not (self.folder / one).exists())


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
