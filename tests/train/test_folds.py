"""Authorities divided into folds."""

from collections import Counter

from train.folds import assign_folds, fold_of

QUESTIONS = ["Ambridge"] * 40 + ["Borchester"] * 30 + ["Felpersham"] * 20 + ["Penny Hassett"] * 10


def test_an_authority_lies_in_one_fold_and_no_fold_is_empty():
    folds = assign_folds(QUESTIONS, 2, seed=1)
    assert set(folds) == set(QUESTIONS)
    assert set(folds.values()) == {0, 1}


def test_folds_hold_nearly_as_many_questions_each():
    names = [f"authority {at}" for at in range(30) for _ in range(10 + at)]
    loads = Counter(assign_folds(names, 3, seed=1)[name] for name in names)
    assert max(loads.values()) - min(loads.values()) <= 39  # the largest authority


def test_the_order_of_the_questions_changes_nothing_and_the_seed_does():
    names = [f"authority {at}" for at in range(12)]
    assert assign_folds(names, 3, seed=1) == assign_folds(names[::-1], 3, seed=1)
    assert len({str(assign_folds(names, 3, seed=seed)) for seed in range(5)}) > 1


def test_a_question_of_no_authority_has_no_fold():
    assert fold_of(None, {"Ambridge": 1}) is None
    assert fold_of("Ambridge", {"Ambridge": 1}) == 1
