"""Questions put to a library, and the report of what came back, kept as JSON and TREC files."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from eval.errors import EvalError
from eval.metrics import NAMES, abstention, bootstrap, measure
from eval.model import Abstention, Found, Mean, Outcome, Question, Report, Resolved
from eval.questions import kinds_of
from index.model import Filter, Hit

DEPTH = 50  # hits kept for each question


class Searcher(Protocol):
    """What a run needs of a library."""

    def search(self, question: str, top_k: int = 10, filters: Filter = ...) -> list[Hit]:
        """Return the hits, best first."""
        ...


def evaluate(
    questions: Sequence[Question],
    resolved: Resolved,
    searcher: Searcher,
    *,
    measured: Mapping[str, Any],
    depth: int = DEPTH,
    threshold: float | None = None,
    use_filters: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Return the report of the questions put to a library, one after the other."""
    lists: dict[str, tuple[list[Hit], float]] = {}
    for done, question in enumerate(questions, 1):
        started = time.process_time()
        filters = filter_of(question) if use_filters else Filter()
        hits = searcher.search(question.text, top_k=depth, filters=filters)
        lists[question.id] = (hits, time.process_time() - started)
        progress(done, len(questions))
    values = measure(_judged(questions, resolved), _run(lists))
    outcomes = tuple(
        _outcome(question, resolved.qrels[question.id], *lists[question.id], values)
        for question in questions
    )
    return Report(
        measured=dict(measured) | {"depth": depth, "use_filters": use_filters},
        means=means_of(outcomes, list(kinds_of(questions))),
        abstention=_abstention(outcomes, threshold),
        unresolved=tuple(
            {"id": question_id, **asdict(judgement)}
            for question_id, judgement in resolved.unresolved
        ),
        outcomes=outcomes,
    )


def filter_of(question: Question) -> Filter:
    """Return the filter a person would tick."""
    return Filter(authority=question.authority, year_from=question.year, year_to=question.year)


def _judged(questions: Sequence[Question], resolved: Resolved) -> dict[str, Mapping[str, int]]:
    return {q.id: resolved.qrels[q.id] for q in questions if q.answerable}


def _run(lists: Mapping[str, tuple[Sequence[Hit], float]]) -> dict[str, dict[str, float]]:
    return {
        query: {h.paragraph_id: rank_score(h.rank) for h in hits}
        for query, (hits, _) in lists.items()
    }


def rank_score(rank: int) -> float:
    """Return the score a TREC file gives a rank.

    trec_eval sorts again, in single precision and with ties by id, so the library's own scores
    could come back in another order.
    """
    return 1.0 / rank


def _outcome(
    question: Question,
    grades: Mapping[str, int],
    hits: Sequence[Hit],
    seconds: float,
    values: Mapping[str, Mapping[str, float]],
) -> Outcome:
    found = tuple(
        Found(
            hit.rank,
            hit.paragraph_id,
            hit.score,
            hit.citation,
            grades.get(hit.paragraph_id),
        )
        for hit in hits
    )
    seen = {place.paragraph_id for place in found}
    return Outcome(
        id=question.id,
        question=question.text,
        kind=question.kind,
        answerable=question.answerable,
        values=values.get(question.id, {}),
        found=found,
        missed={key: grade for key, grade in grades.items() if grade > 0 and key not in seen},
        seconds=round(seconds, 4),
        coverage=hits[0].coverage if hits else 0.0,
    )


def means_of(outcomes: Iterable[Outcome], kinds: Sequence[str]) -> dict[str, dict[str, Mean]]:
    """Return the means in total and by kind, over the questions that have an answer."""
    judged = [outcome for outcome in outcomes if outcome.answerable]
    groups = {"all": judged} | {
        kind: [outcome for outcome in judged if outcome.kind == kind] for kind in kinds
    }
    return {
        name: {measure: bootstrap([o.values[measure] for o in group]) for measure in NAMES}
        for name, group in groups.items()
        if group
    }


def _abstention(outcomes: Sequence[Outcome], threshold: float | None) -> Abstention:
    return abstention(
        [outcome.coverage for outcome in outcomes if outcome.answerable],
        [outcome.coverage for outcome in outcomes if not outcome.answerable],
        threshold,
    )


def write_report(report: Report, path: Path, resolved: Resolved) -> list[Path]:
    """Write the report as JSON with a TREC run and the qrels beside it; return the files."""
    path.parent.mkdir(parents=True, exist_ok=True)
    run, qrels = path.with_suffix(".run"), path.with_suffix(".qrels")
    text = json.dumps(asdict(report), ensure_ascii=False, indent=1)
    _write(path, text + "\n")
    name = str(report.measured.get("name") or path.stem).replace(" ", "-")
    _write(run, "".join(_run_lines(report, name)))
    _write(qrels, "".join(qrels_lines(resolved.qrels)))
    return [path, run, qrels]


def _write(path: Path, text: str) -> None:
    """Write a file; what is no text, as a name may hold, is not worth losing a run for."""
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")


def _run_lines(report: Report, name: str) -> Iterable[str]:
    for outcome in report.outcomes:
        for place in outcome.found:
            score = rank_score(place.rank)
            yield f"{outcome.id} Q0 {place.paragraph_id} {place.rank} {score:.9f} {name}\n"


def qrels_lines(qrels: Mapping[str, Mapping[str, int]]) -> Iterable[str]:
    """Yield the judgements as lines of a TREC qrels file."""
    for question_id, grades in qrels.items():
        for paragraph_id, grade in grades.items():
            yield f"{question_id} 0 {paragraph_id} {grade}\n"


def read_report(path: Path) -> Report:
    """Return a report that write_report wrote.

    Raises:
        EvalError: if the file is missing or is no such report.
    """
    try:
        return _report(json.loads(path.read_text(encoding="utf-8")))
    except OSError as exc:
        raise EvalError(f"The report {path} cannot be read: {exc.strerror}.") from exc
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise EvalError(
            f"{path} is no report of `python -m eval run --json`; make it again with that."
        ) from exc


def _report(record: Mapping[str, Any]) -> Report:
    means = {
        kind: {name: Mean(**mean) for name, mean in group.items()}
        for kind, group in record["means"].items()
    }
    outcomes = tuple(
        Outcome(**(outcome | {"found": tuple(Found(**place) for place in outcome["found"])}))
        for outcome in record["outcomes"]
    )
    return Report(
        measured=record["measured"],
        means=means,
        abstention=Abstention(**record["abstention"]),
        unresolved=tuple(record["unresolved"]),
        outcomes=outcomes,
    )
