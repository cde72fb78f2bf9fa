"""The articles that ship with the program."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

__all__ = ["articles"]


def articles() -> list[Path]:
    """The files of the shipped articles, in order of name; also from an installed wheel."""
    folder = Path(str(files(__name__)))
    return sorted(path for path in folder.glob("*.md") if path.name != "README.md")
