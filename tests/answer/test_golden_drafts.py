"""The drafts with planted errors, checked with the real model against real documents."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from answer.check import check
from answer.check_commands import open_for_checks
from answer.draft import read_draft
from answer.remembered import RememberingEncoder
from eval.drafts import Scored, Tally, read_expected, score, stray, tally
from index.encoder import Encoder
from index.library import Library
from tests.conftest import build_aside

Opened = tuple[Library, Encoder]

DRAFTS = Path(__file__).parents[1] / "golden" / "drafts"
FOUND = 0.95
FALSE_ALARMS = 0.03  # of the correct citations
# By other hands, and harder. The target is FOUND; until it is met nothing may be lost.
FOUND_LATER = 0.90  # of drafts 13 to 18; 0.82 when the checker first met them
FOUND_LATEST = 0.67  # of drafts 19 to 24; 0.69 then, with five times as many false alarms
FOUND_FOURTH, FALSE_FOURTH = 0.76, 0.04  # of drafts 31 to 36; 0.76 then, at 0.05
FOUND_FIFTH, FALSE_FIFTH = 0.78, 0.06  # of drafts 37 to 42; 0.79 then, at 0.07


@pytest.fixture(scope="module")
def corpus_library(built_corpus: Path) -> Opened:
    return opened(built_corpus)


@pytest.fixture(scope="module")
def inspections_library(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    folder = tmp_path_factory.mktemp("drafts") / "library"
    build_aside([shared / "corpora" / "inspections"], folder)
    return opened(folder)


def opened(folder: Path) -> Opened:
    """A library and its encoder, which remembers from one draft to the next."""
    library, encoder = open_for_checks(folder)
    return library, RememberingEncoder(encoder)


def scored(libraries: Mapping[str, Opened], first: str, last: str) -> tuple[Tally, list[Scored]]:
    """The figures of the drafts of these numbers about these libraries."""
    expected = read_expected(DRAFTS / "expected.jsonl")
    every = [one for one in expected if first <= one.draft[:2] <= last]
    found: list[Scored] = []
    strays = 0
    for name, (library, encoder) in libraries.items():
        for draft in sorted({one.draft for one in every if one.library == name}):
            wanted = [one for one in every if one.draft == draft]
            findings = check(read_draft(DRAFTS / draft), library, encoder).findings
            found += score(wanted, findings)
            strays += len(stray(findings, wanted))
    return tally(found, strays), found


def missed(found: list[Scored]) -> str:
    wrong = [one for one in found if one.expected.correct == bool(one.told)]
    return "\n".join(f"{one.expected.id} {one.expected.sentence}" for one in wrong)


def hold(
    figures: Tally, found: list[Scored], share: float = FOUND, alarms: float = FALSE_ALARMS
) -> None:
    assert figures.found >= share * figures.errors, missed(found)
    assert figures.false_alarms <= alarms * figures.correct, missed(found)
    assert figures.superseded_named == figures.superseded, missed(found)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_the_errors_in_the_first_twelve_drafts_are_found(corpus_library, inspections_library):
    libraries = {"corpus": corpus_library, "inspections": inspections_library}
    hold(*scored(libraries, "01", "12"))


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_error_in_the_later_drafts_is_lost(corpus_library, inspections_library):
    libraries = {"corpus": corpus_library, "inspections": inspections_library}
    hold(*scored(libraries, "13", "18"), FOUND_LATER)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_error_in_the_latest_drafts_is_lost(corpus_library, inspections_library):
    libraries = {"corpus": corpus_library, "inspections": inspections_library}
    hold(*scored(libraries, "19", "24"), FOUND_LATEST)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_no_error_in_the_drafts_of_the_fourth_hand_is_lost(inspections_library):
    hold(*scored({"inspections": inspections_library}, "31", "36"), FOUND_FOURTH, FALSE_FOURTH)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_drafts_of_a_fifth_hand_keep_their_figures(inspections_library):
    hold(*scored({"inspections": inspections_library}, "37", "42"), FOUND_FIFTH, FALSE_FIFTH)
