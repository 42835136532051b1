"""The decision whether to answer, fitted."""

import json
from dataclasses import replace

import numpy as np
import pytest

from answer.decide import read_calibrations
from answer.evidence import Evidence
from eval.calibrate import ANSWERED, PRIOR, Sample, calibrate, fit, write_calibrations
from eval.errors import EvalError


@pytest.fixture
def samples():
    """Two hundred questions; those with an answer have more coverage, and nothing else differs."""
    random = np.random.default_rng(7)
    made = []
    for number in range(200):
        answerable = number % 2 == 0
        coverage = float(random.normal(0.7 if answerable else 0.4, 0.1))
        evidence = Evidence(coverage, float(random.normal(0.5, 0.1)), 5.0 + number % 3)
        made.append(Sample("made", f"authority {number % 20}", answerable, evidence))
    return made


def test_the_weights_are_where_the_gradient_vanishes():
    random = np.random.default_rng(3)
    features = random.normal(size=(400, 2))
    labels = features @ [2.0, 0.0] + random.logistic(size=400) > 0
    weights, bias = fit(features, labels)
    assert weights[0] == pytest.approx(2.0, abs=0.6)
    assert weights[1] == pytest.approx(0.0, abs=0.4)
    chance = 1 / (1 + np.exp(-(features @ weights + bias)))
    weight = np.where(labels, PRIOR / labels.mean(), (1 - PRIOR) / (1 - labels.mean()))
    assert (weight * (labels - chance)).sum() == pytest.approx(0, abs=1e-3)


def test_the_threshold_keeps_the_share_that_it_should(samples):
    plain, words = calibrate(samples)
    assert (plain.name, words.name) == ("plain", "words")
    assert plain.rates["all"].answered == pytest.approx(ANSWERED, abs=0.011)
    assert plain.rates["all"].declined > 0.7
    assert plain.rates["all"].auroc > 0.95
    assert plain.calibration.weights["coverage"] > 5
    assert set(words.calibration.weights) == {"coverage", "searched"}


def test_a_reranker_makes_a_calibration_of_its_own(samples):
    judged = [
        replace(one, evidence=replace(one.evidence, relevance=4.0 * one.answerable - 2))
        for one in samples
    ]
    (fitted,) = calibrate(judged)
    assert fitted.name == "reranked"
    assert fitted.calibration.weights["relevance"] > 0
    assert fitted.rates["all"].auroc == 1
    with pytest.raises(EvalError, match="reranked"):
        calibrate([*samples, *judged])


def test_one_kind_of_question_is_not_enough(samples):
    with pytest.raises(EvalError, match="without one"):
        calibrate([one for one in samples if one.answerable])


def test_what_is_written_is_read_back_and_the_rest_stays(samples, tmp_path):
    path = tmp_path / "decision.json"
    path.write_text('{"reranked": {"weights": {}, "bias": 1, "threshold": 0.5}}', encoding="utf-8")
    fitted = calibrate(samples)
    write_calibrations(fitted, "f" * 64, path)
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record["model_sha256"] == "f" * 64
    read = read_calibrations(record)
    assert set(read) == {"plain", "words", "reranked"}
    assert read["plain"] == fitted[0].calibration
