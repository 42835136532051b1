"""The gold standard's targets hold: a change that misses one fails here."""

import pytest

from bench import paragraphs


@pytest.fixture(scope="module")
def exported(shared, tmp_path_factory):
    folder = tmp_path_factory.mktemp("export")
    paragraphs.export(shared, folder)
    return folder


@pytest.mark.slow
def test_paragraphs_reach_the_targets(shared, exported):
    missed = [str(result) for result in paragraphs.quality(shared, exported) if not result.is_met]
    assert missed == []


@pytest.mark.slow
def test_printed_numbers_are_found_in_all_reports(shared, exported):
    results, differing = paragraphs.numbers(shared, exported)
    assert differing == []
    assert all(result.is_met for result in results)
