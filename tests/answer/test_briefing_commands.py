"""python -m answer briefing, from an empty list to a file and back to an empty list."""

import json
import shutil
from pathlib import Path

import pytest

from answer.__main__ import main

REPORT = "wandsworth-inspection-2016-02-16"


@pytest.fixture
def run(shipped_folder, tmp_path, capsys):
    folder = tmp_path / "library"
    shutil.copytree(shipped_folder, folder)

    def command(*words: str) -> tuple[int, str, str]:
        status = main(["briefing", *words, "--library", str(folder)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def entries(told: str) -> list[dict[str, object]]:
    return json.loads(told)["entries"]


def test_a_briefing_is_collected_ordered_noted_and_written(run, tmp_path):
    run("add", "Homes", f"{REPORT}#p87", f"{REPORT}#p88", "--by", "Ann")
    _, told, _ = run("add", "Homes", f"{REPORT}#p89", "--note", "Mine.", "--by", "Ann", "--json")
    ids = [entry["id"] for entry in entries(told)]
    run("move", "Homes", str(ids[2]), "1", "--by", "Ann")
    run("note", "Homes", str(ids[0]), "Second.", "--heading", "Later", "--by", "Ann")
    _, told, _ = run("remove", "Homes", str(ids[1]), "--by", "Ann", "--json")
    assert [(entry["id"], entry["note"]) for entry in entries(told)] == [
        (ids[2], "Mine."),
        (ids[0], "Second."),
    ]
    path = tmp_path / "homes.md"
    assert run("export", "Homes", "--markdown", str(path), "--by", "Ann")[0] == 0
    text = path.read_text(encoding="utf-8")
    assert text.index("Mine.") < text.index("para 89)") < text.index("## Later")
    _, told, _ = run("remove", "Homes", "--all", "--by", "Ann", "--json")
    assert json.loads(told) == {"owner": "Ann", "briefings": []}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "None"), "no briefing called 'None'"),
        (("add", "X", f"{REPORT}#p999"), "no paragraph"),
        (("add", "X", f"{REPORT}#p87", "--quote", "not there"), "do not stand in"),
        (("export", "X"), "Give --docx FILE"),
        (("remove", "X"), "Give either the ENTRY"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(run, words, said):
    status, out, err = run(*words)
    assert (status, out) == (2, "")
    assert said in err


def test_a_file_that_cannot_be_written_is_named(run, tmp_path):
    run("add", "Homes", f"{REPORT}#p87")
    status, _, err = run("export", "Homes", "--docx", str(Path(tmp_path) / "no" / "x.docx"))
    assert status == 2
    assert "cannot be written" in err
