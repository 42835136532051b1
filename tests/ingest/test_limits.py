"""Limits are settings, and a setting that can be none is said."""

import pytest

from ingest.limits import (
    FILE_VARIABLE,
    MEMORY_VARIABLE,
    PAGES_VARIABLE,
    SECONDS_VARIABLE,
    LimitError,
    ReadingLimits,
    limit,
)

VARIABLES = (SECONDS_VARIABLE, MEMORY_VARIABLE, FILE_VARIABLE, PAGES_VARIABLE)


def test_each_limit_has_its_variable(monkeypatch):
    for number, variable in enumerate(VARIABLES, start=151):
        monkeypatch.setenv(variable, str(number))
    limits = ReadingLimits()
    assert (limits.seconds, limits.megabytes, limits.file_megabytes, limits.pages) == (
        151,
        152,
        153,
        154,
    )


def test_without_a_variable_the_default_stands(monkeypatch):
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    assert ReadingLimits() == ReadingLimits(300.0, 2048, 300, 5000)
    monkeypatch.setenv(SECONDS_VARIABLE, " ")
    assert ReadingLimits().seconds == 300


@pytest.mark.parametrize("said", ["0", "-5", "many", "1.5", "٣", "1e9", "1000001", "9" * 5000])
def test_what_can_be_no_limit_is_said(monkeypatch, said):
    monkeypatch.setenv(PAGES_VARIABLE, said)
    with pytest.raises(LimitError, match=f"{PAGES_VARIABLE} is .*whole number") as caught:
        limit(PAGES_VARIABLE, 5000)
    assert len(str(caught.value)) < 200


def test_too_little_memory_to_read_anything_is_said_of_the_setting(monkeypatch):
    monkeypatch.setenv(MEMORY_VARIABLE, "149")
    with pytest.raises(LimitError, match=f"{MEMORY_VARIABLE} is .*from 150 to 1,000,000"):
        ReadingLimits()
