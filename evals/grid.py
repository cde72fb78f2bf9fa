"""A grid of settings over one question set, resumable: what is done is not done again."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assistant import Settings

from .compare import compare
from .questions import Question, QuestionSetError
from .report import render
from .results import Run
from .resuming import resume_run
from .run import VARIABLE
from .sources import Articles
from .statistics import Paired, mean, reach
from .summary import COLUMNS, Summary, summarise
from .usage import Price

Choice = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One choice of settings with its run; ``fresh`` says that it was run now."""

    choice: Choice
    run: Run
    summary: Summary
    fresh: bool


def parse_variations(texts: Sequence[str]) -> list[Choice]:
    """All combinations of variations such as ``passages=3,5,8``.

    Raises QuestionSetError for a setting that an answer does not depend on.
    """
    axes: list[list[tuple[str, str]]] = []
    for text in texts:
        name, _, values = text.partition("=")
        options = [value.strip() for value in values.split(",") if value.strip()]
        if name not in VARIABLE or not options:
            raise QuestionSetError(
                f"{text!r} cannot be varied; write for instance passages=3,5,8 "
                f"(one of {', '.join(sorted(VARIABLE))})."
            )
        axes.append([(name, option) for option in options])
    return list(itertools.product(*axes))


def run_grid(
    questions: Sequence[Question],
    articles: Articles,
    choices: Sequence[Choice],
    cache: Path,
    progress: Callable[[int, int], None] | None = None,
    price: Price | None = None,
) -> Iterator[Cell]:
    """Run every choice, asking only what ``cache`` does not hold yet, and yield them in order.

    Raises pydantic.ValidationError for a value out of range, before anything is asked.
    """
    values: list[tuple[Choice, dict[str, Any]]] = [(choice, dict(choice)) for choice in choices]
    for choice, settings in [(choice, Settings(**given)) for choice, given in values]:
        name = ", ".join(f"{setting}={value}" for setting, value in choice)
        run, fresh = resume_run(questions, articles, settings, name, cache, progress)
        run = replace(run, price=price)
        yield Cell(choice, run, summarise(run), fresh)


def against_first(cells: Sequence[Cell], cell: Cell) -> Paired:
    """The share right of one choice against that of the first."""
    changes = compare(cells[0].run, cell.run).changes
    return next(change.paired for change in changes if change.measure == "right")


def print_grid(cells: Sequence[Cell], console: Console) -> None:
    """A line for every choice, each tested against the first."""
    table = Table(title="Settings varied", title_justify="left")
    table.add_column("settings")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    used = max((list(cell.summary.usage) for cell in cells), key=len)
    for heading in ("right, against the first", "p", "s a question", *used):
        table.add_column(heading, justify="right")
    for cell in cells:
        pair = against_first(cells, cell)
        table.add_row(
            cell.run.name + ("" if cell.fresh else " (kept)"),
            *(str(cell.summary.total.figures[name]) for name in COLUMNS),
            "–" if cell is cells[0] else str(pair),
            "–" if cell is cells[0] else pair.chance,
            mean([result.seconds for result in cell.run.results]).counted(digits=2),
            *(figure.counted(digits=4) for figure in cell.summary.usage.values()),
        )
    console.print(table)
    console.print(f"[dim]{reach(len(cells[0].run.results))}[/dim]")


def write_grid(path: Path, cells: Sequence[Cell]) -> None:
    """One HTML page with a plot for each measure and the questions that differ."""
    questions = [cell.run.results for cell in cells]
    differing = [
        row
        for row in zip(*questions, strict=True)
        if len({(r.scores.right, r.answer.text) for r in row}) > 1
    ]
    page = render(
        "grid.html.j2",
        escape=True,
        cells=cells,
        columns=COLUMNS,
        differing=sorted(differing, key=lambda row: len({r.scores.right for r in row}) < 2),
        against=[against_first(cells, cell) for cell in cells],
        reach=reach(len(cells[0].run.results)),
    )
    path.write_text(page, encoding="utf-8")
