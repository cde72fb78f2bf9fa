"""The commands for public sets: ``squad``, ``retrieval`` and ``rewrites``."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from .console import progress_bar, tables


class Mode(StrEnum):
    """What the reader is given: its question's own paragraph, or what the retriever finds."""

    READING = "reading"
    OPEN = "open"


def squad(
    file: Annotated[Path, typer.Argument(help="A reading set: JSON or JSONL, gzipped or not.")],
    mode: Annotated[
        Mode, typer.Option(help="reading: its own paragraph; open: all paragraphs of the file.")
    ] = Mode.READING,
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many.")] = None,
    sample: Annotated[
        int | None, typer.Option(min=1, help="Only so many, drawn with a fixed seed.")
    ] = None,
    source: Annotated[list[str] | None, typer.Option(help="Only questions of this source.")] = None,
    passages: Annotated[int, typer.Option(min=1, help="Passages read in open mode.")] = 8,
    threshold: Annotated[
        float | None, typer.Option(min=0, max=1, help="Refuse below; default: the reader's own.")
    ] = None,
    other_paragraph: Annotated[
        bool,
        typer.Option(
            "--other-paragraph", help="Ask also on another paragraph that lacks the answer."
        ),
    ] = False,
    predictions: Annotated[
        Path | None, typer.Option(help="Write id, answer and confidence here, one line each.")
    ] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
) -> None:
    """Measure exact match, F1, refusal, risk and speed on a set such as SQuAD's."""
    from assistant.reader import shipped_reader

    from .adapters import load_examples
    from .examples import make_twins
    from .questions import QuestionSetError
    from .squad import (
        SquadReport,
        Twins,
        predict_open,
        predict_reading,
        save_predictions,
        score,
        score_sources,
        score_twin_sources,
    )

    examples = load_examples(file)
    everything = examples
    if source:
        examples = everything = [e for e in examples if e.source in source]
    if sample is not None and sample < len(examples):
        examples = random.Random(0).sample(examples, sample)
    examples = examples[:limit]
    if not examples:
        raise QuestionSetError(f"{file.name} has no question of that source.")
    reader = shipped_reader()
    at = reader.threshold if threshold is None else threshold
    notes: tuple[str, ...] = ()
    with progress_bar("Reading", quiet=json_) as advance:
        if mode is Mode.OPEN:
            found, notes = predict_open(examples, passages, reader, advance, everything)
        else:
            found = predict_reading(examples, reader, advance)
    twins: tuple[Twins, ...] = ()
    if other_paragraph:
        pairs = make_twins(examples, everything)
        with progress_bar("Reading other paragraphs", quiet=json_) as advance:
            own = {p.example.id: p for p in found}
            if mode is Mode.OPEN:
                own = {p.example.id: p for p in predict_reading([e for e, _ in pairs], reader)}
            other = predict_reading([twin for _, twin in pairs], reader, advance)
        twins = score_twin_sources([own[e.id] for e, _ in pairs], other, at)
    if predictions:
        save_predictions(predictions, found, at)
    report = SquadReport(mode, at, score(found, at), score_sources(found, at), twins, notes)
    if json_:
        tables().print_json(json.dumps(asdict(report)))
    else:
        print_report(report, file.name, tables())


def print_report(report: object, name: str, console: Console) -> None:
    """The figures as tables, a column for every source."""
    from .squad import SquadReport, SquadScores

    assert isinstance(report, SquadReport)  # noqa: S101
    columns: Sequence[SquadScores] = (report.total, *report.sources)
    table = Table(title=f"{name}, {report.mode} mode", title_justify="left")
    table.add_column("")
    for scores in columns:
        table.add_column(scores.source or "all", justify="right")
    rows: list[tuple[str, Sequence[object]]] = [
        ("questions", [s.count for s in columns]),
        ("  without an answer", [s.unanswerable for s in columns]),
        ("exact match", [s.exact for s in columns]),
        ("F1", [s.f1 for s in columns]),
        ("has-answer F1", [s.has_answer_f1 for s in columns]),
        ("  nothing refused", [s.forced_f1 for s in columns]),
        ("no-answer accuracy", [s.no_answer_accuracy for s in columns]),
        ("best F1", [s.best_f1 for s in columns]),
        ("  at threshold", [_number(s.best_threshold) for s in columns]),
        ("AUROC answerable", [s.auroc for s in columns]),
        ("AURC (exact match)", [s.aurc for s in columns]),
        ("AURC (F1)", [s.aurc_f1 for s in columns]),
        ("calibration error", [s.calibration_error for s in columns]),
        *((f"recall@{k}", [s.recall[k] for s in columns]) for k in report.total.recall),
        *(
            (label, [getattr(s.human, name) if s.human else "–" for s in columns])
            for label, name in (
                ("QuAC's F1", "f1"),
                ("  people's", "human_f1"),
                ("HEQ-Q", "questions"),
                ("HEQ-D", "dialogs"),
            )
            if report.total.human
        ),
        ("seconds a question", [s.seconds.counted(digits=3) for s in columns]),
    ]
    for label, cells in rows:
        table.add_row(label, *map(str, cells))
    console.print(table)
    if report.twins:
        table = Table(title="The same on another paragraph of the article", title_justify="left")
        for heading in ("source", "pairs", "AUROC", "own answered", "other refused"):
            table.add_column(heading, justify="left" if heading == "source" else "right")
        for twin in report.twins:
            table.add_row(
                twin.source or "all",
                str(twin.count),
                str(twin.auroc),
                str(twin.answered),
                str(twin.refused),
            )
        console.print(table)
    console.print(
        f"[dim]Refused under a confidence of {report.threshold:.3f}; 95 % intervals.[/dim]"
    )
    for note in report.notes:
        console.print(f"[yellow]{note}[/yellow]", highlight=False)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def retrieval(
    folder: Annotated[Path, typer.Argument(help="A BEIR folder: corpus, queries, qrels.")],
    split: Annotated[str, typer.Option(help="Which judgements, as in qrels/test.tsv.")] = "test",
    limit: Annotated[int | None, typer.Option(min=1, help="Only so many queries.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Measure the fused retriever on a set in BEIR's form."""
    from dataclasses import replace

    from .adapters import beir
    from .questions import QuestionSetError
    from .retrieval import beir_task, measure

    found = beir.read(folder, split)
    if not found.queries:
        raise QuestionSetError(f"{folder.name} has no judged query in qrels/{split}.tsv.")
    found = replace(found, queries=dict(list(found.queries.items())[:limit]))
    with (
        progress_bar("Adding texts", quiet=json_) as adding,
        beir_task(found, adding) as task,
        progress_bar("Searching", quiet=json_) as searching,
    ):
        library = task.library
        scores = measure(
            "fusion", lambda query: [f.passage for f in library.search(query, 60)], task, searching
        )
    if json_:
        tables().print_json(json.dumps(asdict(scores) | {"scores": None}))
        return
    table = Table(title=f"{folder.name}: {len(scores.scores)} queries", title_justify="left")
    table.add_column("measure")
    table.add_column("fusion", justify="right")
    for name, figure in scores.figures.items():
        table.add_row(name, str(figure))
    table.add_row("ms a query", scores.seconds.counted(times=1000, digits=1))
    tables().print(table)


def rewrites(
    file: Annotated[Path, typer.Argument(help="CANARD's JSON, or id, history, question, rewrite.")],
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many.")] = None,
    json_: Annotated[bool, typer.Option("--json", help="Print JSON instead of a table.")] = False,
) -> None:
    """Measure how well a follow-up question is made to stand alone."""
    from .adapters import load_follow_ups
    from .follow_ups import measure_rewrites

    found = measure_rewrites(load_follow_ups(file)[:limit])
    if json_:
        tables().print_json(json.dumps(asdict(found)))
        return
    table = Table(title=f"{file.name}: {found.count} questions", title_justify="left")
    table.add_column("")
    table.add_column("figure", justify="right")
    for name, figure in found.figures().items():
        table.add_row(name, str(figure))
    tables().print(table)
