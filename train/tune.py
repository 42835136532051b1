"""Users' own judgements -> an encoder tuned on them, let in only if it is no worse for it."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.compare import Difference, compare
from eval.metrics import NAMES
from eval.model import Question, Report, Resolved
from eval.questions import read_questions, resolve
from eval.runs import evaluate
from index.encoder import Encoder, find_model, load_encoder
from index.library import Library
from index.reembed import reembedded
from train.encoder import EncoderRecipe, tune_encoder
from train.errors import TrainingError
from train.examples import Example, Query, passage_of
from train.shipping import ship
from train.tuning import Progress

FEWEST = 12  # judged questions; with fewer nothing could be told on those held back
HELD_BACK = 1 / 3  # of the questions
WORSE = 0.05  # p-value from which a lower figure counts as worse
RECIPE = EncoderRecipe(epochs=2, batch=32, rate=3e-5)  # gentle: few questions, a tuned base


@dataclass(frozen=True, slots=True)
class Tuned:
    """What tuning did to the questions held back."""

    trained: int  # questions
    held: int
    difference: Difference  # of nDCG@10, tuned against the library's own model
    folder: Path

    @property
    def refused(self) -> bool:
        """Whether the tuned model is worse by the paired test."""
        return self.difference.change < 0 and self.difference.p_value < WORSE


def read_judged(files: Sequence[Path]) -> list[Question]:
    """Return the questions of files that have a paragraph judged relevant.

    Raises TrainingError where they are too few.
    """
    found = {q.id: q for path in files for q in read_questions(path) if q.answerable}
    if len(found) < FEWEST:
        raise TrainingError(
            f"Tuning needs at least {FEWEST} questions with a paragraph judged relevant, and "
            f"there are {len(found)}; judge more on the Quality page."
        )
    return list(found.values())


def tune(
    library: Library,
    questions: Sequence[Question],
    folder: Path,
    *,
    recipe: EncoderRecipe,
    seed: int,
    progress: Progress,
) -> Tuned:
    """Tune the library's encoder on two thirds of the questions and measure on the others.

    The model is written to the folder unless it is worse on the questions held back, searched
    in a library built anew with it.
    """
    documents = [library.document(card.document.document_id) for card in library.documents()]
    resolved = resolve(questions, documents)
    held, trained = _split(questions, seed)
    examples = judged_examples(library, trained, resolved.qrels)
    base = find_model(otherwise=library.info().model)
    model = tune_encoder(Path(base.path), examples, recipe, progress)
    with tempfile.TemporaryDirectory() as scratch:
        ship(model, Path(scratch) / "encoder")
        encoder = load_encoder(find_model(str(Path(scratch) / "encoder")))
        before = _report(library, held, resolved)
        after = _retrieved(library, encoder, Path(scratch) / "library", held, resolved)
    (difference,) = [one for one in compare(before, after).differences if one.measure == NAMES[0]]
    tuned = Tuned(len(trained), len(held), difference, folder)
    if not tuned.refused:
        ship(model, folder)
    return tuned


def _split(questions: Sequence[Question], seed: int) -> tuple[list[Question], list[Question]]:
    order = np.random.default_rng(seed).permutation(len(questions))
    held = set(order[: round(len(questions) * HELD_BACK)].tolist())
    return (
        [question for place, question in enumerate(questions) if place in held],
        [question for place, question in enumerate(questions) if place not in held],
    )


def judged_examples(
    library: Library, questions: Sequence[Question], qrels: Mapping[str, Mapping[str, int]]
) -> list[Example]:
    """Return every judged paragraph with the questions that it answers.

    One judged not relevant throughout answers none: it only is there to be told apart.
    """
    queries: dict[str, list[Query]] = defaultdict(list)
    for question in questions:
        plan = library.plan(question.text)
        for paragraph_id, grade in qrels[question.id].items():
            asked = queries[paragraph_id]  # an entry even where it answers nothing
            if grade > 0:
                asked.append(Query(plan.topic, bool(plan.authorities)))
    return [_example(library, paragraph_id, asked) for paragraph_id, asked in queries.items()]


def _example(library: Library, paragraph_id: str, queries: Sequence[Query]) -> Example:
    cited = library.paragraph(paragraph_id)
    authority = library.card(cited.document_id).document.authority or ""
    return Example(paragraph_id, authority, passage_of(cited.paragraph), tuple(queries))


def _report(library: Library, questions: Sequence[Question], resolved: Resolved) -> Report:
    return evaluate(questions, resolved, library, measured={})


def _retrieved(
    library: Library,
    encoder: Encoder,
    folder: Path,
    questions: Sequence[Question],
    resolved: Resolved,
) -> Report:
    again = reembedded(library, encoder, folder)
    try:
        return _report(again, questions, resolved)
    finally:
        again.close()  # Windows removes no folder with an open file
