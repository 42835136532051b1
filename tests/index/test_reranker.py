"""Rerankers that cannot be used."""

import pytest

from index.errors import ModelError
from index.reranker import load_reranker


def test_a_folder_without_a_model_is_named_with_what_to_do(tmp_path):
    with pytest.raises(ModelError, match="search without one"):
        load_reranker(tmp_path)


def test_a_folder_with_something_else_is_named_with_what_to_do(tmp_path):
    (tmp_path / "model.safetensors").write_bytes(b"no weights")
    with pytest.raises(ModelError, match="search without one"):
        load_reranker(tmp_path)
