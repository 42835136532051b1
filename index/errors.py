"""Errors of a library; their messages may be shown as they are."""

from __future__ import annotations

from ingest.errors import PilcrowError


class LibraryError(PilcrowError):
    """A library cannot be used as asked."""


class MissingLibraryError(LibraryError):
    """There is no library in the folder."""


class BusyLibraryError(LibraryError):
    """Another process is writing to the library."""


class DamagedLibraryError(LibraryError):
    """Something in a library's files is not as it was written."""


class SchemaError(LibraryError):
    """The library's tables are of another version of the program."""


class ModelError(LibraryError):
    """A model cannot be loaded, or is not the one that the library was built with."""
