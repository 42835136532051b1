"""Errors of answering; their messages may be shown as they are."""

from __future__ import annotations

from ingest.errors import PilcrowError


class AnswerError(PilcrowError):
    """An answer, a check or a briefing cannot be made as asked."""
