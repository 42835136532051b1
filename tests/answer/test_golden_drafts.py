"""The drafts with planted errors, checked with the real model against real documents."""

from pathlib import Path

import pytest

from answer.check import check
from answer.check_commands import open_for_checks
from answer.draft import read_draft
from eval.drafts import Scored, Tally, read_expected, score, stray, tally
from index.__main__ import main

DRAFTS = Path(__file__).parents[1] / "golden" / "drafts"
FOUND = 0.95
FALSE_ALARMS = 0.03  # of the correct citations


@pytest.fixture(scope="module")
def corpus_library(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(corpus, tmp_path_factory)


@pytest.fixture(scope="module")
def inspections_library(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(shared / "corpora" / "inspections", tmp_path_factory)


def built(documents: Path, factory: pytest.TempPathFactory) -> Path:
    folder = factory.mktemp("drafts") / "library"
    assert main(["build", str(documents), "--library", str(folder)]) == 0
    return folder


def measured(name: str, folder: Path) -> tuple[Tally, list[Scored]]:
    """The figures of the drafts about a library."""
    library, encoder = open_for_checks(folder)
    expected = [one for one in read_expected(DRAFTS / "expected.jsonl") if one.library == name]
    scored: list[Scored] = []
    strays = 0
    for draft in sorted({one.draft for one in expected}):
        wanted = [one for one in expected if one.draft == draft]
        findings = check(read_draft(DRAFTS / draft), library, encoder).findings
        scored += score(wanted, findings)
        strays += len(stray(findings, wanted))
    return tally(scored, strays), scored


def missed(scored: list[Scored]) -> str:
    wrong = [one for one in scored if one.expected.correct == bool(one.told)]
    return "\n".join(f"{one.expected.id} {one.expected.sentence}" for one in wrong)


def holds(figures: Tally, scored: list[Scored]) -> None:
    assert figures.found >= FOUND * figures.errors, missed(scored)
    assert figures.false_alarms <= FALSE_ALARMS * figures.correct, missed(scored)
    assert figures.superseded_named == figures.superseded, missed(scored)


@pytest.mark.slow
def test_the_errors_in_drafts_about_the_shipped_documents_are_found(corpus_library):
    holds(*measured("corpus", corpus_library))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_errors_in_drafts_about_inspection_reports_are_found(inspections_library):
    holds(*measured("inspections", inspections_library))
