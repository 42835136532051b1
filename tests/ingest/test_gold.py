"""The gold standard's targets hold: a change that misses one fails here."""

import json

import pytest

from bench import paragraphs
from ingest.corpus import assign_ids, find_files, read_files
from ingest.records import paragraph_record


@pytest.fixture(scope="module")
def exported(shared, published, tmp_path_factory):
    """A folder with what `python -m ingest` writes of the reports and the seeds."""
    folder = tmp_path_factory.mktemp("export")
    seeds = [outcome.document for outcome in read_files(find_files([shared / "seeds"]).files)]
    documents = assign_ids([*(document for document, _ in published.values()), *seeds])
    records = (
        paragraph_record(one, paragraph) for one in documents for paragraph in one.paragraphs
    )
    lines = "".join(json.dumps(record) + "\n" for record in records)
    (folder / paragraphs.EXPORT).write_text(lines, encoding="utf-8")
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
