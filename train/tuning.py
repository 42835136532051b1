"""What the tuning of both models shares: tokens, steps, the mean with the base."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np
import torch
from torch import Tensor, nn

WARM_UP = 0.1  # share of the steps in which the rate rises
CLIP = 1.0  # longest gradient
DECAY = 0.01
Progress: TypeAlias = Callable[[int, int, float], None]  # step, steps, mean loss so far
Tokens: TypeAlias = dict[str, list[int]]
State: TypeAlias = Mapping[str, Tensor]

# Attention in plain matrix products: on a CPU its backward pass is twice as fast as the fused
# one in bfloat16 (1.27 against 0.74 CPU s for 32 paragraphs, torch 2.13).
ATTENTION = {"attn_implementation": "eager"}


def set_seed(seed: int) -> np.random.Generator:
    """Return a generator for the order of things, after seeding torch."""
    torch.manual_seed(seed)
    return np.random.default_rng(seed)


def without_dropout(model: nn.Module) -> None:
    """Switch dropout off: on a CPU its random masks cost as much as the forward pass."""
    for module in model.modules():
        if isinstance(module, nn.Dropout):
            module.p = 0.0
        if hasattr(module, "dropout_prob"):  # attention keeps its own figure
            setattr(module, "dropout_prob", 0.0)  # noqa: B010 - a module's fields have no types


def tokenised(
    tokenizer: Callable[..., Any],
    texts: Sequence[str],
    limit: int,
) -> list[Tokens]:
    """Return the model's input of each text, cut at the limit."""
    if not texts:
        return []
    encoded = tokenizer(list(texts), truncation=True, max_length=limit)
    return [dict(zip(encoded, row, strict=True)) for row in zip(*encoded.values(), strict=True)]


def padded(rows: Sequence[Tokens]) -> dict[str, Tensor]:
    """Return tokenised texts as one batch, zeros behind the shorter ones."""
    longest = max(len(row["input_ids"]) for row in rows)
    return {
        key: torch.tensor([[*row[key], *[0] * (longest - len(row[key]))] for row in rows])
        for key in rows[0]
    }


def by_length(rows: Sequence[Tokens], size: int) -> list[list[int]]:
    """Return places in chunks of `size`, texts of like length together, so little is padding."""
    order = sorted(range(len(rows)), key=lambda place: len(rows[place]["input_ids"]))
    return [order[start : start + size] for start in range(0, len(order), size)]


def gathered(chunks: Sequence[Sequence[int]], outputs: Sequence[Tensor]) -> Tensor:
    """Return the outputs of by_length's chunks as one tensor in the texts' own order."""
    places = torch.tensor([place for chunk in chunks for place in chunk])
    return torch.cat(list(outputs))[torch.argsort(places)]


class Stepper:
    """The optimiser with its rate: up for a tenth of the steps, then down to nought."""

    def __init__(self, model: nn.Module, rate: float, steps: int) -> None:
        self._weights = [weight for weight in model.parameters() if weight.requires_grad]
        matrices = [weight for weight in self._weights if weight.dim() > 1]
        vectors = [weight for weight in self._weights if weight.dim() <= 1]  # biases and norms
        groups: list[dict[str, Any]] = [
            {"params": matrices, "weight_decay": DECAY},
            {"params": vectors, "weight_decay": 0.0},
        ]
        self._optimiser = torch.optim.AdamW(groups, lr=rate)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimiser, lambda step: share_of_rate(step, steps)
        )

    def step(self, loss: Tensor) -> float:
        """Learn from a loss, and return it as a number."""
        loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it without types
        nn.utils.clip_grad_norm_(self._weights, CLIP)
        self._optimiser.step()
        self._schedule.step()
        self._optimiser.zero_grad()
        return float(loss.item())


def share_of_rate(step: int, steps: int) -> float:
    """Return what share of the full learning rate a step is taken with."""
    warm = max(1, int(steps * WARM_UP))
    if step < warm:
        return (step + 1) / warm
    return max(0.0, (steps - step) / max(1, steps - warm))


def mean_state(tuned: State, base: State, base_share: float) -> dict[str, Tensor]:
    """Return the weights between two models of one shape (model soup, Wortsman et al., 2022)."""
    return {
        name: (1 - base_share) * weight + base_share * base[name]
        if weight.is_floating_point()
        else weight
        for name, weight in tuned.items()
    }


class RunningMean:
    """A loss smoothed for the eye: the last twenty steps or so count."""

    def __init__(self) -> None:
        self._value: float | None = None

    def add(self, value: float) -> float:
        """Return the mean with one more value."""
        self._value = value if self._value is None else 0.95 * self._value + 0.05 * value
        return self._value
