"""Tuning on judgements: the split, what is learnt from, and what is refused."""

import json
from pathlib import Path

import numpy as np
import pytest

from eval.compare import Difference
from index.encoder import find_model, load_encoder
from index.library import Library
from train import __main__ as command_line
from train.__main__ import main
from train.encoder import EncoderRecipe, answer_together
from train.errors import TrainingError
from train.examples import Example, Query
from train.tune import FEWEST, Tuned, judged_examples, read_judged, tune

SEEDS = Path(__file__).parents[2] / "eval" / "questions" / "seeds.questions.jsonl"


@pytest.fixture(scope="module")
def library(built_corpus) -> Path:
    return built_corpus


def difference(change: float, p_value: float) -> Difference:
    return Difference("nDCG@10", 0.5, 0.5 + change, p_value, 1, 1, 1)


def test_only_what_is_surely_worse_is_refused():
    refused = [
        Tuned(8, 4, difference(change, p_value), Path("x")).refused
        for change, p_value in [(-0.1, 0.01), (-0.1, 0.2), (0.1, 0.01), (0.0, 1.0)]
    ]
    assert refused == [True, False, False, False]


def test_too_few_questions_are_said(tmp_path):
    few = SEEDS.read_text(encoding="utf-8").splitlines()[: FEWEST - 1]
    (tmp_path / "few.jsonl").write_text("\n".join(few), encoding="utf-8")
    with pytest.raises(TrainingError, match=f"at least {FEWEST} questions"):
        read_judged([tmp_path / "few.jsonl"])


def test_a_paragraph_judged_not_relevant_answers_nothing(library):
    opened = Library.open(library)
    question, other = read_judged([SEEDS])[:2]
    document_id = opened.documents()[0].document.document_id
    ids = [cited.paragraph_id for cited in opened.paragraphs(document_id)[:2]]
    qrels = {question.id: {ids[0]: 2, ids[1]: 0}, other.id: {ids[0]: 1}}
    first, second = judged_examples(opened, [question, other], qrels)
    assert (first.paragraph_id, len(first.queries)) == (ids[0], 2)
    assert (second.paragraph_id, second.queries) == (ids[1], ())
    opened.close()


def test_paragraphs_that_answer_one_question_are_not_set_against_each_other():
    asked = [("a", "b"), ("b",), ("c",), ()]
    examples = [Example("", "", "", tuple(Query(text, False) for text in one)) for one in asked]
    assert np.array_equal(answer_together(examples)[0], [1, 1, 0, 0])
    assert not answer_together(examples)[3].any()


@pytest.mark.slow
def test_a_model_is_tuned_on_judgements_and_loaded(library, tmp_path, capsys):
    out = tmp_path / "tuned"
    recipe = json.dumps({"epochs": 1, "batch": 8, "tokens": 32})
    code = main(
        ["tune", str(SEEDS), "--library", str(library), "--out", str(out), "--recipe", recipe]
    )
    said = capsys.readouterr().err
    assert "questions held back" in said
    assert (code, out.is_dir()) in [(0, True), (1, False)]
    if code == 0:
        assert load_encoder(find_model(str(out))).dim == 384


@pytest.mark.slow
def test_a_model_made_worse_is_not_kept(library, tmp_path, monkeypatch, capsys):
    real = command_line.tune
    ruin = EncoderRecipe(epochs=1, batch=8, tokens=32, rate=0.02)  # no model survives that

    def ruined(*arguments, recipe, **options) -> Tuned:
        return real(*arguments, recipe=ruin, **options)

    monkeypatch.setattr(command_line, "tune", ruined)
    out = tmp_path / "tuned"
    assert main(["tune", str(SEEDS), "--library", str(library), "--out", str(out)]) == 1
    assert not out.exists()
    assert len(capsys.readouterr().err.strip().splitlines()[-1]) < 200


def test_tuning_itself_is_what_the_command_runs():
    assert command_line.tune is tune
