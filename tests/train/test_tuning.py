"""Tokens, rates and means that both tunings share."""

import pytest
import torch

from train.tuning import Stepper, by_length, gathered, mean_state, padded, share_of_rate


def test_texts_go_through_in_chunks_of_like_length_and_come_out_in_order():
    rows = [{"input_ids": [1] * length} for length in (5, 1, 4, 2, 3)]
    chunks = by_length(rows, 2)
    assert chunks == [[1, 3], [4, 2], [0]]
    lengths = [padded([rows[at] for at in chunk])["input_ids"].sum(1) for chunk in chunks]
    assert gathered(chunks, lengths).tolist() == [5, 1, 4, 2, 3]


def test_short_texts_are_filled_up_with_what_attention_skips():
    rows = [
        {"input_ids": [7, 8, 9], "attention_mask": [1, 1, 1]},
        {"input_ids": [7], "attention_mask": [1]},
    ]
    assert padded(rows)["attention_mask"].tolist() == [[1, 1, 1], [1, 0, 0]]


def test_the_rate_rises_for_a_tenth_of_the_steps_and_falls_to_nought():
    shares = [share_of_rate(step, 100) for step in range(101)]
    assert shares[0] == pytest.approx(0.1)
    assert max(shares) == shares[10] == 1
    assert shares[100] == 0
    assert shares[10:] == sorted(shares[10:], reverse=True)


def test_the_mean_lies_between_both_models():
    tuned, base = {"w": torch.tensor([4.0])}, {"w": torch.tensor([0.0])}
    assert mean_state(tuned, base, 0.25)["w"].tolist() == [3.0]
    assert mean_state(tuned, base, 0.0)["w"].tolist() == [4.0]


def test_steps_make_the_loss_smaller():
    torch.manual_seed(0)
    model = torch.nn.Linear(3, 1)
    stepper = Stepper(model, 0.05, 60)
    inputs = torch.randn(16, 3)
    wanted = inputs @ torch.tensor([[1.0], [-1.0], [0.5]])
    losses = [stepper.step((model(inputs) - wanted).pow(2).mean()) for _ in range(60)]
    assert losses[-1] < losses[0] / 10
