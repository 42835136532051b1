"""What several runs found, to be judged: the pool, and the judging of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from eval.model import Found, Judgement, Outcome, Question, Report
from eval.questions import anchor_of
from index.model import CitedParagraph

GRADES = (0, 1, 2)
POOL_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Pooled:
    """A paragraph that some run found for a question."""

    question_id: str
    question: str
    found: Found  # with its best rank
    runs: int  # that found it

    @property
    def judged(self) -> bool:
        """Whether it has a grade."""
        return self.found.grade is not None


def pool(reports: Sequence[Report], depth: int = POOL_DEPTH) -> list[Pooled]:
    """Return what stands in the first places of any report, by question and best rank."""
    pooled: dict[tuple[str, str], Pooled] = {}
    for report in reports:
        for outcome in report.outcomes:
            for entry in _entries(outcome, depth):
                key = (entry.question_id, entry.found.paragraph_id)
                pooled[key] = _merged(pooled[key], entry) if key in pooled else entry
    order = {outcome.id: i for i, outcome in enumerate(o for r in reports for o in r.outcomes)}
    return sorted(
        pooled.values(),
        key=lambda p: (order[p.question_id], p.found.rank, p.found.paragraph_id),
    )


def _entries(outcome: Outcome, depth: int) -> Iterator[Pooled]:
    for place in outcome.found[:depth]:
        yield Pooled(outcome.id, outcome.question, place, runs=1)


def _merged(first: Pooled, second: Pooled) -> Pooled:
    better = min(first.found, second.found, key=lambda place: place.rank)
    return replace(first, found=better, runs=first.runs + second.runs)


def with_judgement(question: Question, cited: CitedParagraph, doc: str, grade: int) -> Question:
    """Return the question with one more judgement, in place of an older one of that paragraph."""
    anchor = anchor_of(cited.paragraph.text)
    page = cited.paragraph.page_start
    new = Judgement(doc=doc, anchor=anchor, grade=grade, number=cited.paragraph.number, page=page)
    kept = [j for j in question.judgements if (j.doc, j.anchor) != (doc, anchor)]
    judged = replace(question, judgements=(*kept, new))
    return replace(judged, kind="theme") if question.kind == "none" and grade else judged


def judge(unjudged: Iterable[Pooled], ask: Callable[[Pooled], str]) -> Iterator[tuple[Pooled, int]]:
    """Yield the grades that `ask` answers: 0, 1 or 2; "s" passes over, "q" ends.

    Any other answer is asked again.
    """
    for entry in unjudged:
        answer = ask(entry)
        while answer not in {"0", "1", "2", "s", "q"}:
            answer = ask(entry)
        if answer == "q":
            return
        if answer != "s":
            yield entry, int(answer)
