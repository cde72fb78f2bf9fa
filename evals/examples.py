"""A question on a paragraph, as public reading sets have it, and what is made from such."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Example:
    """A question on a paragraph; no ``answers``: the paragraph does not hold one.

    ``history`` are the earlier questions and answers of the same conversation, in turn, and
    ``dialog`` is its name; ``references`` are what each of several people answered, as QuAC
    compares with them.
    """

    id: str
    title: str
    context: str
    question: str
    answers: tuple[str, ...]
    source: str = ""
    history: tuple[str, ...] = ()
    dialog: str = ""
    references: tuple[str, ...] = ()

    @property
    def answerable(self) -> bool:
        """Whether the paragraph holds an answer."""
        return bool(self.answers)


def make_twins(
    examples: Sequence[Example], among: Sequence[Example] = (), seed: int = 0
) -> list[tuple[Example, Example]]:
    """Answerable questions with the same question on another paragraph of the same title.

    The other paragraph is drawn with a fixed seed among those, of ``among`` where given, that
    hold no accepted answer; questions whose title has none are left out.
    """
    draw = random.Random(seed)
    titles: dict[tuple[str, str], dict[str, None]] = {}
    for example in among or examples:
        titles.setdefault((example.source, example.title), {})[example.context] = None
    pairs: list[tuple[Example, Example]] = []
    for example in examples:
        if not example.answerable:
            continue
        others = [
            context
            for context in titles[example.source, example.title]
            if context != example.context
            and not any(answer.lower() in context.lower() for answer in example.answers)
        ]
        if others:
            twin = Example(
                f"{example.id}:other",
                example.title,
                draw.choice(others),
                example.question,
                (),
                example.source,
            )
            pairs.append((example, twin))
    return pairs
