"""A run for people: the terminal's table, a Markdown page, and one self-contained HTML page."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from rich.console import Console
from rich.table import Table

from .results import Run
from .summary import COLUMNS, Summary, median_rank

TEMPLATES = Path(__file__).parent / "templates"


def print_report(run: Run, summary: Summary, console: Console) -> None:
    """The table by type, the other figures, the times, and what to beware of."""
    table = Table(title=f"{run.name}: {summary.total.count} questions", title_justify="left")
    table.add_column("type")
    table.add_column("questions", justify="right")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for row in summary.rows:
        table.add_row(row.type, str(row.count), *(str(row.figures[name]) for name in COLUMNS))
    table.add_section()
    total = summary.total
    table.add_row(
        "all", str(total.count), *(str(total.figures[name]) for name in COLUMNS), style="bold"
    )
    console.print(table)
    console.print("[dim]Shares with their 95 % intervals; –: no such question.[/dim]")
    others = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for name, figure in other_figures(summary).items():
        others.add_row(name, str(figure))
    rank = median_rank(run.results)
    others.add_row("evidence rank, median", "–" if rank is None else f"{rank:g}")
    console.print(others)
    times = [f"{n} {m * 1000:.0f}/{h * 1000:.0f}" for n, (m, h) in summary.stages.items()]
    console.print(f"[dim]Milliseconds, median/95th percentile: {', '.join(times)}[/dim]")
    for warning in summary.warnings:
        console.print(f"[yellow]{warning}[/yellow]", highlight=False)


def other_figures(summary: Summary) -> dict[str, object]:
    """The figures over all questions that the table by type does not show."""
    figures = summary.total.figures
    return {
        name: figure
        for name, figure in figures.items()
        if name not in COLUMNS and figure.value is not None
    }


def write_markdown(path: Path, run: Run, summary: Summary) -> None:
    """The figures as Markdown tables, and the questions that went wrong."""
    path.write_text(_render("report.md.j2", run, summary, escape=False), encoding="utf-8")


def write_page(path: Path, run: Run, summary: Summary) -> None:
    """One HTML page that needs nothing else: filters, answers, citations, evidence, scores."""
    path.write_text(_render("report.html.j2", run, summary, escape=True), encoding="utf-8")


def _render(template: str, run: Run, summary: Summary, escape: bool) -> str:
    return render(
        template,
        escape,
        run=run,
        summary=summary,
        columns=COLUMNS,
        others=other_figures(summary),
        rank=median_rank(run.results),
        verdicts=sorted({result.verdict for result in run.results}),
    )


def render(template: str, escape: bool, **values: object) -> str:
    """A template of this package filled in; ``escape`` for HTML."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=escape,  # noqa: S701 - off for Markdown only
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(template).render(**values)
