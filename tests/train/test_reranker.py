"""The reranker's tuning: likeness by hand, its shortlists, its calibration, one short tuning."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from index.encoder import GENERAL_MODEL, find_model
from index.model import Hit, QueryPlan
from index.reranker import load_reranker, probabilities
from index.search import SearchConfig
from train.calibration import Calibration, calibrate, write_calibration
from train.candidates import Asked, Shortlist, gather
from train.examples import Example, Query
from train.reranker import RerankerRecipe, likeness, tune_reranker
from train.shipping import LARGEST, ship
from train.weights import Read, calibrated, keep, sweep_reading

ANSWER = "Children who go missing from care are offered a return home interview."
OTHER = "The council relies on agency social workers."
REST = (
    "Staff speak well of their managers.",
    "The virtual school knows each pupil.",
    "Foster carers are trained.",
)
EXAMPLES = [
    Example("a#p1", "Ambridge", ANSWER, (Query("runaways", False),)),
    Example("a#p2", "Ambridge", OTHER, (Query("temps", False),)),
    *(Example(f"a#p{n}", "Ambridge", text, ()) for n, text in enumerate(REST, 3)),
]


def test_likeness_is_the_mean_of_each_words_best_match():
    x, y = [1.0, 0.0], [0.0, 1.0]
    asked = [torch.tensor([x, y]), torch.tensor([x])]
    passages = [torch.tensor([x]), torch.tensor([x, y, y])]
    assert likeness(asked, passages).tolist() == [[0.5, 1.0], [1.0, 1.0]]


class Shelf:
    """A library whose every search finds the same hits."""

    def __init__(self, *texts: str) -> None:
        self.texts = texts
        self.config = SearchConfig()
        self.asked: list[str | None] = []

    def search(self, question, top_k, filters):
        assert self.config.rerank == 0
        self.asked.append(filters.authority)
        place = "a" if filters.authority == "Ambridge" else "b"
        return [hit(rank, place, text) for rank, text in enumerate(self.texts[:top_k], 1)]

    def plan(self, question):
        return QueryPlan(question, topic=question, expansions={"temps": ("agency staff",)})


def hit(rank: int, document_id: str, text: str) -> Hit:
    return Hit(
        rank=rank, score=1.5 - rank / 10, doc="a.pdf", document_id=document_id,
        paragraph_id=f"{document_id}#p{rank}", number=str(rank), label="", citation="",
        full_citation="", heading=None, page_start=None, page_end=None, text=text, highlights=(),
        kind="numbered", title=None, authority="Ambridge", year=2016, document_kind="inspection",
        second_hand=False,
    )  # fmt: skip


def test_a_shortlist_is_of_its_own_authority_and_some_are_of_another():
    shelf = Shelf(REST[0], ANSWER)
    asked = [Asked("temps", "Ambridge", "a#p2"), Asked("beds", "Borchester", "b#p9")]
    first, elsewhere, second = gather(shelf, asked, seed=0)
    assert shelf.asked == ["Ambridge", "Borchester", "Borchester"]
    assert (first.query, first.texts) == ("temps agency staff", (REST[0], ANSWER))
    assert (first.answer, first.elsewhere) == (1, False)
    assert first.groups.tolist() == [1, 1]
    assert first.points[0] > first.points[1]
    assert (elsewhere.answer, elsewhere.elsewhere) == (None, True)
    assert (second.answer, second.elsewhere) == (None, False)


def listed(answer: int | None, **more: object) -> Shortlist:
    points, groups = np.array([12.0, 11.0, 10.0]), np.array([1, 1, 0])
    return replace(Shortlist("?", ("a", "b", "c"), points, groups, answer, False), **more)


def test_reading_again_counts_where_it_helps_and_keeps_the_groups():
    helps = [Read(listed(1), np.array([0.0, 0.5, 0.0], np.float32))] * 20
    assert sweep_reading(helps).chosen > 0
    harms = [Read(listed(0), np.array([0.0, 0.5, 0.0], np.float32))] * 20
    assert sweep_reading(harms).chosen == 0
    other_group = [Read(listed(2), np.array([0.0, 0.0, 9.0], np.float32))] * 20
    assert set(sweep_reading(other_group).means.values()) == {0.5}  # third, whatever it scores
    elsewhere = Read(listed(None, elsewhere=True), np.zeros(3, np.float32))
    assert sweep_reading([*helps, elsewhere]).questions == 20


def test_lists_without_an_answer_lower_the_chances():
    sure = Read(listed(0), np.array([0.9, 0.1, 0.2], np.float32))
    none = Read(listed(None, elsewhere=True), np.array([0.9, 0.1, 0.2], np.float32))
    alone, with_none = calibrated([sure] * 10), calibrated([sure, none] * 10)
    assert 0.9 * with_none.slope + with_none.intercept < 0.9 * alone.slope + alone.intercept


def test_calibration_recovers_the_line_that_made_the_answers():
    generator = np.random.default_rng(0)
    scores = generator.normal(0, 3, 20_000).astype(np.float32)
    chances = 1 / (1 + np.exp(-(0.5 * scores - 1)))
    line = calibrate(scores, generator.random(20_000) < chances)
    assert line.slope == pytest.approx(0.5, abs=0.05)
    assert line.intercept == pytest.approx(-1, abs=0.1)


def test_weights_are_kept_beside_the_others(tmp_path):
    path = tmp_path / "weights.json"
    keep({"dense_weight": 20.0}, path)
    keep({"rerank_weight": 1.5}, path)
    assert (
        path.read_text(encoding="utf-8") == '{\n "dense_weight": 20.0,\n "rerank_weight": 1.5\n}\n'
    )


def test_a_tuned_reranker_ships_small_and_scores_the_same_from_its_folder(tmp_path):
    losses: list[float] = []
    vectors = np.eye(len(EXAMPLES), dtype=np.float32)
    base = find_model(GENERAL_MODEL).path
    recipe = RerankerRecipe(epochs=8, batch=5, rate=1e-4)
    model = tune_reranker(base, EXAMPLES, vectors, recipe, lambda *step: losses.append(step[2]))
    assert losses[-1] < losses[0]
    folder = tmp_path / "reranker"
    assert ship(model, folder) < LARGEST
    plain = load_reranker(folder)
    found = plain.score("runaways", [*REST, ANSWER])
    assert (found.dtype, int(found.argmax())) == (np.float32, 3)
    direct = model.similarity(
        model.encode_query(["runaways"]), model.encode_document([*REST, ANSWER])
    )
    assert np.allclose(found, direct.numpy()[0], atol=0.01)  # half precision
    write_calibration(Calibration(10.0, -5.0), folder)
    calibrated_one = load_reranker(folder)
    again = calibrated_one.score("runaways", [*REST, ANSWER])
    assert np.allclose(again, 10 * found - 5, atol=0.1)
    assert ((probabilities(again) > 0) & (probabilities(again) < 1)).all()
    assert calibrated_one.score("runaways", []).shape == (0,)
