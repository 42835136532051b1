"""The encoder tuned: a question's vector close to its paragraph's, far from the others'."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor, nn

from train.batches import alike_together, shuffled
from train.examples import Example
from train.tuning import (
    ATTENTION,
    Progress,
    RunningMean,
    Stepper,
    Tokens,
    by_length,
    gathered,
    mean_state,
    padded,
    set_seed,
    tokenised,
    without_dropout,
)

Vectors: TypeAlias = npt.NDArray[np.float32]

CHUNK = 32  # texts that go through the model at once
QUESTION_TOKENS = 64
MAX_TOKENS = 256  # of the base model


@dataclass(frozen=True, slots=True)
class EncoderRecipe:
    """How the encoder is tuned. What was tried on authorities held back: docs/training.md."""

    epochs: int = 3
    batch: int = 64  # paragraphs a step, each with all its questions
    rate: float = 1e-4
    temperature: float = 0.05
    tokens: int = 144  # of a passage in training; at most one in ten is longer
    same: float = 0.85  # base similarity from which two paragraphs count as saying the same
    group: int = 1  # paragraphs of like content that are put into one batch
    base_share: float = 0.0  # of the base in the weights shipped
    seed: int = 1


def tune_encoder(
    base: Path, examples: Sequence[Example], recipe: EncoderRecipe, progress: Progress
) -> SentenceTransformer:
    """Return the base tuned on examples; the same seed and machine give the same weights."""
    generator = set_seed(recipe.seed)
    model = load_base(base)
    vectors = encode(model, [example.passage for example in examples])
    state = {name: weight.clone() for name, weight in model.state_dict().items()}
    without_dropout(model)
    model.train()
    alike = np.maximum(vectors @ vectors.T, answer_together(examples))
    _Tuning(model, examples, alike, recipe).run(generator, progress)
    model.load_state_dict(mean_state(model.state_dict(), state, recipe.base_share))
    return model.eval()


def load_base(folder: Path) -> SentenceTransformer:
    """Return the model of a folder, as it is tuned and as `encode` takes it."""
    return SentenceTransformer(str(folder), device="cpu", model_kwargs=dict(ATTENTION))


def encode(model: SentenceTransformer, texts: Sequence[str]) -> Vectors:
    """Return unit vectors, (n, dim), fast and without gradients."""
    was_training = model.training
    model.eval()
    with torch.inference_mode():
        vectors = embedded(model, tokenised(model.tokenizer, texts, MAX_TOKENS))
    model.train(was_training)
    return np.asarray(vectors.numpy(), np.float32)


def answer_together(examples: Sequence[Example]) -> Vectors:
    """Return 1 where two examples answer one question, so neither is held against it, else 0."""
    asked = [{query.text for query in example.queries} for example in examples]
    return np.array([[float(bool(a & b)) for b in asked] for a in asked], np.float32)


class _Tuning:
    """One tuning of one model."""

    def __init__(
        self,
        model: SentenceTransformer,
        examples: Sequence[Example],
        alike: Vectors,
        recipe: EncoderRecipe,
    ) -> None:
        tokenizer = model.tokenizer
        self.model = model
        self.recipe = recipe
        self.same = torch.from_numpy(alike > recipe.same)
        self.hardness = np.where(alike > recipe.same, -1.0, alike).astype(np.float32)
        self.passages = tokenised(tokenizer, [e.passage for e in examples], recipe.tokens)
        self.queries = [
            tokenised(tokenizer, [query.text for query in e.queries], QUESTION_TOKENS)
            for e in examples
        ]

    def run(self, generator: np.random.Generator, progress: Progress) -> None:
        """Take all steps."""
        epochs = [list(self._batches(generator)) for _ in range(self.recipe.epochs)]
        batches = [batch for epoch in epochs for batch in epoch]
        stepper = Stepper(self.model, self.recipe.rate, len(batches))
        smoothed = RunningMean()
        for count, batch in enumerate(batches, 1):
            loss = stepper.step(self._loss(batch))
            progress(count, len(batches), smoothed.add(loss))

    def _batches(self, generator: np.random.Generator) -> Iterator[list[int]]:
        size = self.recipe.batch
        if self.recipe.group > 1:
            return alike_together(self.hardness, size, self.recipe.group, generator)
        return shuffled(len(self.passages), size, generator)

    def _loss(self, batch: Sequence[int]) -> Tensor:
        owners = [at for at, place in enumerate(batch) for _ in self.queries[place]]
        passages = embedded(self.model, [self.passages[place] for place in batch])
        queries = embedded(self.model, [row for place in batch for row in self.queries[place]])
        same = self.same[list(batch)][:, list(batch)]
        return contrastive(queries, passages, torch.tensor(owners), same, self.recipe.temperature)


def contrastive(
    queries: Tensor, passages: Tensor, owners: Tensor, same: Tensor, temperature: float
) -> Tensor:
    """Return the mean loss of telling each question's own passage from the others of the batch.

    A passage that says the same as a question's own (`same`, (passages, passages)) is not held
    against it (van den Oord et al., 2018; guarded as in Solatorio, 2024).
    """
    scores = queries @ passages.T / temperature
    excused = same.clone().fill_diagonal_(False)[owners]
    return nn.functional.cross_entropy(scores.masked_fill(excused, -torch.inf), owners)


def embedded(model: SentenceTransformer, rows: Sequence[Tokens]) -> Tensor:
    """Return unit vectors with their gradients, in the rows' order."""
    chunks = by_length(rows, CHUNK)
    outputs = []
    for chunk in chunks:
        with torch.autocast("cpu", torch.bfloat16):
            output = model(padded([rows[place] for place in chunk]))["sentence_embedding"]
        outputs.append(nn.functional.normalize(output.float(), dim=-1))
    return gathered(chunks, outputs)
