"""A tuned model -> the folder that ships: half the bytes, the same vectors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Protocol

import torch
from safetensors.torch import load_file, save_file

from train.errors import TrainingError

LARGEST = 50_000_000  # bytes of a folder, for it is kept in the repository
_WEIGHTS = "model.safetensors"


class Saveable(Protocol):
    """A model of sentence-transformers."""

    def save(self, path: str, *, create_model_card: bool) -> None:
        """Write the model to a folder."""


def ship(model: Saveable, folder: Path) -> int:
    """Write a model with weights in half precision and return the folder's size in bytes.

    Its config asks for float32, so that processors without float16 compute as fast as before.
    Raises TrainingError where the folder comes out too large for the repository.
    """
    folder.mkdir(parents=True, exist_ok=True)
    model.save(str(folder), create_model_card=False)
    weights = folder / _WEIGHTS
    halved = {
        name: tensor.half() if tensor.is_floating_point() else tensor
        for name, tensor in load_file(weights).items()
    }
    save_file(halved, weights, metadata={"format": "pt"})
    _set_dtype(folder / "config.json")
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    if size > LARGEST:
        raise TrainingError(f"{folder} takes {size} bytes, more than the {LARGEST} allowed.")
    return size


def _set_dtype(config: Path) -> None:
    settings = json.loads(config.read_text(encoding="utf-8"))
    settings["dtype"] = str(torch.float32).removeprefix("torch.")
    text = json.dumps(settings, indent=2, sort_keys=True) + "\n"
    config.write_text(text, encoding="utf-8", newline="\n")
