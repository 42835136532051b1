"""`make bench` runs what there is and says what was missed or could not be measured."""

from bench.__main__ import Part, main
from bench.figures import Figure, exit_status, figures_table


def test_a_target_is_met_from_its_own_side():
    least, most = Figure("a", "", "", 3.0, 3.0), Figure("b", "", "", 0.5, 0.45, at_least=False)
    assert (least.is_met, most.is_met) == (True, False)
    assert exit_status([least]) == 0
    assert exit_status([least, most]) == 1
    assert "MISSED" in figures_table([most], "ours", "theirs")
    assert not Figure("c", "", "", float("nan"), 1.0).is_met


def test_what_is_missing_is_left_out_or_named_with_what_makes_it(capfd):
    parts = [
        Part("None", "bench.no_such_module"),
        Part("Away", "bench.building", needs="build/no/such/python", made_by="make it"),
    ]
    assert main(parts) == 0
    said = capfd.readouterr().out
    assert "None" not in said
    assert "- Away: not measured: `make it` installs what it needs." in said


def test_a_part_without_targets_is_not_said_to_meet_any(capfd):
    help_only = ("--help",)  # ends well, and measures nothing
    parts = [
        Part("With", "bench.building", help_only),
        Part("Without", "bench.building", help_only, targets=False),
    ]
    assert main(parts) == 0
    said = capfd.readouterr().out
    assert "- With: all targets met." in said
    assert "- Without: measured." in said


def test_a_part_that_fails_is_said(capfd):
    assert main([Part("Bad", "bench.building", ("--few", "no number"))]) == 1
    assert "- Bad: FAILED." in capfd.readouterr().out
