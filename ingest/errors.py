"""Errors whose message may be shown to a user as it is."""

from __future__ import annotations


class PilcrowError(Exception):
    """Base of every error that says what happened, to what, and what to do next."""


class ReadError(PilcrowError):
    """A file could not be read."""


class UnsupportedFileError(ReadError):
    """A file is of a kind that no reader takes, or its content is not what its name says."""


class EncryptedFileError(ReadError):
    """A file cannot be opened without its password."""
