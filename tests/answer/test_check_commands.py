"""python -m answer check: what it prints and how it ends."""

import json

import pytest

from answer import check_commands
from answer.__main__ import main
from answer.check_commands import check_lines, open_for_checks
from ingest.errors import PilcrowError
from tests.answer.test_check import LIBRARY, RIGHT, WordEncoder, checked

WRONG = "Foster carers receive good training from the council (Wandsworth 2016, para 3)."


@pytest.fixture(autouse=True)
def library(monkeypatch):
    monkeypatch.setattr(check_commands, "open_for_checks", lambda _: (LIBRARY, WordEncoder()))


def run(tmp_path, text: str, *options: str) -> int:
    (tmp_path / "draft.md").write_text(text, encoding="utf-8")
    return main(["check", str(tmp_path / "draft.md"), "--library", "made up", *options])


def test_a_draft_without_fault_ends_with_0(tmp_path, capsys):
    assert run(tmp_path, RIGHT[4]) == 0
    assert "1 citation checked, 0 to be looked at" in capsys.readouterr().out


def test_findings_end_with_1_and_are_json_when_asked_for(tmp_path, capsys):
    assert run(tmp_path, WRONG, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["checked"] == 1
    keys = {"kind", "message", "where", "cited", "paragraph_id", "suggestion", "place"}
    assert [set(finding) for finding in told["findings"]] == [keys, keys]
    assert [finding["kind"] for finding in told["findings"]] == ["wrong_paragraph", "superseded"]


def test_a_draft_that_cannot_be_read_ends_with_2_and_one_sentence(tmp_path, capsys):
    assert run(tmp_path, "  ") == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_report_tells_what_is_wrong_first_and_what_is_older_once():
    lines = list(check_lines(checked(WRONG, RIGHT[0], RIGHT[0]), "draft.md"))
    assert lines[0] == "draft.md: 3 citations checked, 1 to be looked at."
    assert lines[2] == "1. [wrong paragraph] Wandsworth 2016, para 3"
    assert "   Instead: Wandsworth 2016, para 4" in lines
    assert lines.index("Superseded:") > lines.index("   Instead: Wandsworth 2016, para 4")
    assert sum("Wandsworth 2018, published" in line for line in lines) == 1


def test_a_draft_without_citations_is_told_how_to_cite():
    assert "Wandsworth 2016, para 87" in "\n".join(check_lines(checked("No."), "draft.md"))


def test_a_library_is_not_checked_with_another_encoder_than_made_it(shipped_folder, monkeypatch):
    monkeypatch.setattr("index.library.load_encoder", lambda model: WordEncoder())
    monkeypatch.setenv("PILCROW_MODEL", "all-MiniLM-L6-v2")
    with pytest.raises(PilcrowError, match="model"):
        open_for_checks(shipped_folder)
