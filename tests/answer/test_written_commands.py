import json

import pytest

from answer.__main__ import main
from index import library as index_library
from tests.answer.conftest import CountingEncoder
from tests.chat_server import Reply

QUESTION = "How many care leavers were in bed and breakfast accommodation in Wandsworth?"
PROMISE = "Care leavers were in bed and breakfast accommodation [1]."


pytestmark = pytest.mark.usefixtures("set_up")


@pytest.fixture(autouse=True)
def counting(monkeypatch):
    for name in ("find_model", "load_encoder"):
        monkeypatch.setattr(index_library, name, lambda *_, **__: CountingEncoder())


@pytest.fixture
def asked(shipped_folder, capsys):
    def run(*options, question=QUESTION) -> str:
        assert main(["ask", question, "--library", str(shipped_folder), *options]) == 0
        return capsys.readouterr().out

    return run


def test_sentences_are_printed_with_their_citations(chat, asked):
    chat.says(PROMISE, " All were moved.")
    lines = asked("--written").strip().split("\n\n")
    assert lines[0] == "Written by a language model (small); check before quoting."
    assert lines[1].startswith("Care leavers were in bed and breakfast accommodation. (Wandsworth")
    assert lines[2] == "NOT SUPPORTED: All were moved. [cites no paragraph]"
    assert len(lines) == 3


def test_json_gains_an_object_and_keeps_the_rest(chat, asked):
    chat.says(PROMISE)
    plain = json.loads(asked("--json"))
    written = json.loads(asked("--json", "--written"))
    assert "written" not in plain
    assert written.pop("written")["sentences"][0]["supported"] is True
    assert written == plain
    assert len(chat.asked) == 1


def test_a_failure_prints_why_and_the_quoted_answer(chat, asked):
    chat.reply = Reply(status=401, body={})
    out = asked("--written")
    assert out.startswith("The language model's server refuses the key")
    assert asked().strip() in out


def test_nothing_set_up_prints_why_and_the_quoted_answer(asked, monkeypatch):
    monkeypatch.delenv("PILCROW_LLM_BASE_URL", raising=False)
    out = asked("--written")
    assert out.startswith("No language model is set up; set PILCROW_LLM_BASE_URL")
    assert asked().strip() in out
    assert json.loads(asked("--written", "--json"))["written"]["status"] == "fallback"


def test_many_questions(chat, asked, shipped_folder, tmp_path):
    chat.says(PROMISE)
    (tmp_path / "q.jsonl").write_text(
        json.dumps({"id": "a", "question": QUESTION}) + "\n", encoding="utf-8"
    )
    options = ["--questions", str(tmp_path / "q.jsonl"), "--jsonl", str(tmp_path / "a.jsonl")]
    assert main(["ask", "--library", str(shipped_folder), "--written", *options]) == 0
    (found,) = (tmp_path / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(found)["written"]["status"] == "written"
