"""Whether a library answers, and how likely that is."""

import json
import math
from dataclasses import replace

import pytest

from answer.decide import ABSENT, DATA, Calibration, calibrated_model, calibrations, decide
from answer.evidence import Evidence, gather
from tests.answer.hits import hit

GOOD = replace(hit("Caseloads are high."), coverage=0.9, similarity=0.8)
BAD = replace(hit("The building is new."), coverage=0.1, similarity=0.2)


def test_a_calibration_is_a_logistic_regression():
    calibration = Calibration({"coverage": 2.0, "searched": -1.0}, bias=0.5, threshold=0.5)
    expected = 1 / (1 + math.exp(-(0.5 + 2.0 * 0.75 - 1.0 * 3.0)))
    assert calibration.probability(Evidence(0.75, 0.3, 3.0)) == pytest.approx(expected)


def test_odds_beyond_measure_do_not_overflow():
    calibration = Calibration({"searched": 1e6}, bias=0.0, threshold=0.5)
    assert calibration.probability(Evidence(0, 0, 1e6)) == 1
    assert calibration.probability(Evidence(0, 0, -1e6)) == 0


@pytest.mark.parametrize("model", [calibrated_model(), "another"])
def test_more_evidence_makes_an_answer_likelier(model):
    good, bad = (decide([one], 300, model, held=True) for one in (GOOD, BAD))
    assert good.answered
    assert not bad.answered
    assert 0.9 < good.confidence <= 1
    assert 0 <= bad.confidence < 0.2


def test_the_best_of_many_is_good_by_chance():
    few, many = (decide([GOOD], count, "another", held=True) for count in (100, 100_000))
    assert few.confidence > many.confidence


def test_cosines_of_another_encoder_say_nothing():
    near, far = (replace(GOOD, similarity=value) for value in (0.9, 0.1))
    known, other = calibrated_model(), "another"
    assert decide([near], 300, other, held=True) == decide([far], 300, other, held=True)
    assert decide([near], 300, known, held=True) != decide([far], 300, known, held=True)


def test_what_is_not_held_is_never_answered():
    decision = decide([GOOD], 300, calibrated_model(), held=False)
    assert not decision.answered
    assert decision.confidence <= ABSENT


def test_a_paragraph_asked_for_by_its_number_is_the_answer():
    assert decide([BAD], 300, calibrated_model(), held=True, cited=True).answered
    assert not decide([BAD], 300, calibrated_model(), held=False, cited=True).answered


def test_without_hits_there_is_no_answer():
    assert decide([], 0, calibrated_model(), held=True).confidence == 0


def test_evidence_is_the_best_of_the_first_hits():
    hits = [BAD, GOOD, *[BAD] * 5, replace(GOOD, coverage=1.0)]
    assert gather(hits, 100) == Evidence(0.9, 0.8, math.log(100))


def test_what_is_fitted_keeps_what_is_promised():
    """On questions whose authority the fit had not seen; without cosines less is declined."""
    record = json.loads(DATA.read_text(encoding="utf-8"))
    assert set(calibrations()) >= {"plain", "words"}
    for name in calibrations():
        rates = record[name]["crossfitted"]["all"]
        assert rates["answered"] >= 0.92
        assert rates["declined"] >= (0.7 if name == "words" else 0.75)
        assert rates["auroc"] >= 0.92


def test_a_reranker_s_judgement_of_the_best_counts_as_log_odds():
    judged = [replace(BAD, relevance=0.25), replace(GOOD, relevance=0.75), GOOD]
    assert gather(judged, 100).relevance == pytest.approx(math.log(3))
    assert gather([replace(GOOD, relevance=1.0)], 100).relevance == pytest.approx(9.21, abs=0.01)
    assert gather([GOOD], 100).relevance is None
