"""The command line: a thin skin over Assistant and Library.

Exit codes: 0 done or answered, 1 an error told in one line, 2 wrong usage, 3 the articles do not
say.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import entry_points, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from .settings import Settings

if TYPE_CHECKING:
    from index import Library

    from .assistant import Assistant, Query

ERROR, REFUSED = 1, 3

app = typer.Typer(
    help="Ask articles questions; every statement comes with a footnote to the exact words.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
feedback = typer.Typer(help="Likes and dislikes given in the web chat.", no_args_is_help=True)
app.add_typer(feedback, name="feedback")
out = Console()
err = Console(stderr=True)

LibraryOption = Annotated[
    Path | None,
    typer.Option("--library", metavar="DIR", help="Folder of the library. [default: user data]"),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for machines.")]


class UsageFailure(Exception):
    """A user's error that belongs to the command line alone."""


@contextmanager
def one_line_errors() -> Iterator[None]:
    """Turn the errors a user can cause into one line and exit code 1."""
    from index import LibraryError

    from .question import QuestionError

    try:
        yield
    except (LibraryError, QuestionError, UsageFailure) as error:
        err.print(f"[red]Error:[/red] {escape(str(error))}", soft_wrap=True)
        raise typer.Exit(ERROR) from None
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        err.print(
            f"[red]Error:[/red] The setting FOOTNOTE_{name} is wrong: {escape(first['msg'])}.",
            soft_wrap=True,
        )
        raise typer.Exit(ERROR) from None
    except BrokenPipeError:
        # The reader of our output has seen enough.
        sys.stderr.close()
        raise typer.Exit(0) from None


def settings_for(library: Path | None, **changes: Any) -> Settings:
    """The settings of the environment with the command line's on top."""
    given = {name: value for name, value in changes.items() if value is not None}
    if library is not None:
        given["library"] = library
    return Settings(**given)


@contextmanager
def open_assistant(library: Path | None, **changes: Any) -> Iterator[Assistant]:
    """An assistant on the library, closed at the end."""
    with one_line_errors():
        from .assistant import Assistant

        with Assistant(settings=settings_for(library, **changes)) as assistant:
            yield assistant


@contextmanager
def open_library(library: Path | None) -> Iterator[Library]:
    """The library with the shipped articles in it, closed at the end."""
    with one_line_errors():
        from index import Library

        from .shipped import add_shipped_articles

        with Library(settings_for(library).library) as opened:
            add_shipped_articles(opened)
            yield opened


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in quotes.")] = None,
    batch: Annotated[
        Path | None,
        typer.Option(help="JSON Lines file: id, question, optional history; one answer a line."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here instead of to the screen.")
    ] = None,
    article: Annotated[
        list[str] | None, typer.Option(help="Ask only this document id; may be repeated.")
    ] = None,
    passages: Annotated[int | None, typer.Option(help="Passages read for a question.")] = None,
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Answer a question, or a file of them with --batch."""
    if (question is None) == (batch is None):
        raise typer.BadParameter("give one question, or --batch FILE")
    with open_assistant(library, passages=passages) as assistant:
        if batch is not None:
            _ask_batch(assistant, batch, output, article)
            return
        answer = assistant.ask(question or "", documents=article)
        if as_json:
            _write(output, json.dumps(answer.to_dict(), ensure_ascii=False, indent=2))
        else:
            from .terminal import show

            show(answer, out)
    if not answer.answered and not answer.outcome == "conversation":
        raise typer.Exit(REFUSED)


def _ask_batch(
    assistant: Assistant, batch: Path, output: Path | None, documents: list[str] | None
) -> None:
    from time import perf_counter

    queries = read_queries(batch)
    sink = output.open("w", encoding="utf-8") if output else sys.stdout
    try:
        for query in track(queries, "Answering", console=err, disable=not err.is_terminal):
            start = perf_counter()
            line = {"id": query.id, **_answer_or_error(assistant, query, documents)}
            line["seconds"] = round(perf_counter() - start, 4)
            sink.write(json.dumps(line, ensure_ascii=False) + "\n")
            sink.flush()
    finally:
        if output:
            sink.close()


def _answer_or_error(
    assistant: Assistant, query: Query, documents: list[str] | None
) -> dict[str, Any]:
    """One line of a batch; a question that cannot be asked does not end the others."""
    from .question import QuestionError

    try:
        answer = assistant.ask(query.question, query.history, documents)
    except QuestionError as error:
        return {
            "answered": False,
            "text": str(error),
            "short": None,
            "confidence": 0.0,
            "citations": [],
            "error": str(error),
        }
    record = answer.to_dict()
    return {name: record[name] for name in ("answered", "text", "short", "confidence", "citations")}


def read_queries(path: Path) -> list[Query]:
    """The questions of a batch file. Raises UsageFailure naming the line that is wrong."""
    from .assistant import Query

    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise UsageFailure(f"{path} cannot be read: {reason}.") from None
    queries = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            history = tuple(
                item if isinstance(item, str) else item["question"]
                for item in record.get("history") or ()
            )
            if not isinstance(record["question"], str):
                raise TypeError
            queries.append(Query(str(record["id"]), record["question"], history))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise UsageFailure(
                f"{path}, line {number}: expected a JSON object with id and question "
                "(and history, a list of earlier questions)."
            ) from None
    return queries


def _write(output: Path | None, text: str) -> None:
    if output is None:
        typer.echo(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")


@app.command()
def chat(
    library: LibraryOption = None,
    article: Annotated[
        list[str] | None, typer.Option(help="Ask only this document id; may be repeated.")
    ] = None,
) -> None:
    """Chat in the terminal; /source 1 shows a citation in its place, /quit ends."""
    from .terminal import run_chat

    with open_assistant(library) as assistant:
        run_chat(assistant, article, out)


@app.command()
def add(
    paths: Annotated[list[Path], typer.Argument(help="Articles: .txt .md .html .pdf")],
    as_json: JsonOption = False,
    library: LibraryOption = None,
) -> None:
    """Add articles to the library; one that fails does not stop the others."""
    from index import LibraryError

    failed = False
    records = []
    with open_library(library) as opened:
        for path in track(paths, "Adding", console=err, disable=not err.is_terminal):
            try:
                added = opened.add(path)
            except LibraryError as error:
                failed = True
                records.append({"path": str(path), "status": "failed", "error": str(error)})
                err.print(f"[red]Error:[/red] {escape(str(error))}", soft_wrap=True)
                continue
            title = added.document.metadata.title
            records.append(
                {"path": str(path), "status": added.status, "id": added.document.id, "title": title}
            )
            if not as_json:
                out.print(f"{added.status}: {escape(added.document.id)}  {escape(title)}")
    if as_json:
        typer.echo(json.dumps(records, ensure_ascii=False, indent=2))
    if failed:
        raise typer.Exit(ERROR)


@app.command("list")
def list_documents(as_json: JsonOption = False, library: LibraryOption = None) -> None:
    """List the library's articles."""
    from dataclasses import asdict

    with open_library(library) as opened:
        summaries = opened.documents()
    if as_json:
        typer.echo(json.dumps([asdict(s) for s in summaries], ensure_ascii=False, indent=2))
        return
    table = Table("id", "title", "author", "date", "words")
    for summary in summaries:
        facts = summary.metadata
        table.add_row(
            escape(summary.id),
            escape(facts.title),
            escape(facts.author),
            facts.date[:10],
            f"{summary.words:,}",
        )
    out.print(table)


@app.command()
def remove(
    ids: Annotated[list[str], typer.Argument(metavar="ID...", help="Document ids, as listed.")],
    library: LibraryOption = None,
) -> None:
    """Remove articles from the library."""
    with open_library(library) as opened:
        for identity in ids:
            opened.remove(identity)
            out.print(f"removed: {escape(identity)}")


@app.command()
def rebuild(library: LibraryOption = None) -> None:
    """Rebuild the library's indexes from the kept originals."""
    with open_library(library) as opened:
        with err.status("Rebuilding"):
            opened.rebuild()
        out.print(f"rebuilt: {len(opened.documents())} articles")


@app.command("serve")
def serve_page(
    host: Annotated[str | None, typer.Option(help="Address to listen on.")] = None,
    port: Annotated[int | None, typer.Option(help="Port; 0 for any free one.")] = None,
    share: Annotated[
        bool | None,
        typer.Option("--share", help="Ask Gradio's relay for a link; needs a login to be set."),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Open the web chat."""
    with open_assistant(library, host=host, port=port, share=share) as assistant:
        from .web import serve

        try:
            serve(assistant, assistant.settings)
        except ValueError as error:
            raise UsageFailure(str(error)) from None
        except OSError as error:
            where = f"{assistant.settings.host}:{assistant.settings.port}"
            raise UsageFailure(
                f"The chat cannot listen on {where} ({error.strerror}); choose another --port."
            ) from None


@app.command("mcp")
def serve_tools(library: LibraryOption = None) -> None:
    """Serve the library to other assistants by the Model Context Protocol, over stdin and stdout."""
    with open_assistant(library) as assistant:
        try:
            from .mcp_server import mcp_server
        except ImportError:
            raise UsageFailure(
                'The Model Context Protocol needs its extra; run: pip install "footnote[mcp]"'
            ) from None
        mcp_server(assistant).run("stdio")


@feedback.command("export")
def export_feedback(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here instead of to the screen.")
    ] = None,
    disliked: Annotated[
        bool, typer.Option(help="Also what was disliked, for you to write the right answer into.")
    ] = False,
    library: LibraryOption = None,
) -> None:
    """Print the feedback as evaluation questions, one JSON object a line.

    With --output, the articles they are about are written beside the file, in articles/.
    """
    with open_library(library) as opened:
        from .feedback import export_questions

        questions = export_questions(opened.folder, disliked=True)
        told = questions if disliked else export_questions(opened.folder)
        if output is not None:
            wanted = {name for question in told for name in question["article"]}
            folder = output.parent / "articles"
            folder.mkdir(parents=True, exist_ok=True)
            for summary in opened.documents():
                if (name := f"{summary.id}.md") in wanted:
                    text = opened.read(summary.id).text
                    (folder / name).write_text(text, encoding="utf-8")
    _write(output, "\n".join(json.dumps(q, ensure_ascii=False) for q in told))
    if len(told) < len(questions):
        err.print(
            f"{len(questions) - len(told)} disliked, left out until you know the right answer: "
            "--disliked prints them too."
        )


@app.command(
    "eval",
    context_settings={
        "allow_extra_args": True,
        "ignore_unknown_options": True,
        "help_option_names": [],
    },
)
def evaluate(context: typer.Context) -> None:
    """Measure how often the answers are right (the same as python -m evals)."""
    found = next(iter(entry_points(group="footnote.commands", name="eval")), None)
    if found is None:
        err.print("[red]Error:[/red] The evaluation suite is not installed; reinstall Footnote.")
        raise typer.Exit(ERROR)
    raise typer.Exit(found.load()(context.args) or 0)


@app.command("version")
def print_version() -> None:
    """Print the program's version."""
    out.print(version("footnote"))


def main() -> None:
    """Run the command line."""
    app()
