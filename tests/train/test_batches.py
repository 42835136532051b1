"""What is set against what in a step."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from train.batches import alike_together, shuffled


@given(st.integers(1, 60), st.integers(1, 20), st.integers(0, 5))
def test_no_place_comes_twice_and_few_are_left_out(count, size, seed):
    batches = list(shuffled(count, size, np.random.default_rng(seed)))
    places = [place for batch in batches for place in batch]
    assert len(set(places)) == len(places)
    assert set(places) <= set(range(count))
    assert count - len(places) < max(1, size / 2)
    assert all(len(batch) <= size for batch in batches)


def test_paragraphs_that_resemble_each_other_share_a_batch():
    families = np.repeat(np.arange(8), 4)
    similarity = np.where(families[:, None] == families, 0.7, 0.1).astype(np.float32)
    batches = list(alike_together(similarity, 8, 4, np.random.default_rng(0)))
    assert sorted(place for batch in batches for place in batch) == list(range(32))
    for batch in batches:
        assert len({families[place] for place in batch}) == 2


def test_paragraphs_that_say_the_same_are_not_brought_together():
    similarity = np.full((40, 40), 0.1, np.float32)
    similarity[::2, 1::2] = similarity[1::2, ::2] = -1.0  # an even one says what an odd one says
    for batch in alike_together(similarity, 2, 2, np.random.default_rng(0)):
        assert batch[0] % 2 == batch[1] % 2
