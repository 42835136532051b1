import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.bm25 import Bm25Config, WordIndex
from index.postings import Postings, Tokens

PLAIN = Bm25Config(saturation=1.2, length=0.0)


def index_of(*texts, parts=1):
    """An index over the texts, in one part or several."""
    rows = np.array([10 * place for place in range(1, len(texts) + 1)], np.int64)
    ends = [len(texts) * part // parts for part in range(parts + 1)]
    runs = [Tokens.read(iter(texts[a:b])).sorted() for a, b in pairwise(ends)]
    return WordIndex(rows, [Postings.of(run) for run in runs])


def scores(texts, *concepts, config=PLAIN):
    return score(texts, *concepts, config=config).scores


def score(texts, *concepts, config=PLAIN):
    return index_of(*texts).score([(c,) if isinstance(c, str) else c for c in concepts], config)


def bm25(count, holding, total):
    return math.log(1 + (total - holding + 0.5) / (holding + 0.5)) * count * 2.2 / (count + 1.2)


def test_scores_are_those_worked_out_by_hand():
    found = scores(["staff staff leave", "staff stay", "children"], "staff", "leave")
    assert found.tolist() == pytest.approx(
        [bm25(2, 2, 3) + bm25(1, 1, 3), bm25(1, 2, 3), 0.0], abs=1e-5
    )


def test_ways_to_say_one_thing_count_as_one_word():
    texts = ["agency staff", "locums", "locums and agency staff", "children"]
    found = scores(texts, ("locums", "agency staff"))
    assert found.tolist() == pytest.approx(
        [bm25(1, 3, 4), bm25(1, 3, 4), bm25(2, 3, 4), 0.0], abs=1e-5
    )


def test_a_phrase_needs_its_words_side_by_side_and_in_order():
    texts = ["bed and breakfast", "breakfast in bed", "bed, and a late breakfast", "tea"]
    assert (scores(texts, "bed and breakfast") > 0).tolist() == [True, False, False, False]


def test_a_phrase_does_not_run_from_one_paragraph_into_the_next():
    assert not scores(["we like foster", "carers here"], "foster carers").any()


def test_a_phrase_may_reach_past_the_first_and_the_last_paragraph():
    texts = ["visit bed bed leave", "bed bed leave children"]
    assert not scores(texts, "children bed leave").any()
    assert not scores(texts, "leave bed visit").any()
    assert not scores(texts, "bed leave bed bed visit").any()


def test_inflections_meet():
    assert (scores(["Places", "placing", "a plaice"], "placed") > 0).tolist() == [
        True,
        True,
        False,
    ]


def test_a_longer_paragraph_counts_less():
    config = Bm25Config(saturation=1.2, length=0.75)
    short, long, _ = scores(
        ["staff leave", "staff " + "and so on " * 9, "x"], "staff", config=config
    )
    assert short > long > 0


def test_unknown_words_empty_texts_and_an_empty_library_score_nothing():
    assert not scores(["staff"], "toboggan", "", "?!").any()
    assert scores(["", "staff"], "staff").tolist()[0] == 0
    assert WordIndex(np.empty(0, np.int64), []).score([("a",)], PLAIN).scores.shape == (0,)


def test_the_most_counts_what_no_paragraph_mentions():
    found = score(["staff", "children", "bed"], "staff", "toboggan")
    assert found.most == pytest.approx(2.2 * (math.log(1 + 2.5 / 1.5) + math.log(1 + 3.5 / 0.5)))
    assert 0 < found.scores.max() < found.most


def test_paragraphs_that_hold_every_phrase_are_told():
    index = index_of("agency staff leave", "staff of an agency", "leaving agency staff", parts=2)
    assert index.holding(["agency staff", "leaves"]).tolist() == [10, 30]
    assert index.holding(["toboggan"]).tolist() == []


words = st.sampled_from(["staff", "leave", "children", "bed", "and", "breakfast"])
texts = st.lists(st.lists(words, max_size=8).map(" ".join), min_size=1, max_size=6)


@settings(deadline=None)
@given(texts, st.lists(words, min_size=1, max_size=3).map(" ".join))
def test_a_phrase_is_found_where_a_plain_search_finds_it(paragraphs, phrase):
    found = scores(paragraphs, phrase) > 0
    assert found.tolist() == [f" {phrase} " in f" {text} " for text in paragraphs]


@settings(deadline=None)
@given(texts, st.lists(st.lists(words, min_size=1, max_size=3).map(" ".join), max_size=4))
def test_parts_score_as_the_whole(paragraphs, concepts):
    whole = index_of(*paragraphs).score([concepts], PLAIN)
    parts = index_of(*paragraphs, parts=3).score([concepts], PLAIN)
    assert np.array_equal(whole.scores, parts.scores)
    assert whole.most == parts.most
