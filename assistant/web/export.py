"""A conversation as Markdown with footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..answers import MARKER, Turn

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~])")


def to_markdown(name: str, turns: Sequence[Turn]) -> str:
    """The turns with their footnotes numbered through, nothing in them read as Markdown."""
    lines = [f"# {_plain(name)}", ""]
    notes: list[str] = []
    for turn in turns:
        first = len(notes)
        numbers = {c.number: first + place for place, c in enumerate(turn.answer.citations, 1)}
        pieces = MARKER.split(turn.answer.text)
        text = "".join(
            _plain(piece)
            if place % 2 == 0
            else f"[^{numbers[int(piece)]}]"
            if int(piece) in numbers
            else f"({piece})"
            for place, piece in enumerate(pieces)
        )
        lines += [f"**{_plain(turn.question)}**", "", text, ""]
        for citation in turn.answer.citations:
            about = ", ".join(
                dict.fromkeys(
                    filter(None, (citation.title, citation.author, citation.date, citation.source))
                )
            )
            notes.append(
                f"[^{numbers[citation.number]}]: “{_plain(citation.quote)}” ({_plain(about)}, "
                f"characters {citation.start} to {citation.end})"
            )
    return "\n".join([*lines, *notes, ""])


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
