"""A census held against the truth."""

import json
from types import SimpleNamespace

import pytest

from eval.census import Counted, Share, Truth, judge_census, judged_object, read_truth, total
from eval.errors import EvalError

DOCUMENTS = {"a.pdf", "b.pdf", "c.pdf", "d.pdf"}


def said_by(*names):
    cards = [SimpleNamespace(card=SimpleNamespace(document=SimpleNamespace(doc=n))) for n in names]
    return SimpleNamespace(yes=cards)


def truth(yes, either=(), name="t1"):
    return Truth(name, "query", "phrase", frozenset(yes), frozenset(either))


def test_right_wrong_and_missed_are_told_apart():
    judged = judge_census(truth({"a.pdf", "b.pdf"}), said_by("a.pdf", "c.pdf"), DOCUMENTS)
    assert judged.counted == Counted(right=1, wrong=1, missed=1)
    assert (judged.wrong, judged.missed) == (("c.pdf",), ("b.pdf",))


def test_what_may_count_either_way_is_left_out():
    judged = judge_census(truth({"a.pdf"}, {"c.pdf"}), said_by("a.pdf", "c.pdf"), DOCUMENTS)
    assert judged.counted == Counted(right=1)


def test_what_the_library_does_not_hold_is_not_missed():
    judged = judge_census(truth({"a.pdf", "z.pdf"}), said_by("a.pdf"), DOCUMENTS)
    assert judged.counted == Counted(right=1)


def test_all_decisions_weigh_the_same():
    one = judge_census(truth({"a.pdf"}), said_by("a.pdf"), DOCUMENTS)
    two = judge_census(truth({"b.pdf"}, name="t2"), said_by("b.pdf", "c.pdf", "d.pdf"), DOCUMENTS)
    assert total([one, two]).precision == Share(2, 4)
    assert judged_object([one, two])["total"]["precision"]["value"] == 0.5


def test_a_share_has_wilsons_interval():
    low, high = Share(9, 10).interval
    assert (round(low, 3), round(high, 3)) == (0.596, 0.982)
    assert Share(0, 0).value is None


def test_the_truth_that_ships_can_be_read(corpus):
    truths = read_truth(corpus.parent / "tests" / "golden" / "census.jsonl")
    assert len(truths) == 40
    assert sum(one.kind == "paraphrase" for one in truths) >= 10
    assert all(not one.yes & one.either for one in truths)


@pytest.mark.parametrize("line", ["{", "[]", json.dumps({"id": "c1", "query": "q", "yes": "a"})])
def test_a_bad_line_is_refused(tmp_path, line):
    path = tmp_path / "truth.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(EvalError, match="no truth of a census"):
        read_truth(path)
