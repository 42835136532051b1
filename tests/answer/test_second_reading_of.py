"""A check and a census that a language model reads again, and their commands."""

import json
import re

import pytest

from answer import check_commands
from answer.__main__ import main
from answer.census import LINE, census
from answer.census_output import census_csv, census_object, particulars
from answer.check import check
from answer.check_commands import check_lines
from answer.configured import LanguageModel
from answer.draft import Part
from index import library as index_library
from tests.answer.conftest import CountingEncoder
from tests.answer.test_check import LIBRARY, RIGHT, WordEncoder
from tests.chat_server import DONE, Reply, chat_server

WRONG = "Foster carers receive good training from the council (Wandsworth 2016, para 3)."
LODGING = "care leavers placed in bed and breakfast accommodation"


@pytest.fixture
def chat(monkeypatch):
    with chat_server() as server:
        monkeypatch.setenv("PILCROW_LLM_BASE_URL", server.address)
        monkeypatch.setenv("PILCROW_LLM_MODEL", "small")
        yield server


@pytest.fixture
def model(chat) -> LanguageModel:
    return LanguageModel(chat.address, "small", total_seconds=5)


def checked(model, *texts: str):
    parts = [Part("heading", "Wandsworth", 1), *(Part("text", text) for text in texts)]
    return check(parts, LIBRARY, WordEncoder(), model=model)


# a check


def test_only_what_nothing_was_found_on_is_read_again(chat, model):
    chat.says("1: yes\n2: yes")
    again = checked(model, RIGHT[0], WRONG, RIGHT[4]).again
    assert again.read == 2
    claims = re.findall(r"<claim \d+ \w+>\n(.*)\n", chat.user_text())
    assert claims == [
        "Ten care leavers were placed in bed and breakfast accommodation",
        "The leaving care team returned in-house in September 2017",
    ]


def test_a_doubt_stands_at_its_sentence_with_the_words_of_the_paragraph(chat, model):
    chat.says('1: no "between four and 34 weeks"\n2: yes')
    found = [one for one in checked(model, RIGHT[0], WRONG, RIGHT[4]).findings if one.place]
    wrong = [one for one in found if one.kind not in ("superseded", "second_hand")]
    assert [(one.kind, one.place.part) for one in wrong] == [
        ("unsupported", 1),
        ("wrong_paragraph", 2),
    ]
    assert wrong[0].message == (
        "The language model small finds that Wandsworth 2016, para 1 says otherwise: "
        "“between four and 34 weeks”"
    )
    assert [one.place.part for one in found] == sorted(one.place.part for one in found)


def test_a_paragraph_that_says_nothing_of_it_is_told_so(chat, model):
    chat.says("1: no")
    (doubt,) = (one for one in checked(model, RIGHT[4]).findings if one.kind == "unsupported")
    assert doubt.message == (
        "The language model small finds that Wandsworth 2018, para 2 does not say this."
    )


def test_paragraphs_cited_together_are_read_together(chat, model):
    chat.says("1: yes")
    text = "Foster carers are trained (Wandsworth 2016, para 4) (Wandsworth 2016, para 3)."
    checked(model, text)
    for asked in chat.asked:
        assert asked.body["messages"][1]["content"].count("<paragraphs of claim") == 1


def test_without_a_model_nothing_is_asked(chat):
    assert checked(None, RIGHT[0]).again is None
    assert not chat.asked


def test_how_much_was_read_is_told(chat, model):
    chat.reply = Reply(status=401, body={})
    lines = list(check_lines(checked(model, RIGHT[0]), "draft.md"))
    assert lines[0].endswith("0 to be looked at.")
    assert lines[1].startswith("The language model small read 0 of the 1 claims")
    assert "refuses the key" in lines[1]


# a census


@pytest.fixture
def decided(shipped, chat, model):
    def by(says) -> tuple:
        chat.reply = lambda body: Reply([says(body["messages"][1]["content"]), DONE])
        return census(shipped, LODGING, model=model), census(shipped, LODGING)

    return by


def numbers(user: str, words: str) -> str:
    found = re.findall(rf"^\w+ (\d+): .*{words}", user, re.MULTILINE)
    return ", ".join(found) or "0"


def test_a_report_counts_where_the_model_says_so(decided):
    found, _ = decided(lambda user: numbers(user, "bed and breakfast"))
    assert found.yes
    assert all("bed and breakfast" in one.sentence for one in found.yes)
    assert all("bed and breakfast" not in one.sentence for one in found.no)


def test_what_the_model_turns_round_lies_near_the_line(decided):
    found, before = decided(lambda user: "0")
    assert before.yes
    assert not found.yes
    for one in before.yes:
        (same,) = (other for other in found.reports if other.card == one.card)
        assert same.score == pytest.approx(one.score * LINE, abs=1e-4)
        assert found.is_borderline(same)


def test_words_in_quotation_marks_are_not_put_to_a_model(shipped, chat, model):
    assert census(shipped, '"bed and breakfast"', model=model).read is None
    assert not chat.asked


def test_where_the_model_fails_the_count_is_as_without_it(shipped, chat, model):
    chat.reply = Reply(status=500, body={})
    found = census(shipped, LODGING, model=model)
    assert found.reports == census(shipped, LODGING).reports
    assert "answered with the error 500" in particulars(found)


def test_who_decided_is_told_wherever_it_is_written_out(decided):
    found, before = decided(lambda user: "1")
    assert "Decided by the language model small, from" in particulars(found)
    assert census_object(found)["second_reading"]["model"] == "small"
    assert census_csv(found).splitlines()[1].endswith(",small")
    assert "second_reading" not in census_object(before)
    assert "language model" not in particulars(before)


# the commands


@pytest.fixture
def made_up(monkeypatch):
    monkeypatch.setattr(check_commands, "open_for_checks", lambda _: (LIBRARY, WordEncoder()))


def run_check(tmp_path, *options: str) -> int:
    (tmp_path / "draft.md").write_text(RIGHT[4], encoding="utf-8")
    return main(["check", str(tmp_path / "draft.md"), "--library", "made up", *options])


def test_check_asks_only_where_told_to(chat, made_up, tmp_path, capsys):
    chat.says("1: no")
    assert run_check(tmp_path) == 0
    assert not chat.asked
    capsys.readouterr()
    assert run_check(tmp_path, "--second-reading", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["second_reading"] == {"model": "small", "claims": 1, "read": 1, "reason": None}
    assert [one["kind"] for one in told["findings"]] == ["unsupported"]


def test_census_asks_only_where_told_to(chat, shipped_folder, monkeypatch, capsys):
    for name in ("find_model", "load_encoder"):
        monkeypatch.setattr(index_library, name, lambda *_, **__: CountingEncoder())
    chat.says("0")
    command = ["census", LODGING, "--library", str(shipped_folder)]
    assert main(command) == 0
    assert not chat.asked
    assert main([*command, "--second-reading"]) == 0
    assert "0 of 3 reports say it" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["check", "draft.md"], ["census", LODGING]])
def test_asked_for_and_not_set_up_it_is_one_sentence(command, tmp_path, monkeypatch, capsys):
    for name in ("PILCROW_LLM_BASE_URL", "PILCROW_LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_text(RIGHT[4], encoding="utf-8")
    assert main([*command, "--library", "library", "--second-reading"]) == 2
    err = capsys.readouterr().err
    assert "No language model is set up" in err
    assert err.count("\n") == 1
