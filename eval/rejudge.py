"""Judgements made after a run: added to its questions, and its kept lists measured by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace

from eval.errors import EvalError
from eval.metrics import abstention, measure
from eval.model import Judgement, Outcome, Question, Report, Resolved
from eval.questions import ANCHOR_WORDS, kinds_of, questions_by_id, resolve
from eval.runs import means_of, rank_score
from index.model import CitedParagraph
from ingest.model import Document


def regrade(
    question: Question, cited: CitedParagraph, documents: Sequence[Document], grade: int | None
) -> Question:
    """Return the question with one paragraph's grade in place of any it had; None takes it off.

    `documents` are those that bear the name of the paragraph's own: an anchor is looked for in
    all of them.

    Raises:
        EvalError: if no anchor tells the paragraph from another of those documents.
    """
    others = tuple(
        judgement
        for judgement in question.judgements
        if not _finds(question, judgement, documents, cited.paragraph_id)
    )
    bare = replace(question, judgements=others)
    if grade is None:
        return bare
    kind = "theme" if grade and question.kind == "none" else question.kind
    new = _judgement(question, cited, documents, grade)
    return replace(bare, judgements=(*others, new), kind=kind)


def _judgement(
    question: Question, cited: CitedParagraph, documents: Sequence[Document], grade: int
) -> Judgement:
    """Return a judgement whose anchor is as short as can be and still finds the paragraph."""
    doc = next(one.doc for one in documents if one.document_id == cited.document_id)
    paragraph, words = cited.paragraph, cited.paragraph.text.split()
    for length in (ANCHOR_WORDS, 3 * ANCHOR_WORDS, len(words)):
        anchor = " ".join(words[:length])
        new = Judgement(doc, anchor, grade, paragraph.number, paragraph.page_start)
        if _finds(question, new, documents, cited.paragraph_id):
            return new
    raise EvalError(
        f"{cited.citation} cannot be judged: {doc} holds the same words in another paragraph too. "
        "Judge that one instead."
    )


def _finds(
    question: Question, judgement: Judgement, documents: Sequence[Document], paragraph_id: str
) -> bool:
    if judgement.doc not in {name for d in documents for name in (d.doc, d.handed_over_as)}:
        return False
    alone = replace(question, judgements=(judgement,))
    return paragraph_id in resolve([alone], documents).qrels[question.id]


def rejudged(report: Report, questions: Sequence[Question], resolved: Resolved) -> Report:
    """Return the report as it would be, had its lists been judged as they are now.

    What was found stays what the run found. A question that is no longer in the set keeps its
    grades.
    """
    now = questions_by_id(questions)
    grades = {
        outcome.id: resolved.qrels[outcome.id] if outcome.id in now else _grades(outcome)
        for outcome in report.outcomes
    }
    judged = {
        question_id: found
        for question_id, found in grades.items()
        if any(grade > 0 for grade in found.values())
    }
    run = {
        outcome.id: {place.paragraph_id: rank_score(place.rank) for place in outcome.found}
        for outcome in report.outcomes
    }
    values = measure(judged, run)
    outcomes = tuple(
        _judged_anew(outcome, grades[outcome.id], values.get(outcome.id, {}), now.get(outcome.id))
        for outcome in report.outcomes
    )
    asked = [now[outcome.id] for outcome in outcomes if outcome.id in now]
    return replace(
        report,
        means=means_of(outcomes, list(kinds_of(asked))),
        abstention=abstention(
            [outcome.coverage for outcome in outcomes if outcome.answerable],
            [outcome.coverage for outcome in outcomes if not outcome.answerable],
        ),
        unresolved=tuple(
            {"id": question_id, **asdict(judgement)}
            for question_id, judgement in resolved.unresolved
        ),
        outcomes=outcomes,
    )


def _grades(outcome: Outcome) -> dict[str, int]:
    """Return what a run knew of a question's judgements."""
    found = {place.paragraph_id: place.grade for place in outcome.found}
    return dict(outcome.missed) | {key: grade for key, grade in found.items() if grade is not None}


def _judged_anew(
    outcome: Outcome,
    grades: Mapping[str, int],
    values: Mapping[str, float],
    question: Question | None,
) -> Outcome:
    seen = {place.paragraph_id for place in outcome.found}
    return replace(
        outcome,
        kind=question.kind if question else outcome.kind,
        answerable=bool(values),
        values=values,
        found=tuple(
            replace(place, grade=grades.get(place.paragraph_id)) for place in outcome.found
        ),
        missed={key: grade for key, grade in grades.items() if grade > 0 and key not in seen},
    )
