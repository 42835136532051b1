"""The encoder's tuning: its loss by hand, and one short tuning of the real base."""

from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer

from index.encoder import GENERAL_MODEL, find_model
from train.encoder import EncoderRecipe, contrastive, encode, load_base, tune_encoder
from train.examples import Example, Query

TEXTS = {
    "runaways": "Children who go missing from care are offered a return home interview.",
    "locums": "The council relies on agency social workers to fill its vacancies.",
    "temps": "Agency social workers fill the vacancies that the council has.",
    "B&B": "Care leavers were placed in bed and breakfast accommodation.",
}
EXAMPLES = [
    Example(f"a#{name}", "Ambridge", text, (Query(name, placed=False),))
    for name, text in TEXTS.items()
]


def loss(queries, passages, owners, same=None) -> float:
    same = torch.zeros(len(passages), len(passages), dtype=torch.bool) if same is None else same
    return float(
        contrastive(torch.tensor(queries), torch.tensor(passages), torch.tensor(owners), same, 1.0)
    )


def test_a_question_is_to_be_told_from_every_other_passage():
    passages = [[1.0, 0.0], [0.0, 1.0]]
    assert loss([[1.0, 0.0]], passages, [0]) == pytest.approx(np.log(1 + np.exp(-1)))
    assert loss([[1.0, 0.0]], passages, [1]) == pytest.approx(np.log(1 + np.exp(1)))


def test_several_questions_may_share_a_passage():
    passages = [[1.0, 0.0], [0.0, 1.0]]
    one = loss([[1.0, 0.0]], passages, [0])
    assert loss([[1.0, 0.0], [1.0, 0.0]], passages, [0, 0]) == pytest.approx(one)


def test_a_passage_that_says_the_same_is_not_held_against_the_question():
    passages = [[1.0, 0.0], [1.0, 0.0], [0.0, 1.0]]
    same = torch.eye(3, dtype=torch.bool)
    same[0, 1] = same[1, 0] = True
    excused = loss([[1.0, 0.0]], passages, [0], same)
    assert excused == pytest.approx(loss([[1.0, 0.0]], [passages[0], passages[2]], [0]))
    assert excused < loss([[1.0, 0.0]], passages, [0])


@pytest.fixture(scope="module")
def base() -> Path:
    return Path(find_model(GENERAL_MODEL).path)


@pytest.fixture(scope="module")
def recipe() -> EncoderRecipe:
    return EncoderRecipe(epochs=4, batch=4, rate=5e-5)


def tuned(base: Path, recipe: EncoderRecipe) -> tuple[SentenceTransformer, list[float]]:
    losses: list[float] = []
    model = tune_encoder(base, EXAMPLES, recipe, lambda _, __, loss: losses.append(loss))
    return model, losses


def test_tuning_brings_questions_to_their_paragraphs_and_repeats_itself(base, recipe):
    model, losses = tuned(base, recipe)
    assert losses[-1] < losses[0]
    again, _ = tuned(base, recipe)
    names = list(TEXTS)
    assert np.allclose(encode(model, names), encode(again, names), atol=1e-3)
    before = load_base(base)

    def own_similarity(which: SentenceTransformer) -> float:
        return float((encode(which, names) * encode(which, list(TEXTS.values()))).sum(1).mean())

    assert own_similarity(model) > own_similarity(before)


def test_fast_encoding_gives_the_vectors_of_the_library(base):
    model = load_base(base)
    texts = list(TEXTS.values())
    exact = model.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    assert float((encode(model, texts) * exact).sum(1).min()) > 0.998  # bfloat16
