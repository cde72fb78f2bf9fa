"""``python -m evals.statements``: the check of a language model's statements, measured."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from assistant.verification import SupportCheck
from assistant.writer import reader_check
from index.embedding.encoder import shared_encoder

from ..console import progress_bar, tables
from .making import SEED, Made, handwritten, reading_articles, shipped_articles, statements
from .measure import Judged, judge, rows


def main(
    reading: Annotated[
        Path | None, typer.Option(help="Also paragraphs of this question set (.jsonl.gz).")
    ] = None,
    paragraphs: Annotated[int, typer.Option(help="Paragraphs of each of its sources.")] = 40,
    most: Annotated[
        int, typer.Option(min=0, help="Draw this many of each set of texts; 0: all.")
    ] = 0,
    network: Annotated[bool, typer.Option(help="Use the embedder and the reader.")] = True,
    missed: Annotated[bool, typer.Option(help="Print what went wrong (shipped texts).")] = False,
    output: Annotated[Path | None, typer.Option(help="Write the figures as JSON.")] = None,
    quiet: Annotated[bool, typer.Option(help="No progress bar.")] = False,
) -> None:
    """Measure the check of statements on true ones and on ones broken in one way each."""
    articles = shipped_articles()
    if reading is not None:
        if not reading.is_file():
            raise typer.BadParameter(f"There is no file {reading}.", param_hint="--reading")
        articles += reading_articles(reading, paragraphs)
    made = [*handwritten(articles), *statements(articles)]
    if most:
        made = _sample(made, most)
    check = reader_check(shared_encoder().encode) if network else SupportCheck()
    with progress_bar("Checking", quiet) as step:
        judged = judge(made, check, step)
    columns: dict[str, list[Judged]] = {}
    for one in judged:
        columns.setdefault(_column(one.made), []).append(one)
    show(columns)
    if missed:
        for one in columns["shipped"]:
            if not one.right:
                tables().print(_line(one), markup=False, highlight=False)
    if output is not None:
        figures = {
            name: [
                {
                    "kind": row.kind,
                    "broken": row.broken,
                    "right": row.figure.value,
                    "count": row.figure.count,
                }
                for row in rows(column)
            ]
            for name, column in columns.items()
        }
        output.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


def _column(made: Made) -> str:
    """The set of texts that a statement's article belongs to."""
    if made.article.group == "shipped":
        return "shipped"
    return "reading, held out" if made.article.held_out else "reading, tuned on"


def _sample(made: Sequence[Made], most: int) -> list[Made]:
    """At most so many statements of each set of texts, in their order, with a fixed seed."""
    kept: list[Made] = []
    for name in dict.fromkeys(_column(one) for one in made):
        own = [one for one in made if _column(one) == name]
        chosen = set(random.Random(SEED).sample(range(len(own)), min(most, len(own))))
        kept += [one for place, one in enumerate(own) if place in chosen]
    return kept


def show(columns: Mapping[str, Sequence[Judged]]) -> None:
    """Print one table: a row for each kind, a column for each set of texts."""
    table = Table(title="Statements dealt with rightly (95 % interval), and how many")
    table.add_column("kind")
    found = {name: {(r.broken, r.kind): r.figure for r in rows(c)} for name, c in columns.items()}
    for name in columns:
        table.add_column(name, justify="right")
    keys = sorted(
        {key for column in found.values() for key in column},
        key=lambda key: (key[0], key[1] == "all", key[1]),
    )
    for broken, kind in keys:
        cells = []
        for column in found.values():
            figure = column.get((broken, kind))
            cells.append(f"{figure}  {figure.count}" if figure else "–")
        table.add_row(f"{'broken' if broken else 'true'}: {kind}", *cells)
    tables().print(table)
    seconds = sorted(one.seconds for column in columns.values() for one in column)
    tables().print(
        f"Seconds for a statement: median {seconds[len(seconds) // 2]:.3f}, "
        f"95th percentile {seconds[int(len(seconds) * 0.95)]:.3f}."
    )


def _line(one: Judged) -> str:
    wrong = "; ".join(f"{p.fault}: {p.words}" for p in one.verdict.problems)
    kind = one.made.broken or one.made.form
    return f"[{'shown' if one.shown else 'dropped'}] {kind}: {one.made.text}  <{wrong}>"


if __name__ == "__main__":
    typer.run(main)
