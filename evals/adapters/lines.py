"""Text files, gzipped or not, as lines and JSON."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..questions import QuestionSetError


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a text file, gzipped or not; raises QuestionSetError where it has none."""
    try:
        with path.open("rb") as file:
            packed = file.read(2) == b"\x1f\x8b"
        opener = gzip.open if packed else open
        with opener(path, "rt", encoding="utf-8") as lines:
            yield from lines
    except (OSError, EOFError) as error:
        raise QuestionSetError(f"{path} cannot be read: {error}.") from error
    except UnicodeDecodeError as error:
        raise QuestionSetError(f"{path} is not UTF-8 text.") from error


def read_json(path: Path) -> Any:
    """The JSON value of a file; raises QuestionSetError where it holds none."""
    try:
        return json.loads("".join(read_lines(path)))
    except json.JSONDecodeError as error:
        raise QuestionSetError(f"{path.name}, line {error.lineno}: not JSON.") from error
