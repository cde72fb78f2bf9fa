"""Sentences packed into passages that tile the document."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import tiktoken

from .document import Kind, Metadata, Passage, Sentence

PASSAGE_TOKENS = 160
HEADER = frozenset((Kind.TITLE, Kind.AUTHOR, Kind.DATE, Kind.SITE, Kind.FURNITURE))
_LOADING = threading.Lock()


@lru_cache(maxsize=1)
def _encoding() -> tiktoken.Encoding:
    """cl100k_base from the copy inside llama-index-core: tiktoken itself would download it."""
    spec = find_spec("llama_index")
    places = list(spec.submodule_search_locations or []) if spec else []
    folder = next(
        (Path(p) / "core/_static/tiktoken_cache" for p in places if (Path(p) / "core").is_dir()),
        None,
    )
    with _LOADING:
        before = os.environ.get("TIKTOKEN_CACHE_DIR")
        if folder is not None:
            os.environ["TIKTOKEN_CACHE_DIR"] = str(folder)
        try:
            return tiktoken.get_encoding("cl100k_base")
        finally:
            if before is None:
                os.environ.pop("TIKTOKEN_CACHE_DIR", None)
            else:
                os.environ["TIKTOKEN_CACHE_DIR"] = before


def count_tokens(text: str) -> int:
    """The length of a text in cl100k_base tokens; special tokens count as plain text."""
    return len(_encoding().encode_ordinary(text))


def pack(
    document: str,
    text: str,
    sentences: Sequence[Sentence],
    metadata: Metadata,
    budget: int = PASSAGE_TOKENS,
) -> tuple[Passage, ...]:
    """The document as passages of at most ``budget`` tokens.

    The passages tile the text: each begins at a sentence and ends where the next begins, so
    that joined they give the text back. A sentence is never cut; one that alone exceeds the
    budget is a passage of its own. A heading opens a passage, and header and furniture share
    none with the body.
    """
    groups: list[list[Sentence]] = []
    sections: list[str] = []
    used = 0
    section = ""
    for sentence in sentences:
        cost = count_tokens(text[sentence.start : sentence.end])
        if sentence.kind is Kind.HEADING:
            section = text[sentence.start : sentence.end]
        last = groups[-1][-1] if groups else None
        if (
            last is None
            or used + cost > budget
            or (sentence.kind is Kind.HEADING and last.kind is not Kind.HEADING)
            or (sentence.kind in HEADER) != (last.kind in HEADER)
        ):
            groups.append([])
            sections.append("" if sentence.kind in HEADER else section)
            used = 0
        elif sentence.kind is Kind.HEADING:
            sections[-1] = section
        groups[-1].append(sentence)
        used += cost
    if not groups:
        groups, sections = [[]], [""]
    starts = [0, *(group[0].start for group in groups[1:]), len(text)]
    return tuple(
        Passage(
            document,
            ordinal,
            text[starts[ordinal] : starts[ordinal + 1]],
            starts[ordinal],
            starts[ordinal + 1],
            sections[ordinal],
            tuple(group),
            metadata,
        )
        for ordinal, group in enumerate(groups)
    )
