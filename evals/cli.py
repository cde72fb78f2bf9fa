"""The command line of the evaluation suite: ``python -m evals``, also ``footnote eval``."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import click
import typer
from rich.console import Console
from rich.markup import escape

from .progress import progress_bar
from .questions import QuestionSetError
from .squad_cli import squad

app = typer.Typer(
    help="Measure how often the answers are right, and what is cited for them.",
    no_args_is_help=False,
    pretty_exceptions_enable=False,
)
out = Console()
err = Console(stderr=True)
FAILED_GATE = 1
ERROR = 2

OutputOption = Annotated[
    Path, typer.Option("--output", "-o", help="Folder for the JSON, Markdown and HTML reports.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")]
LimitOption = Annotated[
    int | None, typer.Option(min=1, help="Ask only so many questions, the first ones.")
]


@app.callback(invoke_without_command=True)
def evaluate(
    context: typer.Context,
    questions: Annotated[
        list[Path] | None,
        typer.Option("--questions", "-q", help="A question file; without it, the shipped ones."),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--type", help="Ask only questions of this type.")
    ] = None,
    limit: LimitOption = None,
    passages: Annotated[int | None, typer.Option(help="Passages read for a question.")] = None,
    name: Annotated[str, typer.Option(help="Name of the run in its reports.")] = "evaluation",
    output: OutputOption = Path("evaluation"),
    json_: JsonOption = False,
) -> None:
    """Ask a set of questions and report how it went."""
    if context.invoked_subcommand:
        return
    from assistant import Settings

    from .report import print_report, write_markdown, write_page
    from .results import save_run
    from .run import load_sets, run_questions, shipped_questions
    from .summary import summarise

    found, articles = load_sets(questions or shipped_questions())
    if only:
        found = [question for question in found if question.type in only]
    found = found[:limit]
    if not found:
        raise QuestionSetError("There is no question to ask; check --questions and --type.")
    settings = Settings() if passages is None else Settings(passages=passages)
    with progress_bar("Asking", quiet=json_) as advance:
        run = run_questions(found, articles, settings, name, advance)
    summary = summarise(run)
    output.mkdir(parents=True, exist_ok=True)
    save_run(output / f"{name}.json", run, summary.to_dict())
    write_markdown(output / f"{name}.md", run, summary)
    write_page(output / f"{name}.html", run, summary)
    if json_:
        out.print_json(json.dumps(summary.to_dict()))
    else:
        print_report(run, summary, out)
        out.print(f"[dim]Written: {escape(str(output / name))}.json, .md and .html[/dim]")
    if run.results and all(result.failure for result in run.results):
        raise QuestionSetError(f"No question could be asked: {run.results[0].failure}")


app.command("squad")(squad)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 well, 1 a gate failed, 2 an error."""
    from pydantic import ValidationError

    from assistant import QuestionError
    from index import LibraryError

    try:
        return int(app(args=argv, prog_name="footnote eval", standalone_mode=False) or 0)
    except (QuestionSetError, QuestionError, LibraryError) as error:
        err.print(f"[red]Error:[/red] {escape(str(error))}", highlight=False)
    except ValidationError as error:
        first = error.errors()[0]
        err.print(f"[red]Error:[/red] {first['loc'][0]}: {first['msg']}.", highlight=False)
    except click.ClickException as error:
        error.show()
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        err.print("Stopped.")
        return 130
    return ERROR
