"""Whether follow-up questions are made to stand alone as people would put them (CANARD)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answers import Answer, Outcome, Turn
from assistant.understanding import understand

from . import statistics
from .adapters.canard import FollowUp
from .measures import squad_exact, squad_f1, squad_normalise
from .statistics import Figure


@dataclass(frozen=True, slots=True)
class Rewriting:
    """Rewrites against people's, in SQuAD's token F1 and exact match.

    ``typed_f1`` is what leaving every question as typed would get. ``needless`` is the share of
    questions that people left alone but the program changed, ``resolved`` the share of the
    others that it changed, and ``better`` the share of those where the change brought the
    question nearer to the people's.
    """

    count: int
    f1: Figure
    exact: Figure
    typed_f1: Figure
    needless: Figure
    resolved: Figure
    better: Figure

    def figures(self) -> dict[str, Figure]:
        """The figures under the names a table shows."""
        return {
            "token F1 with people's rewrite": self.f1,
            "  of the question as typed": self.typed_f1,
            "exact match": self.exact,
            "stand-alone questions changed": self.needless,
            "follow-ups changed": self.resolved,
            "  for the better": self.better,
        }


def turns_of(history: Sequence[str]) -> list[Turn]:
    """Questions and answers in turn as turns; an article's title and section come first."""
    turns = []
    for place in range(0, len(history) - 1, 2):
        question, said = history[place : place + 2]
        answer = Answer(question, said, Outcome.ANSWERED, said, understood_as=question)
        turns.append(Turn(question, answer))
    return turns


def measure_rewrites(follow_ups: Sequence[FollowUp]) -> Rewriting:
    """Every question resolved from its history, against people's rewrites."""
    f1: list[float] = []
    typed: list[float] = []
    exact: list[float] = []
    needless: list[float] = []
    resolved: list[float] = []
    better: list[float] = []
    for one in follow_ups:
        made = understand(one.question, turns_of(one.history)).question
        changed = squad_normalise(made) != squad_normalise(one.question)
        f1.append(squad_f1(made, [one.rewrite]))
        typed.append(squad_f1(one.question, [one.rewrite]))
        exact.append(squad_exact(made, [one.rewrite]))
        if squad_normalise(one.rewrite) == squad_normalise(one.question):
            needless.append(float(changed))
            continue
        resolved.append(float(changed))
        if changed:
            better.append(float(f1[-1] > typed[-1]))
    mean = statistics.mean
    return Rewriting(
        len(f1), mean(f1), mean(exact), mean(typed), mean(needless), mean(resolved), mean(better)
    )
