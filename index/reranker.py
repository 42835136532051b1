"""Question and paragraphs read together -> scores: the second look at the first candidates."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import ModelError
from index.export import folder_key, kept_graph, reranker_graph
from index.graphs import Graph, available, graph_key

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Scores = npt.NDArray[np.float32]

OWN_RERANKER = Path(__file__).parent.parent / "models" / "reranker"
LIMIT = 192  # tokens of question and passage together; what lies beyond is not read
BATCH = 16  # pairs that PyTorch reads at once
_WEIGHTS = "model.safetensors"


class Reranker(Protocol):
    """What reads pairs. Tests pass one of their own."""

    @property
    def name(self) -> str:
        """What the user calls the model: a name or a path."""

    @property
    def sha256(self) -> str:
        """The hash of its weights."""

    def score(self, question: str, passages: Sequence[str]) -> Scores:
        """How well each passage answers, float32 (n,): the log odds that it does.

        Of our own model these are calibrated; of any other only their order means something.
        """


def probabilities(scores: Scores) -> Scores:
    """The scores of a calibrated reranker as chances that the passage answers."""
    return np.asarray(0.5 + 0.5 * np.tanh(scores / 2), np.float32)  # the logistic function


def load_reranker(name: str | None = None) -> Reranker:
    """The cross-encoder of that name or folder, else our own, ready for use.

    It runs as a graph, like an encoder. Raises ModelError where it cannot be loaded.
    """
    name = name or str(OWN_RERANKER)
    weights = Path(name) / _WEIGHTS
    key = sha256 = None
    if available() and weights.is_file():
        sha256 = _file_sha256(weights)
        key = folder_key("reranker", Path(name), sha256)
        graph = kept_graph(key)
        if graph is not None:
            return GraphReranker(graph, name, sha256)
    slow = CrossReranker(name)
    graph = slow.graph(key)
    return slow if graph is None else GraphReranker(graph, name, slow.sha256)


class GraphReranker:
    """A cross-encoder as a graph, without PyTorch."""

    def __init__(self, graph: Graph, name: str, sha256: str) -> None:
        self._graph = graph
        self.name = name
        self.sha256 = sha256

    def score(self, question: str, passages: Sequence[str]) -> Scores:
        """See Reranker."""
        if not passages:
            return np.zeros(0, np.float32)
        row: Scores = self._graph.run([question] * len(passages), passages)[:, 0]
        return row


class CrossReranker:
    """A cross-encoder in PyTorch. One thread at a time scores; others wait."""

    def __init__(self, name: str) -> None:
        self._model = _load(name)
        self._lock = threading.Lock()  # the tokenizer refuses to be used by two threads at once
        self._model.max_seq_length = min(LIMIT, self._model.max_seq_length or LIMIT)
        self._fast = _computes_in_bfloat16()
        self.name = name
        self.sha256 = _sha256(name, self._model)

    def graph(self, key: str | None) -> Graph | None:
        """The model as a graph, made and kept; None, and said why, where it cannot be.

        Without a key, one is made of the model in memory.
        """
        if key is None and available():
            tokenizer = self._model.tokenizer.backend_tokenizer.to_str()
            key = graph_key("reranker", self.sha256, str(self._model), tokenizer)
            kept = kept_graph(key)
            if kept is not None:
                return kept
        limit = int(self._model.max_seq_length or LIMIT)
        return reranker_graph(self._model, self.name, key or "", limit)

    def score(self, question: str, passages: Sequence[str]) -> Scores:
        """See Reranker."""
        if not passages:
            return np.zeros(0, np.float32)
        import torch  # noqa: PLC0415 - seconds; loaded with the model

        pairs = [(question, passage) for passage in passages]
        with self._lock, torch.autocast("cpu", torch.bfloat16, enabled=self._fast):
            scores = self._model.predict(
                pairs,
                batch_size=BATCH,
                show_progress_bar=False,
                activation_fn=torch.nn.Identity(),
                convert_to_tensor=True,
            )
        row: Scores = scores.float().cpu().numpy()
        return row


def _computes_in_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself; elsewhere it is slower than float32."""
    import torch  # noqa: PLC0415 - seconds; loaded with the model

    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def _load(name: str) -> CrossEncoder:
    from sentence_transformers import CrossEncoder  # noqa: PLC0415 - seconds, on demand

    try:
        model: CrossEncoder = CrossEncoder(name, device="cpu")
    except Exception as exc:  # whatever the libraries below raise, the user needs one sentence
        raise ModelError(
            f"The reranker {name} cannot be loaded ({type(exc).__name__}: {exc}). Give the folder "
            "or the name of a sentence-transformers cross-encoder, or search without one."
        ) from exc
    if model.num_labels != 1:
        raise ModelError(
            f"The reranker {name} gives {model.num_labels} scores for a pair; take one that "
            "gives one."
        )
    return model


def _sha256(name: str, model: CrossEncoder) -> str:
    """The hash of the weights file, of the weights in memory where there is none."""
    weights = Path(name) / _WEIGHTS
    if weights.is_file():
        return _file_sha256(weights)
    digest = hashlib.sha256()
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(tensor.detach().cpu().contiguous().float().numpy().tobytes())
    return digest.hexdigest()


def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
