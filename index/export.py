"""sentence-transformers models -> graphs, each checked against the model that it was made of."""

from __future__ import annotations

import hashlib
import logging
import warnings
from collections.abc import Callable, Iterator
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

if TYPE_CHECKING:
    from sentence_transformers import MultiVectorEncoder, SentenceTransformer
    from torch import Tensor
    from torch.nn import Module

LEAST_COSINE = 0.999  # of a graph's vectors with the model's own
_SHORT = (
    "kids who keep running away",
    "Who signs off the pathway plans of care leavers, and how late?",
    "Care leavers lived in bed and breakfast accommodation for up to 14 weeks (2015/16).",
    "Social workers' caseloads are too high; managers don't oversee them well enough.",
    "The local safeguarding children board (LSCB) should review its multi-agency audits.",
    "the annual budget of the parish council",
    "Ofsted's judgement: requires improvement to be good. See paragraph 87.",
)
SAMPLE = (*_SHORT, " ".join(_SHORT), " ".join(_SHORT * 4))  # the last is longer than any limit
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
        ours = [graph.run([prompt + text for text in SAMPLE]) for prompt in _prompts(graph)]
        theirs = [encode(list(SAMPLE)) for encode in (model.encode_document, model.encode_query)]
        cosine = min(_least_cosine(a, np.asarray(b)) for a, b in zip(ours, theirs, strict=True))
        if not cosine >= LEAST_COSINE:
            raise ModelError(f"its vectors differ from PyTorch's (cosine {cosine:.4f})")

    return _made(name, key, model, "sentence_embedding", traits=traits, check=check)


def reranker_graph(model: MultiVectorEncoder, name: str, key: str) -> Graph | None:
    """The graph of a multi-vector model, made and kept; None, and said why, where it cannot be."""

    def check(graph: Graph) -> None:
        ours = graph.token_rows(SAMPLE)
        theirs = [np.asarray(rows) for rows in model.encode_document(list(SAMPLE))]
        if [len(rows) for rows in ours] != [len(rows) for rows in theirs]:
            raise ModelError("it cuts texts into other tokens than PyTorch")
        cosine = min(_mean_cosine(a, b) for a, b in zip(ours, theirs, strict=True))
        if not cosine >= LEAST_COSINE:
            raise ModelError(f"its vectors differ from PyTorch's (cosine {cosine:.4f})")

    traits = Traits(int(model.max_seq_length or 512))
    return _made(name, key, model, "token_embeddings", traits=traits, check=check)


def _prompts(graph: Graph) -> tuple[str, str]:
    return graph.traits.document_prompt, graph.traits.query_prompt


def _least_cosine(ours: Rows, theirs: Rows) -> float:
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    return float(np.min(np.sum(ours * theirs, axis=1) / lengths))


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
