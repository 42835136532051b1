"""The reranker tuned: the answer above the rest of its shortlist, and its score a log odds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import CrossEncoder
from torch import Tensor, nn

from train.candidates import Shortlist
from train.tuning import (
    ATTENTION,
    Progress,
    RunningMean,
    Stepper,
    by_length,
    gathered,
    padded,
    set_seed,
    tokenised,
    without_dropout,
)

CHUNK = 32  # pairs that go through the model at once


@dataclass(frozen=True, slots=True)
class RerankerRecipe:
    """How the reranker is tuned. What was tried on authorities held back: docs/training.md."""

    epochs: int = 1
    batch: int = 8  # questions a step
    rest: int = 7  # wrong candidates beside each answer
    rate: float = 5e-5
    tokens: int = 160  # of question and passage together in training
    pointwise: float = 0.5  # weight of the loss that judges each pair alone
    same: float = 0.85  # similarity to the answer from which a candidate is no wrong one
    seed: int = 1


def tune_reranker(
    base: Path, shortlists: Sequence[Shortlist], recipe: RerankerRecipe, progress: Progress
) -> CrossEncoder:
    """Return a cross-encoder grown from an encoder's folder."""
    generator = set_seed(recipe.seed)
    model: CrossEncoder = CrossEncoder(
        str(base), num_labels=1, max_length=256, device="cpu", model_kwargs=dict(ATTENTION)
    )
    without_dropout(model)
    model.train()
    usable = [shortlist for shortlist in shortlists if shortlist.rest]
    per_epoch = -(-len(usable) // recipe.batch)
    stepper = Stepper(model, recipe.rate, per_epoch * recipe.epochs)
    smoothed = RunningMean()
    count = 0
    for _ in range(recipe.epochs):
        for batch in np.array_split(generator.permutation(len(usable)), per_epoch):
            loss = _loss(model, [usable[place] for place in batch], recipe, generator)
            count += 1
            progress(count, per_epoch * recipe.epochs, smoothed.add(stepper.step(loss)))
    return model.eval()


def _loss(
    model: CrossEncoder,
    batch: Sequence[Shortlist],
    recipe: RerankerRecipe,
    generator: np.random.Generator,
) -> Tensor:
    lists = [[s.answer, *_drawn(s.rest, recipe.rest, generator)] for s in batch]
    pairs = [(s.query, text) for s, texts in zip(batch, lists, strict=True) for text in texts]
    scores = torch.split(scored(model, pairs, recipe.tokens), [len(texts) for texts in lists])
    return torch.stack([list_loss(row, recipe.pointwise) for row in scores]).mean()


def _drawn(rest: Sequence[str], count: int, generator: np.random.Generator) -> list[str]:
    """Return some of the wrong candidates, those that stood higher more often.

    A rank's weight is 1 / (rank + 3): the first is drawn about eight times as often as the
    thirtieth, so that the easy ones are met too and the score learns what "none" looks like.
    """
    weights = 1 / (np.arange(len(rest)) + 4.0)
    chosen = generator.choice(
        len(rest), size=min(count, len(rest)), replace=False, p=weights / weights.sum()
    )
    return [rest[place] for place in chosen]


def list_loss(scores: Tensor, pointwise: float) -> Tensor:
    """Return the loss of one shortlist whose first entry is the answer.

    Listwise: the answer's share of the softmax (ListNet's top one, Cao et al., 2007). Pointwise:
    each pair's own log loss, the answer weighing as much as all the rest, so that a shortlist
    without an answer scores low throughout.
    """
    listwise = -nn.functional.log_softmax(scores, dim=0)[0]
    alone = nn.functional.softplus(-scores[0]) + nn.functional.softplus(scores[1:]).mean()
    return listwise + pointwise * alone


def scored(model: CrossEncoder, pairs: Sequence[tuple[str, str]], tokens: int) -> Tensor:
    """Return the logits of pairs with their gradients, in order."""
    rows = tokenised(
        model.tokenizer, [pair[0] for pair in pairs], tokens, [pair[1] for pair in pairs]
    )
    chunks = by_length(rows, CHUNK)
    outputs = []
    for chunk in chunks:
        with torch.autocast("cpu", torch.bfloat16):
            output = model(padded([rows[place] for place in chunk]))["scores"]
        outputs.append(output.float().reshape(-1))
    return gathered(chunks, outputs)


def score_all(model: CrossEncoder, shortlist: Shortlist, tokens: int) -> npt.NDArray[np.float32]:
    """Return the scores of a shortlist, the answer's first."""
    pairs = [(shortlist.query, text) for text in (shortlist.answer, *shortlist.rest)]
    with torch.inference_mode():
        return np.asarray(scored(model, pairs, tokens).numpy(), np.float32)
