"""The option of commands that have a language model read again."""

from __future__ import annotations

import argparse
import os

from answer.configured import LanguageModel, configured_model
from answer.errors import NotConfiguredError
from answer.written import NOT_SET_UP


def add_second_reading(command: argparse.ArgumentParser, what: str) -> None:
    """Give a command the option of having `what` read by a language model."""
    command.add_argument(
        "--second-reading",
        action="store_true",
        help=f"have {what} read by the language model that is set up (docs/second_reading.md)",
    )


def second_reader(options: argparse.Namespace) -> LanguageModel | None:
    """The model, where it is asked for. Raises NotConfiguredError where none is set up."""
    if not options.second_reading:
        return None
    model = configured_model(os.environ)
    if model is None:
        raise NotConfiguredError(NOT_SET_UP)
    return model
