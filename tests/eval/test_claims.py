"""Weights fitted to claims whose truth is known."""

import json
import tomllib
from pathlib import Path

import numpy as np
import pytest

from answer.directions import Directions, directions_of
from eval.claims import Sample, fit, read_claims, weights_text, without_axes
from eval.errors import EvalError
from index.encoder import find_model

CLAIMS = Path(__file__).parents[2] / "eval" / "known_claims.jsonl"


def sample() -> Sample:
    draw = np.random.default_rng(0)
    wrong = np.arange(200) % 2 == 1
    signs = np.c_[wrong + draw.normal(0, 0.4, 200), draw.normal(0, 1, 200)]
    return Sample(("tells", "axis noise"), signs, wrong, np.arange(200) // 2)


def test_the_sign_that_tells_gets_the_weight():
    fitted = fit(sample(), penalty=1.0, false_alarms=0.05)
    assert fitted.weighing.weights["tells"] > 5 * abs(fitted.weighing.weights["axis noise"])
    assert fitted.auroc > 0.9
    assert fitted.false_alarms == pytest.approx(0.05, abs=0.01)
    assert fitted.found > 0.6


def test_signs_that_tell_nothing_find_nothing():
    one = sample()
    noise = Sample(one.names, np.random.default_rng(5).normal(size=(200, 2)), one.wrong, one.groups)
    assert fit(noise, 1.0, 0.05).auroc == pytest.approx(0.5, abs=0.1)


def test_the_weights_are_written_as_they_are_read():
    fitted = fit(without_axes(sample()), 1.0, 0.05)
    table = tomllib.loads(weights_text({"turned": fitted.weighing}))["turned"]
    assert table["weights"] == pytest.approx({"tells": fitted.weighing.weights["tells"]}, abs=1e-4)
    assert table["threshold"] == pytest.approx(fitted.weighing.threshold, abs=1e-3)


def test_the_claims_that_ship_hold_right_and_wrong_ones_of_each_paragraph():
    claims = read_claims(CLAIMS)
    kinds = {claim.kind for claim in claims}
    assert kinds == {"correct", "unsupported", "changed_digit", "swapped_numbers"}
    assert len({claim.id for claim in claims}) == len(claims) >= 300
    assert not any(
        name in claim.paragraph_id for claim in claims for name in ("wandsworth", "slough")
    )


def test_the_paraphrased_claims_hold_right_and_wrong_ones_of_each_paragraph():
    claims = read_claims(CLAIMS.with_name("paraphrased_claims.jsonl"))
    right = {claim.paragraph_id for claim in claims if claim.kind == "correct"}
    wrong = {claim.paragraph_id for claim in claims if claim.kind == "unsupported"}
    assert right == wrong
    assert len({claim.id for claim in claims}) == len(claims) >= 150


def test_a_file_that_holds_no_claims_is_refused(tmp_path):
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "1"}), encoding="utf-8")
    with pytest.raises(EvalError, match="no list of claims"):
        read_claims(tmp_path / "a.jsonl")


def test_opposites_lie_apart_along_their_direction():
    axis = np.array([[1.0, 0.0, 0.0]], np.float32)
    directions = Directions(("high or low",), axis, "0")
    claim = np.array([0.6, 0.8, 0.0], np.float32)
    same, other = claim[None], np.array([[-0.6, 0.8, 0.0]], np.float32)
    assert directions.signs(claim, same)["axis high or low"] == pytest.approx(0.0)
    assert directions.signs(claim, other)["axis high or low"] == pytest.approx(1.2)


def test_the_directions_that_ship_are_those_of_the_default_model():
    assert directions_of(find_model().sha256) is not None
    assert directions_of("0" * 64) is None
