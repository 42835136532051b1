"""The option of commands that have a language model read."""

from __future__ import annotations

import argparse
import os

from answer.configured import LanguageModel, configured_model
from answer.errors import NotConfiguredError
from answer.written import NOT_SET_UP


def add_model_reading(command: argparse.ArgumentParser, what: str) -> None:
    """Give a command the option of having `what` read by a language model."""
    command.add_argument(
        "--read-by-model",
        action="store_true",
        help=f"have {what} read by the language model that is set up (docs/model_reading.md)",
    )


def reading_model(options: argparse.Namespace) -> LanguageModel | None:
    """The model, where it is asked for. Raises NotConfiguredError where none is set up."""
    if not options.read_by_model:
        return None
    model = configured_model(os.environ)
    if model is None:
        raise NotConfiguredError(NOT_SET_UP)
    return model
