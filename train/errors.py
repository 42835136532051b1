"""Errors of training; their messages may be shown as they are."""

from __future__ import annotations

from ingest.errors import PilcrowError


class TrainingError(PilcrowError):
    """Training cannot start, or what came of it may not be used."""
