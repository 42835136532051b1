"""Errors of answering; their messages may be shown as they are."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.errors import PilcrowError


class AnswerError(PilcrowError):
    """An answer, a check or a briefing cannot be made as asked."""


class NotConfiguredError(AnswerError):
    """No language model is set up, or not rightly."""


class GenerationError(AnswerError):
    """A language model gave no answer; the message says why in one sentence."""


class CutShortError(GenerationError):
    """A language model's answer stopped at its limit; what came before it may stand."""


class ChangedError(AnswerError):
    """What was to be written over has been changed by somebody else meanwhile."""

    def __init__(self, theirs: Mapping[str, str]) -> None:
        self.theirs = theirs  # by field: what stands there now
        said = "; ".join(f"{field}: {text!r}" for field, text in theirs.items())
        super().__init__(f"Somebody else has changed this entry meanwhile ({said}).")
