"""Errors of the library that a user can cause, each told in one sentence."""

from __future__ import annotations


class LibraryError(Exception):
    """A file, a folder or a library that cannot be used as asked."""


class UnreadableFile(LibraryError):
    """A file that is missing, empty, too large, or not an article."""


class LibraryInUse(LibraryError):
    """Another process holds the library."""


class UnknownDocument(LibraryError):
    """A document id that is not in the library."""
