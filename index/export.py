"""sentence-transformers models -> graphs, each checked against the model that it was made of."""

from __future__ import annotations

import hashlib
import logging
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ModelError
from index.graphs import (
    DamagedGraphError,
    Graph,
    Rows,
    Traits,
    available,
    forget_graph,
    graph_key,
    load_graph,
    make_graph,
)
from index.likeness import SAMPLE, least_cosine, overlap, require_alike, trial

if TYPE_CHECKING:
    from sentence_transformers import MultiVectorEncoder, SentenceTransformer
    from torch import Tensor
    from torch.nn import Module

_UNHASHED = {"README.md", "model.safetensors", ".gitattributes"}  # the weights' hash is known
_log = logging.getLogger(__name__)


def folder_key(kind: str, folder: Path, sha256: str) -> str:
    """The key of the graph of a model's folder; reads all but the weights."""
    parts = [kind, sha256]
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in _UNHASHED:
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            parts.append(f"{path.relative_to(folder).as_posix()} {digest}")
    return graph_key(*parts)


def kept_graph(key: str) -> Graph | None:
    """The graph of that key, None where it has to be made; a damaged one is said and removed."""
    try:
        return load_graph(key)
    except DamagedGraphError as exc:
        _log.warning("%s It is made again.", exc)
        forget_graph(key)
        return None


def encoder_graph(model: SentenceTransformer, name: str, key: str) -> Graph | None:
    """The graph of an encoder, made and kept; None, and said why, where it cannot be."""
    prompts = model.prompts or {}
    document = next((prompts[k] for k in ("document", "passage", "corpus") if k in prompts), "")
    traits = Traits(int(model.max_seq_length or 512), document or "", prompts.get("query") or "")

    def check(graph: Graph) -> None:
        passages, questions = trial()
        documents, asked = [*SAMPLE, *passages], [*SAMPLE, *questions]
        ours = [
            graph.run([traits.document_prompt + text for text in documents]),
            graph.run([traits.query_prompt + text for text in asked]),
        ]
        theirs = [
            np.asarray(model.encode_document(documents, show_progress_bar=False)),
            np.asarray(model.encode_query(asked, show_progress_bar=False)),
        ]
        cosine = min(least_cosine(a, b) for a, b in zip(ours, theirs, strict=True))
        found = [_unit(queries) @ _unit(rows).T for rows, queries in (ours, theirs)]
        require_alike(cosine, overlap(*found))

    return _made(name, key, model, "sentence_embedding", traits=traits, check=check)


def reranker_graph(model: MultiVectorEncoder, name: str, key: str) -> Graph | None:
    """The graph of a multi-vector model, made and kept; None, and said why, where it cannot be."""

    def check(graph: Graph) -> None:
        passages, questions = trial()
        documents = [*SAMPLE, *passages]
        ours = graph.token_rows(documents)
        theirs = _token_rows(model.encode_document(documents, show_progress_bar=False))
        if [len(rows) for rows in ours] != [len(rows) for rows in theirs]:
            raise ModelError("it cuts texts into other tokens than PyTorch")
        cosine = min(_mean_cosine(a, b) for a, b in zip(ours, theirs, strict=True))
        asked = _token_rows(model.encode_query(list(questions), show_progress_bar=False))
        found = [
            _best_matches(graph.token_rows(questions), ours),
            _best_matches(asked, theirs),
        ]
        require_alike(cosine, overlap(*found))

    traits = Traits(int(model.max_seq_length or 512))
    return _made(name, key, model, "token_embeddings", traits=traits, check=check)


def _unit(rows: Rows) -> Rows:
    unit: Rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return unit


def _token_rows(found: Iterable[object]) -> list[Rows]:
    return [np.asarray(rows, np.float32) for rows in found]


def _best_matches(questions: Sequence[Rows], passages: Sequence[Rows]) -> Rows:
    """Late interaction: each question's mean best match in each passage."""
    scores = [[(asked @ rows.T).max(axis=1).mean() for rows in passages] for asked in questions]
    return np.array(scores, np.float32)


def _mean_cosine(ours: Rows, theirs: Rows) -> float:
    return float(np.mean(np.sum(ours * theirs, axis=1)))  # of unit vectors


def _made(
    name: str,
    key: str,
    model: SentenceTransformer | MultiVectorEncoder,
    output: str,
    *,
    traits: Traits,
    check: Callable[[Graph], None],
) -> Graph | None:
    if not available():
        _log.warning(
            "OpenVINO is not installed, so %s runs in PyTorch, several times slower: "
            "`python -m pip install -r requirements.txt`.",
            name,
        )
        return None
    _log.warning("Preparing %s for this computer, once; it takes some seconds.", name)
    try:
        with _quietly():
            return make_graph(
                key,
                _module(model, output),
                _example(model),
                tokenizer=model.tokenizer.backend_tokenizer.to_str(),
                traits=traits,
                check=check,
            )
    except Exception as exc:  # whatever OpenVINO cannot do, PyTorch still can
        _log.warning("%s runs in PyTorch, slower: no graph of it can be used: %s.", name, exc)
        return None


def _module(model: Module, output: str) -> Module:
    """The model as a module that takes tensors and gives one."""
    import torch  # noqa: PLC0415 - seconds; loaded with the model

    class Whole(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(
            self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor | None = None
        ) -> Tensor:
            features = {"input_ids": input_ids, "attention_mask": attention_mask}
            if token_type_ids is not None:
                features["token_type_ids"] = token_type_ids
            rows: Tensor = self.model(features)[output]
            return rows

    return Whole().eval()


def _example(model: SentenceTransformer | MultiVectorEncoder) -> dict[str, Tensor]:
    batch = model.tokenizer([SAMPLE[0], SAMPLE[1]], padding=True, return_tensors="pt")
    names = ("input_ids", "attention_mask", "token_type_ids")
    return {name: batch[name] for name in names if name in batch}


@contextmanager
def _quietly() -> Iterator[None]:
    """Tracing a model warns of all that it takes for fixed; the check says whether it may."""
    import torch  # noqa: PLC0415 - seconds; loaded with the model
    from transformers.utils import logging as theirs  # noqa: PLC0415

    before = theirs.get_verbosity()
    with warnings.catch_warnings(), torch.no_grad():
        warnings.simplefilter("ignore")
        theirs.set_verbosity_error()  # type: ignore[no-untyped-call]
        try:
            yield
        finally:
            theirs.set_verbosity(before)
