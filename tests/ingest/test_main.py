"""python -m ingest: JSON alone on standard output, a report on standard error, three exit codes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.__main__ import main

ROOT = Path(__file__).parent.parent.parent
PARAGRAPH_KEYS = {
    "doc",
    "document_id",
    "paragraph_id",
    "number",
    "kind",
    "heading",
    "page_start",
    "page_end",
    "text",
}
DOCUMENT_KEYS = {
    "doc",
    "document_id",
    "title",
    "publisher",
    "authority",
    "kind",
    "inspection_start",
    "inspection_end",
    "published",
    "file_date",
    "year",
    "judgements",
    "pages",
    "sha256",
    "warnings",
}


def objects(text):
    return [json.loads(line) for line in text.splitlines()]


def test_paragraphs_go_to_standard_output_alone(corpus):
    done = subprocess.run(
        [sys.executable, "-m", "ingest", str(corpus)],
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    rows = objects(done.stdout.decode("utf-8"))
    assert all(row.keys() >= PARAGRAPH_KEYS for row in rows)
    assert len({row["paragraph_id"] for row in rows}) == len(rows)
    assert {row["handed_over_as"][:3] for row in rows} == {"000", "001", "002", "003", "004"}
    said = done.stderr.decode("utf-8")
    assert "5 of 5 documents read" in said
    assert "sources.toml" in said


def test_files_take_paragraphs_and_documents(corpus, tmp_path, capsys):
    jsonl, documents = tmp_path / "p.jsonl", tmp_path / "d.jsonl"
    assert main([str(corpus), "--jsonl", str(jsonl), "--documents", str(documents)]) == 0
    assert capsys.readouterr().out == ""
    rows = {row["doc"]: row for row in objects(documents.read_text(encoding="utf-8"))}
    assert all(row.keys() >= DOCUMENT_KEYS for row in rows.values())
    report = rows["wandsworth-inspection-2016.txt"]
    assert report["structure"]["run"] == "1-135"
    assert report["structure"]["gaps"] == report["structure"]["repeats"] == []
    assert report["published"] == "2016-02-16"
    assert report["year"] == 2016
    assert report["handed_over_as"] == "000_243a499b3c87fc95.txt"
    assert report["judgements"]["overall effectiveness"] == "inadequate"
    assert rows["wandsworth-fostering-web-page.txt"]["published"] is None
    assert len(objects(jsonl.read_text(encoding="utf-8"))) == sum(
        row["structure"]["paragraphs"] for row in rows.values()
    )


def test_some_files_failed(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Good words.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    (tmp_path / "c.doc").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "d.png").write_bytes(b"\x89PNG")
    assert main([str(tmp_path)]) == 1
    out, said = capsys.readouterr()
    assert [row["doc"] for row in objects(out)] == ["a.txt"]
    assert "b.txt holds no text" in said
    assert "c.doc is a .doc file" in said
    assert f"Passed over: {tmp_path / 'd.png'}" in said
    assert "1 of 3 documents read" in said


def test_a_name_that_is_not_in_utf8_holds_nothing_up(tmp_path):
    (tmp_path / "a.txt").write_text("Good words.", encoding="utf-8")
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("More words.", encoding="utf-8")
    except OSError:
        pytest.skip("this system takes no such names")
    done = subprocess.run(
        [sys.executable, "-m", "ingest", str(tmp_path)], capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == 1
    assert [row["doc"] for row in objects(done.stdout.decode("utf-8"))] == ["a.txt"]
    assert "caf?.txt has a name that is not in UTF-8; rename it" in done.stderr.decode("utf-8")


@pytest.mark.parametrize("content", [None, ""])
def test_nothing_could_be_read(tmp_path, capsys, content):
    if content is not None:
        (tmp_path / "a.txt").write_text(content, encoding="utf-8")
    assert main([str(tmp_path)]) == 2
    assert capsys.readouterr().out == ""


def test_a_wrong_path_is_one_sentence(tmp_path, capsys):
    assert main([str(tmp_path / "nowhere")]) == 2
    out, said = capsys.readouterr()
    assert out == ""
    assert said.count("\n") == 1
    assert "does not exist" in said


def test_a_file_that_cannot_be_written_is_one_sentence(tmp_path, capsys):
    (tmp_path / "a.txt").write_text("Good words.", encoding="utf-8")
    assert main([str(tmp_path), "--jsonl", str(tmp_path / "no" / "p.jsonl")]) == 2
    assert capsys.readouterr().err.endswith("p.jsonl cannot be used: No such file or directory.\n")


def test_gaps_repeats_and_restarts_of_the_source_are_reported(tmp_path, capsys):
    numbers = [1, 2, 3, 5, 6, 6, 7, 8, 9, 10]
    text = "\n\n".join(
        f"{number}. Paragraph at place {n} of the report says so and no more than that."
        for n, number in enumerate(numbers)
    )
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    documents = tmp_path / "d.jsonl"
    assert main([str(tmp_path / "a.txt"), "--documents", str(documents)]) == 0
    capsys.readouterr()
    (row,) = objects(documents.read_text(encoding="utf-8"))
    structure = row["structure"]
    assert (structure["run"], structure["gaps"], structure["repeats"]) == (
        "1-3, 5-6, 6-10",
        ["4"],
        ["6"],
    )
    assert any("4" in warning for warning in row["warnings"])
