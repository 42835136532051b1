"""Question and paragraphs read word by word -> log odds that each answers (late interaction)."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelError
from index.export import folder_key, kept_graph, reranker_graph
from index.graphs import Graph, Rows, available
from index.recent import Recent

if TYPE_CHECKING:
    from sentence_transformers import MultiVectorEncoder

Scores = npt.NDArray[np.float32]

OWN_RERANKER = Path(__file__).parent.parent / "models" / "reranker"
_WEIGHTS = "model.safetensors"
CALIBRATION = "calibration.json"


class Reranker(Protocol):
    """What reads again. Tests pass one of their own."""

    @property
    def name(self) -> str:
        """What the user calls the model: a path."""

    @property
    def sha256(self) -> str:
        """The hash of its weights."""

    def score(self, question: str, passages: Sequence[str]) -> Scores:
        """How well each passage answers, float32 (n,): the log odds that it does."""


def probabilities(scores: Scores) -> Scores:
    """The scores of a calibrated reranker as chances that the passage answers."""
    return np.asarray(0.5 + 0.5 * np.tanh(scores / 2), np.float32)  # the logistic function


def load_reranker(folder: Path = OWN_RERANKER) -> LateInteraction:
    """The reranker of a folder, ready for use.

    It runs as a graph, like an encoder. Raises ModelError where it cannot be loaded.
    """
    weights = folder / _WEIGHTS
    if not weights.is_file():
        raise ModelError(
            f"There is no reranker in {folder}; give the folder of one that `python -m train "
            "reranker` made, or search without one."
        )
    with weights.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    key = None
    if available():
        key = folder_key("reranker", folder, sha256)
        graph = kept_graph(key)
        if graph is not None:
            return LateInteraction(folder, sha256, GraphTokens(graph))
    model = _load(folder)
    graph = reranker_graph(model, str(folder), key or "")
    tokens = TorchTokens(model) if graph is None else GraphTokens(graph)
    return LateInteraction(folder, sha256, tokens)


def load_slowly(folder: Path = OWN_RERANKER) -> LateInteraction:
    """The same in PyTorch, to compare with."""
    with (folder / _WEIGHTS).open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return LateInteraction(folder, sha256, TorchTokens(_load(folder)))


class Tokens(Protocol):
    """What gives a text's tokens their vectors."""

    def of_question(self, text: str) -> Rows:
        """Unit vectors, float32 (tokens, dim)."""

    def of_passages(self, texts: Sequence[str]) -> Sequence[Rows]:
        """The same of each passage."""


class LateInteraction:
    """Every token of the question finds its best match in the passage; their mean counts.

    MaxSim of Khattab and Zaharia (SIGIR 2020), turned into log odds by Platt's line.
    """

    def __init__(self, folder: Path, sha256: str, tokens: Tokens) -> None:
        self.name = str(folder)
        self.sha256 = sha256
        self._tokens = tokens
        self._slope, self._intercept = _line(folder)

    def score(self, question: str, passages: Sequence[str]) -> Scores:
        """See Reranker."""
        likeness = self.likeness(question, passages)
        return np.asarray(self._slope * likeness + self._intercept, np.float32)

    def likeness(self, question: str, passages: Sequence[str]) -> Scores:
        """The mean of the best matches, -1 to 1, float32 (n,)."""
        asked = self._tokens.of_question(question)
        read = self._tokens.of_passages(passages)
        return np.array([(asked @ rows.T).max(axis=1).mean() for rows in read], np.float32)


def _line(folder: Path) -> tuple[float, float]:
    """Platt's line of a model's scores; the scores themselves where it has none."""
    path = folder / CALIBRATION
    if not path.is_file():
        return 1.0, 0.0
    line = json.loads(path.read_text(encoding="utf-8"))
    return float(line["slope"]), float(line["intercept"])


class GraphTokens:
    """Token vectors by a graph, without PyTorch; those of the passages read last are kept."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._passages = Recent(graph.token_rows)

    def of_question(self, text: str) -> Rows:
        """See Tokens."""
        return self._graph.token_rows([text])[0]

    def of_passages(self, texts: Sequence[str]) -> Sequence[Rows]:
        """See Tokens."""
        return self._passages.of(texts)


class TorchTokens:
    """Token vectors in PyTorch. One thread at a time; others wait."""

    def __init__(self, model: MultiVectorEncoder) -> None:
        self._model = model
        self._lock = threading.Lock()  # the tokenizer refuses to be used by two threads at once

    def of_question(self, text: str) -> Rows:
        """See Tokens."""
        with self._lock:
            rows = self._model.encode_query([text], show_progress_bar=False)[0]
        return np.asarray(rows, np.float32)

    def of_passages(self, texts: Sequence[str]) -> Sequence[Rows]:
        """See Tokens."""
        with self._lock:
            found = self._model.encode_document(list(texts), show_progress_bar=False)
        return [np.asarray(rows, np.float32) for rows in found]


def _load(folder: Path) -> MultiVectorEncoder:
    from sentence_transformers import MultiVectorEncoder  # noqa: PLC0415 - seconds, on demand
    from transformers.utils import logging  # noqa: PLC0415

    logging.disable_progress_bar()  # type: ignore[no-untyped-call] # standard error is ours
    try:
        return MultiVectorEncoder(str(folder), device="cpu")
    except Exception as exc:  # whatever the libraries below raise, the user needs one sentence
        raise ModelError(
            f"The reranker {folder} cannot be loaded ({type(exc).__name__}: {exc}). Give the "
            "folder of a multi-vector model of sentence-transformers, or search without one."
        ) from exc
