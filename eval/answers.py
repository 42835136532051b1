"""How good are answers: their first sentence, their citations, and what they decline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from answer.model import Answer
from eval.metrics import auroc, bootstrap
from eval.model import Mean, Question, Resolved

MEASURES = ("first", "precision", "answers_it", "sentences", "verbatim")


@dataclass(frozen=True, slots=True)
class AnswerOutcome:
    """What one question got."""

    id: str
    question: str
    kind: str
    answerable: bool
    status: str
    confidence: float
    reason: str | None
    sentences: tuple[str, ...]
    citations: tuple[str, ...]  # paragraph_id of each sentence
    grades: tuple[int | None, ...]  # of each sentence's paragraph; None where nobody judged it
    verbatim: float  # share of sentences that stand in their paragraph word for word
    seconds: float  # processor time

    @property
    def values(self) -> dict[str, float]:
        """The measures of an answer; empty where there is none."""
        if not self.grades:
            return {}
        relevant = [bool(grade) for grade in self.grades]
        return {
            "first": float(relevant[0]),
            "precision": sum(relevant) / len(relevant),
            "answers_it": float(2 in self.grades),
            "sentences": float(len(relevant)),
            "verbatim": self.verbatim,
        }


@dataclass(frozen=True, slots=True)
class AnswerReport:
    """How a question set was answered."""

    means: Mapping[str, Mapping[str, Mean]]  # {"all" or kind: {measure: mean}}
    answerable: int
    unanswerable: int
    answered: int  # of the answerable
    declined: int  # of the unanswerable
    auroc: float | None  # of the confidence; None where one of the two kinds is missing
    outcomes: tuple[AnswerOutcome, ...]


def measure_answers(
    questions: Sequence[Question],
    resolved: Resolved,
    ask: Callable[[str], tuple[Answer, float]],
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> AnswerReport:
    """Return how `ask`, which gives an answer and its processor time, answers the questions.

    The means are over the questions that have an answer and were answered.
    """
    outcomes = []
    for done, question in enumerate(questions, 1):
        outcomes.append(_outcome(question, resolved.qrels[question.id], *ask(question.text)))
        progress(done, len(questions))
    with_answer = [one for one in outcomes if one.answerable]
    without = [one for one in outcomes if not one.answerable]
    return AnswerReport(
        means=_means([one for one in with_answer if one.citations]),
        answerable=len(with_answer),
        unanswerable=len(without),
        answered=sum(one.status == "answered" for one in with_answer),
        declined=sum(one.status == "no_answer" for one in without),
        auroc=auroc([one.confidence for one in with_answer], [one.confidence for one in without]),
        outcomes=tuple(outcomes),
    )


def _outcome(
    question: Question, grades: Mapping[str, int], answer: Answer, seconds: float
) -> AnswerOutcome:
    texts = {hit.paragraph_id: hit.text for hit in answer.hits}
    cited = tuple(sentence.citations[0] for sentence in answer.sentences)
    stands = [
        sentence.text in texts.get(key, "")
        for sentence in answer.sentences
        for key in sentence.citations
    ]
    return AnswerOutcome(
        id=question.id,
        question=question.text,
        kind=question.kind,
        answerable=question.answerable,
        status=answer.status,
        confidence=answer.confidence,
        reason=answer.reason,
        sentences=tuple(sentence.text for sentence in answer.sentences),
        citations=cited,
        grades=tuple(grades.get(key) for key in cited),
        verbatim=sum(stands) / len(stands) if stands else 1.0,
        seconds=round(seconds, 4),
    )


def _means(outcomes: Sequence[AnswerOutcome]) -> dict[str, dict[str, Mean]]:
    kinds = dict.fromkeys(outcome.kind for outcome in outcomes)
    groups = {"all": list(outcomes)} | {
        kind: [outcome for outcome in outcomes if outcome.kind == kind] for kind in kinds
    }
    return {
        name: {
            measure: bootstrap([outcome.values[measure] for outcome in group])
            for measure in MEASURES
        }
        for name, group in groups.items()
    }
