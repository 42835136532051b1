"""The drafts with planted errors, checked with the real model against real documents."""

from collections.abc import Mapping
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
# Drafts 13 to 18 are by another hand and harder: 0.82 of their errors were found when the checker
# first met them, 0.93 since. The target is FOUND; until it is met nothing may be lost.
LATER = "13"
FOUND_LATER = 0.90


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


def scored(folders: Mapping[str, Path], *, later: bool = False) -> tuple[Tally, list[Scored]]:
    """The figures of the drafts about these libraries, the first twelve or those after them."""
    expected = read_expected(DRAFTS / "expected.jsonl")
    every = [one for one in expected if (one.draft >= LATER) == later]
    found: list[Scored] = []
    strays = 0
    for name, folder in folders.items():
        library, encoder = open_for_checks(folder)
        for draft in sorted({one.draft for one in every if one.library == name}):
            wanted = [one for one in every if one.draft == draft]
            findings = check(read_draft(DRAFTS / draft), library, encoder).findings
            found += score(wanted, findings)
            strays += len(stray(findings, wanted))
    return tally(found, strays), found


def missed(found: list[Scored]) -> str:
    wrong = [one for one in found if one.expected.correct == bool(one.told)]
    return "\n".join(f"{one.expected.id} {one.expected.sentence}" for one in wrong)


def hold(figures: Tally, found: list[Scored], share: float = FOUND) -> None:
    assert figures.found >= share * figures.errors, missed(found)
    assert figures.false_alarms <= FALSE_ALARMS * figures.correct, missed(found)
    assert figures.superseded_named == figures.superseded, missed(found)


@pytest.mark.slow
def test_the_errors_in_drafts_about_the_shipped_documents_are_found(corpus_library):
    hold(*scored({"corpus": corpus_library}))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_errors_in_the_first_twelve_drafts_are_found(corpus_library, inspections_library):
    hold(*scored({"corpus": corpus_library, "inspections": inspections_library}))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_error_in_the_later_drafts_is_lost(corpus_library, inspections_library):
    folders = {"corpus": corpus_library, "inspections": inspections_library}
    hold(*scored(folders, later=True), FOUND_LATER)
