"""What a language model's part in a run was: what it wrote, what was struck out, where it failed."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from assistant.writer import READER_ANSWERS

from .results import Run
from .statistics import Figure, mean, share


@dataclass(frozen=True, slots=True)
class Written:
    """The answers a model was asked for, and what became of them.

    ``by_model`` is the share of answers in which something of the model's stands or its refusal
    does; ``struck_out`` the share of its statements that the check dropped. ``sent`` and
    ``received`` are tokens for each question it was asked, ``seconds`` what it took for one, the
    check included. ``failures`` counts the notes of the answers that fell back to the reader.
    """

    by_model: Figure
    struck_out: Figure
    sent: Figure
    received: Figure
    seconds: Figure
    failures: tuple[tuple[str, int], ...]

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain JSON types."""
        return asdict(self)


def written(run: Run) -> Written:
    """The model's part in a run; answers in which it was not asked (small talk) do not count."""
    results = [r for r in run.results if "writing" in r.answer.seconds]
    asked = [r.answer for r in results]
    used = [r.usage for r in results if r.usage]
    fell_back = [answer for answer in asked if READER_ANSWERS in answer.notes]
    statements = [
        s for a in asked for s in a.statements if s.dropped or READER_ANSWERS not in a.notes
    ]
    notes = Counter(note for answer in fell_back for note in answer.notes if note != READER_ANSWERS)
    return Written(
        share(len(asked) - len(fell_back), len(asked)),
        share(sum(s.dropped for s in statements), len(statements)),
        mean([float(usage.sent) for usage in used]),
        mean([float(usage.received) for usage in used]),
        mean([answer.seconds["writing"] for answer in asked]),
        tuple(notes.most_common()),
    )


def lines(found: Written) -> list[str]:
    """The model's part in sentences, for the terminal and the page."""
    by_model, struck_out = found.by_model, found.struck_out
    told = [
        f"Answers the model gave itself: {by_model} of {by_model.count}.",
        f"Statements of the model struck out by the check: {struck_out} of {struck_out.count}.",
    ]
    if found.sent.value is not None and found.received.value is not None:
        told.append(
            f"Tokens for a question: {found.sent.value:,.0f} sent, "
            f"{found.received.value:,.0f} received."
        )
    if found.seconds.value is not None:
        told.append(f"Seconds for a question, with the check: {found.seconds.value:.2f}.")
    return told + [f"{count} times: {note}" for note, count in found.failures]


def why(found: Written) -> str:
    """The most frequent reason for which the reader had to answer."""
    return found.failures[0][0] if found.failures else "no reason was given."
