"""What the measurement under load holds against its targets."""

from bench.figures import exit_status
from bench.load import TARGETS, Tally, figures


def test_waiting_and_wrong_pages_have_targets():
    quick = Tally(seconds=[0.1] * 20)
    assert exit_status(figures(20, quick)) == 0
    slow = Tally(seconds=[0.1] * 18 + [TARGETS[20] + 1] * 2)
    assert [one.is_met for one in figures(20, slow)] == [False, True]
    wrong = Tally(seconds=[0.1], wrong=["a question"])
    assert [one.is_met for one in figures(20, wrong)] == [True, False]


def test_a_number_of_sessions_without_a_target_is_held_to_right_pages_only():
    assert [one.name for one in figures(7, Tally(seconds=[99.0]))] == ["wrong, 7 sessions"]
