"""Statements with sentence numbers, read from what a language model writes, as it writes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.sentences import split_sentences

from .prompts import DECLINED

_NUMBER = r"(?:[Ss]entences?\s*|[Ss]ource\s*|[Ss]|#|\^|No\.\s*)?\d{1,4}"
MARKER = re.compile(
    rf"\s*[\[【]\s*({_NUMBER}(?:\s*(?:,|;|&|and|to|-|–|—)\s*{_NUMBER})*)\s*(?:†[^\]】]*)?[\]】]"
)
RANGE = re.compile(r"(\d+)\s*(?:-|–|—|to)\s*(?:[Ss]|#)?(\d+)")
THINKING = re.compile(r"<think(?:ing)?>.*?(?:</think(?:ing)?>|\Z)", re.DOTALL)
BULLET = re.compile(r"^\s*(?:[-*•–·]\s+|\(?\d{1,2}[.)]\s+|#{1,6}\s+|>\s+)+")
ENDED = re.compile(r"[.!?…][\"”’'»)\]]*$")
DECLINING = re.compile(
    rf"{DECLINED}|\b(?:articles?|sentences|text|source|passage)s? (?:given |provided )?"
    r"(?:do|does|did) not (?:say|state|mention|answer|contain|provide|specify|include|give)",
    re.IGNORECASE,
)
LONGEST_RANGE = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as a model wrote it, with the numbers of the sentences it cites."""

    text: str
    numbers: tuple[int, ...]


def numbers_in(marker: str) -> list[int]:
    """The sentence numbers of a marker: "3", "2, 5", "4-6"."""
    found: list[int] = []
    for match in RANGE.finditer(marker):
        low, high = int(match.group(1)), int(match.group(2))
        if low < high <= low + LONGEST_RANGE:
            found += range(low, high + 1)
    found += [int(number) for number in re.findall(r"\d+", marker)]
    return sorted(dict.fromkeys(found))


def declines(text: str) -> bool:
    """Whether a reply says that the articles do not answer."""
    return bool(DECLINING.search(text))


class DraftParser:
    """Takes a reply in pieces and gives each statement once it is complete.

    Numbers may stand behind a sentence, inside it, several in one bracket, or as a range; a
    sentence without any takes those of the next one on its line. Bullets, headings, reasoning
    between think tags and lines that only announce are left out. ``broken_off`` tells after
    ``close`` that the last sentence had no end and was left out.
    """

    def __init__(self) -> None:
        self.reply = ""
        self.broken_off = False
        self._buffer = ""
        self._json = False

    def feed(self, piece: str) -> list[Draft]:
        """The statements that this piece completes."""
        self.reply += piece
        self._buffer += piece
        if self.reply.lstrip()[:1] == "{" or self.reply.lstrip().startswith("```json"):
            self._json = True
        if self._json or _is_thinking(self._buffer):
            return []
        self._buffer = THINKING.sub("", self._buffer)
        *lines, rest = self._buffer.split("\n")
        found = [draft for line in lines for draft in _line(line)]
        units, begin = _units(rest)
        self._buffer = rest[begin:]
        return found + units

    def close(self) -> list[Draft]:
        """What is left at the end of the reply; a sentence without an end is left out."""
        if self._json:
            return list(_from_json(self.reply))
        rest = THINKING.sub("", self._buffer)
        self._buffer = ""
        found = _line(rest)
        whole = [draft for draft in found if ENDED.search(draft.text) or draft.numbers]
        if found and found[-1] not in whole:
            self.broken_off = True
        return [draft for draft in whole if ENDED.search(draft.text) or draft is not found[-1]] or (
            whole if whole and _marked_at_end(rest) else []
        )


def _is_thinking(buffer: str) -> bool:
    return bool(re.search(r"<think(?:ing)?>(?!.*</think)", buffer, re.DOTALL)) or buffer.endswith(
        ("<", "<t", "<th", "<thi", "<thin")
    )


def _marked_at_end(line: str) -> bool:
    markers = list(MARKER.finditer(line))
    return bool(markers) and not line[markers[-1].end() :].strip(" .*_")


def _clean(line: str) -> tuple[str, list[int], list[tuple[int, list[int]]]]:
    """The line without markers, each character's place in it, and the markers with theirs."""
    clean: list[str] = []
    places: list[int] = []
    markers: list[tuple[int, list[int]]] = []
    last = 0
    for match in MARKER.finditer(line):
        clean.append(line[last : match.start()])
        places += range(last, match.start())
        markers.append((len(places), numbers_in(match.group(1))))
        last = match.end()
    clean.append(line[last:])
    places += range(last, len(line))
    return "".join(clean), places, markers


def _sentences(line: str) -> list[tuple[str, list[int], int]]:
    """Each sentence of a line with its numbers and its place in the line."""
    clean, places, markers = _clean(line)
    spans = split_sentences(clean)
    found = []
    for index, (start, end) in enumerate(spans):
        following = spans[index + 1][0] if index + 1 < len(spans) else len(clean) + 1
        numbers = [
            n
            for place, given in markers
            if (start < place or (index == 0 and place <= start))
            and place < max(following, end + 1)
            for n in given
        ]
        found.append((_plain(clean[start:end]), numbers, places[start]))
    return found


def _plain(words: str) -> str:
    words = re.sub(r"\*\*|__|`", "", BULLET.sub("", words))
    return re.sub(r"\s+([.,;:!?])", r"\1", re.sub(r"\s+", " ", words)).strip()


def _line(line: str) -> list[Draft]:
    """The statements of a finished line."""
    line = BULLET.sub("", line).strip()
    if not line or line.startswith("```") or (line.endswith(":") and not MARKER.search(line)):
        return []
    return _joined(_sentences(line), whole=True)[0]


def _joined(sentences: list[tuple[str, list[int], int]], *, whole: bool) -> tuple[list[Draft], int]:
    """Drafts, sentences without numbers taking the next ones', and how many were used up."""
    drafts: list[Draft] = []
    waiting: list[str] = []
    used = 0
    for index, (text, numbers, _) in enumerate(sentences):
        if not any(letter.isalnum() for letter in text):
            continue
        if not numbers:
            waiting.append(text)
            continue
        drafts += [Draft(one, tuple(numbers)) for one in (*waiting, text)]
        waiting = []
        used = index + 1
    if whole:
        drafts += [Draft(one, ()) for one in waiting if not one.endswith(":")]
        used = len(sentences)
    return drafts, used


def _units(line: str) -> tuple[list[Draft], int]:
    """The statements of an unfinished line that something follows, and where the rest begins."""
    if not MARKER.search(line):
        return [], 0
    sentences = _sentences(line)
    drafts, used = _joined(sentences[:-1], whole=False)
    return drafts, sentences[used][2] if used else 0


def _from_json(reply: str) -> Iterator[Draft]:
    text = re.sub(r"^\s*```(?:json)?|```\s*$", "", reply.strip())
    try:
        found = json.loads(text)
    except ValueError:
        return
    statements = found.get("statements", []) if isinstance(found, dict) else []
    for one in statements if isinstance(statements, list) else []:
        if isinstance(one, dict) and isinstance(one.get("text"), str):
            numbers = one.get("sentences", [])
            given = numbers if isinstance(numbers, list) else []
            yield Draft(_plain(one["text"]), tuple(n for n in given if isinstance(n, int)))
