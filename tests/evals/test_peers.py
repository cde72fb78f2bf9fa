"""All that one might take instead is measured in one run, and the table is filled by a command."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer

from evals import figures
from evals.cli import reported
from evals.peers import HEADINGS, peers

ROWS = [
    "LlamaIndex's default retriever",
    "Chroma, padded to 256 tokens",
    "BM25 alone",
    "dense alone",
    "fusion",
    "fusion and reader",
]


def run(*arguments: str) -> int:
    app = typer.Typer(pretty_exceptions_enable=False)
    app.command()(peers)
    return reported(lambda: app(list(arguments)))


def reading_set(path: Path) -> Path:
    contexts = {
        "Ana Ruiz built the mill at Elba Bridge in 1840.": ("Who built the mill?", "Ana Ruiz"),
        "Ivo Kern painted the town hall of Elba.": ("Who painted the hall?", "Ivo Kern"),
        "The harbour of Kiel was dredged by Mara Lund.": ("Who dredged Kiel?", "Mara Lund"),
    }
    records = [
        {
            "id": name,
            "title": name,
            "context": context,
            "question": question,
            "answers": [{"text": name, "start": 0}],
            "source": "own",
        }
        for context, (question, name) in contexts.items()
    ]
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


def test_six_ways_are_measured_on_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report = tmp_path / "peers.json"
    assert run(str(reading_set(tmp_path / "set.jsonl")), "-o", str(report), "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record == json.loads(report.read_text(encoding="utf-8"))
    assert [row[0] for row in record["table"]] == ROWS
    assert record["questions"] == 3
    for peer in record["peers"]:
        assert peer["figures"]["recall@5"]["value"] == 1
        assert peer["figures"]["MRR"]["count"] == 3
        assert peer["seconds"]["value"] > 0
    (tmp_path / "README.md").write_text("a\n<!-- peers -->\nold\n<!-- end of peers -->\nb\n")
    monkeypatch.setattr(figures, "PROJECT", tmp_path)
    figures.peers(report)
    filled = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "old" not in filled
    assert filled.startswith("a\n")
    assert f"| {' | '.join(HEADINGS)} |" in filled
    assert all(f"| {row} |" in filled for row in ROWS)
    (tmp_path / "README.md").write_text("no place")
    with pytest.raises(ValueError, match="no place for peers"):
        figures.peers(report)


def test_a_source_that_is_not_there_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(str(reading_set(tmp_path / "set.jsonl")), "--source", "other") == 2
    assert "no question with an answer" in capsys.readouterr().err


@pytest.mark.slow
def test_the_shipped_questions_are_the_default(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--sample", "3", "--json") == 0
    record = json.loads(capsys.readouterr().out)
    assert record["set"] == "the shipped questions"
    assert [row[0] for row in record["table"]] == ROWS
    assert record["questions"] == 3
