"""Runs that take up where an earlier one was stopped: every answer is kept as it comes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

import assistant
import index
from assistant import Settings

from .questions import Question
from .results import Result, Run, load_run, save_run
from .run import VARIABLE, run_questions
from .sources import Articles, fingerprint


def resume_run(
    questions: Sequence[Question],
    articles: Articles,
    settings: Settings,
    name: str,
    cache: Path,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Run, bool]:
    """The run from ``cache``, asking what is not there yet, and whether anything was asked.

    What is kept counts only for the same questions, articles, settings, program and models. An
    answer is written as soon as it is there. A failure is not kept, nor is the reader's answer
    where a language model was to write: these are asked again the next time.
    """
    key = run_key(questions, articles, settings)
    whole, parts = cache / f"{key}.json", cache / f"{key}.jsonl"
    if whole.exists():
        return replace(load_run(whole), name=name), False
    kept = _read_parts(parts)
    cache.mkdir(parents=True, exist_ok=True)
    with parts.open("a", encoding="utf-8") as file:

        def keep(result: Result) -> None:
            if _is_final(result, settings):
                file.write(json.dumps(_adapter().dump_python(result, mode="json")) + "\n")
                file.flush()

        run = run_questions(questions, articles, settings, name, progress, kept, keep)
    if all(_is_final(result, settings) for result in run.results):
        save_run(whole, run)
        parts.unlink()
    return run, True


def run_key(questions: Sequence[Question], articles: Articles, settings: Settings) -> str:
    """A digest of all that the answers and their scores depend on."""
    # The settings as validated, so that "8" and "08" are one choice.
    values = settings.model_dump(mode="json", include=VARIABLE)
    told = json.dumps([fingerprint(questions, articles), values, program_digest()], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def program_digest() -> str:
    """A digest of the program's code and models, so that nothing kept outlives a change."""
    digest = hashlib.sha256()
    folders = [Path(str(package.__file__)).parent for package in (assistant, index)]
    for folder in (*folders, Path(__file__).parent):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".json", ".onnx"):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _is_final(result: Result, settings: Settings) -> bool:
    return not result.failure and not result.fell_back(settings.llm)


def _read_parts(path: Path) -> dict[str, Result]:
    """The results kept so far by question; a last line that was cut off is left out."""
    if not path.exists():
        return {}
    found: dict[str, Result] = {}
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        try:
            result = _adapter().validate_json(line)
        except ValidationError:
            continue
        found[result.question.id] = result
    return found


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Result]:
    return TypeAdapter(Result)
