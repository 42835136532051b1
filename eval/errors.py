"""What can go wrong when quality is measured."""

from __future__ import annotations

from ingest.errors import PilcrowError


class EvalError(PilcrowError):
    """A question set, report or folder cannot be used."""
