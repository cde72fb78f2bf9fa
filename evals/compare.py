"""Two runs on the same questions: what changed, whether chance could have done it, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from . import statistics
from .questions import QuestionSetError
from .report import render
from .results import Result, Run
from .statistics import Figure, Paired
from .summary import SCORES, Score


@dataclass(frozen=True, slots=True)
class Change:
    """A measure in both runs, over the questions that have it in both."""

    measure: str
    first: Figure
    second: Figure
    paired: Paired


@dataclass(frozen=True, slots=True)
class TypeChange:
    """The share right of one type of question in both runs, and how many flipped."""

    type: str
    count: int
    first: Figure
    second: Figure
    gained: int
    lost: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two runs side by side; ``pairs`` are the results on the questions that both have.

    ``left_out`` are the ids of questions that read differently in the second run.
    """

    first: Run
    second: Run
    changes: tuple[Change, ...]
    pairs: tuple[tuple[Result, Result], ...]
    left_out: tuple[str, ...] = ()

    @property
    def gained(self) -> list[tuple[Result, Result]]:
        """The questions that only the second run has right."""
        return [(a, b) for a, b in self.pairs if b.scores.right and not a.scores.right]

    @property
    def lost(self) -> list[tuple[Result, Result]]:
        """The questions that only the first run has right."""
        return [(a, b) for a, b in self.pairs if a.scores.right and not b.scores.right]

    @property
    def losses(self) -> list[Change]:
        """The measures that are lower in the second run by more than chance explains."""
        return [c for c in self.changes if c.paired.significant and c.paired.difference < 0]

    @property
    def by_type(self) -> list[TypeChange]:
        """The types of question, those with most flips first."""
        types: dict[str, list[tuple[Result, Result]]] = {}
        for one, other in self.pairs:
            types.setdefault(one.question.type, []).append((one, other))
        rows = [
            TypeChange(
                name,
                len(pairs),
                statistics.mean([float(a.scores.right) for a, _ in pairs]),
                statistics.mean([float(b.scores.right) for _, b in pairs]),
                sum(b.scores.right > a.scores.right for a, b in pairs),
                sum(a.scores.right > b.scores.right for a, b in pairs),
            )
            for name, pairs in types.items()
        ]
        return sorted(rows, key=lambda row: (-row.gained - row.lost, row.type))

    @property
    def reach(self) -> str:
        """What these questions can show."""
        return statistics.reach(len(self.pairs))

    @property
    def smallest(self) -> float | None:
        """The smallest difference in a share that these questions can show."""
        return statistics.smallest_difference(len(self.pairs))


def compare(first: Run, second: Run, same_words: bool = True) -> Comparison:
    """Compare two runs on the questions that both have.

    With ``same_words``, questions of one id that read differently are left out. Raises
    QuestionSetError where no question remains.
    """
    others = {result.question.id: result for result in second.results}
    pairs = [(one, others[one.question.id]) for one in first.results if one.question.id in others]
    reworded = [
        one.question.id
        for one, other in pairs
        if same_words and one.question.question != other.question.question
    ]
    pairs = [(one, other) for one, other in pairs if one.question.id not in reworded]
    if not pairs:
        raise QuestionSetError("The two runs have no question in common.")
    changes = [_change(name, score, pairs) for name, score in SCORES.items()]
    return Comparison(first, second, tuple(c for c in changes if c), tuple(pairs), tuple(reworded))


def _change(name: str, score: Score, pairs: Sequence[tuple[Result, Result]]) -> Change | None:
    both = [(score(one), score(other)) for one, other in pairs]
    kept = [(one, other) for one, other in both if one is not None and other is not None]
    if not kept:
        return None
    before, after = [one for one, _ in kept], [other for _, other in kept]
    return Change(
        name,
        statistics.mean(before),
        statistics.mean(after),
        statistics.paired(before, after),
    )


def print_comparison(found: Comparison, console: Console) -> None:
    """The measures of both runs, the test between them, and the questions that flipped."""
    table = Table(
        title=f"{escape(found.first.name)} → {escape(found.second.name)}: "
        f"{len(found.pairs)} questions",
        title_justify="left",
    )
    table.add_column("measure")
    for heading in (found.first.name, found.second.name, "difference", "up/down", "p"):
        table.add_column(escape(heading), justify="right")
    for change in found.changes:
        pair = change.paired
        style = "" if not pair.significant else "green" if pair.difference > 0 else "red"
        table.add_row(
            change.measure,
            str(change.first),
            str(change.second),
            str(pair),
            f"{pair.gained}/{pair.lost}",
            pair.chance,
            style=style,
        )
    console.print(table)
    console.print(f"[dim]{found.reach}[/dim]", highlight=False)
    if found.left_out:
        console.print(f"[dim]Left out, as reworded: {escape(', '.join(found.left_out))}[/dim]")
    for heading, flips in (("Now right", found.gained), ("No longer right", found.lost)):
        if flips:
            console.print(f"{heading}:")
        for one, other in flips:
            console.print(
                f"  [bold]{escape(one.question.question)}[/bold] [dim]{one.question.id}[/dim]\n"
                f"    {escape(_said(one))}\n  [dim]→[/dim] {escape(_said(other))}",
                highlight=False,
            )


def _said(result: Result) -> str:
    if result.failure:
        return result.failure
    if result.scores.refused:
        return "(refused)"
    cited = "; ".join(f"[{c.number}] “{c.quote}”" for c in result.answer.citations)
    return " – ".join(filter(None, (result.answer.short or result.answer.text, cited)))


def write_comparison(path: Path, found: Comparison, told: Sequence[str] = ()) -> None:
    """One HTML page: measures with their intervals, and every question's two answers.

    ``told`` are sentences on a language model's part in the second run.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    page = render("compare.html.j2", escape=True, found=found, told=told)
    path.write_text(page, encoding="utf-8")


def comparison_to_dict(found: Comparison) -> dict[str, Any]:
    """The comparison's figures and flips as plain JSON types."""
    return {
        "first": found.first.name,
        "second": found.second.name,
        "questions": len(found.pairs),
        "left_out": found.left_out,
        "smallest_difference": found.smallest,
        "changes": [asdict(change) for change in found.changes],
        "gained": [one.question.id for one, _ in found.gained],
        "lost": [one.question.id for one, _ in found.lost],
    }
