import logging
import threading
import time
from dataclasses import replace

import pytest

from answer.configured import LanguageModel
from answer.errors import CutShortError, GenerationError
from answer.generate import MOST_CHARACTERS, stream
from tests.chat_server import CUT, Ending, Raw, Reply, part

KEY = "sk-very-secret-0123456789"
MESSAGES = ({"role": "system", "content": "Be brief."}, {"role": "user", "content": "Why?"})


@pytest.fixture
def model(chat) -> LanguageModel:
    return LanguageModel(
        chat.address, "small", KEY, connect_seconds=2, silence_seconds=2, total_seconds=5
    )


def refused(model) -> str:
    with pytest.raises(GenerationError) as caught:
        list(stream(model, MESSAGES))
    return str(caught.value)


def test_the_text_comes_piece_by_piece(chat, model):
    chat.says("Ten ", 0.2, "care leavers", " [1].")
    pieces = stream(model, MESSAGES)
    assert next(pieces) == "Ten "
    assert list(pieces) == ["care leavers", " [1]."]


def test_the_request_speaks_the_protocol(chat, model):
    chat.says("So [1].")
    list(stream(model, MESSAGES))
    (asked,) = chat.asked
    assert asked.path == "/v1/chat/completions"
    assert asked.headers["Authorization"] == f"Bearer {KEY}"
    assert asked.body == {
        "model": "small",
        "messages": list(MESSAGES),
        "stream": True,
        "temperature": 0,
    }


def test_what_other_programs_keep_in_the_environment_is_not_sent(chat, model, monkeypatch):
    for name in ("API_KEY", "ORG_ID", "PROJECT_ID", "ADMIN_KEY", "BASE_URL"):
        monkeypatch.setenv(f"OPENAI_{name}", "another-secret")
    chat.says("So [1].")
    list(stream(replace(model, key=None), MESSAGES))
    (asked,) = chat.asked
    assert "Authorization" not in asked.headers
    assert "another-secret" not in asked.headers.as_string()


def test_a_model_that_takes_no_temperature_is_asked_without(chat, model):
    unsupported = {"error": {"message": "Unsupported value", "param": "temperature"}}

    def reply(body):
        if "temperature" in body:
            return Reply(status=400, body=unsupported)
        return Reply(["So [1].", Ending()])

    chat.reply = reply
    assert list(stream(model, MESSAGES)) == ["So [1]."]


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "The language model's server refuses the key; check PILCROW_LLM_API_KEY."),
        (403, "The language model's server refuses the key; check PILCROW_LLM_API_KEY."),
        (
            404,
            "The language model's server does not know the model small; check PILCROW_LLM_MODEL "
            "and PILCROW_LLM_BASE_URL.",
        ),
        (429, "The language model's server takes no more requests now; try again later."),
        (500, "The language model's server answered with the error 500."),
        (503, "The language model's server answered with the error 503."),
        (418, "The language model's server answered with the error 418."),
    ],
)
def test_an_error_of_the_server_becomes_a_sentence_after_one_request(chat, model, status, said):
    body = {"error": {"message": f"Incorrect API key provided: {KEY}"}}
    chat.reply = Reply(status=status, body=body, headers={"Retry-After": "60"})
    assert refused(model) == said
    assert len(chat.asked) == 1


def test_a_request_that_is_not_accepted_is_sent_twice_at_most(chat, model):
    chat.reply = Reply(status=400, body={"error": {"message": "too long"}})
    assert refused(model) == "The language model's server answered with the error 400."
    assert len(chat.asked) == 2


def test_no_server_at_the_address(chat, model):
    nowhere = replace(model, address="http://127.0.0.1:9/v1")
    assert refused(nowhere).startswith("The language model's server cannot be reached")


def test_a_server_that_is_silent(chat, model):
    chat.reply = Reply(["Ten ", 3.0, "care leavers."])
    assert refused(replace(model, silence_seconds=0.3)) == (
        "The language model did not answer within 0.3 seconds."
    )


def test_a_server_that_keeps_alive_and_says_nothing(chat, model):
    chat.reply = Reply([Raw(": ping\n\n"), 0.1] * 30)
    started = time.monotonic()
    assert refused(replace(model, total_seconds=1.5)) == (
        "The language model did not answer within 1.5 seconds."
    )
    assert time.monotonic() - started < 2.5


def test_an_answer_that_breaks_off(chat, model):
    chat.reply = Reply(["Ten care ", CUT])
    pieces = stream(model, MESSAGES)
    assert next(pieces) == "Ten care "
    with pytest.raises(GenerationError, match="broke off"):
        next(pieces)


def test_an_answer_that_ends_without_an_end(chat, model):
    chat.reply = Reply(["Ten care "])
    assert refused(model) == "The language model's answer broke off."


def test_an_answer_at_the_models_limit_is_told_apart(chat, model):
    chat.reply = Reply(["Ten care", Ending("length")])
    pieces = stream(model, MESSAGES)
    assert next(pieces) == "Ten care"
    with pytest.raises(CutShortError):
        next(pieces)


@pytest.mark.parametrize(
    "steps",
    [
        [Raw(part({"refusal": "I cannot help with that."})), Ending()],
        ["I can", Ending("content_filter")],
    ],
)
def test_a_refusal(chat, model, steps):
    chat.reply = Reply(steps)
    assert refused(model) == "The language model refused to answer."


@pytest.mark.parametrize(
    "steps",
    [
        [Raw("data: <html>no JSON</html>\n\n")],
        [Raw('data: {"choices": null}\n\n')],
        [Raw('data: {"choices": [{"delta": null}]}\n\n')],
        [Raw('data: {"choices": [{"delta": {"content": {"a": 1}}}]}\n\n')],
        [Raw('data: ["a", "list"]\n\n')],
        [Raw("data: 7\n\n")],
    ],
)
def test_garbage_is_not_an_answer(chat, model, steps):
    chat.reply = Reply([*steps, Ending()])
    assert refused(model) == "What the language model's server sent is not an answer."


def test_an_error_in_the_stream(chat, model):
    chat.reply = Reply([Raw(f'data: {{"error": {{"message": "key {KEY}"}}}}\n\n')])
    assert refused(model) == "The language model's server reported an error."


@pytest.mark.parametrize("body", ["<html>Log in to the proxy</html>", {"choices": []}, {}])
def test_what_is_no_stream_says_nothing(chat, model, body):
    chat.reply = Reply(body=body)
    assert refused(model) == "The language model said nothing."


def test_an_empty_answer(chat, model):
    chat.says("")
    assert refused(model) == "The language model said nothing."


def test_an_endless_answer_is_ended(chat, model):
    chat.reply = Reply(["word " * 100] * 1000)
    received = []
    with pytest.raises(GenerationError, match="did not come to an end"):
        received.extend(stream(model, MESSAGES))
    assert 0 < sum(map(len, received)) <= MOST_CHARACTERS


def test_closing_ends_the_request(chat, model):
    chat.reply = Reply(["word ", 0.05] * 200)
    pieces = stream(replace(model, total_seconds=60), MESSAGES)
    next(pieces)
    pieces.close()
    deadline = time.monotonic() + 5
    while not chat.gone and time.monotonic() < deadline:
        time.sleep(0.05)
    assert chat.gone == 1


def test_nothing_is_left_running(chat, model):
    chat.says("So [1].")
    list(stream(model, MESSAGES))
    deadline = time.monotonic() + 5
    while any(one.name.endswith("(_receive)") for one in threading.enumerate()):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_the_key_stands_in_no_log_and_no_picture_of_the_model(chat, model, caplog):
    caplog.set_level(logging.DEBUG)
    chat.reply = Reply(status=401, body={"error": {"message": f"Incorrect key {KEY}"}})
    assert KEY not in refused(model) + repr(model) + str(model)
    ours = [one for one in caplog.records if not one.name.startswith(("openai", "http"))]
    assert KEY not in "".join(one.getMessage() for one in ours)
