"""A check and a census that a language model reads, and their commands."""

import json
import re
from dataclasses import replace

import pytest

from answer import check_commands
from answer.__main__ import main
from answer.census import census, relined
from answer.census_output import census_csv, census_object, particulars
from answer.check import check
from answer.check_commands import check_lines
from answer.configured import LanguageModel
from answer.decided import READ_FROM, decided
from answer.doubts import doubted
from answer.draft import Part
from index import library as index_library
from index.model import Filter
from tests.answer.conftest import CountingEncoder
from tests.answer.test_check import LIBRARY, RIGHT, WordEncoder
from tests.chat_server import DONE, Reply

WRONG = "Foster carers receive good training from the council (Wandsworth 2016, para 3)."
BOTH = (
    "Ten care leavers were placed in bed and breakfast accommodation, and foster carers receive "
    "good training (Wandsworth 2016, para 1; Wandsworth 2016, para 4)."
)
LODGING = "care leavers placed in bed and breakfast accommodation"
NOTES = ("superseded", "second_hand")

pytestmark = pytest.mark.usefixtures("set_up")


def silent(done: int, total: int) -> None:
    """Nobody looks."""


@pytest.fixture
def model(chat) -> LanguageModel:
    return LanguageModel(chat.address, "small", total_seconds=5)


def read(model, *texts: str):
    parts = [Part("heading", "Wandsworth", 1), *(Part("text", text) for text in texts)]
    return doubted(check(parts, LIBRARY, WordEncoder()), model, silent)


def names(reports) -> set[str]:
    return {one.card.name for one in reports}


def doubts(checked) -> list:
    return [one for one in checked.findings if one.message.startswith("The language model")]


# a check


def test_only_what_nothing_was_found_on_is_read(chat, model):
    chat.says("1: yes\n2: yes")
    assert read(model, RIGHT[0], WRONG, RIGHT[4]).reading.read == 2
    assert re.findall(r"<claim \d+ \w+>\n(.*)\n", chat.user_text()) == [
        "Ten care leavers were placed in bed and breakfast accommodation",
        "The leaving care team returned in-house in September 2017",
    ]


def test_a_doubt_stands_at_its_sentence_with_the_words_of_the_paragraph(chat, model):
    chat.says('1: no "between four and 34 weeks"\n2: yes')
    found = read(model, RIGHT[0], WRONG, RIGHT[4]).findings
    wrong = [one for one in found if one.kind not in NOTES]
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
    (doubt,) = doubts(read(model, RIGHT[4]))
    assert doubt.message == (
        "The language model small finds that Wandsworth 2018, para 2 does not say this."
    )


def test_what_is_cited_together_is_read_together(chat, model):
    chat.says("1: yes")
    read(model, BOTH)
    assert len(chat.asked) == 1
    assert chat.user_text().count("<paragraphs of claim") == 1
    assert "Wandsworth 2016, para 1: In the last year" in chat.user_text()
    assert "Wandsworth 2016, para 4: Foster carers" in chat.user_text()


def test_of_several_the_paragraph_is_named_that_says_otherwise(chat, model):
    chat.says('1: no "the council supports 68 fostering households"')
    (doubt,) = doubts(read(model, BOTH))
    assert "finds that Wandsworth 2016, para 4 says otherwise" in doubt.message
    assert (doubt.paragraph_id, doubt.cited) == ("w16#p4", "Wandsworth 2016, para 4")


def test_where_none_of_several_says_it_all_are_named(chat, model):
    chat.says("1: no")
    (doubt,) = doubts(read(model, BOTH))
    assert doubt.message.endswith(
        "finds that Wandsworth 2016, para 1 and Wandsworth 2016, para 4 do not say this."
    )


def test_the_sentence_before_is_sent_only_where_the_claim_refers_back(chat, model):
    chat.says("1: yes")
    private = "Mr Smith told us in confidence."
    read(model, f"{private} Foster carers receive good training (Wandsworth 2016, para 4).")
    assert private not in chat.user_text()
    read(model, f"{private} They receive good training (Wandsworth 2016, para 4).")
    assert private in chat.user_text()


def test_how_much_was_read_is_told(chat, model):
    chat.reply = Reply(status=401, body={})
    lines = list(check_lines(read(model, RIGHT[0]), "draft.md"))
    assert lines[0].endswith("0 to be looked at.")
    assert lines[1].startswith("The language model small read 0 of 1 claim on which nothing")
    assert "refuses the key" in lines[1]


# a census


@pytest.fixture
def lodging(shipped):
    return census(shipped, LODGING)


def holding(words: str):
    """A model that finds the sentences with these words to say it."""

    def reply(body: dict) -> Reply:
        user = body["messages"][1]["content"]
        found = re.findall(rf"^\w+ (\d+): .*{words}", user, re.MULTILINE)
        return Reply([", ".join(found) or "0", DONE])

    return reply


def test_a_report_counts_where_the_model_says_so(chat, model, lodging):
    chat.reply = holding("bed and breakfast")
    found = decided(lodging, model, silent)
    assert found.yes
    assert all("bed and breakfast" in one.sentence for one in found.yes)
    assert found.decided == tuple(one for one in found.reports if one.score >= READ_FROM)


@pytest.mark.parametrize("line", [0.0, 0.5, 0.999, 1.0])
def test_the_line_does_not_count_where_the_model_decided(chat, model, lodging, line):
    chat.says("0")
    found = relined(decided(lodging, model, silent), line)
    told = census_object(found)["reports_asked"]
    assert not [one for one in told if one["by_model"] and one["says_it"]]
    assert [one for one in told if one["by_model"]]
    assert not [one for one in found.yes if one.says_it is not None]
    chat.reply = holding("")
    found = relined(decided(lodging, model, silent), line)
    assert found.decided
    assert names(found.decided) <= names(found.yes)


def test_a_report_is_counted_by_the_model_though_its_score_is_one(chat, model, lodging):
    chat.says("0")
    certain = replace(lodging, reports=(replace(lodging.reports[0], score=1.0),))
    assert not decided(certain, model, silent).yes


def test_what_the_model_turns_round_is_to_be_read(chat, model, lodging):
    chat.says("0")
    found = decided(lodging, model, silent)
    assert lodging.yes
    assert not found.yes
    turned = [one for one in found.borderline if one.says_it is not None]
    assert names(turned) == names(lodging.yes)


def test_the_sentence_shown_is_the_first_that_says_it(chat, model, lodging):
    chat.says("2")
    first = decided(lodging, model, silent).reports[0]
    assert first.sentence == lodging.reports[0].nearest[1].sentence
    assert first.sentence in first.paragraph.paragraph.text


def test_words_in_quotation_marks_are_not_put_to_a_model(shipped, chat, model):
    found = census(shipped, '"bed and breakfast"')
    assert decided(found, model, silent) == found
    assert not chat.asked


def test_where_the_model_fails_the_count_is_as_without_it(chat, model, lodging):
    chat.reply = Reply(status=500, body={})
    found = decided(lodging, model, silent)
    assert found.reports == lodging.reports
    assert "decided on none. The language model" in particulars(found)
    assert "answered with the error 500" in particulars(found)
    assert ",the line," in census_csv(found)
    assert "small" not in census_csv(found)


def test_who_decided_is_told_wherever_it_is_written_out(chat, model, shipped, lodging):
    chat.says("0")
    found = decided(lodging, model, silent)
    assert f"decided on {len(found.decided)} of these reports" in particulars(found)
    assert census_object(found)["model_reading"]["model"] == "small"
    assert ",small," in census_csv(found).splitlines()[1]
    assert "model_reading" not in census_object(lodging)
    assert "language model" not in particulars(lodging)
    exact = census(shipped, '"bed and breakfast"', filters=Filter(kind="inspection"))
    assert ",the words," in census_csv(exact)


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
    assert run_check(tmp_path, "--read-by-model", "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["model_reading"] == {"model": "small", "claims": 1, "read": 1, "reason": None}
    assert [one["kind"] for one in told["findings"]] == ["unsupported"]


def test_census_asks_only_where_told_to(chat, shipped_folder, monkeypatch, capsys):
    for name in ("find_model", "load_encoder"):
        monkeypatch.setattr(index_library, name, lambda *_, **__: CountingEncoder())
    chat.says("0")
    command = ["census", LODGING, "--library", str(shipped_folder)]
    assert main(command) == 0
    assert not chat.asked
    assert main([*command, "--read-by-model"]) == 0
    assert "0 of 3 reports say it" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["check", "draft.md"], ["census", LODGING]])
def test_asked_for_and_not_set_up_it_is_one_sentence(command, tmp_path, monkeypatch, capsys):
    for name in ("PILCROW_LLM_BASE_URL", "PILCROW_LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.md").write_text(RIGHT[4], encoding="utf-8")
    assert main([*command, "--library", "library", "--read-by-model"]) == 2
    err = capsys.readouterr().err
    assert "No language model is set up" in err
    assert err.count("\n") == 1
