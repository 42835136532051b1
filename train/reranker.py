"""The reranker tuned: each token of a question close to a token of its own paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import MultiVectorEncoder
from sentence_transformers.base.modules import Normalize, Transformer
from sentence_transformers.multi_vector_encoder.modules import MultiVectorMask
from torch import Tensor, nn

from train.batches import alike_together
from train.encoder import QUESTION_TOKENS, Vectors, answer_together
from train.examples import Example
from train.tuning import (
    ATTENTION,
    Progress,
    RunningMean,
    Stepper,
    Tokens,
    by_length,
    padded,
    set_seed,
    tokenised,
    without_dropout,
)

CHUNK = 32  # texts that go through the model at once
MAX_TOKENS = 192  # of a paragraph when it is used


@dataclass(frozen=True, slots=True)
class RerankerRecipe:
    """How the reranker is tuned. What was tried on authorities held back: docs/training.md."""

    epochs: int = 2
    batch: int = 48  # paragraphs a step, each with all its questions
    group: int = 4  # paragraphs of like content that are put into one batch: hard negatives
    rate: float = 5e-5
    temperature: float = 0.03
    tokens: int = 144  # of a passage in training
    same: float = 0.85  # similarity by the general model from which two say the same
    seed: int = 1


def multi_vector(base: Path) -> MultiVectorEncoder:
    """Return a model that gives every token a unit vector, from an encoder's folder."""
    transformer = Transformer(str(base), max_seq_length=MAX_TOKENS, model_kwargs=dict(ATTENTION))
    return MultiVectorEncoder(
        modules=[transformer, Normalize("token_embeddings"), MultiVectorMask()],
        device="cpu",
        similarity_fn_name="meanmaxsim",
    )


def tune_reranker(
    base: Path,
    examples: Sequence[Example],
    vectors: Vectors,
    recipe: RerankerRecipe,
    progress: Progress,
) -> MultiVectorEncoder:
    """Return a late-interaction model grown from an encoder's folder.

    Args:
        base: the encoder.
        examples: paragraphs with their questions.
        vectors: of the examples' passages by the general model, which tells what says the same.
        recipe: the settings.
        progress: told after each step.
    """
    generator = set_seed(recipe.seed)
    model = multi_vector(base)
    without_dropout(model)
    model.train()
    alike = np.maximum(vectors @ vectors.T, answer_together(examples))
    hardness = np.where(alike > recipe.same, -1.0, alike).astype(np.float32)
    batches = [
        batch
        for _ in range(recipe.epochs)
        for batch in alike_together(hardness, recipe.batch, recipe.group, generator)
    ]
    tuning = _Tuning(model, examples, torch.from_numpy(alike > recipe.same), recipe)
    stepper = Stepper(model, recipe.rate, len(batches))
    smoothed = RunningMean()
    for count, batch in enumerate(batches, 1):
        progress(count, len(batches), smoothed.add(stepper.step(tuning.loss(batch))))
    return model.eval()


class _Tuning:
    """One tuning of one model."""

    def __init__(
        self,
        model: MultiVectorEncoder,
        examples: Sequence[Example],
        same: Tensor,
        recipe: RerankerRecipe,
    ) -> None:
        self._model = model
        self._same = same
        self._temperature = recipe.temperature
        tokenizer = model.tokenizer
        self._passages = tokenised(tokenizer, [e.passage for e in examples], recipe.tokens)
        self._queries = [
            tokenised(tokenizer, [query.text for query in e.queries], QUESTION_TOKENS)
            for e in examples
        ]

    def loss(self, batch: Sequence[int]) -> Tensor:
        """Return how badly each question's own passage is told from the others of a batch."""
        owners = [at for at, place in enumerate(batch) for _ in self._queries[place]]
        passages = token_vectors(self._model, [self._passages[place] for place in batch])
        rows = [row for place in batch for row in self._queries[place]]
        scores = likeness(token_vectors(self._model, rows), passages) / self._temperature
        same = self._same[list(batch)][:, list(batch)].clone().fill_diagonal_(False)
        own = torch.tensor(owners)
        return nn.functional.cross_entropy(scores.masked_fill(same[own], -torch.inf), own)


def token_vectors(model: MultiVectorEncoder, rows: Sequence[Tokens]) -> list[Tensor]:
    """Return (tokens, dim) unit vectors of each tokenised text, with their gradients."""
    found: dict[int, Tensor] = {}
    for chunk in by_length(rows, CHUNK):
        with torch.autocast("cpu", torch.bfloat16):
            output = model(padded([rows[place] for place in chunk]))["token_embeddings"]
        unit = nn.functional.normalize(output.float(), dim=-1)
        for place, vectors in zip(chunk, unit, strict=True):
            found[place] = vectors[: len(rows[place]["input_ids"])]
    return [found[place] for place in range(len(rows))]


def likeness(queries: Sequence[Tensor], passages: Sequence[Tensor]) -> Tensor:
    """Return (queries, passages): the mean over a query's tokens of each one's best match."""
    asked, counted = _stacked(queries)
    read, there = _stacked(passages)
    table = asked.flatten(0, 1) @ read.flatten(0, 1).T
    table = table.reshape(*asked.shape[:2], *read.shape[:2])
    best = table.masked_fill(~there[None, None], -1.0).max(dim=3).values
    scores: Tensor = (best * counted[:, :, None]).sum(dim=1) / counted.sum(dim=1)[:, None]
    return scores


def _stacked(texts: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Return texts of several lengths as one tensor, and which of its rows are tokens."""
    longest = max(len(text) for text in texts)
    stacked = torch.stack(
        [nn.functional.pad(text, (0, 0, 0, longest - len(text))) for text in texts]
    )
    lengths = torch.tensor([len(text) for text in texts])
    return stacked, torch.arange(longest)[None] < lengths[:, None]
