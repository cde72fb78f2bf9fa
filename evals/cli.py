"""The command line of the evaluation suite: ``python -m evals``, also ``footnote eval``."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.markup import escape

from .console import err, progress_bar, tables
from .public_cli import retrieval, rewrites, squad
from .questions import Question, QuestionSetError

if TYPE_CHECKING:
    from assistant import Settings

    from .results import Run
    from .sources import Articles
    from .summary import Summary
    from .usage import Price

app = typer.Typer(
    help="Measure how often the answers are right, and what is cited for them.",
    pretty_exceptions_enable=False,
)
SEVERAL = {"--vary", "--robustness", "--fail-under"}
"""Options that take one value or more."""
GATE_FAILED = 1
ERROR = 2

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]


@app.callback(invoke_without_command=True)
def evaluate(
    context: typer.Context,
    questions: Annotated[
        list[Path] | None,
        typer.Option(
            "--questions", "-q", help="A file, or a shipped set's name; default: all shipped."
        ),
    ] = None,
    only: Annotated[
        list[str] | None, typer.Option("--type", help="Ask only questions of this type.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Ask only so many questions, the first ones.")
    ] = None,
    passages: Annotated[int | None, typer.Option(help="Passages read for a question.")] = None,
    llm: Annotated[
        str | None,
        typer.Option(
            help="Ask twice, the reader alone and with this model (provider:model), side by side."
        ),
    ] = None,
    name: Annotated[str, typer.Option(help="Name of the run in its reports.")] = "evaluation",
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder for the JSON, Markdown and HTML reports.")
    ] = Path("evaluation"),
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option(help="Ask nothing; compare two runs' JSON files.", metavar="A.json B.json"),
    ] = None,
    vary: Annotated[
        list[str] | None,
        typer.Option(help="Run once for each value, such as passages=3,5,8; resumable."),
    ] = None,
    robustness: Annotated[
        list[str] | None,
        typer.Option(
            help="Measure the loss on a spoilt form of the set, such as keywords; or all."
        ),
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="Fail on a significant loss against this run's JSON file.")
    ] = None,
    fail_under: Annotated[
        list[str] | None, typer.Option(help="Fail under this share: 0.9, or right=0.9.")
    ] = None,
    keep_baseline: Annotated[
        Path | None, typer.Option(help="Write the run here in short, as a baseline to keep.")
    ] = None,
    price: Annotated[
        str | None,
        typer.Option(
            help="Price of a million tokens of the language model, sent and received: 0.15,0.60."
        ),
    ] = None,
    json_: JsonOption = False,
) -> None:
    """Ask a set of questions and report how it went."""
    if context.invoked_subcommand:
        return
    if compare:
        compare_runs(*compare, output, json_)
        return
    from .usage import parse_price

    cost = parse_price(price) if price else None
    found, articles = choose(questions, only, limit)
    if vary:
        vary_settings(found, articles, vary, output, cost, json_)
        return
    if robustness:
        measure_robustness(found, articles, robustness, output, passages, json_)
        return
    from .gate import parse_limit
    from .results import load_run

    # Read before the run: a wrong limit or a missing baseline is told at once.
    limits = [parse_limit(text) for text in fail_under or ()]
    before = load_run(baseline) if baseline else None
    if llm is not None:
        chosen = _settings(passages, llm)
        run, summary = ask_both_ways(found, articles, chosen, cost, output, json_)
        if keep_baseline:
            from .results import in_short, save_run

            save_run(keep_baseline, in_short(run), indent=None)
        if limits or before:
            check_gate(run, summary, limits, before)
        return
    run, summary = ask_all(found, articles, _settings(passages), name, cost, json_)
    write_reports(run, summary, output)
    if keep_baseline:
        from .results import in_short, save_run

        save_run(keep_baseline, in_short(run), indent=None)
    if json_:
        tables().print_json(json.dumps(summary.to_dict()))
    else:
        from .report import print_report

        print_report(run, summary, tables())
        tables().print(f"[dim]Written: {escape(str(output / name))}.json, .md and .html[/dim]")
    if all(result.failure for result in run.results):
        raise QuestionSetError(f"No question could be asked: {run.results[0].failure}")
    if limits or before:
        check_gate(run, summary, limits, before)


def choose(
    paths: Sequence[Path] | None, only: Sequence[str] | None, limit: int | None
) -> tuple[list[Question], Articles]:
    """The questions to ask, and where their articles are."""
    from .sources import load_sets, named_set, shipped_questions

    found, articles = load_sets([named_set(path) for path in paths or shipped_questions()])
    if only:
        found = [question for question in found if question.type in only]
    if not found:
        raise QuestionSetError("There is no question to ask; check --questions and --type.")
    return found[:limit], articles


def ask_all(
    questions: Sequence[Question],
    articles: Articles,
    settings: Settings,
    name: str,
    price: Price | None,
    quiet: bool,
) -> tuple[Run, Summary]:
    """Run the questions behind a progress bar."""
    from dataclasses import replace

    from .run import run_questions
    from .summary import summarise

    with progress_bar(f"Asking, {name}", quiet) as advance:
        run = run_questions(questions, articles, settings, name, advance)
    run = replace(run, price=price)
    return run, summarise(run)


def ask_both_ways(
    questions: Sequence[Question],
    articles: Articles,
    settings: Settings,
    price: Price | None,
    output: Path,
    as_json: bool,
) -> tuple[Run, Summary]:
    """Ask the reader alone, then with the model of the settings, and put the two side by side.

    Gives the model's run. Nothing is kept between runs, for the same address may serve another
    model the next time. Raises ModelError where the model cannot be used at all, before anything
    is asked, and QuestionSetError where it answered nothing.
    """
    from assistant.models import load_model

    from . import compare as comparing
    from . import writing
    from .report import print_report

    load_model(settings.llm)
    alone = settings.model_copy(update={"llm": "none"})
    reader, summary_alone = ask_all(questions, articles, alone, "reader", None, as_json)
    write_reports(reader, summary_alone, output)
    model, summary = ask_all(questions, articles, settings, "model", price, as_json)
    write_reports(model, summary, output)
    found, part = comparing.compare(reader, model), writing.written(model)
    comparing.write_comparison(output / "compare.html", found, writing.lines(part))
    if as_json:
        told = {"reader": summary_alone.to_dict(), "model": summary.to_dict()}
        told |= {"comparison": comparing.comparison_to_dict(found), "written": part.to_dict()}
        tables().print_json(json.dumps(told))
    else:
        print_report(model, summary, tables())
        comparing.print_comparison(found, tables())
        for line in writing.lines(part):
            tables().print(line, markup=False, highlight=False)
        tables().print(f"[dim]Written: {escape(str(output))}/reader, model, compare.html[/dim]")
    if part.by_model.count and not part.by_model.value:
        raise QuestionSetError(f"The model answered no question: {writing.why(part)}")
    return model, summary


def write_reports(run: Run, summary: Summary, output: Path) -> None:
    """The run as JSON, Markdown and HTML, named after it."""
    from .report import write_markdown, write_page
    from .results import save_run

    output.mkdir(parents=True, exist_ok=True)
    save_run(output / f"{run.name}.json", run, summary.to_dict())
    write_markdown(output / f"{run.name}.md", run, summary)
    write_page(output / f"{run.name}.html", run, summary)


def check_gate(
    run: Run, summary: Summary, limits: Sequence[tuple[str, float]], before: Run | None
) -> None:
    """Say why the run does not pass, and exit with 1."""
    from . import compare as comparing
    from .gate import failures, flips

    against = comparing.compare(before, run) if before else None
    for line in flips(against) if against else ():
        err.print(escape(line), highlight=False, soft_wrap=True)
    if found := failures(summary, limits, against):
        for reason in found:
            err.print(f"[red]Not passed:[/red] {escape(reason)}", highlight=False, soft_wrap=True)
        raise typer.Exit(GATE_FAILED)
    err.print("[green]Passed.[/green]")


def compare_runs(first: Path, second: Path, output: Path, as_json: bool) -> None:
    """Compare two kept runs; the page goes into the output folder."""
    from . import compare as comparing
    from .results import load_run

    found = comparing.compare(load_run(first), load_run(second))
    page = output / "compare.html"
    comparing.write_comparison(page, found)
    if as_json:
        tables().print_json(json.dumps(comparing.comparison_to_dict(found)))
        return
    comparing.print_comparison(found, tables())
    tables().print(f"[dim]Written: {escape(str(page))}[/dim]")


def vary_settings(
    questions: Sequence[Question],
    articles: Articles,
    vary: Sequence[str],
    output: Path,
    price: Price | None,
    as_json: bool,
) -> None:
    """Run the grid, print a line for each choice, write the page."""
    from .grid import parse_variations, print_grid, run_grid, write_grid

    choices = parse_variations(vary)
    cells = []
    with progress_bar("Asking", as_json) as advance:
        for cell in run_grid(questions, articles, choices, output / "cache", advance, price):
            cells.append(cell)  # noqa: PERF402 - kept as they come, so that a stop loses none
    write_grid(output / "grid.html", cells)
    if as_json:
        rows = [{"settings": dict(c.choice), **c.summary.to_dict()} for c in cells]
        tables().print_json(json.dumps(rows))
        return
    print_grid(cells, tables())
    tables().print(f"[dim]Written: {escape(str(output / 'grid.html'))}[/dim]")


def measure_robustness(
    questions: Sequence[Question],
    articles: Articles,
    names: Sequence[str],
    output: Path,
    passages: int | None,
    as_json: bool,
) -> None:
    """Ask the clean set and its spoilt forms, and print what each loses; resumable."""
    from .resuming import resume_run
    from .robustness import choose_spoilers, losses_to_dict, print_losses, spoil
    from .summary import summarise

    def ask(asked: Sequence[Question], among: Articles, name: str) -> Run:
        with progress_bar(f"Asking, {name}", as_json) as advance:
            run, _ = resume_run(asked, among, _settings(passages), name, output / "cache", advance)
        write_reports(run, summarise(run), output)
        return run

    spoilers = choose_spoilers(names)
    clean = ask(questions, articles, "clean")
    losses = []
    for spoiler in spoilers:
        with spoil(spoiler, questions, articles) as (asked, among):
            losses.append((spoiler, ask(asked, among, spoiler.name)))
    rows = losses_to_dict(clean, losses)
    (output / "robustness.json").write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    if as_json:
        tables().print_json(json.dumps(rows))
    else:
        print_losses(clean, losses, tables())


def _settings(passages: int | None, llm: str | None = None) -> Settings:
    from assistant import Settings

    given: dict[str, Any] = {"passages": passages, "llm": llm}
    return Settings(**{name: value for name, value in given.items() if value is not None})


app.command("squad")(squad)
app.command("retrieval")(retrieval)
app.command("rewrites")(rewrites)


@app.command("new")
def new(
    article: Annotated[Path, typer.Argument(help="The article to draft questions on.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file; default: ARTICLE.jsonl.")
    ] = None,
    force: Annotated[bool, typer.Option(help="Overwrite the file if there is one.")] = False,
) -> None:
    """Draft a question set from an article, for a person to correct."""
    from collections import Counter

    from .drafting import draft_questions
    from .questions import save_questions

    path = output or article.with_suffix(".jsonl")
    if path.exists() and not force:
        raise QuestionSetError(f"{path} is there already; name another with --output.")
    questions = draft_questions(article)
    save_questions(path, questions)
    counts = Counter(question.type for question in questions)
    tables().print(f"{len(questions)} questions in {escape(str(path))}; correct them, then run:")
    tables().print(f"  footnote eval --questions {escape(str(path))}", highlight=False)
    tables().print("  " + ", ".join(f"{kind} {count}" for kind, count in counts.items()))


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code: 0 well, 1 a gate failed, 2 an error."""
    given = list(sys.argv[1:] if argv is None else argv)
    return reported(lambda: app(args=spread(given), prog_name="footnote eval"))


def spread(arguments: Sequence[str]) -> list[str]:
    """The arguments with an option's further values as options of their own.

    ``--vary passages=3,5 llm=none`` becomes ``--vary passages=3,5 --vary llm=none``.
    """
    found: list[str] = []
    option = ""
    for argument in arguments:
        if argument.startswith("-"):
            option = argument if argument in SEVERAL else ""
        elif option and found[-1] != option:
            found.append(option)
        found.append(argument)
    return found


def reported(work: Callable[[], object]) -> int:
    """Do the work and return the exit code; a user's error is said in one sentence."""
    try:
        work()
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
    except QuestionSetError as error:
        _say(str(error))
    except Exception as error:
        if not _is_the_users(error):
            raise
        _say(_in_one_line(error))
    else:
        return 0
    return ERROR


def _say(message: str) -> None:
    err.print(f"[red]Error:[/red] {escape(message)}", highlight=False)


def _is_the_users(error: Exception) -> bool:
    # Imported only now: the library takes seconds to import, and --help needs none of it.
    from pydantic import ValidationError

    from assistant import QuestionError
    from assistant.models import ModelError
    from index import LibraryError

    return isinstance(error, ValidationError | QuestionError | LibraryError | ModelError)


def _in_one_line(error: Exception) -> str:
    from pydantic import ValidationError

    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{first['loc'][0]}: {first['msg']}."
    return str(error)
