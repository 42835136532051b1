"""Options that can be none are refused before anything is done."""

import pytest

from index.__main__ import main as index_main
from ingest.__main__ import main


@pytest.mark.parametrize("options", [[""], [" "], [".", "--jsonl", ""]])
def test_an_empty_path_is_not_the_folder_one_happens_to_be_in(options, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(options)
    assert "the name is empty" in capsys.readouterr().err


@pytest.mark.parametrize("options", [["build", ""], ["build", "corpus", "--library", ""]])
def test_nor_is_it_for_a_library(options, capsys):
    with pytest.raises(SystemExit, match="2"):
        index_main(options)
    assert "the name is empty" in capsys.readouterr().err


@pytest.mark.parametrize("jobs", ["-1", "0", "two", "9" * 5000])
def test_the_number_of_processes_is_from_1(jobs, capsys):
    with pytest.raises(SystemExit, match="2"):
        main([".", "--jobs", jobs])
    assert "no whole number from 1" in capsys.readouterr().err
