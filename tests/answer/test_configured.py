import pytest

from answer.configured import configured_model
from answer.errors import NotConfiguredError

ON = {"PILCROW_LLM_BASE_URL": "http://localhost:11434/v1", "PILCROW_LLM_MODEL": "small"}


def test_off_unless_address_and_model_are_set():
    assert configured_model({}) is None
    for name in ON:
        assert configured_model({**ON, name: " "}) is None
    assert configured_model({"PILCROW_LLM_API_KEY": "sk-1"}) is None


def test_on_with_both_and_a_key_where_there_is_one():
    model = configured_model({**ON, "PILCROW_LLM_API_KEY": " sk-1\n"})
    assert (model.address, model.name, model.key) == (*ON.values(), "sk-1")
    assert configured_model(ON).key is None


@pytest.mark.parametrize(
    "address",
    ["localhost:11434", "ftp://x/v1", "http://", "http://[", "http://a:b/v1", "http://me:pw@x/v1"],
)
def test_what_is_no_address_is_refused_without_repeating_it(address):
    with pytest.raises(NotConfiguredError, match="PILCROW_LLM_BASE_URL") as caught:
        configured_model({**ON, "PILCROW_LLM_BASE_URL": address})
    assert "pw" not in str(caught.value)


@pytest.mark.parametrize("key", ["sk\n1", "schlüssel", "sk-\u200b1"])
def test_what_is_no_key_is_refused_without_repeating_it(key):
    with pytest.raises(NotConfiguredError, match="PILCROW_LLM_API_KEY") as caught:
        configured_model({**ON, "PILCROW_LLM_API_KEY": key})
    assert key not in str(caught.value)


def test_the_key_is_not_shown():
    model = configured_model({**ON, "PILCROW_LLM_API_KEY": "sk-secret"})
    assert "sk-secret" not in f"{model} {model!r}"
