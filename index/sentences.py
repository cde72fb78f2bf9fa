"""Exact sentence spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import nltk
from nltk.tokenize.punkt import PunktTokenizer

# What Punkt's English model does not know as abbreviations.
ABBREVIATIONS = frozenset(
    (
        "e.g i.e etc vs cf al approx est dept inc ltd co corp gen lt col sgt capt maj adm "
        "cmdr gov sen rep pres prof dr mr mrs ms mx jr sr st fr rev hon jan feb mar apr jun "
        "jul aug sep sept oct nov dec mon tue wed thu fri sat sun a.m p.m u.s u.k u.n e.u no "
        "nos fig figs pp vol ca mt ft bros"
    ).split()
)
NUMBERED = re.compile(r"\b(?:No|Nos|Fig|Figs|Art|Sec|Vol|pp?)\.$")
CLOSERS = "\"'”’»)]}"
# Ends that Punkt does not see: Chinese and Japanese ones, and one right before a quotation.
MISSED_END = re.compile(
    r"[。！？]+[」』”’）]*|(?P<word>[\w.]*\w)?(?:\.|[!?]+)[\"”’)]*(?=\s+[\"“‘][A-Z])"
)
BULLET = re.compile(r"\s*(?:[-*•–·▪◦]\s|\d{1,3}[.)]\s|#{1,6}\s)")
ENDED = re.compile(r"[.!?…:;。！？][\"'”’»)\]]*$")
# A line this long was broken by its width, not by its writer.
WRAPPED_LINE = 55
LONGEST_SENTENCE = 1200


@lru_cache(maxsize=1)
def _punkt() -> PunktTokenizer:
    # Found without importing llama_index, which takes more than a second.
    spec = find_spec("llama_index")
    places = list(spec.submodule_search_locations or []) if spec else []
    bundled = [Path(place) / "core" / "_static" / "nltk_cache" for place in places]
    for folder in bundled:
        if folder.is_dir() and str(folder) not in nltk.data.path:
            nltk.data.path.append(str(folder))
    tokenizer = PunktTokenizer("english")
    tokenizer._params.abbrev_types.update(ABBREVIATIONS)
    return tokenizer


def split_blocks(text: str) -> list[tuple[int, int]]:
    """Spans of the paragraphs, list items, headings and single lines of a text.

    A blank line ends a block. A single line break ends one too, unless the line was broken for
    its width: it is long, does not end a sentence, and no list item or heading follows.
    """
    blocks: list[tuple[int, int]] = []
    start: int | None = None
    end = 0
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if not line.strip():
            start = _close(blocks, text, start, end)
            continue
        blank_between = start is not None and "\n" in text[end : match.start()].replace("\n", "", 1)
        before = text[text.rfind("\n", 0, end) + 1 : end].rstrip() if start is not None else ""
        wrapped = (
            len(before) >= WRAPPED_LINE and not ENDED.search(before) and not BULLET.match(line)
        )
        if start is not None and (blank_between or not wrapped):
            start = _close(blocks, text, start, end)
        if start is None:
            start = match.start()
        end = match.end()
    _close(blocks, text, start, end)
    return blocks


def _close(blocks: list[tuple[int, int]], text: str, start: int | None, end: int) -> int | None:
    if start is not None:
        low, high = trim(text, start, end)
        if low < high:
            blocks.append((low, high))
    return None


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Sentence spans, ascending and apart, without outer white space.

    Together they cover every character that is not white space. Blank lines, list items and
    headings always end a sentence. Punkt (Kiss & Strunk 2006) with more abbreviations, and
    the full stops of Chinese and Japanese.
    """
    return [span for start, end in split_blocks(text) for span in split_block(text, start, end)]


def split_block(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one block, ``text[start:end]``."""
    block = text[start:end]
    spans: list[tuple[int, int]] = []
    for low, high in _punkt().span_tokenize(block, realign_boundaries=True):
        begin = low
        for match in MISSED_END.finditer(block, low, high):
            word = match.group("word")
            if word and (word.lower() in ABBREVIATIONS or len(word) == 1):
                continue
            spans.append((begin, match.end()))
            begin = match.end()
        spans.append((begin, high))
    merged: list[tuple[int, int]] = []
    for low, high in spans:
        low, high = trim(block, low, high)
        if low >= high:
            continue
        if merged and _belongs(block[merged[-1][0] : merged[-1][1]], block[low:high]):
            merged[-1] = merged[-1][0], high
        else:
            merged.append((low, high))
    return [
        (start + low, start + high)
        for first, last in merged
        for low, high in _cut(block, first, last)
    ]


def _belongs(before: str, after: str) -> bool:
    """Whether Punkt split inside one sentence."""
    if not any(letter.isalnum() for letter in after):
        return True
    # A closing mark that Punkt left behind; a straight one before a letter opens instead.
    if after[0] in CLOSERS and not (after[0] in "\"'" and after[1].isalnum()):
        return True
    if NUMBERED.search(before) and after[0].isdigit():
        return True
    # A bracketed omission: "for some time (...) units have been active".
    if re.search(r"[(\[]\s*(?:\.\s*)*[.…]$", before):
        return True
    # The end of a quotation with who says it: “Come!” she said.
    return before[-1] in CLOSERS and after[0].islower()


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run-on without an end is cut at a clause, else at a space, else at its length."""
    while end - start > LONGEST_SENTENCE:
        piece = text[start : start + LONGEST_SENTENCE]
        half = LONGEST_SENTENCE // 2
        place = max(piece.rfind(mark, half) for mark in ("; ", ": ", ", "))
        if place < 0:
            place = max(piece.rfind(" ", half), piece.rfind("\u00a0", half))
        stop = start + (place + 1 if place >= 0 else LONGEST_SENTENCE)
        low, high = trim(text, start, stop)
        if low < high:
            yield low, high
        start = stop
    low, high = trim(text, start, end)
    if low < high:
        yield low, high
