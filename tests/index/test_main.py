"""The command line, as other people's scripts call it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from index import __main__ as command
from index.__main__ import main
from index.library import Library
from index.terminal import ProgressBar

REPORT = """Inspection of Hackney children's services

Recommendations

1. House care leavers well.

Inspection findings

2. Care leavers lived in hotels for weeks. Staff did not visit them.

3. Social workers have too many cases.
"""
PROMISED = [
    "rank", "score", "doc", "document_id", "paragraph_id", "number", "label", "citation", "heading",
    "page_start", "page_end", "text", "highlights",
]  # fmt: skip


@pytest.fixture
def papers(tmp_path, monkeypatch, keyword_encoder) -> Path:
    """A folder with one report, and a model that costs nothing."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("index.embed.load_encoder", lambda model: keyword_encoder)
    monkeypatch.setattr("index.library.load_encoder", lambda model: keyword_encoder)
    model = type("Model", (), {"name": "keywords", "sha256": keyword_encoder.sha256})
    monkeypatch.setattr("index.embed.find_model", lambda *_, **__: model)
    monkeypatch.setattr("index.library.find_model", lambda *_, **__: model)
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "hackney-2016-09-21.txt").write_text(REPORT, encoding="utf-8")
    return tmp_path / "papers"


@pytest.fixture
def built(papers, capsys) -> Path:
    assert main(["build", str(papers)]) == 0
    capsys.readouterr()
    return papers


def test_build_says_what_it_did_on_standard_error_alone(papers, capsys):
    (papers / "sources.toml").write_text("", encoding="utf-8")
    assert main(["build", str(papers)]) == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert "skipped: " in err
    assert "sources.toml" in err
    assert err.splitlines()[-1].startswith("Documents: 1 added;")
    assert "\r" not in err  # no progress bar in a pipe


def test_build_ends_with_1_where_some_files_failed_and_names_them(papers, capsys):
    (papers / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert main(["build", str(papers)]) == 1
    assert "not read: broken.pdf: " in capsys.readouterr().err


def test_build_ends_with_2_where_no_file_could_be_read(papers, capsys):
    (papers / "hackney-2016-09-21.txt").unlink()
    (papers / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    assert main(["build", str(papers)]) == 2
    assert "not read: broken.pdf: " in capsys.readouterr().err


def test_a_missing_library_or_folder_is_one_sentence_and_ends_with_2(papers, capsys):
    for arguments in (["search", "care"], ["status"], ["remove", "x"], ["export"]):
        assert main([*arguments, "--library", "none"]) == 2
        out, err = capsys.readouterr()
        assert (out, len(err.splitlines())) == ("", 1)
        assert "There is no library in none" in err
    assert main(["build", "nowhere"]) == 2
    assert "nowhere does not exist" in capsys.readouterr().err


def test_search_as_json_has_every_promised_key(built, capsys):
    assert main(["search", "care leavers in hotels?", "--json"]) == 0
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert err == ""
    assert [*found] == ["question", "plan", "hits"]
    assert found["question"] == "care leavers in hotels?"
    assert "leavers" in found["plan"]["terms"]
    hit = found["hits"][0]
    assert set(PROMISED) <= set(hit)
    assert "handed_over_as" not in hit
    assert (hit["rank"], hit["number"], hit["citation"]) == (1, "2", "Hackney 2016, para 2")
    assert hit["highlights"] == ["Care leavers lived in hotels for weeks."]
    assert hit["text"] == "Care leavers lived in hotels for weeks. Staff did not visit them."


def test_a_document_that_was_handed_over_says_under_which_name(papers, capsys):
    (papers / "sources.toml").write_text(
        '["hackney-2016-09-21.txt"]\nhanded_over_as = "000.txt"\n', encoding="utf-8"
    )
    main(["build", str(papers)])
    capsys.readouterr()
    main(["search", "care leavers", "--json"])
    assert json.loads(capsys.readouterr().out)["hits"][0]["handed_over_as"] == "000.txt"


def test_search_to_be_read_shows_citation_and_text(built, capsys):
    assert main(["search", "hotels", "-k", "1"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("1. Hackney 2016, para 2\n")
    assert "Care leavers lived in hotels for weeks." in out
    assert main(["search", "hotels", "--authority", "bexley"]) == 0
    assert capsys.readouterr().out == "Nothing found.\n"


def test_search_options_filter(built, capsys):
    for options, numbers in (
        (["--authority", "HACKNEY", "--year-from", "2016", "--year-to", "2016"], {"1", "2", "3"}),
        (["--year-from", "2017"], set()),
        (["--kind", "web page"], set()),
        (["--paragraph-kind", "numbered"], {"1", "2", "3"}),
        (["--paragraph-kind", "summary"], set()),
    ):
        main(["search", "care leavers social workers", "--json", *options])
        hits = json.loads(capsys.readouterr().out)["hits"]
        assert {hit["number"] for hit in hits if hit["number"]} == numbers


@pytest.mark.parametrize(
    ("option", "said", "held"),
    [("--authority", "Hackny", "Hackney"), ("--kind", "letter", "inspection"),
     ("--paragraph-kind", "paras", "numbered")],
)  # fmt: skip
def test_a_filter_that_fits_nothing_is_said_lest_it_be_taken_for_an_answer(
    built, capsys, option, said, held
):
    assert main(["search", "care leavers", "--json", option, said]) == 0
    out, err = capsys.readouterr()
    assert json.loads(out)["hits"] == []
    assert said in err
    assert held in err


def test_a_filter_that_fits_is_not_talked_about(built, capsys):
    main(["search", "care leavers", "--authority", "HACKNEY", "--paragraph-kind", "Numbered"])
    out, err = capsys.readouterr()
    assert "para 1" in out
    assert err == ""


@pytest.mark.parametrize("year", ["99999999999999999999", "16", "soon"])
def test_what_is_no_year_is_refused(built, capsys, year):
    with pytest.raises(SystemExit) as refused:
        main(["search", "care leavers", "--year-from", year])
    assert refused.value.code == 2
    assert "four digits" in capsys.readouterr().err


def questions(folder: Path, *rows: dict[str, object]) -> str:
    path = folder / "questions.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return str(path)


def test_many_questions_give_a_run_and_an_object_each(built, tmp_path, capsys):
    path = questions(
        tmp_path,
        {"id": "q1", "question": "hotels", "kind": "scoped", "relevant": []},
        {"id": "q2", "question": ""},
    )
    run, found = tmp_path / "out.trec", tmp_path / "out.jsonl"
    status = main(
        ["search", "--questions", path, "-k", "2", "--run", str(run), "--jsonl", str(found)]
    )
    assert status == 0
    assert capsys.readouterr().out == ""
    rows = [line.split() for line in run.read_text(encoding="utf-8").splitlines()]
    assert [(row[0], row[1], row[3]) for row in rows] == [("q1", "Q0", "1"), ("q1", "Q0", "2")]
    assert rows[0][2] == "hackney-inspection-2016-09-21#p2"
    assert float(rows[0][4]) > float(rows[1][4])
    objects = [json.loads(line) for line in found.read_text(encoding="utf-8").splitlines()]
    assert [one["id"] for one in objects] == ["q1", "q2"]
    assert [len(one["hits"]) for one in objects] == [2, 0]


def test_many_questions_without_a_file_go_to_standard_output(built, tmp_path, capsys):
    path = questions(tmp_path, {"id": "q1", "question": "hotels"})
    assert main(["search", "--questions", path]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "q1"


def test_the_filters_of_questions_count_only_when_asked_for(built, tmp_path, capsys):
    path = questions(
        tmp_path,
        {"id": "a", "question": "hotels", "filter": {"authority": "bexley", "year": None}},
        {"id": "b", "question": "hotels", "filter": {"authority": "hackney", "year": 2016}},
        {"id": "c", "question": "hotels", "filter": {"authority": "hackney", "year": 2019}},
    )

    def found(*options: str) -> list[bool]:
        main(["search", "--questions", path, *options])
        lines = capsys.readouterr().out.splitlines()
        return [bool(json.loads(line)["hits"]) for line in lines]

    assert found() == [True, True, True]
    assert found("--use-filters") == [False, True, False]


def test_a_line_that_is_no_question_is_named(built, tmp_path, capsys):
    path = questions(tmp_path, {"id": "q1", "question": "hotels"}, {"question": "no id"})
    assert main(["search", "--questions", path]) == 2
    assert "Line 2 of" in capsys.readouterr().err
    assert main(["search", "--questions", str(tmp_path / "none.jsonl")]) == 2


@pytest.mark.parametrize(
    "row",
    [
        {"id": "q1", "question": None},
        {"id": None, "question": "hotels"},
        ["q1", "hotels"],
    ],
)
def test_a_question_with_a_value_of_the_wrong_kind_is_named(built, tmp_path, capsys, row):
    path = questions(tmp_path, {"id": 7, "question": "hotels"}, row)
    assert main(["search", "--questions", path]) == 2
    assert "Line 2 of" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", ["hackney", {"authority": 7}, {"year": "last"}, {"year": 10**20}])
def test_a_filter_that_is_none_is_named_where_it_counts(built, tmp_path, capsys, wrong):
    path = questions(tmp_path, {"id": "q1", "question": "hotels", "filter": wrong})
    assert main(["search", "--questions", path, "--use-filters"]) == 2
    assert "'q1'" in capsys.readouterr().err
    assert main(["search", "--questions", path]) == 0


def test_a_file_of_questions_may_begin_with_a_mark_and_hold_other_ends_of_lines(
    built, tmp_path, capsys
):
    path = tmp_path / "questions.jsonl"
    path.write_bytes('\ufeff{"id": "q1", "question": "hotels \u2028 and\u0085 cases"}\r\n'.encode())
    assert main(["search", "--questions", str(path)]) == 0
    assert json.loads(capsys.readouterr().out.split("\n")[0])["hits"]


def test_an_id_that_would_break_a_run_in_two_is_refused(built, tmp_path, capsys):
    path = questions(tmp_path, {"id": "q 1", "question": "hotels"})
    run = tmp_path / "out.trec"
    assert main(["search", "--questions", path, "--run", str(run)]) == 2
    assert "'q 1'" in capsys.readouterr().err
    assert not run.exists()


def test_search_wants_one_question_or_a_file_of_them(built, capsys):
    assert main(["search"]) == 2
    assert "--questions" in capsys.readouterr().err


def test_status_lists_the_documents(built, capsys):
    assert main(["status", "--json"]) == 0
    status = json.loads(capsys.readouterr().out)
    assert (status["documents"], status["version"], status["model"]) == (1, 1, "keywords")
    assert status["document_list"][0]["doc"] == "hackney-2016-09-21.txt"
    main(["status"])
    assert "hackney-2016-09-21.txt (inspection)" in capsys.readouterr().out


def test_remove_and_add(built, capsys):
    assert main(["remove", "hackney-2016-09-21.txt"]) == 0
    assert "1 removed" in capsys.readouterr().err
    assert main(["add", str(built / "hackney-2016-09-21.txt")]) == 0
    assert "1 added" in capsys.readouterr().err
    assert main(["remove", "nothing.txt"]) == 2


def test_export_writes_what_ingest_writes(built, tmp_path, capsys):
    from ingest.__main__ import main as read

    names = ("paragraphs", "documents")
    mine = [str(tmp_path / f"mine-{name}.jsonl") for name in names]
    theirs = [str(tmp_path / f"theirs-{name}.jsonl") for name in names]
    assert main(["export", "--jsonl", mine[0], "--documents", mine[1]]) == 0
    assert read([str(built), "--jsonl", theirs[0], "--documents", theirs[1]]) == 0
    for one, other in zip(mine, theirs, strict=True):
        assert Path(one).read_text(encoding="utf-8") == Path(other).read_text(encoding="utf-8")
    capsys.readouterr()
    main(["export"])
    assert len(capsys.readouterr().out.splitlines()) == len(
        Path(mine[0]).read_text(encoding="utf-8").splitlines()
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["-k", "0"], "'0' is no whole number from 1 to 1,000,000"),
        (["-k", "9" * 24], "is no whole number from 1 to 1,000,000"),
        (["--year-from", "2016", "--year-to", "2010"], "both from 2016 on and up to 2010"),
    ],
    ids=str,
)
def test_numbers_that_find_nothing_are_refused(built, capsys, options, said):
    try:
        status = main(["search", "care", *options])
    except SystemExit as exc:  # argparse's own
        status = exc.code
    assert status == 2
    assert said in capsys.readouterr().err


def test_the_name_of_a_file_does_not_steer_the_terminal(papers, capsys):
    (papers / "a\x1b[2J\nb.txt").write_bytes(b"")
    assert main(["build", str(papers)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line for line in lines if "�[2J�b.txt" in line] == lines[:1]
    assert "\x1b" not in lines[0]


def test_a_file_that_was_not_read_is_named_once(papers, capsys):
    (papers / "empty.txt").write_bytes(b"")
    main(["build", str(papers)])
    assert capsys.readouterr().err.splitlines()[0].count("empty.txt") == 1


def test_a_prepared_model_that_is_damaged_is_no_reason_to_rebuild(built, monkeypatch, capsys):
    monkeypatch.setattr(command, "verify_models", lambda: ["The prepared model is damaged."])
    assert main(["status", "--verify"]) == 1
    out = capsys.readouterr().out
    assert "The prepared model is damaged.\n" in out
    assert "rebuild" not in out
    assert "Everything in the library is as it was written." in out


def test_ctrl_c_is_one_sentence(built, monkeypatch, capsys):
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command.Library, "open", stop)
    assert main(["status"]) == 130
    assert capsys.readouterr().err == "Stopped; the library is as it was before.\n"


def test_the_progress_bar_moves_on_a_terminal(papers, monkeypatch):
    class Terminal:
        written = ""

        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> None:
            self.written += text

        def flush(self) -> None:
            pass

    terminal = Terminal()
    monkeypatch.setattr(command, "ProgressBar", lambda _: ProgressBar(terminal))
    assert main(["build", str(papers)]) == 0
    assert "[########################] 1/1" in terminal.written
    assert terminal.written.endswith("\r")


def test_the_module_runs_as_a_command(tmp_path):
    root = Path(__file__).parents[2]
    result = subprocess.run(
        [sys.executable, "-m", "index", "status", "--library", str(tmp_path / "none")],
        cwd=root, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert result.returncode == 2
    assert "There is no library" in result.stderr


def test_the_library_that_was_built_opens(built):
    assert Library.open("library").info().documents == 1
