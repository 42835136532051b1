"""Relevant or not, said on a card: kept as judgements that the Quality page can run."""

from __future__ import annotations

import hashlib

from eval.kept import documents_called
from eval.model import Question
from eval.questions import letters_of, questions_by_id
from eval.rejudge import regrade
from eval.sets import QuestionSets
from index.library import Library
from index.model import Hit
from index.records import slug
from ui.address import SearchState
from ui.quality_kept import quality, quality_folder

SET = "from-searching"
RELEVANT, NOT_RELEVANT = 2, 0


class Judging:
    """What users judged while they searched.

    A question of which nothing was found relevant yet waits apart: among the questions of a run
    it would count as one that has no answer.
    """

    def __init__(self, sets: QuestionSets, waiting: QuestionSets) -> None:
        self._sets = sets
        self._waiting = waiting

    def question(self, search: SearchState) -> Question:
        """What is asked, with all that was judged for it."""
        fresh = _asked(search)
        known = questions_by_id([*self._waiting.own(SET), *self._sets.own(SET)])
        return known.get(fresh.id, fresh)

    def judge(
        self, library: Library, search: SearchState, paragraph_id: str, grade: int | None
    ) -> None:
        """Keep a grade in place of any the paragraph had; None takes it off.

        Of several who judge one question at a time, none writes over what another has judged.

        Raises EvalError where the document holds the same words twice, LibraryError where the
        paragraph is gone.
        """
        cited = library.paragraph(paragraph_id)
        documents = documents_called(library, {library.document(cited.document_id).doc})
        with self._sets.undisturbed():
            self._keep(regrade(self.question(search), cited, documents, grade))

    def _keep(self, judged: Question) -> None:
        """Keep a question where it belongs, and then forget it where it no longer does."""
        home, other = self._sets, self._waiting
        if not judged.answerable:
            home, other = other, home
        if judged.judgements:
            home.keep(SET, judged)
        else:
            home.drop(SET, judged.id)
        other.drop(SET, judged.id)


def grade_of(question: Question, hit: Hit) -> int | None:
    """The grade that a hit was given for the question; None where nobody judged it."""
    for judgement in question.judgements:
        same = judgement.doc == hit.doc and judgement.number == hit.number
        if same and letters_of(judgement.anchor) in letters_of(hit.text):
            return judgement.grade
    return None


def _asked(search: SearchState) -> Question:
    """The question as a set holds it; the same words behind another filter are another one."""
    year = search.year_from if search.year_from == search.year_to else None
    asked = f"{search.question.casefold()} {search.authority} {year}"
    digest = hashlib.sha256(asked.encode("utf-8", "replace")).hexdigest()
    return Question(
        id=f"searched-{digest[:12]}",
        text=search.question,
        kind="scoped" if search.authority else "theme",
        authority=slug(search.authority) if search.authority else None,
        year=year,
    )


def judging() -> Judging:
    """What was judged beside the library that the pages serve."""
    folder = quality_folder() / "waiting"
    return Judging(quality().sets, QuestionSets(folder, shipped=folder / "none"))
