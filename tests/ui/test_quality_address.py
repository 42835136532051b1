import pytest

from ui.quality_address import QualityState, quality_link, read_quality, write_quality


@pytest.mark.parametrize(
    "state",
    [
        QualityState(),
        QualityState(questions="my set & more"),
        QualityState("", "20260101-seeds", "20251231-seeds", "q1", "R@10", "theme", 50),
    ],
)
def test_a_state_survives_its_address(state):
    assert read_quality(write_quality(state)) == state


def test_an_address_says_only_what_is_not_as_usual():
    assert write_quality(QualityState(run="r")) == {"run": "r"}
    assert quality_link(QualityState()) == "quality"
    assert quality_link(QualityState(run="r", measure="R@10")) == "quality?run=r&by=R%4010"


def test_nonsense_in_an_address_counts_as_absent():
    assert read_quality({"by": "MAP", "shown": "-3"}) == QualityState()
    assert read_quality({"shown": "²"}) == QualityState()
    assert read_quality({"shown": "9" * 30}).shown == 10_000
