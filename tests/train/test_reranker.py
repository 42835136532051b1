"""The reranker's tuning: its loss by hand, its data, its calibration, one short tuning."""

import numpy as np
import pytest
import torch

from index.encoder import GENERAL_MODEL, find_model
from index.model import Hit
from index.reranker import load_reranker, probabilities
from train.calibration import apply, calibrate
from train.candidates import Shortlist, gather, without_repeats
from train.examples import Example, Query
from train.reranker import RerankerRecipe, list_loss, score_all, tune_reranker
from train.shipping import LARGEST, ship

ANSWER = "Children who go missing from care are offered a return home interview."
REST = (
    "Staff speak well of their managers.",
    "The virtual school knows each pupil.",
    "Foster carers are trained.",
)
SHORTLISTS = [
    Shortlist("runaways", "Ambridge", ANSWER, 2, REST),
    Shortlist("temps", "Ambridge", "The council relies on agency social workers.", 1, REST),
]


def test_the_loss_falls_as_the_answer_rises_above_the_rest():
    losses = [float(list_loss(torch.tensor([own, 0.0, 0.0]), 0.5)) for own in (-2.0, 0.0, 2.0)]
    assert losses == sorted(losses, reverse=True)


def test_only_the_pointwise_part_sees_how_high_all_scores_are():
    low, high = torch.tensor([1.0, -1.0]), torch.tensor([6.0, 4.0])
    assert float(list_loss(low, 0.0)) == pytest.approx(float(list_loss(high, 0.0)))
    assert float(list_loss(low, 0.5)) < float(list_loss(high, 0.5))


class Shelf:
    """A library whose every search finds the same hits."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.asked: list[tuple[str, str | None]] = []

    def search(self, question, top_k, filters):
        self.asked.append((question, filters.authority))
        return [hit(rank, text) for rank, text in enumerate(self.texts[:top_k], 1)]


def hit(rank: int, text: str) -> Hit:
    return Hit(
        rank=rank, score=1 / rank, doc="a.pdf", document_id="a", paragraph_id=f"a#p{rank}",
        number=str(rank), label="", citation="", full_citation="", heading=None, page_start=None,
        page_end=None, text=text, highlights=(), kind="numbered", title=None,
        authority="Ambridge", year=2016, document_kind="inspection", second_hand=False,
    )  # fmt: skip


def test_a_shortlist_is_searched_in_its_own_authority_and_knows_where_the_answer_stood():
    shelf = Shelf(REST[0], ANSWER, REST[1])
    queries = tuple(Query(name, placed=False) for name in ("runaways", "missing", "RHI"))
    example = Example("a#p2", "Ambridge", ANSWER, queries)
    generator = np.random.default_rng(0)
    found = list(gather([example], shelf, per_example=2, generator=generator))
    assert [(s.answer, s.answer_rank, s.rest) for s in found] == [(ANSWER, 2, REST[:2])] * 2
    assert len(set(shelf.asked)) == 2
    assert {authority for _, authority in shelf.asked} == {"Ambridge"}


def test_what_says_the_same_as_the_answer_is_no_wrong_candidate():
    vectors = {ANSWER: [1.0, 0.0], REST[0]: [0.9, 0.436], REST[1]: [0.0, 1.0], REST[2]: [0.6, 0.8]}
    (kept,) = without_repeats(
        SHORTLISTS[:1], lambda texts: np.array([vectors[text] for text in texts]), 0.85
    )
    assert kept.rest == REST[1:]


def test_calibration_recovers_the_line_that_made_the_answers():
    generator = np.random.default_rng(0)
    scores = generator.normal(0, 3, 20_000).astype(np.float32)
    chances = 1 / (1 + np.exp(-(0.5 * scores - 1)))
    line = calibrate(scores, generator.random(20_000) < chances)
    assert line.slope == pytest.approx(0.5, abs=0.05)
    assert line.intercept == pytest.approx(-1, abs=0.1)


@pytest.mark.filterwarnings("ignore:.*LOAD REPORT.*")
def test_a_tuned_reranker_ships_small_and_scores_the_same_from_its_folder(tmp_path):
    losses: list[float] = []
    recipe = RerankerRecipe(epochs=15, batch=2, rest=3)
    model = tune_reranker(
        find_model(GENERAL_MODEL).path, SHORTLISTS, recipe, lambda *step: losses.append(step[2])
    )
    assert losses[-1] < losses[0]
    scores = score_all(model, SHORTLISTS[0], recipe.tokens)
    assert scores.argmax() == 0
    apply(model, calibrate(np.array([-1.0, 1.0, 3.0]), np.array([False, True, True])))
    assert ship(model, tmp_path / "reranker") < LARGEST
    shipped = load_reranker(str(tmp_path / "reranker"))
    again = shipped.score("runaways", [ANSWER, *REST])
    assert again.dtype == np.float32
    assert again.argmax() == 0
    direct = score_all(model, SHORTLISTS[0], recipe.tokens)
    assert np.allclose(again, direct, atol=0.1)  # bfloat16
    assert ((probabilities(again) > 0) & (probabilities(again) < 1)).all()
    assert shipped.score("runaways", []).shape == (0,)
