"""A run for people: the terminal's table, a Markdown page, and one self-contained HTML page."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from rich.console import Console
from rich.table import Table

from .results import Run
from .summary import COLUMNS, Summary

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
        others.add_row(name, figure)
    console.print(others)
    times = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", style="dim")
    times.add_column("milliseconds")
    for heading in ("median", "95th percentile"):
        times.add_column(heading, justify="right")
    for stage, (median, high) in stage_milliseconds(summary).items():
        times.add_row(stage, median, high)
    console.print(times)
    for warning in summary.warnings:
        console.print(f"[yellow]{warning}[/yellow]", highlight=False)


def other_figures(summary: Summary) -> dict[str, str]:
    """The figures over all questions that the table by type does not show, for a table."""
    shares = {
        name: str(figure)
        for name, figure in summary.total.figures.items()
        if name not in COLUMNS and figure.value is not None
    }
    used = {
        f"{name} a question": figure.counted(digits=5 if name == "cost" else 0)
        for name, figure in summary.usage.items()
    }
    return shares | {"evidence rank, median": summary.rank.counted(digits=1)} | used


def stage_milliseconds(summary: Summary) -> dict[str, tuple[str, str]]:
    """Median and 95th percentile by stage, for a table."""
    return {
        stage: (time.median.counted(times=1000), time.high.counted(times=1000))
        for stage, time in summary.stages.items()
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
        times=stage_milliseconds(summary),
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
