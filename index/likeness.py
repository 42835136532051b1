"""How near two ways to run a model come: vectors alike, and the same passages found first."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import ModelError

Rows = npt.NDArray[np.float32]

LEAST_COSINE = 0.999  # of a graph's vectors with the model's own
LEAST_OVERLAP = 0.98  # of the passages that both find first
TOP = 10
_LAY_TERMS = Path(__file__).parent / "data" / "lay_terms.toml"
_LINES = 10  # to a passage, which makes it as long as a paragraph
_PASSAGE_EACH = 2
_QUESTION_EACH = 50
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


@lru_cache(maxsize=1)
def trial() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Passages and questions of our subject, enough of both for a ranking to tell."""
    terms = tomllib.loads(_LAY_TERMS.read_text(encoding="utf-8"))["terms"]
    lines = [f"{term}: {', '.join(meant)}." for term, meant in terms.items()]
    passages = [" ".join(lines[at : at + _LINES]) for at in range(0, len(lines), _LINES)]
    passages = passages[::_PASSAGE_EACH]
    return tuple(passages), (*_SHORT, *list(terms)[::_QUESTION_EACH])


def least_cosine(ours: Rows, theirs: Rows) -> float:
    """Of the rows of two tables, the pair that is least alike."""
    lengths = np.linalg.norm(ours, axis=1) * np.linalg.norm(theirs, axis=1)
    return float(np.min(np.sum(ours * theirs, axis=1) / lengths))


def overlap(ours: Rows, theirs: Rows) -> float:
    """The share of the first ten that two tables of scores, a question a row, agree on."""
    found = [np.argsort(-scores, axis=1)[:, :TOP] for scores in (ours, theirs)]
    shares = [len(set(a) & set(b)) / TOP for a, b in zip(*found, strict=True)]
    return float(np.mean(shares))


def require_alike(cosine: float, shared: float) -> None:
    """Raise ModelError where two ways to run a model are too far apart."""
    if not cosine >= LEAST_COSINE:
        raise ModelError(f"its vectors differ from PyTorch's (cosine {cosine:.4f})")
    if not shared >= LEAST_OVERLAP:
        raise ModelError(f"it finds other passages than PyTorch (top-{TOP} overlap {shared:.3f})")
