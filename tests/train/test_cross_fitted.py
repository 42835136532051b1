"""Each paragraph is compared by the encoder of its own fold, and by no other."""

import numpy as np
import pytest

from index.search import SearchConfig
from tests.index.conftest import KeywordEncoder
from train.cross_fitted import CrossFitted, adjusted
from train.errors import TrainingError

FOLDS = {"beds and hotels": 0, "hotels for weeks": 1}


def test_the_product_is_the_cosine_by_the_fold_of_the_passage():
    one, two = KeywordEncoder("one"), KeywordEncoder("two")
    joined = CrossFitted([one, two], FOLDS)
    vectors = joined.encode(list(FOLDS))
    asked = joined.encode_query("weeks in hotels")
    assert vectors.shape == (2, joined.dim)
    assert np.linalg.norm(asked) == pytest.approx(1)
    for (text, fold), vector in zip(FOLDS.items(), vectors, strict=True):
        encoder = (one, two)[fold]
        cosine = encoder.vector(text) @ encoder.vector("weeks in hotels")
        assert vector @ asked * np.sqrt(2) == pytest.approx(cosine)
        assert text not in (two, one)[fold].encoded


def test_a_passage_of_no_fold_is_refused():
    with pytest.raises(TrainingError, match="begins 'unheard"):
        CrossFitted([KeywordEncoder()], FOLDS).encode(["unheard of"])


def test_without_feedback_the_settings_weigh_exactly_as_before():
    config = adjusted(SearchConfig(dense_weight=20.0, feedback=0.0), 4)
    assert (config.dense_weight, config.feedback) == (40.0, 0.0)
    assert adjusted(SearchConfig(dense_weight=20.0, feedback=0.4), 4).feedback == 0.2
